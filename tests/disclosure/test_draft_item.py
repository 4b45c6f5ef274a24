"""Drafts for publication: made once for each source, seen by the editors of the agency, discarded, never lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.disclosure.actions.draft_item import LONGEST_TITLE, discard_draft, draft_item
from gongkai.disclosure.errors import DraftNotFound
from gongkai.disclosure.models import DraftState, ItemDraft
from gongkai.disclosure.selectors import draft_for_reading, drafted, drafts_for
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast


def draft(cast: Cast, **changes: Any) -> ItemDraft:
    values = {
        "actor": cast.clerk,
        "agency": cast.agency,
        "title": " 停车场收费标准 ",
        "body": "每小时5元。",
        "source": "application:7",
    }
    return draft_item(**{**values, **changes})


def test_a_draft(cast: Cast) -> None:
    row = draft(cast)
    row.refresh_from_db()
    assert (row.title, row.body, row.state, row.made_by) == ("停车场收费标准", "每小时5元。", "open", cast.clerk)
    entry = Entry.objects.get(act="disclosure.draft_item")
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "clerk", f"item_draft:{row.pk}")
    assert entry.facts == {"source": "application:7"}


@pytest.mark.parametrize("who", ["supervisor", "administrator", "legal_reviewer", "other_clerk", "stranger"])
def test_who_may_not(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        draft(cast, actor=getattr(cast, who))
    assert not ItemDraft.objects.exists()
    assert not Entry.objects.filter(act="disclosure.draft_item").exists()


@pytest.mark.parametrize(
    ("field", "text"), [("title", " "), ("body", ""), ("title", "长" * (LONGEST_TITLE + 1)), ("body", "长" * 200_001)]
)
def test_what_is_no_draft(cast: Cast, field: str, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        draft(cast, **{field: text})
    assert refused.value.field == field


def test_a_source_has_one(cast: Cast) -> None:
    draft(cast)
    with pytest.raises(Invalid) as refused:
        draft(cast, actor=cast.approver)
    assert refused.value.field == "source"
    assert drafted(["application:7", "application:8"]) == {"application:7"}


def test_discarded_it_may_be_drafted_again(cast: Cast) -> None:
    first = draft(cast)
    assert discard_draft(actor=cast.editor, draft_id=first.pk).state == DraftState.DISCARDED
    assert drafted(["application:7"]) == frozenset()
    second = draft(cast)
    assert [row.pk for row in drafts_for(cast.editor)] == [second.pk, first.pk]
    assert Entry.objects.get(act="disclosure.discard_draft").actor == "editor"


def test_discarded_twice_is_once(cast: Cast) -> None:
    row = draft(cast)
    for _ in range(2):
        discard_draft(actor=cast.editor, draft_id=row.pk)
    assert Entry.objects.filter(act="disclosure.discard_draft").count() == 1


@pytest.mark.parametrize("who", ["clerk", "approver", "other_clerk", "stranger"])
def test_drafts_are_the_editors(cast: Cast, who: str) -> None:
    person, row = getattr(cast, who), draft(cast)
    assert list(drafts_for(person)) == []
    with pytest.raises(DraftNotFound):
        draft_for_reading(person, row.pk)
    with pytest.raises(DraftNotFound):
        discard_draft(actor=person, draft_id=row.pk)
    row.refresh_from_db()
    assert row.state == DraftState.OPEN


def test_a_draft_that_does_not_exist(cast: Cast) -> None:
    with pytest.raises(DraftNotFound):
        discard_draft(actor=cast.editor, draft_id=987_654_321)


def test_the_database_knows_the_states(cast: Cast) -> None:
    row = draft(cast)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {ItemDraft._meta.db_table} SET state = 'public' WHERE id = %s", [row.pk])


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(cast: Cast) -> None:
    results = at_once(lambda: draft(cast), lambda: draft(cast, actor=cast.approver))
    assert sorted(type(result).__name__ for result in results) == ["Invalid", "ItemDraft"]
    assert ItemDraft.objects.count() == 1
