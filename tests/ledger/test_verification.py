"""Whoever has the database in hand can change it; the chain then says what, and at which number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DataError, connection, transaction

from gongkai.ledger import verification
from gongkai.ledger.actions import record
from gongkai.ledger.digests import GENESIS
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import Problem, chains, register_witness, verify
from tests.ledger import tampering as tamper

LENGTH = 6


@pytest.fixture
def chain(db: None) -> Chain:
    """Six entries, and the triggers out of the way."""
    for serial in range(1, LENGTH + 1):
        record(chain=tamper.CHAIN, act="test.act", subject=f"thing:{serial}", facts={"n": serial}, actor="jingban")
    tamper.open_up()
    return Chain.objects.get(name=tamper.CHAIN)


def found(chain: Chain) -> list[tuple[int, str]]:
    return [(problem.number, problem.kind) for problem in verify(chain)]


def test_an_untouched_chain_holds(chain: Chain) -> None:
    assert found(chain) == []


def test_an_empty_chain_holds(db: None) -> None:
    assert found(Chain.objects.create(name="leer")) == []


def test_other_chains_have_no_part_in_it(chain: Chain) -> None:
    record(chain="other", act="test.act", subject="thing:1", facts={})
    tamper.sql("UPDATE ledger_entry SET act = 'x' WHERE chain_id = 'other'")
    assert found(chain) == []
    assert found(Chain.objects.get(name="other")) == [(1, "changed")]


# --- changed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3, LENGTH])
def test_a_changed_body(chain: Chain, number: int) -> None:
    tamper.change(number, "body", tamper.body_of(number, facts={"n": 99}))
    assert found(chain) == [(number, "changed")]


@pytest.mark.parametrize("number", [1, 3, LENGTH])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("act", "test.other"),
        ("subject", "thing:99"),
        ("actor", ""),
        ("recorded_at", "2020-01-01 00:00:00+00:00"),
        ("previous", "f" * 64),
    ],
)
def test_a_changed_column(chain: Chain, number: int, column: str, value: str) -> None:
    tamper.change(number, column, value)
    assert found(chain) == [(number, "changed")]


def test_a_changed_hash_is_found_where_it_is_and_where_it_is_missed(chain: Chain) -> None:
    tamper.change(3, "hash", "f" * 64)
    assert found(chain) == [(3, "changed"), (4, "reordered")]


@pytest.mark.parametrize("number", [1, 3])
def test_an_entry_rewritten_with_its_own_hash(chain: Chain, number: int) -> None:
    """Its own hash fits; the one that follows tells."""
    tamper.rewrite(number, tamper.body_of(number, facts={"n": 99}))
    assert found(chain) == [(number + 1, "reordered")]


def test_the_last_entry_rewritten_with_its_own_hash(chain: Chain) -> None:
    """Nothing follows; the head tells."""
    tamper.rewrite(LENGTH, tamper.body_of(LENGTH, facts={"n": 99}))
    assert found(chain) == [(LENGTH, "changed")]


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "null", "3", '"text"', "not json", '{"number":"x"}', '{"number":3}', "[" * 100_000]
)
@pytest.mark.parametrize("fits", [False, True])
def test_a_body_that_is_none(chain: Chain, body: str, fits: bool) -> None:
    """Also where its hash fits: verification reads on, it does not fall over."""
    if fits:
        tamper.rewrite(3, body)
    else:
        tamper.change(3, "body", body)
    assert found(chain)[0] == (3, "changed")
    assert len(found(chain)) == 1 + fits


@pytest.mark.parametrize(("columns", "problem"), [
    ({"length": LENGTH + 2}, (LENGTH + 1, "removed")),
    ({"length": LENGTH - 1}, (LENGTH - 1, "changed")),
    ({"length": 0}, (0, "changed")),
    ({"length": LENGTH - 2, "head": "short"}, (LENGTH - 1, "changed")),
    ({"head": "f" * 64}, (LENGTH, "changed")),
    ({"head": GENESIS}, (LENGTH, "changed")),
])  # fmt: skip
def test_a_changed_head(chain: Chain, columns: dict[str, object], problem: tuple[int, str]) -> None:
    if columns.get("head") == "short":
        columns = {**columns, "head": tamper.entry(LENGTH - 2).hash}
    tamper.set_head(**columns)
    assert found(chain) == [problem]


@pytest.mark.parametrize("number", [1, 3, LENGTH])
@pytest.mark.parametrize("garbage", ["someday", "", "2020-13-45 00:00:00"])
def test_a_row_that_cannot_even_be_read(chain: Chain, number: int, garbage: str) -> None:
    """SQLite takes any text for a moment; PostgreSQL refuses by itself."""
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            tamper.change(number, "recorded_at", garbage)
        assert found(chain) == []
    else:
        tamper.change(number, "recorded_at", garbage)
        assert found(chain) == [(number, "changed")]


# --- removed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "problems"),
    [
        ((1,), [1]),
        ((3,), [3]),
        ((LENGTH,), [LENGTH]),
        ((1, 2, 3), [1]),
        ((3, 4), [3]),
        ((2, 4), [2, 4]),
        ((1, LENGTH), [1, LENGTH]),
        ((1, 2, 3, 4, 5, 6), [1]),
    ],
)
def test_removed_entries_are_told_once_a_gap(chain: Chain, numbers: tuple[int, ...], problems: list[int]) -> None:
    tamper.remove(*numbers)
    assert found(chain) == [(number, "removed") for number in problems]


def test_the_message_names_the_gap(chain: Chain) -> None:
    tamper.remove(3, 4)
    [problem] = verify(chain)
    assert "3" in problem.message
    assert "4" in problem.message
    assert problem == Problem(tamper.CHAIN, 3, "removed", problem.message)


def test_a_gap_does_not_hide_a_change_after_it(chain: Chain) -> None:
    tamper.remove(2)
    tamper.change(3, "act", "test.other")
    tamper.change(5, "actor", "")
    assert found(chain) == [(2, "removed"), (3, "changed"), (5, "changed")]


def test_the_last_one_removed_and_another_added_in_its_place(chain: Chain) -> None:
    body, previous = tamper.body_of(LENGTH, facts={"n": 99}), tamper.entry(LENGTH).previous
    tamper.insert(LENGTH + 1, like=LENGTH, body=body, previous=previous)
    tamper.remove(LENGTH)
    tamper.move(LENGTH + 1, LENGTH)
    assert found(chain) == [(LENGTH, "changed")]


def test_a_gap_closed_by_moving_up(chain: Chain) -> None:
    tamper.remove(3)
    for number in range(4, LENGTH + 1):
        tamper.move(number, number - 1)
    assert found(chain) == [(3, "reordered"), (4, "reordered"), (5, "reordered"), (LENGTH, "removed")]


# --- reordered ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 4), (2, 5), (1, LENGTH)])
def test_two_entries_swapped(chain: Chain, one: int, other: int) -> None:
    tamper.swap(one, other)
    assert {(one, "reordered"), (other, "reordered")} <= set(found(chain))


def test_two_entries_swapped_with_their_numbers_rewritten(chain: Chain) -> None:
    tamper.swap(3, 4)
    for number in (3, 4):
        tamper.rewrite(number, tamper.body_of(number, number=number))
    assert found(chain)[0] == (3, "reordered")


@pytest.mark.parametrize("place", [1, 3, LENGTH])
def test_an_entry_inserted_and_the_others_moved_down(chain: Chain, place: int) -> None:
    previous = tamper.entry(place).previous
    body = tamper.body_of(place, facts={"n": 99})
    tamper.shift_up_from(place)
    tamper.insert(place, like=place + 1, body=body, previous=previous)
    assert next(problem for problem in found(chain) if problem[1] == "reordered") == (place + 1, "reordered")


def test_an_entry_appended_behind_the_head(chain: Chain) -> None:
    body = tamper.body_of(LENGTH, number=LENGTH + 1)
    tamper.insert(LENGTH + 1, like=LENGTH, body=body, previous=chain.head)
    assert found(chain) == [(LENGTH + 1, "changed")]


def test_an_entry_put_before_the_first(chain: Chain) -> None:
    tamper.insert(0, like=1, body=tamper.body_of(1, number=0), previous=GENESIS)
    assert found(chain) == [(1, "reordered")]


def test_an_entry_from_another_chain(chain: Chain) -> None:
    for serial in range(1, LENGTH + 1):
        record(chain="other", act="test.act", subject=f"thing:{serial}", facts={"other": serial}, actor="jingban")
    tamper.remove(3)
    tamper.sql("UPDATE ledger_entry SET chain_id = %s WHERE chain_id = 'other' AND number = 3", tamper.CHAIN)
    assert found(chain) == [(3, "reordered"), (4, "reordered")]
    assert found(Chain.objects.get(name="other")) == [(3, "removed")]


# --- every change of every column ---------------------------------------------------------------------------


def test_whatever_single_value_is_changed_its_number_is_named(chain: Chain) -> None:
    changes: dict[str, Callable[[Entry], object]] = {
        "number": lambda entry: entry.number + 1000,
        "act": lambda entry: entry.act + " ",
        "subject": lambda entry: entry.subject + "0",
        "actor": lambda entry: entry.actor.upper(),
        "body": lambda entry: entry.body + " ",
        "previous": lambda entry: "e" * 64,
        "hash": lambda entry: entry.hash.upper(),
        "recorded_at": lambda entry: entry.recorded_at.replace(microsecond=entry.recorded_at.microsecond ^ 1),
    }
    Chain.objects.create(name="elsewhere")
    changes["chain_id"] = lambda entry: "elsewhere"
    for number in range(1, LENGTH + 1):
        for column, other in changes.items():
            undo = transaction.savepoint()
            value = other(tamper.entry(number))
            tamper.change(number, column, value[:64] if column in ("previous", "hash") else value)  # type: ignore[index]
            problems = [problem for name in chains() for problem in verify(name)]
            assert number in [problem.number for problem in problems], (number, column)
            transaction.savepoint_rollback(undo)
    assert found(chain) == []


# --- heads --------------------------------------------------------------------------------------------------


def test_all_chains_by_name(chain: Chain) -> None:
    record(chain="a", act="test.act", subject="thing:1", facts={})
    assert [head.name for head in chains()] == ["a", tamper.CHAIN]


def test_a_head_that_is_gone_does_not_hide_its_chain(chain: Chain) -> None:
    if connection.vendor == "postgresql":
        tamper.drop_foreign_key()
    tamper.sql("UPDATE ledger_entry SET chain_id = 'gone' WHERE number <= 2")
    gone, rest = chains()
    assert (gone.name, rest.name) == ("gone", tamper.CHAIN)
    assert found(gone) == [(0, "removed")]
    assert found(rest) == [(1, "removed")]
    tamper.sql("UPDATE ledger_entry SET chain_id = %s WHERE number <= 2", tamper.CHAIN)
    assert found(rest) == []


# --- while the office works ---------------------------------------------------------------------------------


def test_entries_written_meanwhile_are_no_problem(chain: Chain) -> None:
    """The list of chains may be minutes old, and entries come in while the chain is read."""
    record(chain=tamper.CHAIN, act="test.act", subject="thing:7", facts={})
    written = []

    def meanwhile(count: int) -> None:
        if count == 3 and not written:
            written.append(record(chain=tamper.CHAIN, act="test.act", subject="thing:8", facts={}))

    assert list(verify(chain, progress=meanwhile)) == []
    assert written[0].number == LENGTH + 2


def test_a_forged_entry_behind_the_head_is_not_taken_for_one_written_meanwhile(chain: Chain) -> None:
    body = tamper.body_of(LENGTH, number=LENGTH + 1)
    tamper.insert(LENGTH + 1, like=LENGTH, body=body, previous=chain.head)
    assert found(chain) == [(LENGTH + 1, "changed")]


def test_progress_tells_every_entry(chain: Chain) -> None:
    told: list[int] = []
    list(verify(chain, progress=told.append))
    assert told == list(range(1, LENGTH + 1))


def test_a_long_chain_is_read_in_one_query_and_two_for_its_head(
    chain: Chain, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert found(chain) == []


# --- witnesses ----------------------------------------------------------------------------------------------


@pytest.fixture
def witness(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Asked about every entry; has something against the third."""
    asked: list[int] = []
    monkeypatch.setattr(verification, "_witnesses", {})

    def speak(entry: Entry) -> str | None:
        asked.append(entry.number)
        return "所记对象不符" if entry.facts["n"] == 3 else None

    register_witness("test.act", speak)
    return asked


def test_a_witness_is_heard(chain: Chain, witness: list[int]) -> None:
    assert [(problem.number, problem.kind, problem.message) for problem in verify(chain)] == [
        (3, "witness", "所记对象不符")
    ]
    assert witness == list(range(1, LENGTH + 1))


def test_a_witness_is_asked_only_about_its_own_act_and_only_where_the_entry_itself_holds(
    chain: Chain, witness: list[int]
) -> None:
    tamper.change(2, "body", tamper.body_of(2, facts={"n": 3}))
    record(chain=tamper.CHAIN, act="test.other", subject="thing:9", facts={"n": 3})
    assert found(chain) == [(2, "changed"), (3, "witness")]
    assert witness == [1, 3, 4, 5, 6]


def test_a_witness_that_can_make_nothing_of_it_does_not_stop_the_reading(chain: Chain, witness: list[int]) -> None:
    tamper.rewrite(LENGTH, tamper.body_of(LENGTH, facts={"m": 1}))
    assert found(chain) == [(3, "witness"), (LENGTH, "witness"), (LENGTH, "changed")]
