"""Rules that hold the figures of the prose against the tables: P-1, P-2, P-3, P-7, P-10.

行政事业性收费 (table 2) and 信息处理费 (part six) are different fees and are never compared (P-12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.annual_report.audit import mentions
from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.mentions import Mention
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.audit.tables import disputes
from gongkai.annual_report.reading import Report
from gongkai.law.report_form import COLUMNS, Value
from gongkai.law.texts import Text


def _finding(
    case: Case, rule_id: str, severity: Severity, mention: Mention, message: Text, table: Value = None
) -> Finding:
    values = (mention.value, table) if table is not None else (mention.value,)
    line = mention.sentence.line
    return Finding(rule_id, severity, place_of(case.report, line), message, values, line)


def _by_kind(report: Report) -> Text:
    """The table's first row in words: 自然人 13、商业企业 4."""
    row = zip(COLUMNS[:-1], report.tables.row("received"), strict=False)
    given = [(column.text, value) for column, value in row if value]
    if not given:
        return Text("", "")
    zh = "、".join(f"{text.zh} {value}" for text, value in given)
    en = ", ".join(f"{text.en} {value}" for text, value in given)
    return Text(f"（{zh}）", f" ({en})")


def _once(found: Sequence[Mention]) -> Iterator[Mention]:
    """Each sentence and value once: it may match two patterns."""
    seen = set()
    for mention in found:
        key = (mention.sentence, mention.value)
        if key not in seen:
            seen.add(key)
            yield mention


@rule("P-1", "文中称未收到申请，当且仅当表格第一项为 0", "prose says none received only if item I is 0")
def none_received(case: Case) -> Iterator[Finding]:
    """P-1: 「未收到…申请」 while 一、本年新收 is not 0."""
    received = case.report.tables["t3.received.total"]
    if not received:
        return
    kinds = _by_kind(case.report)
    for mention in _once(mentions.none_received(case.report)):
        message = Text(
            f"文中说没有收到政府信息公开申请，第三部分表格的本年新收却是 {received} 件{kinds.zh}。两处必有一处不对。",
            f"The prose says that no application was received; the table counts {received} newly received"
            f"{kinds.en}. One of the two is wrong.",
        )
        yield _finding(case, "P-1", Severity.ERROR, mention, message, received)


@rule("P-2", "文中收到件数等于表格第一项", "received in prose = item I (or I + II)")
def received(case: Case) -> Iterator[Finding]:
    """P-2: 收到 N = 一, or = 一+二 (hint: say which); 新收 means 一 alone. A 0 is a matter of P-1."""
    tables = case.report.tables
    new, with_carried = tables["t3.received.total"], tables.sum_of(("t3.received.total", "t3.carried_in.total"))
    if new is None:
        return
    found = [mention for mention in _once(mentions.received(case.report)) if mention.value]
    one_fits = any(_fits(mention, new, with_carried) for mention in found)
    for mention in found:
        if mention.value == new:
            continue
        if _fits(mention, new, with_carried):
            yield _finding(case, "P-2", Severity.INFO, mention, _counts_carried(mention, new), new)
        else:
            # Where another figure of the prose fits, this one may have a scope that was not seen.
            severity = Severity.WARNING if one_fits else Severity.ERROR
            yield _finding(case, "P-2", severity, mention, _received_differs(mention, new), new)


def _fits(mention: Mention, new: Value, with_carried: Value) -> bool:
    """新收 is item I; 收到, 受理 may count the applications carried over as well."""
    return mention.value == new or (mention.value == with_carried and not mention.word.startswith("新收"))


def _counts_carried(mention: Mention, new: Value) -> Text:
    return Text(
        f"文中的 {mention.value} 件是本年新收 {new} 件加上年结转，请写明包括上年结转。",
        f"The {mention.value} of the prose are the {new} newly received plus those carried over; say so.",
    )


def _received_differs(mention: Mention, new: Value) -> Text:
    return Text(
        f"文中说{mention.word} {mention.value} 件，第三部分表格的本年新收是 {new} 件。",
        f"The prose gives {mention.value} received, the table {new} newly received.",
    )


@rule("P-3", "文中办结、结转件数与表格一致", "handled and carried over in prose = table")
def handled_and_carried(case: Case) -> Iterator[Finding]:
    """P-3: 办结 = 三（七）, 结转下年度 = 四, 上年结转 = 二."""
    for find, address, zh, en in (
        (mentions.handled, "t3.total.total", "本年度办理结果总计", "results in total"),
        (mentions.carried_out, "t3.carried_out.total", "结转下年度继续办理", "carried over to next year"),
        (mentions.carried_in, "t3.carried_in.total", "上年结转", "carried over from last year"),
    ):
        yield from _compared(case, find, address, Text(zh, en))


def _compared(case: Case, find: Callable[[Report], tuple[Mention, ...]], address: str, name: Text) -> Iterator[Finding]:
    table = case.report.tables[address]
    found = list(_once(find(case.report)))
    # Several figures may be parts that only together make the whole.
    if table is None or any(m.value == table for m in found) or sum(m.value for m in found) == table:
        return
    for mention in found:
        message = Text(
            f"文中说{mention.word} {mention.value} 件，第三部分表格的{name.zh}是 {table} 件。",
            f"The prose gives {mention.value}, the table {table} {name.en}.",
        )
        yield _finding(case, "P-3", Severity.ERROR, mention, message, table)


@rule("P-7", "文中复议、诉讼件数与表格一致", "reconsideration and litigation in prose = table 4")
def disputes_in_prose(case: Case) -> Iterator[Finding]:
    """P-7: 复议 N and 诉讼 N (both ways to court together); a warning only, for the scope may differ."""
    totals = disputes(case.report.tables)
    direct, after = totals["litigation_direct"], totals["litigation_after_reconsideration"]
    court = direct + after if direct is not None and after is not None else None
    said = []
    for kind, en, table in (
        ("复议", "reconsiderations", totals["reconsideration"]),
        ("诉讼", "lawsuits", court),
    ):
        found = list(_once(mentions.disputes(case.report, kind)))
        said += found
        if table is None or any(mention.value == table for mention in found):
            continue
        for mention in found:
            message = Text(
                f"文中行政{kind}是 {mention.value} 件，第四部分表格是 {table} 件，请核对口径。",
                f"The prose gives {mention.value} {en}, the table {table}; please check the scope.",
            )
            yield _finding(case, "P-7", Severity.WARNING, mention, message, table)
    if not said:
        yield from _disputes_without_applications(case)


def _disputes_without_applications(case: Case) -> Iterator[Finding]:
    """Prose that says nothing of disputes and denies all applications cannot explain those of table 4."""
    contested = sum(value for value in disputes(case.report.tables).values() if value)
    for mention in list(_once(mentions.none_received(case.report)))[:1] if contested else ():
        message = Text(
            f"第四部分表格有 {contested} 件行政复议、行政诉讼，文中只字未提，又说没有收到申请；"
            "如果是往年申请引起的，请说明。",
            f"Table 4 counts {contested} disputes of which the prose says nothing, and it says that no "
            "application was received; explain if they arose from earlier years.",
        )
        yield _finding(case, "P-7", Severity.WARNING, mention, message, contested)


_COLUMNS_OF_DOCUMENTS = {
    "made": Text("本年制发", "issued this year"),
    "repealed": Text("本年废止", "repealed this year"),
    "in_force": Text("现行有效", "in force"),
}


@rule("P-10", "文中规范性文件件数与表格一致", "normative documents in prose = table 2")
def normative_documents(case: Case) -> Iterator[Finding]:
    """P-10: 规范性文件 制发, 废止, 现行有效 of the prose = table 2."""
    found = mentions.normative_documents(case.report)
    for column, name in _COLUMNS_OF_DOCUMENTS.items():
        table = case.table_2(f"t2.normative_documents.{column}")
        of_column = [mention for key, mention in found if key == column]
        if table is None or any(mention.value == table for mention in of_column):
            continue
        for mention in _once(of_column):
            message = Text(
                f"文中规范性文件{name.zh} {mention.value} 件，第二部分表格是 {table} 件。",
                f"The prose gives {mention.value} normative documents {name.en}, the table {table}.",
            )
            yield _finding(case, "P-10", Severity.ERROR, mention, message, table)
