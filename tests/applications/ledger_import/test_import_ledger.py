"""import_ledger(): all rows or none, once each, as the law lets them, and every entry of the ledger in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.annual_report.compiling import compile_tables
from gongkai.applications.actions.accept import accept
from gongkai.applications.actions.import_ledger import ImportResult, import_ledger
from gongkai.applications.ledger_import.examination import Examination, examine
from gongkai.applications.models import Application, Letter, Origin, Step
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.applications.ledger_import.ledgers import RESIDENT_ID, row, xlsx
from tests.applications.scenes import Scene, at_once, check_derived, nothing_written

#: Cells of table 3 by year.
CELLS: dict[str, dict[int, object]] = {
    "received.total": {2020: 4, 2021: 0},
    "carried_in.total": {2020: 0, 2021: 2},
    "granted.natural_person": {2020: 1, 2021: 0},
    "repeated.business": {2020: 1, 2021: 0},
    "partially_granted.total": {2020: 0, 2021: 1},
    "total.total": {2020: 2, 2021: 1},
    "carried_out.total": {2020: 2, 2021: 1},
}
OPEN = {"答复日期": "", "办理结果": ""}


def found(scene: Scene, *rows: list[Any]) -> Examination:
    examined = examine(xlsx(rows), "台账.xlsx", scene.cast.agency)
    assert examined.problems == ()
    return examined


def take_over(scene: Scene, examined: Examination, **changes: Any) -> ImportResult:
    usual = {"agency": scene.cast.agency, "actor": scene.cast.clerk, "rows": examined.rows, "source": examined.source}
    return import_ledger(**{**usual, **changes})


# --- it works ---


@pytest.mark.article("条例", 31)
def test_an_answered_row_is_a_closed_case_with_its_history(scene: Scene) -> None:
    examined = found(scene, row(7, 证件号码=RESIDENT_ID, 办理结果="国家秘密", 备注="经办电话13812345678，见卷"))
    assert take_over(scene, examined) == ImportResult(1, 0)
    application = Application.objects.get()
    assert (application.number, application.origin) == ("演城旧〔2020〕7号", Origin.IMPORTED)
    assert (application.stage, application.outcome) == (Stage.CLOSED, Outcome.STATE_SECRET)
    assert (application.received_on, application.answered_on) == (date(2020, 1, 13), date(2020, 1, 23))
    assert application.archived_on == application.answered_on
    assert (application.applicant_name, application.id_number) == ("申请人7", RESIDENT_ID)
    receipt, taken = application.steps.order_by("number")
    assert [(step.kind, step.on, step.actor, step.role) for step in (receipt, taken)] == [
        (StepKind.RECEIPT, date(2020, 1, 13), scene.cast.clerk, Role.CLERK),
        (StepKind.TAKEN_OVER, date(2020, 1, 23), scene.cast.clerk, Role.CLERK),
    ]
    assert taken.facts == {
        "source": examined.source.digest, "line": 2, "outcome": "state_secret", "reply_number": "演城公开答〔2020〕7号",
        "remark": "经办电话***********，见卷",
    }  # fmt: skip
    check_derived(application)
    assert not Letter.objects.exists()


def test_a_row_not_answered_goes_on_living_at_the_desk(scene: Scene) -> None:
    take_over(scene, found(scene, row(1, 收到日期="2025-03-03", **OPEN)))
    application = Application.objects.get()
    assert (application.stage, application.next_step) == (Stage.ACCEPT, StepKind.ACCEPT)
    assert application.due_on == date(2025, 3, 31)
    check_derived(application)
    accept(case_id=application.pk, actor=scene.cast.clerk, on=date(2025, 3, 4))
    application.refresh_from_db()
    assert application.stage == Stage.OPINE
    assert list(verify(Chain.objects.get(name="ours"))) == []


def test_the_ledger_says_of_each_what_its_own_acts_would_have_said(scene: Scene) -> None:
    examined = found(scene, row(1), row(2, **OPEN))
    take_over(scene, examined)
    entries = list(Entry.objects.filter(chain="ours").order_by("number"))
    assert [entry.act for entry in entries] == [
        "applications.submitted", "applications.receipt", "applications.taken_over",
        "applications.submitted", "applications.receipt", "applications.register",
        "applications.import_ledger",
    ]  # fmt: skip
    assert {entry.actor for entry in entries} == {"clerk"}
    assert entries[-1].facts == {
        "name": "台账.xlsx", "sha256": examined.source.digest, "created": 2, "skipped": 0
    }  # fmt: skip
    assert list(verify(Chain.objects.get(name="ours"))) == []


def test_what_is_changed_behind_its_back_is_found(scene: Scene) -> None:
    """The entries of an import are witnessed as all others are."""
    take_over(scene, found(scene, row(1), row(2)))
    Application.objects.filter(number__endswith="1号").update(content="另一内容")
    assert [problem.kind for problem in verify(Chain.objects.get(name="ours"))] == ["witness"]


def test_the_annual_report_counts_them(scene: Scene) -> None:
    rows = [
        row(1, 办理结果="予以公开"),
        row(2, 办理结果="重复申请", 申请人类型="商业企业"),
        row(3, 收到日期="2020-12-30", 答复日期="2021-01-05", 办理结果="部分公开"),
        row(4, 收到日期="2020-11-02", **OPEN),
    ]
    take_over(scene, found(scene, *rows))
    told = {year: compile_tables(scene.cast.agency, year) for year in (2020, 2021)}
    cells = {name: {year: told[year][f"t3.{name}"] for year in told} for name in CELLS}
    assert cells == CELLS


def test_nothing_of_a_person_lies_in_the_clear(scene: Scene) -> None:
    take_over(scene, found(scene, row(7, 证件号码=RESIDENT_ID, 备注=f"证件{RESIDENT_ID}")))
    with connection.cursor() as cursor:
        for table in ("applications_application", "applications_step", "ledger_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            told = str(cursor.fetchall())
            assert RESIDENT_ID not in told
            assert "申请人7" not in told
            assert "0371-1234567" not in told


def test_people_of_whom_little_is_known_are_not_one_person(scene: Scene) -> None:
    masked = {"申请人（姓名或名称）": "张某某", "证件号码": "4101**********1234"}
    take_over(
        scene,
        found(scene, row(1, **masked), row(2, **masked), row(3, 证件号码=RESIDENT_ID), row(4, 证件号码=RESIDENT_ID)),
    )
    first, second, third, fourth = Application.objects.order_by("pk")
    assert first.id_index != second.id_index
    assert first.name_index != second.name_index
    assert third.id_index == fourth.id_index
    assert first.id_number == ""


def test_they_are_found_among_those_that_ask_for_the_same(scene: Scene) -> None:
    take_over(scene, found(scene, row(1)))
    imported = Application.objects.get()
    usual = scene.apply(content=imported.content)
    marks = [sorted(case.marks.values_list("mark", "agency_id")) for case in (imported, usual)]
    assert marks[0] == marks[1] != []


def test_what_was_assumed_is_told_in_the_step(scene: Scene) -> None:
    take_over(scene, found(scene, row(1, 申请方式="邮寄")))
    facts = Step.objects.get(kind=StepKind.RECEIPT).facts
    assert facts == {"channel": "signed_mail", "assumed": ["form_wanted", "way_wanted", "channel"]}


# --- numbers ---


def test_a_row_without_a_number_gets_the_next_of_its_year_by_day_of_receipt(scene: Scene) -> None:
    scene.apply(date(2020, 1, 6))
    rows = [row(9, 登记编号=""), row(3, 登记编号=""), row(400, 登记编号="")]
    take_over(scene, found(scene, *rows))
    by_day = Application.objects.filter(origin=Origin.IMPORTED).order_by("received_on")
    assert [application.number for application in by_day] == [
        "演城公开申〔2020〕2号", "演城公开申〔2020〕3号", "演城公开申〔2021〕1号"
    ]  # fmt: skip


def test_after_numbers_like_ours_the_next_application_gets_one_of_its_own(scene: Scene) -> None:
    take_over(scene, found(scene, row(1, 登记编号="演城公开申〔2020〕17号"), row(2, 登记编号="")))
    assert Application.objects.get(content__contains="第2号").number == "演城公开申〔2020〕18号"
    assert scene.apply(date(2020, 5, 6)).number == "演城公开申〔2020〕19号"


# --- repeated ---


@pytest.mark.parametrize("number", ["usual", ""])
def test_repeated_it_makes_no_doubles(scene: Scene, number: str) -> None:
    changes = {} if number else {"登记编号": ""}
    rows = [row(1, **changes), row(2, **changes), row(3, **changes, **OPEN)]
    take_over(scene, found(scene, *rows[:2]))
    again = found(scene, *rows)
    assert (len(again.rows), again.existing) == (1, (2, 3))
    assert take_over(scene, again) == ImportResult(1, 0)
    assert found(scene, *rows).rows == ()
    assert Application.objects.count() == 3


def test_rows_looked_at_before_another_import_are_passed_over_then(scene: Scene) -> None:
    first, second = found(scene, row(1), row(2)), found(scene, row(1), row(2), row(3))
    take_over(scene, first)
    assert take_over(scene, second) == ImportResult(1, 2)


def test_a_case_answered_here_meanwhile_stays_as_it_is(scene: Scene) -> None:
    take_over(scene, found(scene, row(1, **OPEN)))
    again = found(scene, row(1))
    assert (again.rows, again.existing) == ((), (2,))


def test_a_number_of_another_application_is_an_error_and_passed_over_never(scene: Scene) -> None:
    number = scene.apply().number
    examined = examine(xlsx([row(1, 登记编号=number)]), "a.xlsx", scene.cast.agency)
    assert [number in problem.message.zh for problem in examined.problems] == [True]
    # Also where it came about after the rows were looked at.
    fresh = found(scene, row(1))
    taken = (replace(fresh.rows[0], number=number),)
    with nothing_written(), pytest.raises(Invalid, match="另一件"):
        take_over(scene, fresh, rows=taken)


def test_the_same_number_at_another_agency_is_another_application(scene: Scene) -> None:
    take_over(scene, found(scene, row(1)))
    other = examine(xlsx([row(1)]), "a.xlsx", scene.cast.other_agency)
    assert take_over(scene, other, agency=scene.cast.other_agency, actor=scene.cast.other_clerk) == ImportResult(1, 0)


# --- wrong person, bad input ---


def test_only_a_clerk_of_the_agency(scene: Scene) -> None:
    examined, cast = found(scene, row(1)), scene.cast
    people: list[Person] = [
        cast.drafter, cast.approver, cast.editor, cast.supervisor, cast.administrator, cast.other_clerk, cast.stranger
    ]  # fmt: skip
    for person in people:
        with nothing_written(), pytest.raises(NotAllowed):
            take_over(scene, examined, actor=person)


def test_one_row_that_the_law_refuses_and_nothing_is_written(scene: Scene) -> None:
    examined = found(scene, row(1), row(2), row(3))
    tomorrow = today() + timedelta(days=1)
    for bad in (
        replace(examined.rows[2], answered_on=tomorrow),
        replace(examined.rows[2], received_on=tomorrow, answered_on=None, outcome=None),
        replace(examined.rows[2], answered_on=examined.rows[2].received_on - timedelta(days=1)),
    ):
        with nothing_written(), pytest.raises(Invalid, match="第4行") as refused:
            take_over(scene, examined, rows=(*examined.rows[:2], bad))
        assert refused.value.field == "rows"


def test_a_row_twice_and_nothing_is_written(scene: Scene) -> None:
    examined = found(scene, row(1))
    with nothing_written(), pytest.raises(Invalid, match="同一件"):
        take_over(scene, examined, rows=(*examined.rows, replace(examined.rows[0], line=9)))


def test_broken_off_in_the_middle_nothing_is_written(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    examined = found(scene, row(1), row(2, 登记编号=""))
    monkeypatch.setattr("gongkai.applications.actions.import_ledger.digest_of", lambda facts: 1 / 0)
    with nothing_written(), pytest.raises(ZeroDivisionError):
        take_over(scene, examined)


# --- at once ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_two_clerks_import_the_same_file_at_once(transactional_db: None) -> None:
    from tests.cast import Cast

    scene = Scene(Cast.assemble())
    examined = found(scene, *(row(serial, 登记编号="" if serial % 2 else f"旧{serial}") for serial in range(1, 9)))
    results = at_once(*[lambda: take_over(scene, examined)] * 2)
    assert sorted((result.created, result.skipped) for result in results) == [(0, 8), (8, 0)]
    assert Application.objects.count() == 8
    assert list(verify(Chain.objects.get(name="ours"))) == []
