"""Reading the ledger."""

from __future__ import annotations

from gongkai.ledger.actions import record
from gongkai.ledger.selectors import entries_about, entries_of


def test_entries_of_a_chain_newest_first(db: None) -> None:
    for chain in ("a", "b", "a"):
        record(chain=chain, act="test.act", subject="thing:1", facts={})
    assert [entry.number for entry in entries_of("a")] == [2, 1]
    assert list(entries_of("nobody")) == []


def test_entries_about_a_record_oldest_first_over_all_chains(db: None) -> None:
    for chain, subject in (("a", "thing:1"), ("b", "thing:1"), ("a", "thing:11"), ("a", "thing:1")):
        record(chain=chain, act="test.act", subject=subject, facts={})
    assert [(entry.chain_id, entry.number) for entry in entries_about("thing:1")] == [("a", 1), ("b", 1), ("a", 3)]


def test_what_an_entry_is_called(db: None) -> None:
    entry = record(chain="a", act="test.act", subject="thing:1", facts={})
    assert str(entry) == "a#1 test.act"
    assert str(entry.chain) == "a"
