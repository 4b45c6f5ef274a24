"""The report as PDF, tagged and archivable (PDF/UA-1, PDF/A-2a), in the official form.

The words travel to the template as JSON and are only ever text there. The same content gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.rendering.docx import TABLE_POINTS, WIDTHS
from gongkai.annual_report.rendering.layout import Block, Placed, TableLayout, place, printed
from gongkai.annual_report.rendering.outline import PrintedPart, parts_of, subtitles, title
from gongkai.documents.fonts import FontRole, font_set
from gongkai.documents.glyphs import require_glyphs, spell_out
from gongkai.documents.typesetting import TEMPLATES
from gongkai.law.report_form import Tables

if TYPE_CHECKING:
    from typst import Compiler, Fonts

_SHANGHAI = dt.timezone(dt.timedelta(hours=8))
#: The compiler keeps its last inputs inside, so one report at a time.
_ONE_AT_A_TIME = Lock()


def render_report_pdf(content: ReportContent, *, published: dt.date | None = None) -> bytes:
    """The whole report. Raises MissingGlyph when the fonts lack a character of the agency's name; one of the words that
    they lack is written as its code point."""
    fonts = font_set()
    name = title(content.agency, content.year).zh
    require_glyphs([(FontRole.TITLE, name)])
    day = published or dt.date(content.year + 1, 1, 1)
    data = {
        "title": name,
        "agency": content.agency,
        "day": [day.year, day.month, day.day],
        "subtitles": [line.zh for line in subtitles(content, published)],
        "parts": [_part(part, content.tables) for part in parts_of(content)],
        "fonts": {role.value: list(fonts.families[role]) for role in FontRole},
        "weights": {role.value: fonts.weight(role) for role in FontRole},
    }
    with _ONE_AT_A_TIME:
        pdf = _compiler(fonts.library).compile(
            sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=dt.datetime.combine(day, dt.time(), _SHANGHAI),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter gave no single file")
    return pdf


@lru_cache(maxsize=2)
def _compiler(library: Fonts) -> Compiler:
    import typst  # imported where used: a page that makes no report does not pay for it

    # It reads no file but the templates, so their folder is all that the compiler may see.
    return typst.Compiler(TEMPLATES / "report.typ", root=TEMPLATES, font_paths=library)


def _part(part: PrintedPart, tables: Tables) -> dict[str, Any]:
    return {
        "heading": part.heading.zh,
        "table": _table(part.table, tables) if part.table else None,
        "words": [{"text": spell_out(one.text), "heading": one.heading} for one in part.words],
    }


def _table(layout: TableLayout, tables: Tables) -> dict[str, Any]:
    return {
        "widths": WIDTHS[layout.key],
        "points": TABLE_POINTS[layout.key],
        "blocks": [_block(block, tables) for block in layout.blocks],
    }


def _block(block: Block, tables: Tables) -> dict[str, Any]:
    placed = place((*block.heading, *block.body))
    split = len(block.heading)
    return {
        "heading": [_box(one, tables) for one in placed if one.row < split],
        "body": [_box(one, tables) for one in placed if one.row >= split],
    }


def _box(one: Placed, tables: Tables) -> dict[str, Any]:
    box = one.box
    text = box.text.zh if box.text is not None else printed(tables[box.address or ""])
    return {"t": text, "r": box.rowspan, "c": box.colspan, "s": box.side}
