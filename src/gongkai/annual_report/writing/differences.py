"""What changed between two states of a report: sentences that came and went, cells with both numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.rendering.layout import printed
from gongkai.annual_report.writing.as_read import printed_leniently
from gongkai.annual_report.writing.sections import ALL, Section
from gongkai.law.report_form import Cell, cells


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence that stayed (``sign`` empty), came (+) or went (-)."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Differences:
    """By section, and by cell."""

    sections: tuple[tuple[Section, tuple[Piece, ...]], ...]
    cells: tuple[tuple[Cell, str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.sections or self.cells)


def differences(before: ReportContent, now: ReportContent) -> Differences:
    """From `before` to `now`, as printed: a cell that changed changes its sentences, too."""
    changed = [(section, tuple(_pieces(section, before, now))) for section in ALL]
    known = cells(now.tables.form)
    return Differences(
        tuple((section, pieces) for section, pieces in changed if any(piece.sign for piece in pieces)),
        tuple(
            (known[address], printed(before.tables.cells.get(address)), printed(value))
            for address, value in now.tables.cells.items()
            if before.tables.cells.get(address) != value
        ),
    )


def _pieces(section: Section, before: ReportContent, now: ReportContent) -> Iterator[Piece]:
    old, new = _sentences(section, before), _sentences(section, now)
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Piece("", text) for text in new[new_from:new_to])
            continue
        yield from (Piece("-", text) for text in old[old_from:old_to])
        yield from (Piece("+", text) for text in new[new_from:new_to])


def _sentences(section: Section, content: ReportContent) -> list[str]:
    text = printed_leniently(content.sections.get(section.key, ""), content)
    return [one for one in re.split(r"(?<=[。！？；;])|\n", text) if one and one.strip()]
