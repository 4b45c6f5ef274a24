"""What an agency adds to a paper in its own words, and the placeholders it may use there.

Placeholders are replaced as they stand, in one pass: what a citizen wrote is never read as one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gongkai.applications.letters.facts import CaseFacts
from gongkai.documents.letter import PaperForm
from gongkai.law.dates import day_text

_PLACE = re.compile(r"\{([^{}\n]*)\}")
#: What a draft shows where the number will stand.
NO_NUMBER = "（文号待编）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One version of an agency's own wording of a paper; version 0: it has none."""

    version: int = 0
    form: PaperForm = PaperForm.LETTER
    closing: str = ""
    note: str = ""
    copies: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)


#: The paper as all agencies have it.
SHARED = Own()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Of which letter a placeholder speaks."""

    facts: CaseFacts
    number: str | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder: what stands for it, and whether that tells who applied or for what."""

    words: Callable[[Occasion], str]
    tells_applicant: bool = False


PLACEHOLDERS: Mapping[str, Placeholder] = MappingProxyType(
    {
        "机关": Placeholder(lambda letter: letter.facts.agency),
        "工作机构": Placeholder(lambda letter: letter.facts.office),
        "地址": Placeholder(lambda letter: letter.facts.address),
        "邮政编码": Placeholder(lambda letter: letter.facts.postcode),
        "电话": Placeholder(lambda letter: letter.facts.telephone),
        "电子邮箱": Placeholder(lambda letter: letter.facts.email),
        "文号": Placeholder(lambda letter: letter.number or NO_NUMBER),
        "日期": Placeholder(lambda letter: day_text(letter.on).zh),
        "申请人": Placeholder(lambda letter: letter.facts.applicant_name, tells_applicant=True),
        "登记编号": Placeholder(lambda letter: letter.facts.case_number, tells_applicant=True),
        "收到日期": Placeholder(lambda letter: day_text(letter.facts.received_on).zh, tells_applicant=True),
    }
)


def allowed(*, to_applicant: bool) -> tuple[str, ...]:
    """The placeholders of a paper: one that goes to others does not tell who applied (条例 15, 32 [I])."""
    return tuple(name for name, place in PLACEHOLDERS.items() if to_applicant or not place.tells_applicant)


def unknown(text: str, *, to_applicant: bool) -> str | None:
    """The first thing in braces that is no placeholder of this paper, or a brace that stands alone."""
    for found in _PLACE.finditer(text):
        if found.group(1) not in allowed(to_applicant=to_applicant):
            return found.group()
    rest = _PLACE.sub("", text)
    return next((brace for brace in "{}" if brace in rest), None)


def replaced(text: str, letter: Occasion) -> str:
    """The text with what stands for its placeholders."""
    return _PLACE.sub(lambda found: _words(found, letter), text)


def _words(found: re.Match[str], letter: Occasion) -> str:
    place = PLACEHOLDERS.get(found.group(1))
    return place.words(letter) if place else found.group()
