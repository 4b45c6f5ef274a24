"""Reconsiderations and lawsuits are entered, and their end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.disputes.actions.register import conclude_dispute, open_dispute
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult
from gongkai.disputes.selectors import disputes_of
from gongkai.law.procedure import Role
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast, make_person

FILED = date(2021, 4, 12)
OTHERS = ["drafter", "approver", "editor", "supervisor", "administrator", "other_clerk", "stranger"]


def bring(cast: Cast, **changes: Any) -> Dispute:
    values: dict[str, Any] = {
        "actor": cast.clerk,
        "agency": cast.agency,
        "kind": DisputeKind.RECONSIDERATION,
        "body": "演示市人民政府",
        "case_number": "演政复〔2021〕1号",
        "matter": "不服政府信息公开答复",
        "filed_on": FILED,
    }
    return open_dispute(**{**values, **changes})


def end(cast: Cast, dispute: Dispute, **changes: Any) -> Dispute:
    values = {"actor": cast.clerk, "dispute_id": dispute.pk, "result": DisputeResult.UPHELD, "on": date(2021, 6, 8)}
    return conclude_dispute(**{**values, **changes})


def suit_after(cast: Cast, review: Dispute | None, **changes: Any) -> Dispute:
    values = {"kind": DisputeKind.LITIGATION_AFTER, "case_number": "（2021）演行初1号", "filed_on": date(2021, 6, 22)}
    return bring(cast, **{**values, "after": review, **changes})


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"disputes.{act}").order_by("number"))


# --- open ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [DisputeKind.RECONSIDERATION, DisputeKind.LITIGATION_DIRECT])
def test_a_case_is_entered_and_pending(cast: Cast, kind: DisputeKind) -> None:
    dispute = bring(cast, kind=kind, body=" 演示市人民政府 ", case_number=" 演政复〔2021〕1号 ")
    dispute.refresh_from_db()
    assert (dispute.kind, dispute.body, str(dispute)) == (kind, "演示市人民政府", "演政复〔2021〕1号")
    assert (dispute.result, dispute.concluded_on, dispute.after) == ("", None, None)


def test_the_entry_of_a_case(cast: Cast) -> None:
    dispute = bring(cast)
    [entry] = entries("open")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "clerk", f"dispute:{dispute.pk}")
    assert entry.facts == {
        "case_number": "演政复〔2021〕1号", "kind": "reconsideration", "filed_on": "2021-04-12",
    }  # fmt: skip


def test_a_suit_after_reconsideration_names_it(cast: Cast) -> None:
    review = bring(cast)
    assert suit_after(cast, review).after == review


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_clerk_of_this_agency(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed):
        bring(cast, actor=getattr(cast, role))
    with pytest.raises(NotAllowed):
        bring(cast, agency=cast.other_agency)
    assert not Dispute.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", ""),
        ("body", " "),
        ("body", "长" * 121),
        ("case_number", ""),
        ("case_number", "　"),
        ("case_number", "1" * 81),
        ("matter", ""),
        ("matter", "长" * 301),
        ("kind", "duel"),
        ("filed_on", today() + timedelta(days=1)),
    ],
)
def test_bad_input_is_refused_at_its_field(cast: Cast, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as caught:
        bring(cast, **{field: value})
    assert caught.value.field == field
    assert caught.value.message.zh
    assert not Dispute.objects.exists()
    assert not Entry.objects.exists()


def test_a_suit_after_reconsideration_without_one_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        suit_after(cast, None)
    assert caught.value.field == "after"


@pytest.mark.parametrize("kind", [DisputeKind.RECONSIDERATION, DisputeKind.LITIGATION_DIRECT])
def test_other_cases_follow_none(cast: Cast, kind: DisputeKind) -> None:
    with pytest.raises(Invalid) as caught:
        suit_after(cast, bring(cast), kind=kind)
    assert caught.value.field == "after"


def test_a_suit_does_not_follow_a_suit(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        suit_after(cast, bring(cast, kind=DisputeKind.LITIGATION_DIRECT))
    assert caught.value.field == "after"


def test_a_suit_does_not_follow_another_agency_s_reconsideration(cast: Cast) -> None:
    review = bring(cast, actor=cast.other_clerk, agency=cast.other_agency)
    with pytest.raises(Invalid) as caught:
        suit_after(cast, review)
    assert caught.value.field == "after"


def test_a_suit_is_not_older_than_what_it_follows(cast: Cast) -> None:
    review = bring(cast)
    with pytest.raises(Invalid) as caught:
        suit_after(cast, review, filed_on=FILED - timedelta(days=1))
    assert caught.value.field == "filed_on"
    assert suit_after(cast, review, filed_on=FILED).filed_on == FILED


def test_a_case_number_is_entered_once_an_agency(cast: Cast) -> None:
    bring(cast)
    with pytest.raises(Invalid) as caught:
        bring(cast, matter="另一事由")
    assert caught.value.field == "case_number"
    bring(cast, actor=cast.other_clerk, agency=cast.other_agency)
    assert len(entries("open")) == Dispute.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_entered_twice_at_once_it_is_one() -> None:
    cast = Cast.assemble()
    found = at_once(*[lambda: bring(cast)] * 3)
    assert sorted(type(result).__name__ for result in found) == ["Dispute", "Invalid", "Invalid"], found
    assert {result.field for result in found if isinstance(result, Invalid)} == {"case_number"}
    assert len(entries("open")) == Dispute.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_rolled_back_it_leaves_neither() -> None:
    cast = Cast.assemble()

    @transaction.atomic
    def bring_end_and_fail() -> None:
        end(cast, bring(cast))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bring_end_and_fail()
    assert not Dispute.objects.exists()
    assert not Entry.objects.exists()


# --- conclude -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", list(DisputeResult))
def test_a_case_ends(cast: Cast, result: DisputeResult) -> None:
    dispute = end(cast, bring(cast), result=result)
    dispute.refresh_from_db()
    assert (dispute.result, dispute.concluded_on) == (result, date(2021, 6, 8))
    [entry] = entries("conclude")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "clerk", f"dispute:{dispute.pk}")
    assert entry.facts == {"case_number": "演政复〔2021〕1号", "result": result.value, "on": "2021-06-08"}


@pytest.mark.parametrize("on", [FILED, today()])
def test_it_may_end_on_the_day_it_was_filed_and_today(cast: Cast, on: date) -> None:
    assert end(cast, bring(cast), on=on).concluded_on == on


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_clerk_enters_the_end(cast: Cast, role: str) -> None:
    dispute = bring(cast)
    with pytest.raises(NotAllowed):
        end(cast, dispute, actor=getattr(cast, role))
    dispute.refresh_from_db()
    assert dispute.concluded_on is None
    assert entries("conclude") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": FILED - timedelta(days=1)}, "on"),
        ({"on": today() + timedelta(days=1)}, "on"),
        ({"result": ""}, "result"),
        ({"result": "pending"}, "result"),
        ({"result": "won"}, "result"),
        ({"dispute_id": 10**9}, "dispute"),
    ],
)
def test_a_bad_end_is_refused(cast: Cast, changes: dict[str, Any], field: str) -> None:
    dispute = bring(cast)
    with pytest.raises(Invalid) as caught:
        end(cast, dispute, **changes)
    assert caught.value.field == field
    dispute.refresh_from_db()
    assert (dispute.result, dispute.concluded_on) == ("", None)


def test_what_has_ended_does_not_end_again(cast: Cast) -> None:
    dispute = end(cast, bring(cast))
    with pytest.raises(Invalid) as caught:
        end(cast, dispute, result=DisputeResult.CORRECTED)
    assert caught.value.field == "result"
    dispute.refresh_from_db()
    assert dispute.result == DisputeResult.UPHELD


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_ended_twice_at_once_it_ends_once() -> None:
    cast = Cast.assemble()
    dispute = bring(cast)
    found = at_once(*[lambda result=result: end(cast, dispute, result=result) for result in DisputeResult])
    assert sorted(type(result).__name__ for result in found) == ["Dispute", "Invalid", "Invalid"], found
    [entry] = entries("conclude")
    dispute.refresh_from_db()
    assert entry.facts["result"] == dispute.result


# --- which year counts it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filed", "ended", "years"),
    [
        (date(2021, 4, 12), date(2021, 6, 8), {2021}),
        (date(2021, 4, 12), None, {2021, 2022, 2023}),
        (date(2021, 12, 31), date(2022, 1, 1), {2021, 2022}),
        (date(2020, 12, 31), date(2021, 12, 31), {2020, 2021}),
        (date(2022, 1, 1), date(2022, 12, 31), {2022}),
        (date(2020, 5, 1), date(2023, 1, 1), {2020, 2021, 2022, 2023}),
    ],
)
def test_a_case_counts_in_the_year_of_its_result_and_as_pending_before(
    cast: Cast, filed: date, ended: date | None, years: set[int]
) -> None:
    dispute = bring(cast, filed_on=filed)
    if ended:
        end(cast, dispute, on=ended)
    assert {year for year in range(2019, 2024) if disputes_of(cast.agency, year).exists()} == years
    assert not disputes_of(cast.other_agency, 2021).exists()


# --- what the database holds by itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"case_number": "演政复〔2021〕1号"},
        {"kind": "duel"},
        {"kind": "litigation_after_reconsideration"},
        {"result": "upheld"},
        {"concluded_on": date(2021, 6, 1)},
        {"concluded_on": date(2021, 6, 1), "result": "pending"},
        {"concluded_on": FILED - timedelta(days=1), "result": "upheld"},
    ],
)
def test_the_database_refuses_what_no_action_would_write(cast: Cast, changes: dict[str, Any]) -> None:
    bring(cast)
    values = {"kind": "reconsideration", "body": "x", "case_number": "2", "matter": "x", "filed_on": FILED, **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(agency=cast.agency, **values)


def test_the_database_refuses_a_reconsideration_after_another(cast: Cast) -> None:
    review = bring(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.create(
            agency=cast.agency, kind="reconsideration", body="x", case_number="2", matter="x", filed_on=FILED,
            after=review,
        )  # fmt: skip


def test_a_clerk_of_two_agencies_keeps_them_apart(cast: Cast) -> None:
    both = make_person("both", cast.agency, Role.CLERK)
    with pytest.raises(NotAllowed):
        bring(cast, actor=both, agency=cast.other_agency)
