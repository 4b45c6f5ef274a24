"""A report of ours as the audit reads anybody's: its words as lines, its cells as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.linked_figures import FIGURE, UnknownFigure, figure
from gongkai.annual_report.reading import Report, read_text
from gongkai.annual_report.rendering.layout import TableLayout, layouts, place, printed
from gongkai.annual_report.rendering.outline import title
from gongkai.annual_report.writing.sections import ALL, BY_KEY, Section
from gongkai.law.report_form import Tables

#: Stands for a linked figure that cannot be printed; that it cannot is said on its own.
GAP = "□"


@dataclass(frozen=True)
class AsRead:
    """``typed``: line number -> section and paragraph as it was typed, where the line comes from a section."""

    report: Report
    typed: dict[int, tuple[str, str]]

    def section_at(self, line: int | None) -> str:
        """The section a finding belongs to; empty for one of a table or of the whole."""
        found = self.typed.get(line or 0)
        return found[0] if found else ""


def as_read(content: ReportContent) -> AsRead:
    """The report as its file would be read; nothing is decoded: the cells are taken over."""
    lines, typed = [], {}
    for text, section, source in _lines(content):
        lines.append(text)
        if section:
            typed[len(lines)] = (section, source)
    report = read_text("\n".join(lines), file=title(content.agency, content.year).zh)
    return AsRead(
        replace(report, tables=content.tables, format=content.tables.form, year=content.year, notes=()), typed
    )


def printed_leniently(text: str, content: ReportContent) -> str:
    """The words with their figures, a gap for every one that cannot be printed."""

    def shown(link: str) -> str:
        try:
            return figure(link, content.tables, content.previous)
        except UnknownFigure:
            return GAP

    return FIGURE.sub(lambda found: shown(found[1].strip()), text)


def lenient(content: ReportContent) -> ReportContent:
    """The content with its figures printed, so that a draft can be looked at whatever is missing in it."""
    return replace(content, sections={key: printed_leniently(text, content) for key, text in content.sections.items()})


def _lines(content: ReportContent) -> Iterator[tuple[str, str, str]]:
    """Each line with its section (empty: a heading or a table) and what was typed for it."""
    yield title(content.agency, content.year).zh, "", ""
    grids = {layout.part: layout for layout in layouts(content.tables.form)}
    for section in ALL:
        yield "", "", ""
        yield BY_KEY[section.key].heading, "", ""
        if "." not in section.key and section.part in grids:
            yield from ((row, "", "") for row in _rows(grids[section.part], content.tables))
            yield "", "", ""
        yield from _paragraphs(section, content)


def _paragraphs(section: Section, content: ReportContent) -> Iterator[tuple[str, str, str]]:
    for typed in content.sections.get(section.key, "").split("\n"):
        if typed.strip():
            yield printed_leniently(typed.strip(), content), section.key, typed.strip()
            yield "", "", ""


def _rows(layout: TableLayout, tables: Tables) -> Iterator[str]:
    grid = [["" for _ in range(layout.width)] for _ in layout.rows]
    for one in place(layout.rows):
        text = one.box.text.zh if one.box.text is not None else printed(tables[one.box.address or ""])
        grid[one.row][one.column] = text
    yield from ("\t".join(row) for row in grid)
