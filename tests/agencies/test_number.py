"""Numbers of papers: gapless, whatever happens."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.actions.number import next_number
from gongkai.agencies.models import Agency, NumberSeries
from tests.at_once import at_once
from tests.cast import Cast, make_agency


def test_numbers_count_up_from_one(cast: Cast) -> None:
    assert [next_number(cast.agency, "reply", 2025) for _ in range(3)] == [1, 2, 3]


def test_each_agency_kind_and_year_has_its_own(cast: Cast) -> None:
    for _ in range(2):
        next_number(cast.agency, "reply", 2025)
    assert next_number(cast.other_agency, "reply", 2025) == 1
    assert next_number(cast.agency, "receipt", 2025) == 1
    assert next_number(cast.agency, "reply", 2026) == 1
    assert next_number(cast.agency, "reply", 2025) == 3


def test_the_database_holds_each_series_once(cast: Cast) -> None:
    next_number(cast.agency, "reply", 2025)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberSeries.objects.create(agency=cast.agency, kind="reply", year=2025)


def take(agency: Agency, fail: bool = False) -> int:
    with transaction.atomic():
        number = next_number(agency, "reply", 2025)
        if fail:
            raise ZeroDivisionError
    return number


def ours() -> Agency:
    return make_agency("ours", "演示市城市管理局", "演城公开")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        next_number(ours(), "reply", 2025)
    assert not NumberSeries.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_paper_that_never_was_is_free_again() -> None:
    agency = ours()
    assert take(agency) == 1
    with pytest.raises(ZeroDivisionError):
        take(agency, fail=True)
    assert take(agency) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_taken_at_once_none_is_given_twice_and_none_is_skipped() -> None:
    agency = ours()

    def work() -> list[int]:
        return [take(agency) for _ in range(5)]

    found = at_once(*[work] * 4)
    assert sorted(number for numbers in found for number in numbers) == list(range(1, 21))  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_failures_between_them_leave_no_gap() -> None:
    agency = ours()
    found = at_once(*[lambda serial=serial: take(agency, fail=serial % 2 == 1) for serial in range(6)])
    assert sorted(number for number in found if isinstance(number, int)) == [1, 2, 3]
    assert sum(isinstance(result, ZeroDivisionError) for result in found) == 3
    assert take(agency) == 4
