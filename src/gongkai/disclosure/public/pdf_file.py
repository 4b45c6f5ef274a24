"""The paper of an item as PDF, tagged and archivable (PDF/UA-1, PDF/A-2a). The same paper gives the same bytes.

The words travel to the template as JSON and are only ever text there.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import typst
from PIL import Image

from gongkai.disclosure.public.paper import Block, Paper, Picture, Table, Words
from gongkai.disclosure.public.word_file import placed
from gongkai.documents.fonts import FontRole, FontSet, font_set
from gongkai.documents.glyphs import spell_out
from gongkai.documents.typesetting import TEMPLATES

_SHANGHAI = dt.timezone(dt.timedelta(hours=8))
_WIDTH_MM, _PIXELS_A_MM = 156.0, 96 / 25.4
#: Typesetting takes a whole core: one at a time.
_ONE_AT_A_TIME = Lock()


def pdf_file(paper: Paper) -> bytes:
    """Title, metadata, text, names of the files, digest of the content. A character that no font has is spelt out."""
    fonts = font_set()
    with _ONE_AT_A_TIME, TemporaryDirectory(prefix="gongkai-item-") as folder:
        root = Path(folder)
        shutil.copy(TEMPLATES / "item.typ", root / "item.typ")
        for digest, data in paper.pictures.items():
            (root / f"{digest}.png").write_bytes(data)
        # It reads no file but the template and the pictures of this item.
        compiler = typst.Compiler(root / "item.typ", root=root, font_paths=fonts.library)
        pdf = compiler.compile(
            sys_inputs={"item": json.dumps(_as_data(paper, fonts), ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=dt.datetime(*paper.day, tzinfo=_SHANGHAI),
        )
    if not isinstance(pdf, bytes):
        raise TypeError("the typesetter gave no single file")
    return pdf


def _as_data(paper: Paper, fonts: FontSet) -> dict[str, Any]:
    return {
        "title": spell_out(paper.title),
        "agency": spell_out(paper.agency),
        "note": spell_out(paper.note),
        "told": [[label, spell_out(said)] for label, said in paper.told],
        "blocks": [_block(block, paper) for block in paper.blocks if not _lacks(block, paper)],
        "files": [spell_out(name) for name in paper.files],
        "digest": paper.digest,
        "day": paper.day,
        "fonts": {role.value: list(fonts.families[role]) for role in FontRole},
        "weights": {role.value: fonts.weight(role) for role in FontRole},
    }


def _lacks(block: Block, paper: Paper) -> bool:
    return isinstance(block, Picture) and block.digest not in paper.pictures


def _block(block: Block, paper: Paper) -> dict[str, Any]:
    match block:
        case Words():
            return {"kind": "words", **_words(block)}
        case Table(rows, width, caption):
            cells = [
                {
                    "x": column,
                    "y": row,
                    "c": min(cell.columns, width - column),
                    "r": min(cell.rows, len(rows) - row),
                    "head": cell.head,
                    "lines": [_words(words) for words in cell.lines],
                }
                for row, column, cell in placed([*rows], width)
            ]
            return {"kind": "table", "caption": spell_out(caption), "width": width, "cells": cells}
        case Picture(digest, words):
            return {"kind": "picture", "file": f"{digest}.png", "words": words, "width": _width(paper, digest)}


def _width(paper: Paper, digest: str) -> float:
    """Of a picture in mm: its own, as far as the page has room."""
    with Image.open(BytesIO(paper.pictures[digest])) as picture:
        return round(min(picture.width / _PIXELS_A_MM, _WIDTH_MM), 1)


def _words(words: Words) -> dict[str, Any]:
    return {
        "runs": [{"t": spell_out(run.text), "m": sorted(run.marks)} for run in words.runs],
        "level": words.level,
        "marker": words.marker,
        "depth": words.depth,
        "align": words.align,
    }
