"""Rules on the tables alone: T2-…, T3-…, T4-…, and whether the form fits the year (F-2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.annual_report.audit.findings import Finding, Severity
from gongkai.annual_report.audit.registry import RULE_MAKERS, Case, rule
from gongkai.annual_report.reading import Note, NoteKind
from gongkai.law.report_form import (
    COLUMNS,
    Form,
    Row,
    Tables,
    Value,
    cells,
    form_for_year,
    identities,
    table_3_rows,
)
from gongkai.law.texts import Text

TABLE_2 = Text("第二部分表格", "table of part 2")
TABLE_3 = Text("第三部分表格", "table of part 3")
TABLE_4 = Text("第四部分表格", "table of part 4")


# --- Sums ---------------------------------------------------------------------------------------------------


def _broken(case: Case, rule_id: str) -> Iterator[Finding]:
    """Broken sums, but for those that were needed to read the cells."""
    tables = case.report.tables
    for identity in identities(tables.form):
        if identity.rule != rule_id:
            continue
        left, right = tables.sum_of(identity.left), tables.sum_of(identity.right)
        if left is not None and right is not None and left != right and case.report.may_assert(identity):
            yield Finding(
                rule_id,
                Severity.ERROR,
                identity.where,
                Text(
                    f"{identity.explanation.zh}，现在是 {left} ≠ {right}。",
                    f"{identity.explanation.en}, but {left} ≠ {right}.",
                ),
                (left, right),
            )


def _blank_totals(case: Case, rule_id: str) -> Iterator[Finding]:
    """A total left empty although its parts are there: the sum is known, so the fault is certain."""
    tables = case.report.tables
    for identity in identities(tables.form):
        if identity.rule != rule_id or tables[identity.left[0]] is not None:
            continue
        parts = tables.sum_of(identity.right)
        if parts is not None:
            yield Finding(
                rule_id,
                Severity.ERROR,
                identity.where,
                Text(f"总计是空白，应为 {parts}。", f"The total is empty; it should be {parts}."),
                ("", parts),
            )


@rule("T3-1", "每行总计等于自然人与五类组织之和", "each row's total is the sum of the six kinds")
def row_sums(case: Case) -> Iterator[Finding]:
    """T3-1: 总计 = Σ6 in each row of table 3."""
    yield from _broken(case, "T3-1")
    yield from _blank_totals(case, "T3-1")


@rule("T3-2", "每列（七）总计等于各项办理结果之和", "each column's (7) is the sum of all results")
def column_sums(case: Case) -> Iterator[Finding]:
    """T3-2: 三（七） = Σ of the outcomes in each column of table 3."""
    yield from _broken(case, "T3-2")


@rule("T3-3", "每列第一项加第二项等于第三项加第四项", "in each column I + II = III + IV")
def balance(case: Case) -> Iterator[Finding]:
    """T3-3: the identity printed in the corner of table 3."""
    yield from _broken(case, "T3-3")


@rule("T4-1", "第四部分表格每个总计等于四种结果之和", "each total of table 4 is the sum of its four results")
def dispute_sums(case: Case) -> Iterator[Finding]:
    """T4-1: 总计 = Σ4 for 行政复议 and both kinds of 行政诉讼."""
    yield from _broken(case, "T4-1")
    yield from _blank_totals(case, "T4-1")


# --- Presence -----------------------------------------------------------------------------------------------


def _empty(tables: Tables, prefix: str) -> bool:
    return all(value is None for address, value in tables.cells.items() if address.startswith(prefix))


def _nothing_read(place: Text, rule_id: str) -> Finding:
    """A table of which nothing was read: perhaps a picture, perhaps cut off; not certainly missing."""
    return Finding(
        rule_id,
        Severity.WARNING,
        place,
        Text(
            "一个数字也没有读到。如果表格是图片，就无法被任何人读取：不能汇总，不能审核，读屏软件也读不出。请改用文字表格。",
            "No number was read. If the table is a picture it cannot be read by anyone: not summed up, not checked, "
            "not read aloud. Use a real table.",
        ),
    )


@rule(
    "T3-4",
    "第三部分表格各行各列齐全，均为非负整数",
    "all rows and columns of table 3 present, whole numbers ≥ 0",
)
def table_3_whole(case: Case) -> Iterator[Finding]:
    """T3-4: 25 rows and 7 columns, each a whole number not below zero; table 4 is held to the same."""
    tables = case.report.tables
    if _empty(tables, "t3."):
        yield _nothing_read(TABLE_3, "T3-4")
        return
    yield from _missing_rows(case)
    yield from _not_counts(tables, "t3.", "T3-4")
    for note in case.report.notes:
        if note.kind in _ODD_ROWS and not note.where.startswith(("t2", "t4")):
            yield _odd_row(note)


def _missing_rows(case: Case) -> Iterator[Finding]:
    # In a file that breaks off, or where numbers stand without a known name, the row may only be unreadable.
    nameless = {NoteKind.NUMBERS_WITHOUT_LABEL, NoteKind.UNKNOWN_ROW} & {n.kind for n in case.report.notes}
    severity = Severity.ERROR if case.report.ends_whole and not nameless else Severity.WARNING
    unread = {note.where: note for note in case.report.notes if note.kind is NoteKind.UNREAD}
    for row in table_3_rows(case.report.format):
        empty = [c for c, v in zip(COLUMNS, case.report.tables.row(row.key), strict=True) if v is None]
        if f"t3.{row.key}" in unread:
            yield _unread_row(row, unread[f"t3.{row.key}"])
        elif len(empty) == len(COLUMNS):
            message = Text("这一行没有数字，或者缺这一行。", "This row has no numbers, or is missing.")
            yield Finding("T3-4", severity, _place_of(row), message)
        elif [column.key for column in empty] not in ([], ["total"]):
            names = Text("、".join(c.text.zh for c in empty), ", ".join(c.text.en for c in empty))
            message = Text(f"空白，读不出数字：{names.zh}。", f"Empty, no number to read: {names.en}.")
            yield Finding("T3-4", severity, _place_of(row), message)


def _place_of(row: Row) -> Text:
    return Text(f"{TABLE_3.zh}「{row.name.zh}」行", f'{TABLE_3.en}, row "{row.name.en}"')


def _unread_row(row: Row, note: Note) -> Finding:
    return Finding(
        "T3-4",
        Severity.ERROR,
        _place_of(row),
        Text(
            f"这一行应有七个数字，读到的是「{note.seen}」，无法判断各属哪一列。",
            f'Seven numbers are needed; "{note.seen}" does not show which column each belongs to.',
        ),
        (note.seen,),
        note.line,
    )


_ODD_ROWS = {
    NoteKind.REPEATED: Text(
        "同一行出现了两次，后一次是「{seen}」；如果文件里有两份报告，请分开检查。",
        'The same row stands twice, the second time as "{seen}"; check two reports one by one.',
    ),
    NoteKind.NUMBERS_WITHOUT_LABEL: Text(
        "这些数字前面没有行名：「{seen}」。", 'These numbers have no row label: "{seen}".'
    ),
    NoteKind.UNKNOWN_ROW: Text(
        "格式里没有这一行，没有计入：「{seen}」。", 'The form has no such row; it was set aside: "{seen}".'
    ),
}


def _odd_row(note: Note) -> Finding:
    message = _ODD_ROWS[note.kind]
    filled = Text(message.zh.format(seen=note.seen), message.en.format(seen=note.seen))
    return Finding("T3-4", Severity.WARNING, TABLE_3, filled, (note.seen,), note.line)


def _is_count(value: int | Decimal) -> bool:
    return value >= 0 and (isinstance(value, int) or value == int(value))


def _not_counts(tables: Tables, prefix: str, rule_id: str) -> Iterator[Finding]:
    for address, cell in cells(tables.form).items():
        if not address.startswith(prefix) or (value := tables[address]) is None:
            continue
        wrong = value < 0 if cell.decimal else not _is_count(value)
        # 本年增/减 of the form of 2019 is the one column that may be below zero.
        if wrong and not address.endswith(".change"):
            message = Text(f"{value} 不是非负整数。", f"{value} is not a whole number from zero.")
            if cell.decimal:
                message = Text(f"金额 {value} 小于零。", f"The amount {value} is below zero.")
            yield Finding(rule_id, Severity.ERROR, cell.place, message, (value,))


@rule("T3-5", "空白、“/”、“-”应填 0", "blanks, / and - should be 0")
def blanks(case: Case) -> Iterator[Finding]:
    """T3-5: cells left blank or marked / or - beside numbers were read as 0; one hint for each table."""
    for place, prefix in ((TABLE_2, "t2."), (TABLE_3, "t3."), (TABLE_4, "t4.")):
        notes = [
            note for note in case.report.notes if note.kind is NoteKind.BLANK_AS_ZERO and note.where.startswith(prefix)
        ]
        if notes:
            message = Text(
                f"有 {len(notes)} 个单元格是空白或“/”“-”，按 0 读取；没有的项目请填 0。",
                f"{len(notes)} cells are empty or hold / or -; they were read as 0. Write 0 for none.",
            )
            yield Finding("T3-5", Severity.INFO, place, message, (len(notes),), notes[0].line)


@rule("T2-0", "第二部分表格可以读取", "table 2 can be read")
def table_2_whole(case: Case) -> Iterator[Finding]:
    """T2-0 (ours): says plainly what of table 2 was not read."""
    tables = case.report.tables
    if _empty(tables, "t2."):
        yield _nothing_read(TABLE_2, "T2-0")
    else:
        yield from _missing_cells(tables, "t2.", "T2-0")
    yield from _not_counts(tables, "t2.", "T2-0")


@rule("T4-0", "第四部分表格可以读取", "table 4 can be read")
def table_4_whole(case: Case) -> Iterator[Finding]:
    """T4-0 (ours): says plainly what of table 4 was not read."""
    tables = case.report.tables
    unread = [n for n in case.report.notes if n.where == "t4" and n.kind is NoteKind.UNREAD]
    if unread:
        message = Text(
            f"应有十五个数字，读到的是「{unread[0].seen}」，无法判断各属哪一列。",
            f'Fifteen numbers are needed; "{unread[0].seen}" does not show which column each belongs to.',
        )
        yield Finding("T4-0", Severity.WARNING, TABLE_4, message, (unread[0].seen,), unread[0].line)
    elif _empty(tables, "t4."):
        yield _nothing_read(TABLE_4, "T4-0")
    else:
        totals = {a for a in tables.missing if a.endswith(".total")}
        yield from _missing_cells(tables, "t4.", "T4-0", known=totals)
    yield from _not_counts(tables, "t4.", "T4-0")


def _missing_cells(
    tables: Tables, prefix: str, rule_id: str, known: set[str] | frozenset[str] = frozenset()
) -> Iterator[Finding]:
    for address in tables.missing:
        if address.startswith(prefix) and address not in known:
            message = Text("没有读到数字。", "No number was read.")
            yield Finding(rule_id, Severity.WARNING, cells(tables.form)[address].place, message)


@rule("F-2", "表格版本与报告年度相符", "the form fits the report year")
def form_of_year(case: Case) -> Iterator[Finding]:
    """F-2: 〔2019〕60号 for 2019 and 2020, 〔2021〕30号 from 2021."""
    report = case.report
    due = form_for_year(report.year) if report.year else None
    if due is None or due is report.format or _empty(report.tables, "t3."):
        return
    message = Text(
        f"{report.year}年度报告应使用{_named(due).zh}的表格，现在用的是{_named(report.format).zh}的表格。",
        f"A report on {report.year} uses the tables of {_named(due).en}; these are of {_named(report.format).en}.",
    )
    yield Finding("F-2", Severity.ERROR, TABLE_3, message, (report.format.value, due.value))


def _named(form: Form) -> Text:
    return Text("〔2021〕30号", "(2021) No. 30") if form is Form.F2021 else Text("〔2019〕60号", "(2019) No. 60")


# --- Plausibility -------------------------------------------------------------------------------------------

DOCUMENTS = (
    ("rules", Text("规章", "Rules")),
    ("normative_documents", Text("行政规范性文件", "Normative documents")),
)


def place_in_table_2(name: Text) -> Text:
    return Text(f"{TABLE_2.zh}「{name.zh}」行", f'{TABLE_2.en}, row "{name.en}"')


@rule("T2-1", "只有国务院部门、省级和设区的市级政府可以制定规章", "only some agencies can make rules")
def rules_by_power(case: Case) -> Iterator[Finding]:
    """T2-1: 规章 made or in force only where the agency can make them; silent while its level is unknown."""
    if case.agency_level is None or case.agency_level in RULE_MAKERS:
        return
    for key in ("t2.rules.made", "t2.rules.in_force"):
        value = case.table_2(key)
        if value:
            message = Text(
                f"本机关无权制定规章，这里却填了 {value}。是否把规范性文件填到了规章一行？",
                f"This agency cannot make rules, yet {value} is given. Were normative documents meant?",
            )
            yield Finding("T2-1", Severity.ERROR, cells()[key].place, message, (value,))


@rule("T2-2", "现行有效件数不少于本年制发件数", "in force ≥ issued this year")
def in_force_covers_made(case: Case) -> Iterator[Finding]:
    """T2-2: what was issued this year and not repealed is in force."""
    for key, name in DOCUMENTS:
        made, in_force = (case.table_2(f"t2.{key}.{column}") for column in ("made", "in_force"))
        if made is not None and in_force is not None and in_force < made:
            message = Text(
                f"现行有效 {in_force} 件，少于本年制发的 {made} 件，请核对。",
                f"{in_force} in force, fewer than the {made} issued this year; please check.",
            )
            yield Finding("T2-2", Severity.WARNING, place_in_table_2(name), message, (in_force, made))


@rule("T2-3", "废止件数与现行有效件数相同时应核对", "repealed = in force looks like a copied column")
def repealed_like_in_force(case: Case) -> Iterator[Finding]:
    """T2-3: 废止 = 现行有效 > 0 is likely one column copied; more than there were cannot be repealed."""
    yield from _repealed_what_was_not(case)
    for key, name in DOCUMENTS:
        repealed, in_force = (case.table_2(f"t2.{key}.{column}") for column in ("repealed", "in_force"))
        if repealed and repealed == in_force:
            message = Text(
                f"本年废止 {repealed} 件，与现行有效 {in_force} 件相同，可能是一列抄成了另一列，请核对。",
                f"Repealed {repealed} equals in force {in_force}: perhaps one column was copied; please check.",
            )
            yield Finding("T2-3", Severity.WARNING, place_in_table_2(name), message, (repealed, in_force))


def _repealed_what_was_not(case: Case) -> Iterator[Finding]:
    """废止 beyond last year's 现行有效: certain if what was issued this year does not cover the rest."""
    before = case.year_before
    for key, name in DOCUMENTS if before else ():
        stock = before.tables.cells.get(f"t2.{key}.in_force") if before else None
        made, repealed = (case.table_2(f"t2.{key}.{column}") for column in ("made", "repealed"))
        if stock is None or repealed is None or repealed <= stock:
            continue
        message = Text(
            f"本年废止 {repealed} 件，上年现行有效只有 {stock} 件，请核对。",
            f"{repealed} repealed, but only {stock} were in force last year; please check.",
        )
        severity = Severity.ERROR if made is not None and repealed > stock + made else Severity.WARNING
        yield Finding("T2-3", severity, place_in_table_2(name), message, (repealed, stock))


#: 其他处理 is for what no lawful way of handling fits; from this share on the notice asks to look into it [I].
_OTHER_SHARE, _FEWEST = 0.15, 5


@rule("T3-6", "（六）其他处理占比不高", "few applications end as 其他处理")
def other_handling(case: Case) -> Iterator[Finding]:
    """T3-6: 「原则上，所有的政府信息公开申请，都应当按照法定的处理方式做出处理」 (〔2019〕60号)."""
    tables = case.report.tables
    rows = [row for row in table_3_rows(tables.form) if row.key in ("correction_lapsed", "fee_unpaid", "other")]
    other, handled = tables.sum_of([f"t3.{row.key}.total" for row in rows]), tables["t3.total.total"]
    if other and handled and other >= _FEWEST and other > handled * Decimal(str(_OTHER_SHARE)):
        percent = round(other * 100 / handled)
        message = Text(
            f"{handled} 件办理结果中有 {other} 件（{percent}%）是其他处理，偏高；原则上应按法定方式处理，请逐件核对。",
            f"{other} of {handled} results ({percent}%) are 其他处理; in principle a lawful result applies. Check each.",
        )
        yield Finding("T3-6", Severity.WARNING, TABLE_3, message, (other, handled))


def disputes(tables: Tables) -> dict[str, Value]:
    """The three totals of table 4."""
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    return {group: tables[f"t4.{group}.total"] for group in groups}


@rule("T3-7", "全部予以公开却有复议诉讼时应核对", "all granted, yet there were disputes")
def all_granted_but_disputed(case: Case) -> Iterator[Finding]:
    """T3-7: every request 予以公开 although table 4 is not empty."""
    tables = case.report.tables
    handled, granted = tables["t3.total.total"], tables["t3.granted.total"]
    contested = sum(value for value in disputes(tables).values() if value)
    if handled and handled == granted and contested:
        message = Text(
            f"{handled} 件申请全部予以公开，没有一件部分公开、不予公开或无法提供，"
            f"却有 {contested} 件行政复议、行政诉讼，请核对办理结果的归类。",
            f"All {handled} applications were granted, yet there were {contested} disputes; "
            "please check how the results were classified.",
        )
        yield Finding("T3-7", Severity.WARNING, TABLE_3, message, (granted or 0, contested))


@rule("T4", "复议诉讼的衔接", "how the disputes hang together")
def questions_on_disputes(case: Case) -> Iterator[Finding]:
    """T4 (questions, never errors): a matter counted in review and in court; pending matters come back."""
    tables = case.report.tables
    review, court = tables["t4.reconsideration.total"], tables["t4.litigation_after_reconsideration.total"]
    if review and court:
        message = Text(
            f"行政复议 {review} 件、复议后起诉 {court} 件，可能是同一事项先后计入，请确认。",
            f"{review} in review and {court} in court after review may be the same matter; please confirm.",
        )
        # All upheld and as many in court afterwards: the whole column may be one and the same matter.
        alike = review == court == tables["t4.reconsideration.upheld"]
        yield Finding("T4", Severity.WARNING if alike else Severity.INFO, TABLE_4, message, (review, court))
    pending = [tables[f"t4.{group}.pending"] or 0 for group in disputes(tables)]
    if any(pending):
        message = Text(
            f"尚未审结 {sum(pending)} 件，下一年度的报告里应当再次出现。",
            f"{sum(pending)} pending: they must appear again in next year's report.",
        )
        yield Finding("T4", Severity.INFO, TABLE_4, message, (sum(pending),))
