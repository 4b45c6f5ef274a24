"""``gongkai read``: what a file says, in its one normal form, for people or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from gongkai.documents.errors import DocumentError
from gongkai.documents.reading import read_safely
from gongkai.documents.reading.errors import NOTES
from gongkai.documents.reading.limits import MOST_BYTES
from gongkai.documents.reading.normal import SEEN, Aside, Block, Place, Reading, TextBlock
from gongkai.law.texts import Text

READ, UNREADABLE = 0, 2
_PICTURES = Text("第 {0} 页是图片，读不出文字。", "Pages {0} are pictures: nobody can read their text here.")


def run(arguments: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Reads each file; one bad file never stops the rest. Returns 2 where one could not be read."""
    status = READ
    for path in arguments.files:
        try:
            reading = read_safely(_bytes(path), path.name, seconds=arguments.seconds)
        except DocumentError as error:
            status = UNREADABLE
            message = error.message.of(arguments.lang)
            if arguments.json:
                out.write(_line({"file": str(path), "error": {"code": error.code, "message": message}}))
            else:
                err.write(f"{path}：{message}\n")
            continue
        if arguments.json:
            out.write(_line({"file": str(path), **as_data(reading)}))
        else:
            out.writelines(f"{line}\n" for line in _for_people(path, reading, arguments.lang))
    return status


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)  # what is larger is refused by its size, not by our memory
    except OSError as error:
        reason = error.strerror or ""
        raise DocumentError("no_file", Text(f"文件无法打开：{reason}", f"It cannot be opened: {reason}")) from error


def as_data(reading: Reading) -> dict[str, Any]:
    """For JSON: only what is not empty. A merged cell stands once, with its spans; the places it covers are null."""
    data: dict[str, Any] = {
        "media_type": reading.media_type,
        "encoding": reading.encoding,
        "pages": reading.pages,
        "pictures": list(reading.pictures),
        "notes": list(reading.notes),
        "properties": dict(reading.properties),
        "blocks": [_block(block) for block in reading.blocks],
        "asides": [_aside(aside) for aside in reading.asides],
    }
    return {name: value for name, value in data.items() if value not in (None, [], {})}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, TextBlock):
        level = {"level": block.level} if block.level else {}
        return {"kind": block.kind.value, **level, "text": block.text, "place": _place(block.place)}
    rows = [
        [
            (cell.text if cell.rows == cell.columns == 1 else [cell.text, cell.rows, cell.columns])
            if cell.origin
            else None
            for cell in row
        ]
        for row in block.cells
    ]
    return {"kind": "table", "heading_rows": block.heading_rows, "rows": rows, "place": _place(block.place)}


def _aside(aside: Aside) -> dict[str, Any]:
    name = {"name": aside.name} if aside.name else {}
    return {"kind": aside.kind.value, **name, "text": aside.text, "place": _place(aside.place)}


def _place(place: Place) -> dict[str, Any]:
    return {name: value for name, value in asdict(place).items() if value is not None}


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"


def _for_people(path: Path, reading: Reading, lang: str) -> Iterator[str]:
    yield f"── {path}"
    yield from reading.lines()
    beside = [aside for aside in reading.asides if aside.text.strip()]
    if beside:
        yield "──"
    for aside in beside:
        seen = "" if aside.kind in SEEN else "*"
        yield f"{seen}[{aside.kind.value}] {aside.name + ': ' if aside.name else ''}{aside.text}"
    for note in dict.fromkeys(reading.notes):
        if note in NOTES:
            yield f"! {NOTES[note].of(lang)}"
    if reading.pictures:
        yield f"! {_PICTURES.of(lang).format('、'.join(map(str, reading.pictures)))}"
