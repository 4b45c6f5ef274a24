"""A letter becomes a PDF in its form of GB/T 9704-2012, tagged and archivable (PDF/UA-1 and PDF/A-2a).

The letter's words travel to the template as JSON and are only ever text there: `#panic`, `*x*` or `$x$` in
what a citizen wrote stays what it is. The same content gives the same bytes, so a digest names a letter.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from gongkai.documents.fonts import FontRole, FontSet, font_set
from gongkai.documents.glyphs import require_glyphs
from gongkai.documents.letter import (
    FormBlock,
    FormCell,
    Heading,
    LetterContent,
    ListBlock,
    PaperForm,
    Paragraph,
    PlainBlock,
    TableBlock,
    clean,
    on_paper,
)

if TYPE_CHECKING:
    from typst import Compiler, Fonts

TEMPLATES = Path(__file__).parent / "templates_typst"
MEDIA_TYPE = "application/pdf"
_SHANGHAI = dt.timezone(dt.timedelta(hours=8))
#: The compiler keeps its last inputs inside, so one letter at a time.
_ONE_AT_A_TIME = Lock()
#: The signature never stands alone on a page: the lines are set closer, and where that is not enough, the last paragraph
#: goes with it to the next page. So: how many lines a page has, and whether that paragraph is held.
LINES = 22
_WAYS = (
    {"lines": LINES, "hold": False},
    {"lines": 24, "hold": False},
    {"lines": 25, "hold": False},
    {"lines": LINES, "hold": True},
)


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the seal goes: page (from 1), and the seal's centre in mm from the left and top edges."""

    page: int
    x: float
    y: float


def render_pdf(content: LetterContent) -> bytes:
    """The letter as PDF. Raises MissingGlyph when the fonts lack a character of it."""
    return _typeset(content)[0]


def seal_place(content: LetterContent) -> SealPlace | None:
    """Where the seal belongs, so that it covers 署名 and 成文日期 (GB/T 9704 [M]); None on a sheet that nobody signs."""
    return _typeset(content)[1]


def lines_a_page(content: LetterContent) -> int:
    """22, or more where the lines stand closer so that the signature finds room beside its text."""
    return _typeset(content)[2]


def _typeset(content: LetterContent) -> tuple[bytes, SealPlace | None, int]:
    fonts = font_set()
    require_glyphs((role, clean(text)) for role, text in content.texts())
    data = _as_data(content, fonts)
    with _ONE_AT_A_TIME:
        compiler = _compiler_for(fonts.library, content.form)
        for way in _WAYS:
            pdf = _compile(compiler, {**data, **way}, content.date)
            seal = _found(compiler, "<seal>")
            if seal is None or _found(compiler, "<text-end>") == seal["page"]:
                break
    return pdf, seal and SealPlace(seal["page"], round(seal["x"], 2), round(seal["y"], 2)), way["lines"]


def _compile(compiler: Compiler, data: dict[str, Any], day: dt.date) -> bytes:
    words = json.dumps(data, ensure_ascii=False)
    pdf = compiler.compile(
        sys_inputs={"letter": words},
        pdf_standards=["ua-1", "a-2u" if _private_use(words) else "a-2a"],
        # Not the time of the rendering: the same letter must give the same bytes.
        timestamp=dt.datetime.combine(day, dt.time(), _SHANGHAI),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter gave no single file")
    return pdf


def _private_use(words: str) -> bool:
    """Whether there is a private-use character, which an agency's font may have for a name, but PDF/A-2a may not."""
    return any(unicodedata.category(character) == "Co" for character in words)


def _found(compiler: Compiler, label: str) -> Any:
    """What the template noted under this label in the letter that was just compiled, None where it noted nothing."""
    noted = json.loads(compiler.query(label, field="value"))
    return noted[0] if noted else None


@lru_cache(maxsize=2 * len(PaperForm))
def _compiler_for(library: Fonts, form: PaperForm) -> Compiler:
    import typst  # imported where used: a page that makes no letter does not pay for it

    # A letter reads no file but the templates, so their folder is all that the compiler may see.
    return typst.Compiler(TEMPLATES / f"{form}.typ", root=TEMPLATES, font_paths=library)


def _as_data(content: LetterContent, fonts: FontSet) -> dict[str, Any]:
    """The letter as the template reads it: only texts, lists and numbers."""
    return {
        "form": content.form.value,
        "issuer": clean(content.issuer),
        "issuer_line": clean(content.issuer_line),
        "head": clean(content.head),
        "number": clean(content.number or ""),
        "title": clean(content.title),
        "title_line": clean(content.title_line),
        "addressee": clean(content.addressee),
        "body": [_block_as_data(block) for block in on_paper(content.body)],
        "attachments": [clean(name) for name in content.attachments],
        "signature": clean(content.signature),
        "date": content.date_line,
        "day": [content.date.year, content.date.month, content.date.day],
        "note": clean(content.note),
        "copies": clean(content.copies_line),
        "printed": content.printed_line,
        "draft": content.draft,
        "fonts": {role.value: list(fonts.families[role]) for role in FontRole},
        "weights": {role.value: fonts.weight(role) for role in FontRole},
    }


def _block_as_data(block: PlainBlock | tuple[FormBlock, ...]) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": clean(text)}
        case ListBlock(items):
            return {"kind": "list", "items": [clean(item) for item in items]}
        case TableBlock(rows):
            return {"kind": "table", "rows": [[clean(label), clean(value)] for label, value in rows]}
        case Heading(text):
            return {"kind": "heading", "text": clean(text)}
        case parts:
            return {"kind": "form", "parts": [_part(part) for part in parts]}


def _part(form: FormBlock) -> dict[str, Any]:
    return {"heading": clean(form.heading), "rows": [[_cell(cell) for cell in row] for row in form.rows]}


def _cell(cell: FormCell) -> dict[str, str | int]:
    words = {"label": cell.label_lines, "value": cell.value, "foot": cell.foot}
    return {**{name: clean(text) for name, text in words.items()}, "blank": cell.blank}
