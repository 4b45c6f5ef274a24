"""The tables of a report in every shape in which real ones are met (report audit, shapes A to W), made from known numbers.

Each shape says what can be read back of it: everything, everything but what the shape destroys, or nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gongkai.annual_report.rendering.layout import TableLayout, place, printed
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import (
    COLUMNS,
    RESULTS_PART,
    Form,
    Tables,
    Value,
    cells,
    derive_totals,
    table_2_blocks,
    table_3_rows,
)
from tests.annual_report.sample_reports import (
    by_pipes,
    by_tabs,
    by_tabs_slid_left,
    by_trailing_pipes,
    cell_by_line,
    cell_by_line_with_pipes,
    pipes_between_lines,
    report_text,
)

Writer = Callable[[TableLayout, Tables], str]
Lost = Callable[[Tables], set[str]]


# --- Numbers ------------------------------------------------------------------------------------------------


def random_tables(seed: int, form: Form = Form.F2021, largest: int = 60) -> Tables:
    """Numbers as agencies have them: most cells zero, every sum right."""
    chance = random.Random(seed)
    values: dict[str, Value] = dict.fromkeys(cells(form), 0)
    outcomes = [row.key for row in table_3_rows(form) if row.key in {outcome.value for outcome in Outcome}]
    for kind in ApplicantKind:
        for key in outcomes:
            values[f"t3.{key}.{kind.value}"] = chance.choice((0, 0, 0, 0, 1, 2, chance.randint(0, largest)))
        handled = sum(int(values[f"t3.{key}.{kind.value}"] or 0) for key in outcomes)
        carried_in = min(chance.choice((0, 0, 1, chance.randint(0, 9))), handled)
        carried_out = chance.choice((0, 0, chance.randint(0, 9)))
        values[f"t3.carried_in.{kind.value}"] = carried_in
        values[f"t3.carried_out.{kind.value}"] = carried_out
        values[f"t3.received.{kind.value}"] = handled + carried_out - carried_in
    for address in values:
        if address.startswith("t4."):
            values[address] = chance.choice((0, 0, 1, chance.randint(0, 40)))
        if address.startswith("t2."):
            values[address] = chance.choice((0, chance.randint(0, 3000)))
    return derive_totals(Tables(values, form))


# --- Pieces -------------------------------------------------------------------------------------------------


def _rows_3(tables: Tables) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """Every row: its key, the labels that open with it (part, group, own), its numbers as printed."""
    part = group = None
    for row in table_3_rows(tables.form):
        labels = []
        if row.part is not None and part is None:
            part = row.part
            labels.append(row.part.zh)
        if row.group is not None and row.group.zh != group:
            group = row.group.zh
            labels.append(row.group.zh)
        yield row.key, [*labels, row.label.zh], tuple(printed(value) for value in tables.row(row.key))


def _only_3(write: Callable[[Tables], str], otherwise: Writer = by_tabs) -> Writer:
    """Table 3 in a shape of its own, the others in another."""
    return lambda layout, tables: write(tables) if layout.key == "t3" else otherwise(layout, tables)


_HEAD_3 = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_COLUMNS_3 = [column.text.zh for column in COLUMNS]


# --- C and D: a PDF printed as text -------------------------------------------------------------------------


def layout_kept(tables: Tables) -> str:
    """Labels wrapped above and below their numbers, the part from top to bottom at the left."""
    upright = iter(RESULTS_PART.zh)
    lines = [f"{_HEAD_3}      申请人情况", "   自然人   法人或其他组织   总计"]
    for _, labels, numbers in _rows_3(tables):
        label, row = labels[-1], "    ".join(numbers)
        groups = "   ".join(one for one in labels[:-1] if one != RESULTS_PART.zh)
        left = f"{next(upright, '')}     {groups}   ".lstrip()
        if len(label) > 18:
            half = len(label) // 2
            lines += [f"{left}{label[:half]}", f"  {next(upright, '')}          {row}", f"      {label[half:]}"]
        else:
            lines.append(f"{left}{label}      {row}")
    return "\n".join(lines)


def words_in_order(tables: Tables) -> str:
    """One cell a line, heads in any order, （一）予以公开 lost."""
    lines = ["总计", *reversed(_COLUMNS_3[:-1]), "申请人情况", _HEAD_3]
    for key, labels, numbers in _rows_3(tables):
        lines += [label for label in labels if key != "granted" or "予以公开" not in label]
        lines += numbers
    return "\n".join(lines)


# --- I, J, K: glued -----------------------------------------------------------------------------------------


def glued(layout: TableLayout, tables: Tables) -> str:
    """Nothing between the cells, neither of labels nor of numbers."""
    return "".join(_texts(layout, tables))


def glued_rows(layout: TableLayout, tables: Tables) -> str:
    """A line a row, nothing between the cells of it."""
    rows: dict[int, str] = {}
    for one in place(layout.rows):
        text = one.box.text.zh if one.box.text is not None else printed(tables[one.box.address or ""])
        rows[one.row] = rows.get(one.row, "") + text
    return "\n".join(rows.values())


def glued_with_blanks(layout: TableLayout, tables: Tables) -> str:
    """Glued, but here and there a blank was left between two cells."""
    chance = random.Random(len(layout.key))
    texts = []
    for text in _texts(layout, tables):
        texts += [text, " " if chance.random() < 0.3 else ""]
    return "".join(texts)


def _texts(layout: TableLayout, tables: Tables) -> list[str]:
    return [
        one.box.text.zh if one.box.text is not None else printed(tables[one.box.address or ""])
        for one in place(layout.rows)
    ]


# --- L to O: blanks -----------------------------------------------------------------------------------------


def _each_row(change: Callable[[str, list[str]], list[str]]) -> Writer:
    """Pipes, the seven numbers of each row changed."""

    def write(tables: Tables) -> str:
        lines = []
        for key, labels, numbers in _rows_3(tables):
            lead = [""] * (3 - len(labels))
            lines.append("| " + " | ".join([*labels[:-1], *lead, labels[-1], *change(key, list(numbers))]) + " |")
        return "\n".join([f"| {_HEAD_3} | | | {' | '.join(_COLUMNS_3)} |", *lines])

    return _only_3(write)


def _zeros_blank(key: str, numbers: list[str]) -> list[str]:
    return ["" if number == "0" else number for number in numbers] if any(n != "0" for n in numbers) else numbers


def _totals_blank(key: str, numbers: list[str]) -> list[str]:
    return [*numbers[:-1], ""] if key in {outcome.value for outcome in Outcome} else numbers


def _only_totals(key: str, numbers: list[str]) -> list[str]:
    return [*[""] * (len(numbers) - 1), numbers[-1]]


def _marks(key: str, numbers: list[str]) -> list[str]:
    return [("/", "-")[index % 2] if number == "0" else number for index, number in enumerate(numbers)]


def collapsed(tables: Tables) -> str:
    """One cell a line, zeros left out: nobody can tell the columns."""
    lines = []
    for _, labels, numbers in _rows_3(tables):
        lines += [*labels, *(number for number in numbers if number != "0")]
    return "\n\n".join(lines)


# --- P to S: labels and pages -------------------------------------------------------------------------------


def labels_only(tables: Tables) -> str:
    return "\n".join(label for _, labels, _ in _rows_3(tables) for label in labels)


def labels_apart(tables: Tables, *, by_column: bool = False) -> str:
    """All labels, then all numbers."""
    numbers = [row for _, _, row in _rows_3(tables)]
    ordered = zip(*numbers, strict=True) if by_column else numbers
    return "\n".join([labels_only(tables), *(number for row in ordered for number in row)])


def no_labels_below_groups(tables: Tables) -> str:
    """The labels of （三） are lost, its 56 numbers kept."""
    lines = []
    for key, labels, numbers in _rows_3(tables):
        inside = key in _REFUSALS
        lines += [label for label in labels if not inside or "不予公开" in label]
        lines += numbers
    return "\n".join(lines)


_REFUSALS = {row.key for row in table_3_rows() if row.group is not None and "不予公开" in row.group.zh}


def cut_by_a_page(layout: TableLayout, tables: Tables) -> str:
    """The heads and 三、本年度办理结果 stand there again, and the number of the page."""
    text = by_tabs(layout, tables)
    head = "\n- 3 -\n\t\t\t" + "\t".join(_COLUMNS_3) + f"\n{RESULTS_PART.zh}\n"
    return text.replace("\n\t（四）无法提供", head + "\t（四）无法提供") if layout.key == "t3" else text


# --- T to V: words ------------------------------------------------------------------------------------------


def _with_words(changes: Mapping[str, str]) -> Writer:
    def write(layout: TableLayout, tables: Tables) -> str:
        text = by_tabs(layout, tables)
        for old, new in changes.items():
            text = text.replace(old, new)
        return text

    return write


VARIANT_HEADS = {
    "商业企业": "商业 企业",
    "现行有效件数": "现行有效件",
    "本年制发件数": "本年新",
    "第二十条第（一）项": "第二十条第",
    "\n规章": "\n規章（設區的市以上政府应提供相关数据）",
    "第二十条第（五）项": "其他主动公开文件\t9\t9\t9\n第二十条第（五）项",
}
SHORT_LABELS = {
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期未缴费",
    "1.属于国家秘密": "1.国家秘密",
    "2.其他法律行政法规禁止公开": "2.法律法规禁止公开",
    "7.属于行政执法案卷": "7.执法案卷",
    "1.本机关不掌握相关政府信息": "1.不掌握相关政府信息",
    "2.没有现成信息需要另行制作": "2.没有现成信息",
    "5.要求行政机关确认或重新出具已获取信息": "5.确认或重新出具",
    "一、本年新收政府信息公开申请数量": "一、新收申请",
    "二、上年结转政府信息公开申请数量": "二、上年结转",
}
MIRROR = {
    "政府信息公开": "政府信息公開",
    "总计": "總計",
    "数据": "數(shù)據(jù)",
    "国家秘密": "國家秘密365体育",
    "行政处罚": "行政處罰",
    "行政强制": "行政強制",
    "，": ",，",
    "规范性文件": "規範性文件",
    "办理结果": "辦理結果",
    "报告": "報告",
    "复议、行政诉讼": "復議、行政訴訟",
}


def mirrored(text: str) -> str:
    """A report as a copying site shows it."""
    for old, new in MIRROR.items():
        text = text.replace(old, new)
    return text


# --- All of them --------------------------------------------------------------------------------------------


def nothing(tables: Tables) -> set[str]:
    return set()


def _all_of_3(tables: Tables) -> set[str]:
    return {address for address in tables.cells if address.startswith("t3.")}


def _all(tables: Tables) -> set[str]:
    return set(tables.cells)


def _totals_lost(tables: Tables) -> set[str]:
    """A total is known only where nothing was counted."""
    return {f"t3.{one.value}.total" for one in Outcome if tables.cells.get(f"t3.{one.value}.total")}


def _kinds_lost(tables: Tables) -> set[str]:
    rows = [row.key for row in table_3_rows(tables.form) if tables[f"t3.{row.key}.total"] != 0]
    return {f"t3.{key}.{kind.value}" for key in rows for kind in ApplicantKind}


def _gaps_lost(tables: Tables) -> set[str]:
    """Rows with a zero: too few numbers are left to tell the columns, and none of an empty row."""
    rows = [row.key for row in table_3_rows(tables.form) if 0 in tables.row(row.key)]
    return {f"t3.{key}.{column.key}" for key in rows for column in COLUMNS}


@dataclass(frozen=True)
class Shape:
    """``lost``: the cells that the shape destroys; ``guessed``: table 2 may stay unread, for nothing adds up in it."""

    letter: str
    name: str
    write: Writer
    lost: Lost = nothing
    guessed: bool = False
    spoil: Callable[[str], str] = str

    def text(self, tables: Tables) -> str:
        title = f"江湾县水务局{'2020' if tables.form is Form.F2019 else '2022'}年政府信息公开工作年度报告"
        return self.spoil(report_text(tables, write=self.write, title=title))


SHAPES = (
    Shape("B", "tabs", by_tabs),
    Shape("B", "tabs slid left", by_tabs_slid_left),
    Shape("C", "layout kept", _only_3(layout_kept)),
    Shape("D", "words in order", _only_3(words_in_order, cell_by_line)),
    Shape("E", "pipes, trailing cells", by_trailing_pipes),
    Shape("E", "pipes", by_pipes),
    Shape("F", "pipe, a cell a line", cell_by_line_with_pipes),
    Shape("G", "pipes between lines", pipes_between_lines),
    Shape("H", "a cell a line", cell_by_line),
    Shape("I", "glued", glued, guessed=True),
    Shape("K", "glued rows", glued_rows, guessed=True),
    Shape("J", "glued with blanks", glued_with_blanks, guessed=True),
    Shape("L", "blank for zero", _each_row(_zeros_blank)),
    Shape("L", "blank totals", _each_row(_totals_blank), _totals_lost),
    Shape("M", "collapsed", _only_3(collapsed), _gaps_lost),
    Shape("N", "only totals", _each_row(_only_totals), _kinds_lost),
    Shape("O", "marks", _each_row(_marks)),
    Shape("P", "labels only", _only_3(labels_only), _all_of_3),
    Shape("D", "labels apart", _only_3(labels_apart)),
    Shape("D", "labels apart, by column", _only_3(lambda tables: labels_apart(tables, by_column=True))),
    Shape("Q", "headings only", lambda layout, tables: "", _all),
    Shape("R", "sub-labels lost", _only_3(no_labels_below_groups)),
    Shape("S", "cut by a page", cut_by_a_page),
    Shape("T", "other heads", _with_words(VARIANT_HEADS)),
    Shape("U", "short labels", _with_words(SHORT_LABELS)),
    Shape("V", "mirror", by_tabs, spoil=mirrored),
)

#: W: money as agencies write it, and what it is in 万元.
MONEY = (("160.5964万元", "160.5964"), ("75394432.52元", "7539.443252"), ("8040", "8040"), ("1.5亿元", "15000"))


def rows_of_table_2(form: Form) -> dict[str, list[str]]:
    return {
        row.key: [f"t2.{row.key}.{column.key}" for column in block.columns]
        for block in table_2_blocks(form)
        for row in block.rows
    }


def digits_only(text: str) -> str:
    return re.sub(r"\D", "", text)
