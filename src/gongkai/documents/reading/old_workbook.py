"""XLS: each sheet a table; which rows and columns are hidden this reader cannot tell."""

from __future__ import annotations

import io

from gongkai.documents.gate.compound import CompoundFile
from gongkai.documents.reading.errors import refuse
from gongkai.documents.reading.grids import Box, grid
from gongkai.documents.reading.limits import MOST_CELLS, Allowance
from gongkai.documents.reading.normal import Aside, AsideKind, Place, Reading, TableBlock
from gongkai.documents.reading.old_properties import property_set
from gongkai.documents.reading.old_records import check_records
from gongkai.documents.reading.properties import as_asides
from gongkai.documents.reading.values import shown_value


def read_old_workbook(data: bytes, media_type: str) -> Reading:
    try:
        return _read(data, media_type)
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the library's language fails; no Exception to Python
            refuse("damaged")
        raise


def _read(data: bytes, media_type: str) -> Reading:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    file, allowance = CompoundFile(data), Allowance()
    check_records(file)
    blocks: list[TableBlock] = []
    asides: list[Aside] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                refuse("too_many_cells", limit=f"{MOST_CELLS:,}")
            rows = [[shown_value(value).strip() for value in row] for row in sheet.to_python(skip_empty_area=False)]
            if not any(text for row in rows for text in row):
                continue
            if about.visible != SheetVisibleEnum.Visible:
                text = "\n".join("\t".join(filter(None, row)) for row in rows if any(row))
                asides.append(Aside(AsideKind.HIDDEN_SHEET, text, about.name, Place(sheet=about.name)))
                continue
            place = Place(sheet=about.name, table=len(blocks) + 1)
            blocks.append(TableBlock(grid(_boxes(rows, sheet.merged_cell_ranges or []), allowance), place))
    properties = property_set(file.read("\x05SUMMARYINFORMATION", 1 << 16))
    asides += as_asides(properties)
    return Reading(media_type, tuple(blocks), tuple(asides), notes=("hidden_unknown",), properties=properties)


def _boxes(rows: list[list[str]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[Box]:
    """Merged cells first: of what lies under one the first keeps the place."""
    wide = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in merged}
    boxes = [
        Box(row, column, rows[row][column] if row < len(rows) and column < len(rows[row]) else "", *size)
        for (row, column), size in wide.items()
    ]
    boxes += [
        Box(row, column, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if (row, column) not in wide
    ]
    return boxes
