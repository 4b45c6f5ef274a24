"""Where the items come from: a folder with a list in it, a workbook, or JSON lines. Rows come one by one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai.disclosure.importing.fields import FIELD_OF, Problem, Row, row_of
from gongkai.documents.errors import DocumentError
from gongkai.documents.reading import read_safely
from gongkai.documents.reading.normal import TableBlock
from gongkai.law.texts import Text

#: The list of a folder, in the order in which it is looked for.
LISTS = ("items.jsonl", "metadata.xlsx", "items.xlsx", "metadata.jsonl")
LONGEST_LINE = 8_000_000
LARGEST_FILE = 200_000_000


class Unusable(DocumentError):
    """What was given is no source."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("no_source", Text(zh, en))


@dataclass(frozen=True)
class Source:
    """A list of items and the folder in which their files lie."""

    path: Path
    folder: Path

    @property
    def digest(self) -> str:
        """SHA-256 of the list: which list it was stands in the ledger."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows(self) -> Iterator[Row | Problem]:
        """Every row, and in its place what is wrong with one that is none. Raises Unusable."""
        return _json_rows(self.path) if self.path.suffix.casefold() == ".jsonl" else _sheet_rows(self.path)

    def count(self) -> int:
        """About how many rows, for the progress bar."""
        if self.path.suffix.casefold() != ".jsonl":
            return sum(1 for _ in self.rows())
        with self.path.open("rb") as file:
            return sum(1 for line in file if line.strip())

    def file(self, name: str) -> bytes:
        """The bytes of a file beside the list. Raises Unusable for what is not there or lies outside the folder."""
        place = (self.folder / name.replace("\\", "/")).resolve()
        if not place.is_relative_to(self.folder.resolve()):
            raise Unusable(f"“{name}”在来源文件夹之外，不能读取。", f"{name!r} lies outside the folder.")
        if not place.is_file():
            raise Unusable(f"没有文件“{name}”。", f"There is no file {name!r}.")
        if place.stat().st_size > LARGEST_FILE:
            raise Unusable(f"文件“{name}”过大。", f"The file {name!r} is too large.")
        return place.read_bytes()


def source_at(path: Path) -> Source:
    """The source at a path. Raises Unusable."""
    if path.is_dir():
        for name in LISTS:
            if (path / name).is_file():
                return Source(path / name, path)
        raise Unusable(f"文件夹中没有清单（{'、'.join(LISTS)}）。", f"No list in the folder: {', '.join(LISTS)}.")
    if path.is_file() and path.suffix.casefold() in (".jsonl", ".xlsx"):
        return Source(path, path.parent)
    raise Unusable("来源应为文件夹、XLSX 或者 JSONL。", "The source is a folder, XLSX or JSONL.")


def _json_rows(path: Path) -> Iterator[Row | Problem]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                if len(line) > LONGEST_LINE:
                    raise ValueError("too long")
                given = json.loads(_decoded(line))
                if not isinstance(given, dict):
                    raise ValueError("no object")
                yield row_of(number, given)
            except (ValueError, RecursionError):
                yield Problem(number, "", Text("这一行不是 JSON 对象。", "The line is no JSON object."))


def _decoded(data: bytes) -> str:
    """UTF-8, or GB 18030 where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def _sheet_rows(path: Path) -> Iterator[Row | Problem]:
    found = False
    for block in read_safely(path.read_bytes(), path.name).blocks:
        if not isinstance(block, TableBlock):
            continue
        for at, heads in enumerate(block.grid[:10]):
            names = {FIELD_OF.get("".join(head.split()).casefold()) for head in heads}
            if "title" in names and len(names - {None}) >= 2:
                found = True
                for number, cells in enumerate(block.grid[at + 1 :], start=at + 2):
                    if any(cell.strip() for cell in cells):
                        yield row_of(number, dict(zip(heads, cells, strict=False)))
                break
    if not found:
        raise Unusable("没有找到有“标题”的表头。", "No head with 标题 was found.")
