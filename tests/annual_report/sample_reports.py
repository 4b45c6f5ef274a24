"""Reports written for the tests: clean numbers, our own prose, in every shape the reader must take."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gongkai.annual_report.reading import Report, read_text
from gongkai.annual_report.rendering.layout import TableLayout, layouts, place, printed
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import Form, Tables, Value, cells, derive_totals, table_3_rows

TITLE = "江湾县水务局2022年政府信息公开工作年度报告"

PROSE: Mapping[str, str] = {
    "opening": "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
    "proactive": "（一）主动公开\n一是更新栏目内容。二是公布办事指南。全年主动公开政府信息310条。",
    "applications": "（二）依申请公开\n2022年我局共收到政府信息公开申请{received}件。",
    "management": "（三）政府信息管理\n制发规范性文件{made}件，废止{repealed}件，现行有效{in_force}件。",
    "platforms": "（四）政府信息公开平台建设\n维护门户网站专栏。",
    "supervision": "（五）监督保障\n组织培训两次。",
    "problems": "（一）存在问题\n1、栏目分类不细。\n2、解读形式较少。\n（二）改进措施\n1、按主题重排栏目。\n2、增加图解。",
    "other": "2022年我局未收取信息处理费。",
}
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def clean_tables(form: Form = Form.F2021) -> Tables:
    """Tables without a fault in which no two rows are alike: a number in the wrong place shows."""
    values: dict[str, Value] = dict.fromkeys(cells(form), 0)
    rows = [row.key for row in table_3_rows(form) if row.key in {outcome.value for outcome in Outcome}]
    for column, kind in enumerate(ApplicantKind):
        for number, key in enumerate(rows):
            values[f"t3.{key}.{kind.value}"] = (number * 7 + column * 3) % 23
        handled = sum(values[f"t3.{key}.{kind.value}"] or 0 for key in rows)
        values[f"t3.carried_in.{kind.value}"] = column + 1
        values[f"t3.carried_out.{kind.value}"] = 2 * column + 3
        values[f"t3.received.{kind.value}"] = handled + 2 * column + 3 - (column + 1)
    for number, address in enumerate(a for a in values if a.startswith("t4.")):
        values[address] = number % 4 + 1
    if form is Form.F2021:
        made = {"made": 4, "repealed": 2, "in_force": 31}
        values |= {f"t2.normative_documents.{column}": value for column, value in made.items()}
        values |= {"t2.licences.decisions": 712, "t2.penalties.decisions": 55, "t2.coercion.decisions": 3}
    return derive_totals(Tables(values, form))


def report_text(
    tables: Tables | None = None,
    *,
    write: Callable[[TableLayout, Tables], str] | None = None,
    title: str = TITLE,
    headings: tuple[str, ...] = HEADINGS,
    **prose: str,
) -> str:
    """A whole report; keywords replace pieces of ``PROSE``."""
    tables = tables or clean_tables()
    written = {layout.key: (write or by_tabs)(layout, tables) for layout in layouts(tables.form)}
    said = {**PROSE, **prose}
    figures = {
        "received": tables["t3.received.total"],
        **{column: tables.cells.get(f"t2.normative_documents.{column}") for column in ("made", "repealed", "in_force")},
    }
    overview = [said[key] for key in ("opening", "proactive", "applications", "management", "platforms", "supervision")]
    bodies = (
        "\n".join(overview).format(**figures),
        written.get("t2", ""),
        written["t3"],
        written["t4"],
        said["problems"],
        said["other"],
    )
    parts = [f"{heading}\n\n{body}" for heading, body in zip(headings, bodies, strict=True)]
    return "\n\n".join([title, *parts]) + "\n"


def report(tables: Tables | None = None, **changes: str) -> Report:
    """The report of ``report_text``, read."""
    return read_text(report_text(tables, **changes), file="sample.txt")  # type: ignore[arg-type]


# --- Shapes -------------------------------------------------------------------------------------------------


def _grid(layout: TableLayout, tables: Tables) -> list[list[str]]:
    """The table with its spans lost: a box's text in its first cell, nothing in the cells it covered."""
    grid = [["" for _ in range(layout.width)] for _ in layout.rows]
    for one in place(layout.rows):
        text = one.box.text.zh if one.box.text is not None else printed(tables[one.box.address or ""])
        grid[one.row][one.column] = text
    return grid


def by_tabs(layout: TableLayout, tables: Tables) -> str:
    """Cells parted by tabs."""
    return "\n".join("\t".join(row) for row in _grid(layout, tables))


def by_tabs_slid_left(layout: TableLayout, tables: Tables) -> str:
    """Cells parted by tabs, empty ones before the first label gone and put at the end: labels slid left."""
    rows = []
    for row in _grid(layout, tables):
        lead = next((index for index, cell in enumerate(row) if cell), 0)
        slid = lead if layout.key == "t3" and row[lead][:1] in "34（" else 0
        rows.append([*row[slid:], *[""] * slid])
    return "\n".join("\t".join(row) for row in rows)


def by_pipes(layout: TableLayout, tables: Tables) -> str:
    """Markdown rows."""
    return "\n".join("| " + " | ".join(row) + " |" for row in _grid(layout, tables))


def by_trailing_pipes(layout: TableLayout, tables: Tables) -> str:
    """Filled cells first, the empty cells of the spans behind them."""
    rows = [[cell for cell in row if cell] + ["" for cell in row if not cell] for row in _grid(layout, tables)]
    return "\n".join(" | ".join(row) for row in rows)


def by_blanks(layout: TableLayout, tables: Tables) -> str:
    """Filled cells parted by blanks."""
    return "\n".join("  ".join(cell for cell in row if cell) for row in _grid(layout, tables))


def cell_by_line(layout: TableLayout, tables: Tables) -> str:
    """One filled cell on each line, with an empty line between."""
    return "\n\n".join(cell for row in _grid(layout, tables) for cell in row if cell)


def cell_by_line_with_pipes(layout: TableLayout, tables: Tables) -> str:
    """One filled cell on each line, each followed by a pipe."""
    return "\n".join(f"{cell} |" for row in _grid(layout, tables) for cell in row if cell)


def pipes_between_lines(layout: TableLayout, tables: Tables) -> str:
    """One filled cell on each line, a pipe before each but the first."""
    return "\n|".join(cell for row in _grid(layout, tables) for cell in row if cell)


SHAPES: tuple[Callable[[TableLayout, Tables], str], ...] = (
    by_tabs,
    by_tabs_slid_left,
    by_pipes,
    by_trailing_pipes,
    by_blanks,
    cell_by_line,
    cell_by_line_with_pipes,
    pipes_between_lines,
)
