"""内部备注: for colleagues, once, never to the applicant."""

from __future__ import annotations

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications.actions.note import LONGEST, add_note
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.models import Note
from gongkai.law.procedure import Stage
from gongkai.ledger.digests import digest_of
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene, nothing_written, outsiders
from tests.at_once import at_once

SAID = "已电话联系档案室。"


def test_a_note_is_kept_with_its_author(scene: Scene) -> None:
    case = scene.apply()
    note = add_note(case_id=case.pk, actor=scene.cast.drafter, text=f"  {SAID}\u200b ")
    assert (note.text, note.by, note.application_id) == (SAID, scene.cast.drafter, case.pk)
    entry = Entry.objects.get(act="applications.note")
    assert entry.facts == {"number": case.number, "note": note.pk, "digest": digest_of({"text": SAID})}
    assert SAID not in entry.body


def test_a_closed_case_may_be_noted(scene: Scene) -> None:
    case = scene.at(Stage.CLOSED)
    assert add_note(case_id=case.pk, actor=scene.cast.clerk, text=SAID).application_id == case.pk


def test_the_same_in_a_row_is_one_note(scene: Scene) -> None:
    case = scene.apply()
    first = add_note(case_id=case.pk, actor=scene.cast.clerk, text=SAID)
    assert add_note(case_id=case.pk, actor=scene.cast.clerk, text=SAID) == first
    assert add_note(case_id=case.pk, actor=scene.cast.drafter, text=SAID) != first


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_is_one_note(scene: Scene) -> None:
    case = scene.apply()
    at_once(*[lambda: add_note(case_id=case.pk, actor=scene.cast.clerk, text=SAID)] * 2)
    assert Note.objects.count() == 1


def test_a_supervisor_only_reads(scene: Scene) -> None:
    case = scene.apply()
    with nothing_written(), pytest.raises(NotAllowed):
        add_note(case_id=case.pk, actor=scene.cast.supervisor, text=SAID)


def test_for_outsiders_there_is_no_case(scene: Scene) -> None:
    case = scene.apply()
    for outsider in outsiders(scene):
        with nothing_written(), pytest.raises(CaseNotFound):
            add_note(case_id=case.pk, actor=outsider, text=SAID)


@pytest.mark.parametrize("text", ["", " \u200b\n ", "字" * (LONGEST + 1)])
def test_nothing_or_too_much(scene: Scene, text: str) -> None:
    case = scene.apply()
    with nothing_written(), pytest.raises(Invalid) as refused:
        add_note(case_id=case.pk, actor=scene.cast.clerk, text=text)
    assert refused.value.field == "text"
