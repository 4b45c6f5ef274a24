"""XLSX: each sheet a table, from its cell A1; what is hidden in it, beside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from gongkai.documents.reading.embedded import embedded_asides
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.grids import Box, grid
from gongkai.documents.reading.limits import MOST_CELLS, Allowance
from gongkai.documents.reading.normal import Aside, AsideKind, Place, Reading, TableBlock
from gongkai.documents.reading.packages import Package, local, refuse_document_type
from gongkai.documents.reading.properties import as_asides, package_properties
from gongkai.documents.reading.values import shown_value

_MOST_FORMULAS = 2_000
_SPARSE = 50
_LONGEST = 200_000
_HEADS = ("oddHeader", "evenHeader", "firstHeader")
_FEET = ("oddFooter", "evenFooter", "firstFooter")


def read_workbook(data: bytes, media_type: str) -> Reading:
    package = Package(data)
    formulas = _look_first(package)
    values = _opened(data, data_only=True)
    written = _opened(data, data_only=False) if formulas else values
    reader = _Sheets(written if formulas else None)
    for sheet in values.worksheets:
        reader.sheet(sheet)
    for name, one in values.defined_names.items():
        if not name.startswith("_xlnm"):
            reader.asides.append(Aside(AsideKind.PROPERTY, one.attr_text or "", f"defined name {name}"))
    inside, notes = embedded_asides(package, "xl")
    properties = package_properties(package)
    asides = (*reader.asides, *inside, *_kept_apart(package), *as_asides(properties))
    return Reading(
        media_type, tuple(reader.blocks), asides, notes=(*sorted(reader.notes), *notes), properties=properties
    )


def _look_first(package: Package) -> bool:
    """Count the cells before the library makes an object of each; no part may define entities. Are there formulas?"""
    cells, formulas = 0, False
    for name in package.names.values():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            part = package.read(name)
            refuse_document_type(part)
            if "/worksheets/" in name.lower():
                cells += part.count(b"<c ") + part.count(b":c ")
                formulas |= b"<f" in part or b":f>" in part or b":f " in part
    if cells > MOST_CELLS:
        refuse("too_many_cells", limit=f"{MOST_CELLS:,}")
    return formulas


def _opened(data: bytes, *, data_only: bool) -> Any:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions it does not keep
        return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)


def _kept_apart(package: Package) -> Iterator[Aside]:
    """Values of other workbooks and of pivot tables' sources: kept in the file though no sheet shows them."""
    for part in package.matching(
        r"xl/(?:externalLinks/externalLink|pivotCache/pivotCache(?:Records|Definition))\d*\.xml"
    ):
        root = package.xml(part)
        found: dict[str, None] = {}
        for one in () if root is None else root.iter():
            text = one.get("v") if local(one) in ("s", "n", "d") else one.text if local(one) == "v" else None
            if text and text.strip():
                found[text.strip()] = None
        if found:
            yield Aside(AsideKind.ATTACHMENT, "\n".join(found)[:_LONGEST], part.rpartition("/")[2])


class _Sheets:
    """Gathers sheet by sheet. ``written``: the same workbook with formulas instead of values, if there are any."""

    def __init__(self, written: Any | None) -> None:
        self.written = written
        self.blocks: list[TableBlock] = []
        self.asides: list[Aside] = []
        self.notes: set[str] = set()
        self.allowance = Allowance()
        self.formulas = 0

    def sheet(self, sheet: Any) -> None:
        texts = self._texts(sheet)
        merged = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
        self._heads(sheet)
        if sheet.sheet_state != "visible":
            self.asides.append(Aside(AsideKind.HIDDEN_SHEET, _as_text(texts), sheet.title, Place(sheet=sheet.title)))
            return
        for place in self._hidden(sheet, texts):
            texts[place] = ""
        boxes = []
        for place in sorted({*texts, *merged} - _covered(merged)):
            one = merged.get(place)
            rows, columns = (one.max_row - one.min_row + 1, one.max_col - one.min_col + 1) if one else (1, 1)
            boxes.append(Box(place[0] - 1, place[1] - 1, texts.get(place, ""), rows, columns))
        if boxes and any(box.text for box in boxes):
            where = Place(sheet=sheet.title, table=len(self.blocks) + 1)
            self.blocks.append(TableBlock(grid(_without_gaps(boxes), self.allowance), where))

    def _texts(self, sheet: Any) -> dict[tuple[int, int], str]:
        """What stands in each cell that holds something; notes formulas, comments and links on the way."""
        formulas = self.written[sheet.title]._cells if self.written else {}
        found = {}
        for (row, column), cell in sorted(sheet._cells.items()):
            place = Place(sheet=sheet.title, row=row, column=column)
            value = cell.value
            styled = cell.has_style and isinstance(value, int | float)  # finding the format is slow
            text = shown_value(value, cell.number_format if styled else "General")
            if text.strip():
                found[row, column] = self.allowance.take_text(text.strip())
            if cell.comment:
                self.asides.append(Aside(AsideKind.COMMENT, cell.comment.text, cell.comment.author or "", place))
            if cell.hyperlink is not None and cell.hyperlink.target:
                self.asides.append(Aside(AsideKind.LINK, cell.hyperlink.target, place=place))
            if (formula := formulas.get((row, column))) is not None and formula.data_type == "f":
                self._formula(formula.value, place, known=value is not None)
        return found

    def _formula(self, formula: Any, place: Place, *, known: bool) -> None:
        if not known:
            self.notes.add("no_values")
        self.formulas += 1
        if self.formulas <= _MOST_FORMULAS:
            self.asides.append(Aside(AsideKind.FORMULA, str(getattr(formula, "text", formula) or ""), place=place))

    def _heads(self, sheet: Any) -> None:
        for names, kind in ((_HEADS, AsideKind.HEADER), (_FEET, AsideKind.FOOTER)):
            for name in names:
                parts = getattr(sheet, name)
                texts = [part.text for part in (parts.left, parts.center, parts.right) if part.text]
                if texts:
                    self.asides.append(Aside(kind, "\t".join(texts), place=Place(sheet=sheet.title)))

    def _hidden(self, sheet: Any, texts: dict[tuple[int, int], str]) -> list[tuple[int, int]]:
        """The cells of hidden rows and columns, which are told beside and leave their places empty."""
        rows = {row for row, look in sheet.row_dimensions.items() if look.hidden or look.height == 0}
        spans = [
            range(look.min or 1, (look.max or look.min or 1) + 1)
            for look in sheet.column_dimensions.values()
            if look.hidden or look.width == 0
        ]
        found = []
        by_row: dict[int, list[str]] = {}
        by_column: dict[int, list[str]] = {}
        for (row, column), text in texts.items():
            if row in rows:
                by_row.setdefault(row, []).append(text)
            elif any(column in span for span in spans):
                by_column.setdefault(column, []).append(text)
            else:
                continue
            found.append((row, column))
        for row, pieces in by_row.items():
            place = Place(sheet=sheet.title, row=row)
            self.asides.append(Aside(AsideKind.HIDDEN_ROW, "\t".join(pieces), place=place))
        for column, pieces in by_column.items():
            place = Place(sheet=sheet.title, column=column)
            self.asides.append(Aside(AsideKind.HIDDEN_COLUMN, "\n".join(pieces), place=place))
        return found


def _covered(merged: dict[tuple[int, int], Any]) -> set[tuple[int, int]]:
    """Places that a merged cell reaches to. A cell merged over a whole sheet is not written out."""
    found: set[tuple[int, int]] = set()
    for one in merged.values():
        if one.size["rows"] * one.size["columns"] > MOST_CELLS or len(found) > MOST_CELLS:
            refuse("too_many_cells", limit=f"{MOST_CELLS:,}")
        found |= {
            (row, column)
            for row in range(one.min_row, one.max_row + 1)
            for column in range(one.min_col, one.max_col + 1)
        }
    return found - set(merged)


def _as_text(texts: dict[tuple[int, int], str]) -> str:
    rows: dict[int, list[str]] = {}
    for (row, _), text in texts.items():
        rows.setdefault(row, []).append(text)
    return "\n".join("\t".join(pieces) for pieces in rows.values())


def _without_gaps(boxes: list[Box]) -> list[Box]:
    """A sheet with something at its far end would be millions of empty places: then empty rows and columns go."""
    rows = max(box.row + box.rows for box in boxes)
    columns = max(box.column + box.columns for box in boxes)
    filled = sum(box.rows * box.columns for box in boxes)
    if rows * columns <= _SPARSE * filled + 10_000:
        return boxes
    used_rows = sorted({row for box in boxes for row in range(box.row, box.row + box.rows)})
    used_columns = sorted({column for box in boxes for column in range(box.column, box.column + box.columns)})
    row_of, column_of = ({old: new for new, old in enumerate(used)} for used in (used_rows, used_columns))
    return [Box(row_of[box.row], column_of[box.column], box.text, box.rows, box.columns) for box in boxes]
