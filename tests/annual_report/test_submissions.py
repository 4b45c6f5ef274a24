"""A report goes up, comes back, is accepted."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.annual_report.actions.accept_submission import accept_submission
from gongkai.annual_report.actions.remind_children import remind_children
from gongkai.annual_report.actions.send_back import send_back, suggested_remark
from gongkai.annual_report.actions.submit_up import submit_up
from gongkai.annual_report.errors import ReportNotFound
from gongkai.annual_report.figures import summed
from gongkai.annual_report.models import Scope, Submission, SubmissionState
from gongkai.annual_report.submissions import SubmissionNotFound, SubmissionRefused
from gongkai.law.report_procedure import ReportState
from gongkai.ledger.models import Entry
from gongkai.notifications.models import Notification
from tests.annual_report.county import YEAR, County, make_child, signed_report, submission, tables_with
from tests.annual_report.sample_reports import clean_tables
from tests.at_once import at_once
from tests.cast import Cast
from tests.run_jobs import run_jobs

RECEIVED = "t3.received.natural_person"


@pytest.fixture
def county(cast: Cast) -> County:
    return County.assemble(cast)


def refusal(act: Any, **words: Any) -> str:
    with pytest.raises(SubmissionRefused) as refused:
        act(**words)
    return refused.value.code


# --- Up -----------------------------------------------------------------------------------------------------


@pytest.mark.article("年度报告格式", None)
def test_a_signed_report_goes_up_with_its_cells_and_findings(county: County) -> None:
    report = signed_report(county.water, tables_with({RECEIVED: 3}))
    row = submit_up(actor=county.water_clerk, report_id=report.pk)
    assert (row.parent, row.child, row.number, row.state) == (county.parent, county.water, 1, "received")
    assert row.cells["t3.received.total"] == 3
    assert "T3-3" in {one["rule"] for one in row.findings if one["severity"] == "error"}
    assert row.errors >= 2  # received 3, nothing handled, nothing carried out: this column and the total
    entry = Entry.objects.get(act="annual_report.submit_up")
    assert (entry.chain_id, entry.actor) == ("water", "water-clerk")
    told = Notification.objects.filter(kind="submission").values_list("person__username", flat=True)
    assert set(told) == {"clerk", "supervisor"}


def test_who_may_submit(county: County) -> None:
    report = signed_report(county.water)
    with pytest.raises(ReportNotFound):
        submit_up(actor=county.roads_clerk, report_id=report.pk)
    with pytest.raises(ReportNotFound):
        submit_up(actor=county.cast.clerk, report_id=report.pk)
    own = signed_report(county.parent)
    with pytest.raises(NotAllowed):
        submit_up(actor=county.cast.approver, report_id=own.pk)


@pytest.mark.parametrize("state", [ReportState.WRITING, ReportState.APPROVAL])
def test_what_is_not_signed_stays_below(county: County, state: ReportState) -> None:
    report = signed_report(county.water, state=state)
    assert refusal(submit_up, actor=county.water_clerk, report_id=report.pk) == "not_signed"


def test_who_has_nobody_above_submits_to_nobody(county: County) -> None:
    report = signed_report(county.parent, scope=Scope.WHOLE)
    assert refusal(submit_up, actor=county.cast.clerk, report_id=report.pk) == "no_parent"


def test_who_has_others_below_submits_the_aggregate_and_counts_once(county: County) -> None:
    make_child(county.water, "pond", "江湾县水务局塘站")
    county.water.refresh_from_db()
    own = signed_report(county.water)
    assert refusal(submit_up, actor=county.water_clerk, report_id=own.pk) == "submits_whole"
    whole = signed_report(county.water, tables_with({RECEIVED: 9}), scope=Scope.WHOLE)
    assert submit_up(actor=county.water_clerk, report_id=whole.pk).cells[RECEIVED] == 9


def test_the_same_is_not_submitted_twice_but_again_after_it_came_back(county: County) -> None:
    report = signed_report(county.water)
    first = submit_up(actor=county.water_clerk, report_id=report.pk)
    assert refusal(submit_up, actor=county.water_clerk, report_id=report.pk) == "submitted_already"
    send_back(actor=county.cast.supervisor, submission_id=first.pk, remark="请核对")
    again = submit_up(actor=county.water_clerk, report_id=report.pk)
    assert (again.number, again.state) == (2, "received")
    first.refresh_from_db()
    assert first.state == "sent_back"


@pytest.mark.django_db(transaction=True)
def test_submitted_twice_at_once_is_submitted_once(county: County) -> None:
    report = signed_report(county.water)

    def act() -> Submission:
        return submit_up(actor=county.water_clerk, report_id=report.pk)

    results = at_once(act, act)
    assert Submission.objects.count() == 1
    assert sorted(type(one).__name__ for one in results) == ["Submission", "SubmissionRefused"]


def test_an_agency_that_was_renamed_still_counts_once(county: County) -> None:
    first = submission(county.parent, county.water, state="accepted")
    county.water.name = "江湾县水利局"
    county.water.save()
    report = first.report
    assert report is not None
    report.frozen["t2.licences.decisions"] = 1
    report.save()
    again = submit_up(actor=county.water_clerk, report_id=report.pk)
    assert (again.child_name, again.number) == (first.child_name, 2)


# --- The parent's word --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clerk", "supervisor"])
def test_accepted_it_is_in_the_sum(county: County, role: str) -> None:
    row = submission(county.parent, county.water)
    assert summed(county.parent, YEAR)["t3.received.total"] == 0
    accept_submission(actor=getattr(county.cast, role), submission_id=row.pk)
    assert summed(county.parent, YEAR)["t3.received.total"] == clean_tables()["t3.received.total"]
    assert Entry.objects.filter(chain_id="ours", act="annual_report.accept_submission").count() == 1
    assert Notification.objects.get(person=county.water_clerk).text_zh == "演示市城市管理局已采用2022年年度报告。"


@pytest.mark.parametrize("act", [accept_submission, send_back])
def test_whose_word_it_is(county: County, act: Any) -> None:
    row = submission(county.parent, county.water)
    more = {"remark": "x"} if act is send_back else {}
    for person in (county.cast.stranger, county.cast.other_clerk, county.water_clerk):
        with pytest.raises(SubmissionNotFound):
            act(actor=person, submission_id=row.pk, **more)
    with pytest.raises(NotAllowed):
        act(actor=county.cast.approver, submission_id=row.pk, **more)
    with pytest.raises(SubmissionNotFound):
        act(actor=county.cast.clerk, submission_id=row.pk + 1, **more)


def test_errors_are_accepted_only_for_a_reason(county: County) -> None:
    row = submission(county.parent, county.water, errors=1)
    with pytest.raises(Invalid, match="采用要写明理由"):
        accept_submission(actor=county.cast.clerk, submission_id=row.pk, reason="  ")
    assert accept_submission(actor=county.cast.clerk, submission_id=row.pk, reason="已电话核实").remark == "已电话核实"


def test_what_was_not_read_is_not_silently_zero(county: County) -> None:
    row = submission(county.parent, county.water)
    row.cells["t2.charges.amount"] = None
    row.save()
    with pytest.raises(Invalid) as asked:
        accept_submission(actor=county.cast.clerk, submission_id=row.pk, reason="已核实")
    assert asked.value.field == "blank_is_zero"
    with pytest.raises(Invalid):
        accept_submission(actor=county.cast.clerk, submission_id=row.pk, blank_is_zero=True)
    accept_submission(actor=county.cast.clerk, submission_id=row.pk, reason="已核实", blank_is_zero=True)
    assert summed(county.parent, YEAR)["t2.charges.amount"] == 0


def test_sent_back_with_what_was_found(county: County) -> None:
    found = [
        {"rule": "T3-1", "severity": "error", "place": ["第三部分", "part 3"], "message": ["总计不等", "differs"]},
        {"rule": "P-2", "severity": "warning", "place": ["第一部分", "part 1"], "message": ["请看", "look"]},
    ]
    row = submission(county.parent, county.water, findings=found, errors=1, state="accepted")
    assert suggested_remark(row) == "1. 第三部分：总计不等"
    with pytest.raises(Invalid):
        send_back(actor=county.cast.clerk, submission_id=row.pk, remark=" ")
    with pytest.raises(Invalid):
        send_back(actor=county.cast.clerk, submission_id=row.pk, remark="字" * 501)
    send_back(actor=county.cast.clerk, submission_id=row.pk, remark=suggested_remark(row))
    assert "总计不等" in Notification.objects.get(person=county.water_clerk).text_zh
    assert summed(county.parent, YEAR)["t3.received.total"] == 0
    assert refusal(send_back, actor=county.cast.clerk, submission_id=row.pk, remark="x") == "sent_back_already"
    assert refusal(accept_submission, actor=county.cast.clerk, submission_id=row.pk) == "wrong_state"


def test_a_long_list_of_findings_still_fits_as_a_remark(county: County) -> None:
    one = {"rule": "T3-1", "severity": "error", "place": ["第三部分" * 5, ""], "message": ["总计不等" * 5, ""]}
    remark = suggested_remark(submission(county.parent, county.water, findings=[one] * 40, errors=40))
    assert remark.endswith("……共40处。")
    assert len(remark) <= 500


def test_only_the_newest_is_decided(county: County) -> None:
    old = submission(county.parent, county.water, state="accepted")
    submission(county.parent, county.water, number=2)
    assert refusal(send_back, actor=county.cast.clerk, submission_id=old.pk, remark="x") == "not_newest"
    assert summed(county.parent, YEAR)["t3.received.total"] == 0  # taken back by the newer one, which nobody has seen


@pytest.mark.django_db(transaction=True)
def test_accepted_and_sent_back_at_once_ends_in_one_word(county: County) -> None:
    row = submission(county.parent, county.water)
    results = at_once(
        lambda: accept_submission(actor=county.cast.clerk, submission_id=row.pk),
        lambda: accept_submission(actor=county.cast.supervisor, submission_id=row.pk),
    )
    assert sorted(type(one).__name__ for one in results) == ["Submission", "SubmissionRefused"]
    assert Entry.objects.filter(act="annual_report.accept_submission").count() == 1


# --- Reminders ----------------------------------------------------------------------------------------------


def test_who_has_not_submitted_is_reminded_once_a_day(county: County) -> None:
    submission(county.parent, county.water)
    for _ in range(2):
        assert remind_children(actor=county.cast.supervisor, parent=county.parent, year=YEAR) == 1
        run_jobs()
    told = Notification.objects.filter(text_zh__contains="提醒")
    assert [one.person for one in told] == [county.roads_clerk]


def test_nobody_is_reminded_in_vain_or_by_strangers(county: County) -> None:
    for child in (county.water, county.roads):
        submission(county.parent, child, state=SubmissionState.ACCEPTED)
    words = {"parent": county.parent, "year": YEAR}
    assert refusal(remind_children, actor=county.cast.clerk, **words) == "nobody_missing"
    with pytest.raises(SubmissionNotFound):
        remind_children(actor=county.water_clerk, **words)
    with pytest.raises(NotAllowed):
        remind_children(actor=county.cast.drafter, **words)
