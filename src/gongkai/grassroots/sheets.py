"""The catalogue as a spreadsheet: the official form with its two head lines, written and read back; what is wrong in one
that came in, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.agencies.errors import Invalid
from gongkai.documents.errors import DocumentError
from gongkai.documents.reading import read_safely
from gongkai.documents.reading.normal import TableBlock
from gongkai.documents.spreadsheet import Cell, xlsx_portions
from gongkai.grassroots.models import Area, CatalogueLevel, CatalogueRow, Channel, Way
from gongkai.grassroots.rows import RowValues
from gongkai.law.texts import Text

HEAD = (
    "领域", "序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
    "全社会", "特定群体", "主动", "依申请公开", "县级", "乡级", "村级",
)  # fmt: skip
PROBLEM = "错误说明"
YES, NO = "√", ""
#: What stands in a box that is ticked, in the sheets that are about.
_TICKS = re.compile(r"^[√✓✔■☑●是有YyxX1]$")
_LEVELS = {"县级": "county", "乡级": "town", "村级": "village"}
#: Other words for the same head, as sites write them.
_ALIASES = {
    "公开内容": "公开内容（要素）", "公开内容要素": "公开内容（要素）", "公开渠道": "公开渠道和载体", "依申请": "依申请公开",
    "特定群众": "特定群体", "县": "县级", "乡": "乡级", "乡镇级": "乡级", "村": "村级", "乡、村级": "乡级",
    "公开领域": "领域", "试点领域": "领域",
}  # fmt: skip
_NEEDED = ("一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体")


def sheet_of(title: str, rows: Iterable[CatalogueRow]) -> Iterator[bytes]:
    """The rows as a workbook (XLSX) in the official order of columns."""
    return xlsx_portions(title, HEAD, (_cells(row) for row in rows))


def _cells(row: CatalogueRow) -> list[Cell]:
    channels = "\n".join(f"{'■' if one.value in row.channels else '□'}{one.label}" for one in Channel)
    return [
        row.area.name, row.number, row.first_level, row.second_level, row.content, row.basis, row.limit_words,
        row.body_name, channels, YES if row.whole_society else NO, row.groups,
        YES if row.way == Way.PROACTIVE else NO, YES if row.way == Way.ON_REQUEST else NO,
        *(YES if level.value in row.levels else NO for level in CatalogueLevel),
    ]  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong in a line, and the line as it came."""

    line: int
    message: Text
    cells: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """What a sheet holds: rows by their area's name, and the lines that could not be taken."""

    rows: Sequence[tuple[int, str, RowValues]] = ()
    problems: Sequence[Problem] = field(default_factory=list)
    head: Sequence[str] = ()


class NotTheCatalogue(DocumentError):
    """A workbook without the columns of a catalogue."""

    def __init__(self) -> None:
        text = Text(
            f"没有找到标准目录的表头。至少要有：{'、'.join(_NEEDED)}。",
            f"The head of a standard catalogue was not found. It needs at least: {', '.join(_NEEDED)}.",
        )
        super().__init__("not_the_catalogue", text)


def rows_in(data: bytes, name: str, area: Area | None = None) -> Sheet:
    """Every line of a workbook, with `area` for those that name none. Raises DocumentError for what is no catalogue."""
    areas = {one.name for one in Area.objects.filter(active=True)}
    found: list[tuple[int, str, RowValues]] = []
    problems: list[Problem] = []
    head: Sequence[str] = ()
    seen: dict[tuple[str, int], int] = {}
    for grid, first, places in _tables(data, name):
        head = [_plain(text) for text in grid[first - 1]]
        above: dict[str, str] = {}
        for number, cells in enumerate(grid[first:], start=first + 1):
            said = {label: cells[place].strip() for label, place in places.items() if place < len(cells)}
            if not any(said.get(label) for label in _NEEDED):
                continue
            try:
                named, values = _row(said, above, area, areas, number - first)
                if (line := seen.setdefault((named, values.number), number)) != number:
                    text = Text(f"序号与第{line}行相同。", f"The same number as in line {line}.")
                    raise Invalid("number", text)
                found.append((number, named, values))
            except Invalid as error:
                problems.append(Problem(number, error.message, [text.strip() for text in cells]))
    return Sheet(found, problems, head)


def error_sheet(sheet: Sheet) -> Iterator[bytes]:
    """The lines that could not be taken, with what is wrong, to be mended and sent in again."""
    head = (*sheet.head, PROBLEM)
    lines = [[*one.cells[: len(sheet.head)], one.message.zh] for one in sheet.problems]
    return xlsx_portions("需要更正的行", head, lines)


def _tables(data: bytes, name: str) -> list[tuple[list[list[str]], int, dict[str, int]]]:
    """Every table that has the head: its grid, the first line under the head, and where each column stands."""
    found = []
    for block in read_safely(data, name).blocks:
        if not isinstance(block, TableBlock):
            continue
        grid = [list(row) for row in block.grid]
        for line in range(min(len(grid), 12)):
            places = _places(grid, line)
            if places is not None:
                under = line + 2 if _second_line(grid, line) else line + 1
                found.append((grid, under, places))
                break
    if not found:
        raise NotTheCatalogue
    return found


def _places(grid: Sequence[Sequence[str]], line: int) -> dict[str, int] | None:
    """Where the columns stand when the head is in this line, and in the next where it has two."""
    places: dict[str, int] = {}
    for row in (grid[line], grid[line + 1] if _second_line(grid, line) else ()):
        for place, text in enumerate(row):
            label = _ALIASES.get(_plain(text), _plain(text))
            if label in HEAD:
                places.setdefault(label, place)
    return places if all(label in places for label in _NEEDED) else None


def _second_line(grid: Sequence[Sequence[str]], line: int) -> bool:
    """The official form has 一级事项 and 二级事项 under 公开事项."""
    if line + 1 >= len(grid):
        return False
    below = {_plain(text) for text in grid[line + 1]}
    return "一级事项" in below and "公开事项" in {_plain(text) for text in grid[line]}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）").replace("“", "").replace("”", "")


def _row(
    said: Mapping[str, str], above: dict[str, str], area: Area | None, areas: set[str], counted: int
) -> tuple[str, RowValues]:
    """One line. A merged cell that was read as empty says what the line above says."""
    for label in ("领域", "一级事项"):
        above[label] = said.get(label) or above.get(label, "")
    named = above["领域"] or (area.name if area else "")
    if named not in areas:
        text = Text(f"没有领域“{named}”。请选择领域，或者在“领域”一列写明。", f"There is no area {named!r}.")
        raise Invalid("area", text)
    values = RowValues(
        number=_number(said.get("序号", ""), counted),
        first_level=above["一级事项"],
        second_level=said.get("二级事项", ""),
        content=said.get("公开内容（要素）", ""),
        basis=said.get("公开依据", ""),
        limit_words=said.get("公开时限", ""),
        body_name=said.get("公开主体", ""),
        channels=_channels(said.get("公开渠道和载体", "")),
        whole_society=_ticked(said, "全社会") or not said.get("特定群体"),
        groups="" if _TICKS.match(said.get("特定群体", "")) else said.get("特定群体", ""),
        way=Way.ON_REQUEST if _ticked(said, "依申请公开") and not _ticked(said, "主动") else Way.PROACTIVE,
        levels=[key for label, key in _LEVELS.items() if _ticked(said, label)] or [CatalogueLevel.COUNTY.value],
    )
    return named, values.checked()


def _ticked(said: Mapping[str, str], label: str) -> bool:
    return bool(_TICKS.match(said.get(label, "")))


def _number(text: str, counted: int) -> int:
    if not text:
        return counted
    if not re.fullmatch(r"\d{1,6}(\.0+)?", text):
        raise Invalid("number", Text(f"序号“{text}”不是正整数。", f"The number {text!r} is no whole number."))
    return int(float(text))


def _channels(text: str) -> list[str]:
    """The ticked boxes; where there are no boxes, every channel that is named. Raises Invalid for none."""
    boxes = re.findall(r"([■☑√●□○☐])\s*([^■☑√●□○☐]*)", text)
    named = [words for box, words in boxes if box in "■☑√●"] if boxes else re.split(r"[、，,；;\n]", text)
    found: list[str] = []
    for words in named:
        plain = _plain(words)
        if plain:
            found.append(_channel(plain))
    if not found:
        raise Invalid("channels", Text("没有勾选公开渠道和载体。", "No channel is ticked."))
    return list(dict.fromkeys(found))


def _channel(words: str) -> str:
    for one in Channel:
        label = _plain(str(one.label))
        if words == label or (one is not Channel.OTHER and (words.startswith(label) or label.startswith(words))):
            return one.value
    return next((key for word, key in _OTHER_WORDS.items() if word in words), Channel.OTHER.value)


_OTHER_WORDS = {
    "网站": "website", "公报": "gazette", "微": "new_media", "听证": "conference", "发布会": "conference",
    "广播": "broadcast", "电视": "broadcast", "报": "print", "查阅": "reading_point", "服务中心": "service_centre",
    "服务站": "service_station", "入户": "on_site", "现场": "on_site", "公示栏": "notice_board", "公告栏": "notice_board",
    "推送": "push", "12345": "hotline", "热线": "hotline", "投资项目": "projects", "交易平台": "tenders", "信用": "credit",
}  # fmt: skip
