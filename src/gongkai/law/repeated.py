"""Hints about applications that come again and again: many by one applicant (条例 35), many for the same (条例 44).

Hints, no decisions: the Regulation names no numbers. Whether a number is clearly beyond reason, and whether something
belongs to what is published, is for people to judge.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.law.texts import Text

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VolumeSettings:
    """From which number on it is worth a look.

    ``items_a_month``: applications of one applicant in a natural month; the default is the number free of fee
    (收费办法 4 [M]), that it marks what is beyond reason is our reading [I]. ``pages_an_application``: pages of one
    application; the default is the number free of fee (收费办法 5 [M]), with the same reading [I].
    """

    items_a_month: int = 10
    pages_an_application: int = 30


@dataclass(frozen=True, slots=True)
class PublicationSettings:
    """``applicants``: how many different applicants for the same information are "several" (条例 44) [I: 3]."""

    applicants: int = 3


def month_counts(days: Iterable[dt.date]) -> dict[Month, int]:
    """How many of the days, each that of an application, fall into each natural month; months in order."""
    return dict(sorted(Counter((day.year, day.month) for day in days).items()))


def volume_hint(counts: Mapping[Month, int], settings: VolumeSettings | None = None) -> Text | None:
    """That one applicant's number is worth a look, naming the months; None where it is not.

    条例 35: where number or frequency are clearly beyond reason the agency may ask for the reasons [C]; it names no
    number.
    """
    most = (settings or VolumeSettings()).items_a_month
    many = [(month, number) for month, number in sorted(counts.items()) if number > most]
    if not many:
        return None
    zh = "、".join(f"{year}年{month}月{number}件" for (year, month), number in many)
    en = ", ".join(f"{number} in {year}-{month:02}" for (year, month), number in many)
    return Text(
        f"同一申请人的申请：{zh}，超过每月{most}件。条例没有规定具体数量；经判断数量、频次明显超过合理范围的，"
        "可以要求申请人说明理由（条例第三十五条）。",
        f"Applications of this applicant: {en}; more than {most} a month. The Regulation names no number: if you find "
        "number or frequency clearly beyond reason, the applicant may be asked for the reasons (art. 35).",
    )


def pages_hint(pages: int, settings: VolumeSettings | None = None) -> Text | None:
    """That the pages one application asks for are worth a look (条例 35, 42); None where they are not."""
    most = (settings or VolumeSettings()).pages_an_application
    if pages <= most:
        return None
    return Text(
        f"本件申请涉及{pages}页，超过{most}页。条例没有规定具体数量；明显超过合理范围的，可以要求说明理由"
        "（条例第三十五条），也可以收取信息处理费（条例第四十二条）。",
        f"This application asks for {pages} pages, more than {most}. The Regulation names no number: if that is clearly "
        "beyond reason, the reasons may be asked for (art. 35), or a processing fee charged (art. 42).",
    )


def publication_hint(applicants: int, settings: PublicationSettings | None = None) -> Text | None:
    """That what several ask for may be published; None where too few do. ``applicants``: different ones, who asked
    this agency for the same information.

    条例 44: where several applicants ask for the same information and it may be disclosed, the agency may publish it
    [C]; how many are several the article does not say.
    """
    if applicants < (settings or PublicationSettings()).applicants:
        return None
    return Text(
        f"已有{applicants}个申请人就相同政府信息提出申请；该政府信息属于可以公开的，可以纳入主动公开的范围"
        "（条例第四十四条）。",
        f"{applicants} applicants have asked for the same information; if it may be disclosed, it may be published for "
        "all (art. 44).",
    )
