"""Begin, correct, freeze, open again: what the report says, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency
from gongkai.annual_report.actions import begin as begin_module
from gongkai.annual_report.actions import freeze as freeze_module
from gongkai.annual_report.actions.begin import begin
from gongkai.annual_report.actions.correct_cell import correct_cells
from gongkai.annual_report.actions.freeze import freeze
from gongkai.annual_report.actions.unfreeze import unfreeze
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.errors import ReportChanged, ReportNotFound
from gongkai.annual_report.figures import content_of, corrections_of, counted_now, previous, tables_of
from gongkai.annual_report.models import CellCorrection, Report, ReportStep, Scope
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import broken_identities
from gongkai.law.report_procedure import ReportRefused, ReportState
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.annual_report import histories
from tests.annual_report.histories import Case
from tests.annual_report.reports import BUSINESS, PERSON, YEAR, begun
from tests.at_once import at_once
from tests.cast import Cast

GRANTED, NOT_HELD = "t3.granted.natural_person", "t3.not_held.natural_person"
MOVED = {GRANTED: 1, NOT_HELD: 2}


@pytest.fixture
def report(cast: Cast) -> Report:
    return begun(cast)


def acts() -> list[str]:
    return [entry.act for entry in Entry.objects.filter(act__startswith="annual_report.").order_by("number")]


def refused(call: Any, error: type[Exception], code: str) -> str:
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code  # type: ignore[attr-defined]
    return str(caught.value)


# --- begin --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "editor"])
def test_a_writer_begins_and_the_tables_are_live(cast: Cast, who: str) -> None:
    report = begin(actor=getattr(cast, who), agency=cast.agency, year=YEAR)
    assert (report.state, report.frozen, report.revision) == (ReportState.WRITING, None, 1)
    assert tables_of(report)["t3.received.total"] == 0
    histories.enter_cases(cast.agency, [Case(PERSON, date(2021, 5, 5))])
    assert tables_of(report)["t3.received.total"] == 1
    assert (acts(), ReportStep.objects.get().role) == (["annual_report.begin"], who)


@pytest.mark.parametrize("who", ["drafter", "approver", "supervisor", "administrator", "other_clerk", "stranger"])
def test_nobody_else_begins(cast: Cast, who: str) -> None:
    refused(lambda: begin(actor=getattr(cast, who), agency=cast.agency, year=YEAR), ReportRefused, "wrong_role")
    assert not Report.objects.exists()


def test_begun_once_only_but_each_scope_for_itself(cast: Cast, report: Report) -> None:
    again = lambda: begin(actor=cast.editor, agency=cast.agency, year=YEAR)  # noqa: E731
    refused(again, ReportRefused, "wrong_state")
    whole = {"actor": cast.clerk, "agency": cast.agency, "year": YEAR, "scope": Scope.WHOLE}
    refused(lambda: begin(**whole), Invalid, "invalid")  # nobody below
    child = Agency(slug="child", name="下属", short_name="下属", kind="department", document_prefix="下")
    Agency.objects.add_child(cast.agency, instance=child)
    assert begin(**whole).scope == Scope.WHOLE


@pytest.mark.parametrize("year", [2020, 2027, 99999])
def test_a_year_that_cannot_be_reported(cast: Cast, year: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begin_module, "today", lambda: date(2026, 1, 1))
    refused(lambda: begin(actor=cast.clerk, agency=cast.agency, year=year), Invalid, "invalid")


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_begun_twice_at_once_it_is_begun_once() -> None:
    cast = Cast.assemble()
    found = at_once(*[lambda: begin(actor=cast.clerk, agency=cast.agency, year=YEAR)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Report", "ReportRefused"], found
    assert ReportStep.objects.count() == 1
    assert list(verify(Chain.objects.get(name="ours"))) == []


# --- correct ------------------------------------------------------------------------------------------------


def correct(cast: Cast, report: Report, values: Any = None, **changes: Any) -> Report:
    given = {"actor": cast.clerk, "report_id": report.pk, "values": values or MOVED, "reason": "登记错误", **changes}
    return correct_cells(**given)


def test_a_correction_shows_beside_the_counted_number_and_the_sums_follow(cast: Cast, report: Report) -> None:
    correct(cast, report)
    tables = tables_of(report)
    assert (tables[GRANTED], tables[NOT_HELD]) == (1, 2)
    assert (tables["t3.granted.total"], tables["t3.not_held.total"], tables["t3.total.total"]) == (2, 2, 4)
    assert broken_identities(tables) == ()
    row = corrections_of(report)[GRANTED]
    assert (row.counted, row.value, row.reason, row.by) == ("2", "1", "登记错误", cast.clerk)
    assert counted_now(report)[GRANTED] == 2
    assert Entry.objects.latest("pk").facts["cells"] == {GRANTED: ["2", "1"], NOT_HELD: ["1", "2"]}


def test_sums_of_columns_and_rows_follow_a_new_application(cast: Cast, report: Report) -> None:
    correct(cast, report, {"t3.received.research": 1, "t3.granted.research": 1})
    tables = tables_of(report)
    assert (tables["t3.received.total"], tables["t3.total.research"], tables["t3.total.total"]) == (5, 1, 5)
    assert broken_identities(tables) == ()


@pytest.mark.parametrize("address", [GRANTED, "t3.received.business", "t3.granted.total", "t4.reconsideration.total"])
def test_what_would_break_an_identity_is_refused_and_explained(cast: Cast, report: Report, address: str) -> None:
    told = refused(lambda: correct(cast, report, {address: 7}), ReportRefused, "does_not_add_up")
    assert "≠" in told
    assert not CellCorrection.objects.exists()


def test_taken_back_with_a_reason(cast: Cast, report: Report) -> None:
    correct(cast, report)
    correct(cast, report, {GRANTED: None, NOT_HELD: 1}, reason="原登记无误")  # 1 is the counted number
    assert tables_of(report) == counted_now(report)
    assert not corrections_of(report)
    assert [row.number for row in CellCorrection.objects.filter(address=GRANTED)] == [1, 2]
    refused(lambda: correct(cast, report, {GRANTED: None}), Invalid, "invalid")


def test_amounts_keep_their_decimals(cast: Cast, report: Report) -> None:
    from decimal import Decimal

    values = {"t2.charges.amount": Decimal("2766.7879")}
    correct_cells(actor=cast.editor, report_id=report.pk, values=values, reason="x")
    assert tables_of(report)["t2.charges.amount"] == Decimal("2766.7879")


@pytest.mark.parametrize(
    "change",
    [
        {"reason": " "},
        {"reason": "长" * 501},
        {"values": {"t3.nothing.total": 1}},
        {"values": {GRANTED: -1}},
        {"values": {GRANTED: 10**13}},
        {"values": {GRANTED: 2}},
    ],
)
def test_a_correction_that_is_none(cast: Cast, report: Report, change: dict[str, Any]) -> None:
    refused(lambda: correct(cast, report, **change), Invalid, "invalid")
    assert not CellCorrection.objects.exists()


def test_who_corrects_and_when(cast: Cast, report: Report) -> None:
    refused(lambda: correct(cast, report, actor=cast.approver), NotAllowed, "not_allowed")
    with pytest.raises(ReportNotFound):
        correct(cast, report, actor=cast.other_clerk)
    with pytest.raises(ReportChanged):
        correct(cast, report, revision=0)
    for state in (ReportState.APPROVAL, ReportState.SIGNED, ReportState.PUBLISHED):
        Report.objects.update(state=state)
        refused(lambda: correct(cast, report), ReportRefused, "wrong_state")
    Report.objects.update(state=ReportState.WRITING)
    freeze(actor=cast.clerk, report_id=report.pk)
    refused(lambda: correct(cast, report), ReportRefused, "frozen_already")


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_corrected_twice_at_once_on_the_same_page() -> None:
    cast = Cast.assemble()
    report = begun(cast)
    found = at_once(*[lambda: correct(cast, report, revision=1)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Report", "ReportChanged"], found
    assert CellCorrection.objects.count() == 2


# --- freeze and open again ----------------------------------------------------------------------------------


def test_frozen_figures_stay_and_the_records_go_on(cast: Cast, report: Report) -> None:
    correct(cast, report)
    frozen = freeze(actor=cast.clerk, report_id=report.pk)
    before = tables_of(frozen)
    histories.enter_cases(cast.agency, [Case(BUSINESS, date(2021, 6, 1))])
    frozen.refresh_from_db()
    assert tables_of(frozen) == before
    assert before[GRANTED] == 1
    assert counted_now(frozen)["t3.received.business"] == 2
    assert frozen.frozen == {
        **cells_as_data(before),
        **{a: frozen.frozen[a] for a in frozen.frozen if ".granted." in a or ".not_held." in a},
    }
    refused(lambda: freeze(actor=cast.clerk, report_id=report.pk), ReportRefused, "frozen_already")


def test_opened_again_with_a_reason_the_step_stays(cast: Cast, report: Report) -> None:
    freeze(actor=cast.clerk, report_id=report.pk)
    histories.enter_cases(cast.agency, [Case(BUSINESS, date(2021, 6, 1))])
    refused(lambda: unfreeze(actor=cast.clerk, report_id=report.pk, reason=" "), ReportRefused, "no_reason")
    opened = unfreeze(actor=cast.editor, report_id=report.pk, reason="补录一件")
    assert tables_of(opened)["t3.received.business"] == 2
    _, froze, step = opened.steps.all()
    assert (step.remark, step.digest, step.role) == ("补录一件", froze.digest, "editor")
    assert acts() == ["annual_report.begin", "annual_report.freeze", "annual_report.unfreeze"]
    refused(lambda: unfreeze(actor=cast.clerk, report_id=report.pk, reason="x"), ReportRefused, "not_frozen")


@pytest.mark.parametrize("who", ["drafter", "approver", "administrator"])
def test_others_neither_freeze_nor_open(cast: Cast, report: Report, who: str) -> None:
    refused(lambda: freeze(actor=getattr(cast, who), report_id=report.pk), ReportRefused, "wrong_role")
    with pytest.raises(ReportNotFound):
        freeze(actor=cast.stranger, report_id=report.pk)


def test_before_the_year_is_over_only_with_a_reason(
    cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freeze_module, "today", lambda: date(2021, 12, 31))
    refused(lambda: freeze(actor=cast.clerk, report_id=report.pk), ReportRefused, "year_not_over")
    freeze(actor=cast.clerk, report_id=report.pk, explanation="机构撤销，提前编制")
    assert report.steps.last().remark == "机构撤销，提前编制"


def test_sums_that_do_not_hold_are_not_frozen(cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = counted_now(report).with_cells({"t3.received.total": 9})
    monkeypatch.setattr(freeze_module, "counted_now", lambda _report: wrong)
    refused(lambda: freeze(actor=cast.clerk, report_id=report.pk, explanation="x"), ReportRefused, "does_not_add_up")


def test_the_year_before_is_held_against_it(cast: Cast, report: Report) -> None:
    """What 2021 says it carried over is not what 2022 counts, once an application of 2021 is recorded late."""
    freeze(actor=cast.clerk, report_id=report.pk)
    before = previous(cast.agency, YEAR + 1)
    assert before is not None
    assert before["t3.carried_out.total"] == 1
    histories.enter_cases(cast.agency, [Case(PERSON, date(2021, 12, 30), date(2022, 1, 3), Outcome.GRANTED)])
    after = begin(actor=cast.clerk, agency=cast.agency, year=YEAR + 1)
    told = refused(lambda: freeze(actor=cast.clerk, report_id=after.pk), ReportRefused, "does_not_follow")
    assert "结转" in told
    freeze(actor=cast.clerk, report_id=after.pk, explanation="漏登一件")
    assert after.steps.last().remark == "漏登一件"


def test_the_whole_content(cast: Cast, report: Report) -> None:
    report.texts.create(section="1", number=1, text="甲", by=cast.clerk)
    report.texts.create(section="1", number=2, text="乙{{ t3.received.total }}", by=cast.clerk)
    content = content_of(report)
    assert (content.agency, content.year, content.scope, content.signed_by) == (cast.agency.name, YEAR, "own", "")
    assert content.words("1") == "乙4"
