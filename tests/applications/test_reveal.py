"""查看身份信息: whole for the clerk, for a reason, each time written down where nothing can be taken back."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications.actions.reveal import LONGEST, reveal
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.models import IdentityView
from gongkai.law.procedure import Stage
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene, nothing_written, outsiders
from tests.at_once import at_once

WHY = "寄送答复书"


@pytest.mark.article("个人信息保护法", 51)
def test_whoever_looks_is_written_down(scene: Scene) -> None:
    case = scene.apply(address="演示市第一路7号", agent_name="代某", agent_id_number="", agent_telephone="")
    identity = reveal(case_id=case.pk, actor=scene.cast.clerk, reason=f" {WHY}\n")
    assert (identity.name, identity.id_number) == (case.applicant_name, case.id_number)
    assert (identity.telephone, identity.address) == (case.telephone, "演示市第一路7号")
    assert identity.agent_name == "代某"
    view = IdentityView.objects.get()
    assert (view.application_id, view.by, view.reason) == (case.pk, scene.cast.clerk, WHY)
    entry = Entry.objects.get(act="applications.reveal")
    assert (entry.facts["view"], entry.actor) == (view.pk, scene.cast.clerk.username)
    assert case.id_number not in entry.body


def test_every_look_is_one(scene: Scene) -> None:
    case = scene.at(Stage.CLOSED)
    for _ in range(2):
        reveal(case_id=case.pk, actor=scene.cast.clerk, reason=WHY)
    assert IdentityView.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_at_once_both_are_written_down(scene: Scene) -> None:
    case = scene.apply()
    at_once(*[lambda: reveal(case_id=case.pk, actor=scene.cast.clerk, reason=WHY)] * 2)
    assert IdentityView.objects.count() == Entry.objects.filter(act="applications.reveal").count() == 2


@pytest.mark.parametrize("who", ["drafter", "approver", "supervisor"])
def test_others_do_not_see_it(scene: Scene, who: str) -> None:
    case = scene.apply()
    with nothing_written(), pytest.raises(NotAllowed):
        reveal(case_id=case.pk, actor=getattr(scene.cast, who), reason=WHY)
    assert not IdentityView.objects.exists()


def test_for_outsiders_there_is_no_case(scene: Scene) -> None:
    case = scene.apply()
    for outsider in outsiders(scene):
        with nothing_written(), pytest.raises(CaseNotFound):
            reveal(case_id=case.pk, actor=outsider, reason=WHY)


@pytest.mark.parametrize("reason", ["", " \n\u200b", "因" * (LONGEST + 1)])
def test_without_a_reason_nothing_is_shown(scene: Scene, reason: str) -> None:
    case = scene.apply()
    with nothing_written(), pytest.raises(Invalid) as refused:
        reveal(case_id=case.pk, actor=scene.cast.clerk, reason=reason)
    assert refused.value.field == "reason"


def test_a_look_cannot_be_taken_back(scene: Scene) -> None:
    reveal(case_id=scene.apply().pk, actor=scene.cast.clerk, reason=WHY)
    with pytest.raises(DatabaseError), transaction.atomic():
        IdentityView.objects.all().delete()
