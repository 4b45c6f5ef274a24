"""Phrases that several letters share."""

from __future__ import annotations

from dataclasses import replace

from gongkai.applications.letters.facts import CaseFacts
from gongkai.documents.letter import clean, paragraphs
from gongkai.law.citations import Article

#: As many characters of 22 pt as fit in one line of the type area.
_TITLE_WIDTH = 20


def cite(*articles: Article) -> str:
    """《政府信息公开条例》第十四条、第三十六条第（三）项: the instrument is named once."""
    parts: list[str] = []
    previous: Article | None = None
    for article in articles:
        parts.append(article.zh.removeprefix(_shared(previous, article)))
        previous = article
    return "、".join(parts)


def _shared(previous: Article | None, article: Article) -> str:
    """The beginning of a citation that the one before it has already said."""
    if previous is None or previous.instrument != article.instrument:
        return ""
    same_place = (previous.number, previous.paragraph) == (article.number, article.paragraph)
    if same_place and previous.item and article.item:
        return replace(article, item=None).zh
    return replace(article, number=None, paragraph=None, item=None).zh


def title(agency: str, paper: str) -> str:
    """Agency and name of the paper, broken between the two where one line cannot hold both."""
    return f"{agency}{paper}" if len(agency + paper) <= _TITLE_WIDTH else f"{agency}\n{paper}"


def you(facts: CaseFacts) -> str:
    """How a letter addresses the applicant."""
    return "贵单位" if facts.applicant_kind.is_organisation else "您"


def lines(text: str) -> str:
    """What somebody wrote, after a colon: one line goes on in the sentence, several stand below it as they were written."""
    quoted = paragraphs(text)
    if len(quoted) == 1:
        return full_stop(quoted[0].text)
    return "\n" + "\n".join(line.text for line in quoted)


def full_stop(text: str) -> str:
    """The text with a full stop at its end, if it has no closing mark of its own."""
    return text if text.endswith(("。", "！", "？", "；", "…")) else f"{text}。"


def sentence(text: str) -> str:
    """What somebody typed as part of the letter's own sentence: one line, without closing marks."""
    return " ".join(clean(text).split("\n")).strip().rstrip("。；，、;, ")


def contact(facts: CaseFacts) -> str:
    """Where to ask, in one line, without what the office does not have."""
    parts = [
        facts.office,
        facts.address and f"地址：{facts.address}",
        facts.postcode and f"邮政编码：{facts.postcode}",
        facts.telephone and f"电话：{facts.telephone}",
        facts.email and f"电子邮箱：{facts.email}",
    ]
    return "，".join(part for part in parts if part)


def contact_note(facts: CaseFacts) -> str:
    """The 附注 of a letter: where to ask."""
    return f"联系电话：{facts.telephone}" if facts.telephone else f"联系单位：{facts.office}"
