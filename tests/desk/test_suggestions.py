"""The pages of article 44: suggestions for who answers, drafts for who edits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.applications.selectors import repeated
from gongkai.disclosure.models import ItemDraft
from gongkai.law.procedure import Stage
from tests.applications.scenes import WAY_TO, Scene
from tests.applications.test_repeated import ASKED, DAY, ask


@pytest.fixture(autouse=True)
def _in_june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "today", lambda: DAY)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def three(scene: Scene) -> int:
    """Three ask, one is answered: its key."""
    cases = [ask(scene, serial) for serial in range(3)]
    scene.along(cases[0], *WAY_TO[Stage.ARCHIVE])
    return cases[0].pk


def test_from_suggestion_to_draft_to_discarding(scene: Scene) -> None:
    case_id, clerk, editor = three(scene), signed_in(scene.cast.clerk), signed_in(scene.cast.editor)
    page = clerk.get(reverse("desk:publish_suggestions")).content.decode()
    assert ASKED in page
    assert "已有3个申请人" in page
    assert "转为主动公开草稿" in page
    sent = clerk.post(reverse("desk:draft_item", args=[case_id]), {"from": "suggestions"}, follow=True)
    assert "已转为主动公开草稿" in sent.content.decode()
    assert "已拟草稿" in sent.content.decode()
    draft = ItemDraft.objects.get()
    assert ASKED in editor.get(reverse("desk:item_drafts")).content.decode()
    assert draft.body in editor.get(reverse("desk:item_draft", args=[draft.pk])).content.decode()
    gone = editor.post(reverse("desk:item_draft_discard", args=[draft.pk]), follow=True)
    assert "没有待审阅的草稿" in gone.content.decode()


def test_a_case_can_be_drafted_on_its_page(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    clerk = signed_in(scene.cast.clerk)
    address = reverse("desk:draft_item", args=[application.pk])
    page = reverse("desk:case", args=[application.pk])
    assert address in clerk.get(page).content.decode()
    assert clerk.post(address).headers["Location"] == page
    assert "已经拟有草稿" in clerk.post(address, follow=True).content.decode()
    assert address not in signed_in(scene.cast.supervisor).get(page).content.decode()


def test_an_unanswered_case_offers_none(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    clerk = signed_in(scene.cast.clerk)
    address = reverse("desk:draft_item", args=[application.pk])
    assert address not in clerk.get(reverse("desk:case", args=[application.pk])).content.decode()
    assert "只有答复为“予以公开”的" in clerk.post(address, follow=True).content.decode()
    assert not ItemDraft.objects.exists()


@pytest.mark.parametrize("who", ["editor", "other_clerk", "stranger"])
def test_strangers_to_the_case(scene: Scene, who: str) -> None:
    case_id, client = three(scene), signed_in(getattr(scene.cast, who))
    assert client.post(reverse("desk:draft_item", args=[case_id])).status_code == 404
    assert ASKED not in client.get(reverse("desk:publish_suggestions")).content.decode()


@pytest.mark.parametrize("who", ["clerk", "other_clerk", "stranger"])
def test_drafts_of_others_do_not_exist(scene: Scene, who: str) -> None:
    case_id = three(scene)
    signed_in(scene.cast.clerk).post(reverse("desk:draft_item", args=[case_id]))
    draft, client = ItemDraft.objects.get(), signed_in(getattr(scene.cast, who))
    assert client.get(reverse("desk:item_draft", args=[draft.pk])).status_code == 404
    assert client.post(reverse("desk:item_draft_discard", args=[draft.pk])).status_code == 404
    assert draft.title not in client.get(reverse("desk:item_drafts")).content.decode()


def test_only_by_post_and_signed_in(scene: Scene) -> None:
    clerk = signed_in(scene.cast.clerk)
    assert clerk.get(reverse("desk:draft_item", args=[1])).status_code == 405
    for name in ("publish_suggestions", "item_drafts"):
        assert "/login/" in Client().get(reverse(f"desk:{name}")).headers["Location"]


def test_the_navigation_follows_the_roles(scene: Scene) -> None:
    suggestions, drafts = reverse("desk:publish_suggestions"), reverse("desk:item_drafts")
    cases = {"clerk": (True, False), "approver": (True, False), "editor": (False, True), "supervisor": (False, False)}
    for who, expected in cases.items():
        page = signed_in(getattr(scene.cast, who)).get(reverse("desk:calendar_year", args=[2026])).content.decode()
        assert (f'href="{suggestions}"' in page, f'href="{drafts}"' in page) == expected, who
