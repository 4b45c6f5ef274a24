"""Numbers that were typed where a linked figure would do: 「这里的20建议改为引用」, or that the table contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.audit import mentions
from gongkai.annual_report.audit.mentions import Mention
from gongkai.annual_report.linked_figures import FIGURE, figure
from gongkai.annual_report.writing.as_read import AsRead
from gongkai.law.report_form import Tables


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number in a section that speaks of a cell. ``link``: what would print the table's number, ``table``."""

    section: str
    number: int
    link: str
    table: str

    @property
    def agrees(self) -> bool:
        return str(self.number) == self.table


def typed_numbers(read: AsRead) -> tuple[TypedNumber, ...]:
    """Every typed number whose sentence says of what it is, in the order of the text."""
    found = (_typed(read, mention, link, read.report.tables) for mention, link in _mentions(read))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _mentions(read: AsRead) -> Iterator[tuple[Mention, str]]:
    report = read.report
    for find, link in (
        (mentions.received, "t3.received.total"),
        (mentions.handled, "t3.total.total"),
        (mentions.carried_out, "t3.carried_out.total"),
        (mentions.carried_in, "t3.carried_in.total"),
    ):
        yield from ((mention, link) for mention in find(report))
    for kind, link in (("复议", "t4.reconsideration.total"), ("诉讼", "t4.litigation.total")):
        yield from ((mention, link) for mention in mentions.disputes(report, kind))
    for column, mention in mentions.normative_documents(report):
        yield mention, f"t2.normative_documents.{column}"


def _typed(read: AsRead, mention: Mention, link: str, tables: Tables) -> TypedNumber | None:
    section, source = read.typed.get(mention.sentence.line, ("", ""))
    bare = FIGURE.sub("", source)
    if not section or not re.search(rf"(?<![\d.]){mention.value}(?![\d.])", bare):
        return None  # linked, or said in words (未收到)
    return TypedNumber(section, mention.value, link, figure(link, tables))
