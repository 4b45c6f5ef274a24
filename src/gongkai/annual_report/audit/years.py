"""Rules that hold a report against last year's, and a 汇总 against those it sums up: T2-4, T4-2, G-1, X-1, X-2, X-3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import AgencyLevel, Case, rule
from gongkai.annual_report.audit.tables import DOCUMENTS, TABLE_3, TABLE_4, disputes, place_in_table_2
from gongkai.law.report_form import CHARGES, COLUMNS, Form, Tables, cells
from gongkai.law.texts import Text

#: 元 written as 万元 differs by 10⁴; a year's fees do not.
_UNIT_JUMP = (Decimal(2000), Decimal(50000))
#: 万元: ten billion yuan of fees in a year are more than any county's or department's [I].
_IMPLAUSIBLE = 1_000_000
_LARGE = frozenset({AgencyLevel.STATE_COUNCIL_DEPARTMENT, AgencyLevel.PROVINCE, AgencyLevel.CITY_WITH_DISTRICTS})


@rule("T2-4", "收费金额单位为万元，数额合理", "the amount charged is in CNY 10,000 and plausible")
def amount_plausible(case: Case) -> Iterator[Finding]:
    """T2-4: 元 written as 万元 shows in a jump by 10⁴, in an amount nobody charges, or in a town without any power."""
    amount = case.table_2(CHARGES)
    if not amount or amount < 0:
        return
    before = case.year_before.tables.cells.get(CHARGES) if case.year_before else None
    if before and before > 0 and any(_UNIT_JUMP[0] <= ratio <= _UNIT_JUMP[1] for ratio in _ratios(amount, before)):
        message = Text(
            f"本年 {amount} 万元，上年 {before} 万元，相差约一万倍，请核对是否把“元”填成了“万元”。",
            f"{amount} this year, {before} last year (CNY 10,000): about ten thousand times. Was yuan written?",
        )
        yield Finding("T2-4", Severity.WARNING, cells()[CHARGES].place, message, (amount, before))
    elif amount >= _IMPLAUSIBLE and case.agency_level not in _LARGE:
        message = Text(
            f"{amount} 万元即超过一百亿元，请核对是否把“元”填成了“万元”。",
            f"{amount} × CNY 10,000 exceeds ten billion yuan; was yuan written?",
        )
        yield Finding("T2-4", Severity.WARNING, cells()[CHARGES].place, message, (amount,))
    elif case.agency_level is AgencyLevel.TOWN and case.table_2("t2.licences.decisions") == 0:
        message = Text(
            f"没有行政许可，却有行政事业性收费 {amount} 万元，请确认收费依据和单位。",
            f"No licence was decided, yet {amount} (CNY 10,000) were charged; please confirm basis and unit.",
        )
        yield Finding("T2-4", Severity.WARNING, cells()[CHARGES].place, message, (amount,))


def _ratios(one: int | Decimal, other: int | Decimal) -> tuple[Decimal, Decimal]:
    ratio = Decimal(one) / Decimal(other)
    return ratio, 1 / ratio


@rule("T4-2", "没有申请却有复议诉讼时应核对", "disputes without any application")
def disputes_from_nowhere(case: Case) -> Iterator[Finding]:
    """T4-2: table 4 is not empty although this year and last year no application was there."""
    before = case.year_before
    if before is None:
        return
    tables = case.report.tables
    contested = sum(value for value in disputes(tables).values() if value)
    asked = [tables["t3.received.total"], tables["t3.carried_in.total"], before.tables["t3.received.total"]]
    if contested and all(value == 0 for value in asked):
        message = Text(
            f"上年和本年都没有政府信息公开申请，却有 {contested} 件行政复议、行政诉讼，请核对。",
            f"No application this year or last, yet {contested} disputes; please check.",
        )
        yield Finding("T4-2", Severity.WARNING, TABLE_4, message, (contested, 0))


# --- G-1 ----------------------------------------------------------------------------------------------------

#: From this share of common runs of characters on, two texts are one text with changes [I].
ALIKE, _RUN, _SHORTEST = 0.8, 4, 60


def likeness(one: str, other: str) -> float:
    """How much of two texts is common, 0 to 1: their runs of four characters (Jaccard)."""
    first, second = (_runs(text) for text in (one, other))
    every = first | second
    return len(first & second) / len(every) if every else 0.0


def _runs(text: str) -> set[str]:
    return {text[at : at + _RUN] for at in range(len(text) - _RUN + 1)}


@rule("G-1", "第五部分不与上年雷同", "part five is not last year's")
def not_last_years_problems(case: Case) -> Iterator[Finding]:
    """G-1: 「不得出现敷衍了事甚至年年雷同现象」. Figures and years are left out of the comparison."""
    said = case.report.prose(5)
    if case.year_before is None or not said:
        return
    now, before = (
        "".join(c for c in text if not c.isdigit())
        for text in ("".join(s.plain for s in said), case.year_before.problems)
    )
    share = likeness(now, before)
    if len(now) >= _SHORTEST and share >= ALIKE:
        percent = round(share * 100)
        message = Text(
            f"第五部分与上年报告有 {percent}% 相同，格式要求不得年年雷同，请写本年度的问题和改进。",
            f"Part five is {percent}% the same as last year's; write this year's problems and improvements.",
        )
        place = place_of(case.report, said[0].line)
        yield Finding("G-1", Severity.WARNING, place, message, (percent,), said[0].line)


# --- X-1, X-2 -----------------------------------------------------------------------------------------------


@rule("X-1", "上年结转等于上年报告的结转下年度", "carried in = carried out last year")
def carried_over(case: Case) -> Iterator[Finding]:
    """X-1: 二 of this year = 四 of last year, in each column."""
    previous = case.previous
    if previous is None:
        return
    if case.year_before is None:
        message = Text(
            f"作对比的是 {previous.year} 年的报告，不是上一年度的，没有与之核对。",
            f"The report given for comparison is of {previous.year}, not of the year before: nothing was compared.",
        )
        yield Finding("X-1", Severity.INFO, TABLE_3, message, (previous.year or 0, case.report.year or 0))
        return
    for column in COLUMNS:
        now = case.report.tables[f"t3.carried_in.{column.key}"]
        before = previous.tables[f"t3.carried_out.{column.key}"]
        if now is not None and before is not None and now != before:
            message = Text(
                f"上年结转是 {now} 件，上一年度报告的结转下年度继续办理是 {before} 件，应当相等。",
                f"{now} carried in, but last year's report carries {before} over; they must be equal.",
            )
            place = cells(case.report.tables.form)[f"t3.carried_in.{column.key}"].place
            yield Finding("X-1", Severity.ERROR, place, message, (now, before))


@rule("X-2", "现行有效件数与上年衔接", "what is in force follows from last year")
def in_force_rolls_forward(case: Case) -> Iterator[Finding]:
    """X-2: 现行有效 = last year's + 制发 − 废止; a warning only, for clean-ups re-classify the stock."""
    if case.year_before is None or Form.F2019 in (case.report.tables.form, case.year_before.tables.form):
        return
    for key, name in DOCUMENTS:
        made, repealed, in_force = (case.table_2(f"t2.{key}.{column}") for column in ("made", "repealed", "in_force"))
        before = case.year_before.tables.cells.get(f"t2.{key}.in_force")
        if made is None or repealed is None or in_force is None or before is None:
            continue
        due = before + made - repealed
        if due != in_force:
            message = Text(
                f"上年现行有效 {before} 件，加本年制发 {made} 件、减废止 {repealed} 件应为 {due} 件，"
                f"现在填的是 {in_force} 件；如因清理调整，请说明。",
                f"{before} in force last year + {made} issued − {repealed} repealed = {due}, but {in_force} is given; "
                "explain if the stock was re-classified.",
            )
            yield Finding("X-2", Severity.WARNING, place_in_table_2(name), message, (in_force, due))


# --- X-3 ----------------------------------------------------------------------------------------------------

_MOST_NAMED = 10


@rule("X-3", "汇总等于各单位之和，各单位都已报送", "the 汇总 is the sum of its members, and all have reported")
def sums_of_members(case: Case) -> Iterator[Finding]:
    """X-3: cell by cell; certain for our own 汇总, for another's a warning: its scope may differ."""
    if case.members is None:
        return
    absent = [name for name, tables in case.members.items() if tables is None]
    if absent:
        named = "、".join(absent[:_MOST_NAMED]) + ("等" if len(absent) > _MOST_NAMED else "")
        message = Text(
            f"还有 {len(absent)} 个单位没有报送：{named}。", f"{len(absent)} members have not reported: {named}."
        )
        severity = Severity.ERROR if case.own else Severity.WARNING
        yield Finding("X-3", severity, Text("汇总", "aggregate"), message, (len(absent),))
    present = {name: tables for name, tables in case.members.items() if tables is not None}
    if present:
        yield from _differing_sums(case, present)


def _differing_sums(case: Case, members: Mapping[str, Tables]) -> Iterator[Finding]:
    severity = Severity.ERROR if case.own else Severity.WARNING
    for address, cell in cells(case.report.tables.form).items():
        given = case.report.tables[address]
        values = [tables.cells.get(address) for tables in members.values()]
        known = [value for value in values if value is not None]
        if given is None or len(known) != len(values) or given == sum(known):
            continue
        message = Text(
            f"汇总是 {given}，{len(known)} 个单位相加是 {sum(known)}。",
            f"The aggregate says {given}, its {len(known)} members add up to {sum(known)}.",
        )
        yield Finding("X-3", severity, cell.place, message, (given, sum(known)))
