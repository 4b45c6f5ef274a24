"""record(): one entry an act, in the act's own transaction."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongkai.ledger.actions import record
from gongkai.ledger.digests import GENESIS
from gongkai.ledger.models import SYSTEM, Chain, Entry
from gongkai.ledger.verification import verify
from tests.at_once import at_once
from tests.ledger.sm3_by_hand import sm3_by_hand


def write(chain: str = SYSTEM, **facts: object) -> Entry:
    return record(chain=chain, act="test.act", subject="thing:1", facts=facts, actor="jingban")


def test_the_first_entry_of_a_chain(db: None) -> None:
    before = timezone.now()
    entry = write(a=1)
    assert (entry.number, entry.previous, entry.act, entry.subject) == (1, GENESIS, "test.act", "thing:1")
    assert (entry.actor, entry.facts) == ("jingban", {"a": 1})
    assert before <= entry.recorded_at <= timezone.now()


def test_the_body_says_everything_the_columns_say(db: None) -> None:
    entry = write(name="公开", day="2021-01-01")
    body = json.loads(entry.body)
    assert set(body) == {"number", "at", "act", "subject", "actor", "facts"}
    assert datetime.fromisoformat(body["at"]) == entry.recorded_at
    assert body["facts"] == {"name": "公开", "day": "2021-01-01"}


def test_each_entry_is_bound_to_the_one_before_as_any_other_program_computes_it(db: None) -> None:
    for number in range(4):
        write(number=number)
    previous = "0" * 64
    for entry in Entry.objects.order_by("number"):
        assert entry.previous == previous
        previous = sm3_by_hand(f"{previous}{entry.body}".encode())
        assert entry.hash == previous
    head = Chain.objects.get(name=SYSTEM)
    assert (head.length, head.head) == (4, previous)


def test_the_moment_survives_the_database_to_the_microsecond(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for moment in (datetime(2026, 1, 1, 16, 0, tzinfo=UTC), datetime(2026, 1, 1, 15, 59, 59, 999_999, tzinfo=UTC)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert write().recorded_at == moment
    assert list(verify(Chain.objects.get())) == []


def test_chains_do_not_touch_each_other(db: None) -> None:
    assert [write("a").number, write("b").number, write("a").number] == [1, 1, 2]
    assert sorted(Chain.objects.values_list("name", "length")) == [("a", 2), ("b", 1)]


def test_a_citizen_s_act_has_no_actor(db: None) -> None:
    assert record(chain=SYSTEM, act="test.act", subject="thing:1", facts={}).actor == ""


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        write()
    assert not Entry.objects.exists()
    assert not Chain.objects.exists()


@transaction.atomic
def write_and_fail() -> None:
    write()
    write()
    raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_an_act_and_its_entry_fall_together() -> None:
    with transaction.atomic():
        write()
    kept = Chain.objects.get()
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert Entry.objects.count() == 1
    kept.refresh_from_db()
    assert kept.length == 1
    with transaction.atomic():
        assert write().number == 2
    assert list(verify(kept)) == []


@pytest.mark.parametrize("fact", [date(2021, 1, 1), object(), float("nan")])
def test_facts_that_json_does_not_hold_leave_nothing(db: None, fact: object) -> None:
    write()
    with pytest.raises((TypeError, ValueError)):
        write(fact=fact)
    assert Entry.objects.count() == Chain.objects.get().length == 1


def test_hostile_texts_are_kept_as_they_are(db: None) -> None:
    text = '\'; DROP TABLE ledger_entry; -- "引号" \\u0000 \n\t 😀 𠮷'
    assert Entry.objects.get(pk=write(text=text).pk).facts == {"text": text}
    assert list(verify(Chain.objects.get())) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_writers_at_once_make_one_gapless_chain() -> None:
    writers, each = 5, 6

    def work() -> None:
        for serial in range(each):
            with transaction.atomic():
                write(serial=serial)

    assert at_once(*[work] * writers) == [None] * writers
    head = Chain.objects.get(name=SYSTEM)
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, writers * each + 1))
    assert head.length == writers * each
    assert list(verify(head)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_a_writer_that_fails_leaves_no_gap_for_the_others() -> None:
    def work(serial: int) -> None:
        with transaction.atomic():
            write(serial=serial)
            if serial % 2:
                raise ZeroDivisionError

    found = at_once(*[lambda serial=serial: work(serial) for serial in range(6)])
    assert [isinstance(result, ZeroDivisionError) for result in found] == [False, True] * 3
    assert sorted(Entry.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert list(verify(Chain.objects.get())) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_two_chains_begun_at_once() -> None:
    def work(chain: str) -> int:
        with transaction.atomic():
            return write(chain).number

    assert at_once(*[lambda chain=chain: work(chain) for chain in "aabb"]).count(1) == 2
    assert sorted(Chain.objects.values_list("name", "length")) == [("a", 2), ("b", 2)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_the_chain_stays_locked_until_its_transaction_ends() -> None:
    """Nobody gets number 2 before it is certain that there is a number 1."""
    written = threading.Event()
    ends: list[str] = []

    def slow() -> int:
        with transaction.atomic():
            number = write().number
            written.set()
            time.sleep(0.2)  # room for the other to go wrong; the order is asserted, not the time
            ends.append("slow")
        return number

    def quick() -> int:
        assert written.wait(20)
        with transaction.atomic():
            number = write().number
            ends.append("quick")
        return number

    assert at_once(slow, quick) == [1, 2]
    assert ends == ["slow", "quick"]
    assert Entry.objects.get(number=2).recorded_at - Entry.objects.get(number=1).recorded_at > timedelta(0)
    assert connection.is_usable()
