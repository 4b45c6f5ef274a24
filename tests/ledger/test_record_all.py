"""record_all(): many entries at once are the same entries as one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.ledger import actions
from gongkai.ledger.actions import Happening, record, record_all
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.at_once import at_once

ACTS = [Happening("test.act", f"thing:{serial}", {"serial": serial, "text": "公开"}, "jingban") for serial in range(7)]


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question for the time is one second after the last; begun anew for each chain."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    seconds = iter(range(10_000))
    monkeypatch.setattr(timezone, "now", lambda: start + timedelta(seconds=next(seconds) % len(ACTS)))


def columns(chain: str) -> list[tuple[object, ...]]:
    names = ("number", "recorded_at", "act", "subject", "actor", "body", "previous", "hash")
    return list(Entry.objects.filter(chain=chain).order_by("number").values_list(*names))


def test_they_are_what_record_writes_one_by_one(db: None, ticking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for act in ACTS:
        record(chain="single", act=act.act, subject=act.subject, facts=act.facts, actor=act.actor)
    monkeypatch.setattr(actions, "AT_ONCE", 3)  # more than one portion, the last one not full
    assert record_all(chain="many", entries=iter(ACTS)) == len(ACTS)
    assert columns("many") == columns("single")
    single, many = Chain.objects.get(name="single"), Chain.objects.get(name="many")
    assert (many.length, many.head) == (single.length, single.head)
    assert many.length == len(ACTS)


def test_they_follow_what_was_there_and_are_followed(db: None) -> None:
    record(chain="a", act="test.act", subject="thing:0", facts={})
    assert record_all(chain="a", entries=ACTS) == len(ACTS)
    assert record(chain="a", act="test.act", subject="thing:9", facts={}).number == len(ACTS) + 2
    assert list(verify(Chain.objects.get(name="a"))) == []


def test_none_at_all_changes_nothing(db: None) -> None:
    entry = record(chain="a", act="test.act", subject="thing:0", facts={})
    assert record_all(chain="a", entries=[]) == 0
    assert (Chain.objects.get(name="a").length, Chain.objects.get(name="a").head) == (1, entry.hash)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_all(chain="a", entries=ACTS)
    assert not Entry.objects.exists()


def test_a_fact_that_json_does_not_hold_leaves_nothing_of_its_portion(db: None) -> None:
    bad = Happening("test.act", "thing:1", {"day": object()})
    with pytest.raises(TypeError):
        record_all(chain="a", entries=[*ACTS, bad])
    assert not Entry.objects.exists()
    assert Chain.objects.get(name="a").length == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_many_and_single_writers_at_once_make_one_chain() -> None:
    from django.db import transaction

    def many() -> int:
        with transaction.atomic():
            return record_all(chain="a", entries=ACTS)

    def single() -> int:
        with transaction.atomic():
            return record(chain="a", act="test.act", subject="thing:1", facts={}).number

    found = at_once(many, single, many, single)
    assert found[0] == found[2] == len(ACTS)
    assert Chain.objects.get(name="a").length == 2 * len(ACTS) + 2
    assert list(verify(Chain.objects.get(name="a"))) == []
