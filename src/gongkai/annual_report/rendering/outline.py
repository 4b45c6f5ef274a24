"""The report from top to bottom as every file of it prints it: title, six parts, words and tables in their places."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.rendering.layout import TableLayout, layouts
from gongkai.documents.letter import chinese_date, clean
from gongkai.law.report_form import ASPECTS, PARTS, ReportScope
from gongkai.law.texts import Text, chinese_numeral

_TITLE = Text(
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}: annual report on government information disclosure, {year}",
)
_WHOLE = Text("（汇总，含所属各机关）", "(with all agencies below it)")
_PUBLISHED = Text("公布日期：{day}", "Published: {day}")


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, or the heading of one of the five aspects; always Chinese, as it was written."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """One of the six parts: its heading, its table if it has one, and the words, which stand under the table."""

    number: int
    heading: Text
    table: TableLayout | None
    words: tuple[Words, ...]


def title(agency: str, year: int) -> Text:
    """The report's title: 机关全称, year, 政府信息公开工作年度报告 (custom; only the name is fixed) [I]."""
    return Text(_TITLE.zh.format(agency=agency, year=year), _TITLE.en.format(agency=agency, year=year))


def subtitles(content: ReportContent, published: dt.date | None) -> tuple[Text, ...]:
    """The lines under the title: that it is the 汇总, and the day of its first publication."""
    whole = (_WHOLE,) if content.scope == ReportScope.WHOLE else ()
    if published is None:
        return whole
    day = Text(_PUBLISHED.zh.format(day=chinese_date(published)), _PUBLISHED.en.format(day=published.isoformat()))
    return (*whole, day)


def parts_of(content: ReportContent) -> tuple[PrintedPart, ...]:
    """The six parts in order. Raises UnknownFigure for a linked figure without a number."""
    tables = {layout.part: layout for layout in layouts(content.tables.form)}
    return tuple(
        PrintedPart(part.number, part.title, tables.get(part.number), tuple(_words(content, part.number)))
        for part in PARTS
    )


def _words(content: ReportContent, number: int) -> Iterator[Words]:
    yield from (Words(text) for text in _paragraphs(content, str(number)))
    if number != 1:
        return
    place = 0
    for index, aspect in enumerate(ASPECTS, 1):
        texts = _paragraphs(content, f"1.{index}")
        if not texts:
            continue
        place += 1
        heading = f"（{chinese_numeral(place)}）{aspect.name.zh}"
        yield Words(heading, heading=True)
        # Who typed the heading, too, gets it once.
        yield from (Words(text) for text in texts[texts[0].rstrip("。") == heading :])


#: Control, reordering and half characters: no file can hold the ones, the others turn what people see.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})


def _paragraphs(content: ReportContent, section: str) -> list[str]:
    lines = clean(content.words(section)).split("\n")
    seen = ("".join(c for c in line if unicodedata.category(c) not in _UNSEEN).strip() for line in lines)
    return [line for line in seen if line]
