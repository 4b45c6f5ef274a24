"""The page on which boxes are drawn: each change is one form; what is refused comes back with what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.applications import redaction_views
from gongkai.applications.actions.begin_redaction import begin_redaction
from gongkai.applications.actions.finish_redaction import propose_boxes
from gongkai.applications.models import Application, Redaction
from gongkai.documents.bounded import OutOfTime
from gongkai.law.procedure import Stage
from tests.applications.scenes import NO_SUCH_CASE, Scene, outsiders
from tests.applications.test_redact import an_original, begun, engine, finished
from tests.portal.pages import text_of, value_of

__all__ = ["engine"]

BOX = {"left": "10", "top": "20.5", "right": "30", "bottom": "25", "ground": "internal_affairs", "note": "单价"}


def change(client: Client, redaction: Redaction, act: str, **typed: Any) -> Any:
    redaction.refresh_from_db()
    sent = {"act": act, "page": "1", "seen": redaction.changes, **typed}
    return client.post(reverse("desk:redaction_change", args=[redaction.pk]), sent, follow=True)


def test_begun_on_the_case_page(client: Client, scene: Scene, engine: object) -> None:
    paper = an_original(scene)
    client.force_login(scene.cast.drafter)
    case = reverse("desk:case", args=[paper.application_id])
    html = client.get(case).content.decode()
    address = reverse("desk:redact", args=[paper.pk])
    assert f'action="{address}"' in html
    assert "不提供给申请人" in html
    page = client.post(address, follow=True)
    assert "养护合同.pdf，第 1 页，共 2 页" in text_of(page)
    assert "正在扫描" in text_of(page)
    assert f'href="{reverse("desk:redaction", args=[Redaction.objects.get().pk])}"' in client.get(case).content.decode()
    client.force_login(scene.cast.supervisor)
    assert f'action="{address}"' not in client.get(case).content.decode()


def test_boxes_by_form(client: Client, scene: Scene, engine: object) -> None:
    redaction = begun(scene)
    client.force_login(scene.cast.drafter)
    page = change(client, redaction, "add", **BOX)
    box = redaction.boxes.get(origin="hand")
    assert (box.left, box.top, box.right, box.bottom) == (0.1, 0.205, 0.3, 0.25)
    html = page.content.decode()
    assert f'data-box="{box.pk}" x="100.00" y="205.00" width="200.00" height="45.00"' in html
    assert 'class="is-proposed"' in html
    assert "1101************38" in html
    assert 'value="internal_affairs" selected' in html.split('id="id_new_ground"')[1].split("</select>")[0]
    change(client, redaction, "edit", **{**BOX, "box": box.pk, "note": "总价"})
    assert redaction.boxes.get(pk=box.pk).note == "总价"
    change(client, redaction, "take", box=redaction.boxes.get(rule="D1").pk)
    page = change(client, redaction, "dismiss_all", rule="D4")
    assert "2 处扫描建议没有采用" in text_of(page)
    assert set(redaction.boxes.values_list("taken", flat=True)) == {True}
    change(client, redaction, "remove", box=box.pk)
    assert redaction.boxes.count() == 1
    answer = client.post(reverse("desk:redaction_finish", args=[redaction.pk]), {"page": "1"}, follow=True)
    assert "等待生成" in text_of(answer)
    assert 'data-unfinished="making"' in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"left": "nan"}, "数字"),
        ({"right": "1e9"}, "100"),
        ({"top": "-5"}, "0"),
        ({"right": "5"}, "右边应当大于左边"),
        ({"ground": "because"}, "选择"),
        ({"note": "长" * 101}, "100"),
        ({"left": ""}, "左边"),
    ],
)
def test_what_is_refused_comes_back(
    client: Client, scene: Scene, engine: object, wrong: dict[str, str], words: str
) -> None:
    redaction = begun(scene, scanned=False)
    client.force_login(scene.cast.drafter)
    page = change(client, redaction, "add", **{**BOX, **wrong})
    assert words in text_of(page)
    assert 'id="error-summary"' in page.content.decode()
    assert value_of(page, "bottom") == "25"
    assert not redaction.boxes.exists()


def test_a_stale_page_tells_who_and_keeps_the_box(client: Client, scene: Scene, engine: object) -> None:
    redaction = begun(scene)
    client.force_login(scene.cast.clerk)
    change(client, redaction, "add", **BOX)
    client.force_login(scene.cast.drafter)
    page = change(client, redaction, "add", **{**BOX, "left": "11.5", "seen": "0"})
    assert "Clerk已于" in text_of(page)
    assert value_of(page, "left") == "11.5"
    assert redaction.boxes.count() == 4
    redaction.refresh_from_db()
    assert value_of(page, "seen") == str(redaction.changes), "having seen it, the same form may be sent again"


@pytest.mark.parametrize("junk", ["", "0", "-1", "99", "9" * 30, "²", "x"])
def test_addresses_that_nobody_was_given(
    client: Client, scene: Scene, engine: object, junk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    redaction = begun(scene)
    client.force_login(scene.cast.drafter)
    answer = client.get(reverse("desk:redaction", args=[redaction.pk]), {"page": junk})
    assert answer.status_code == 200
    change(client, redaction, "remove", box=junk, page=junk, seen=redaction.changes)
    assert redaction.boxes.count() == 3
    assert client.post(reverse("desk:redaction_change", args=[redaction.pk]), {"act": junk}).status_code == 404
    monkeypatch.setattr(redaction_views, "page_picture", lambda document, page: b"")
    assert client.get(f"/desk/redactions/{redaction.pk}/pages/{junk}.png").status_code == 404


def test_pages_are_for_readers_of_the_case(client: Client, scene: Scene, engine: object, monkeypatch: Any) -> None:
    redaction = begun(scene)
    monkeypatch.setattr(redaction_views, "page_picture", lambda document, page: b"PNG of %d" % page)
    page = reverse("desk:redaction", args=[redaction.pk])
    picture = reverse("desk:redaction_picture", args=[redaction.pk, 2])
    assert client.get(picture).status_code == 302
    client.force_login(scene.cast.supervisor)
    answer = client.get(picture)
    assert answer.content == b"PNG of 2"
    assert "no-store" in answer.headers["Cache-Control"]
    html = client.get(page).content.decode()
    assert "新的遮盖框" not in html
    assert "生成遮盖件" not in html
    for stranger in outsiders(scene):
        client.force_login(stranger)
        assert client.get(page).status_code in (302, 404)
        assert client.get(picture).status_code in (302, 404)
        assert client.post(reverse("desk:redaction_drop", args=[redaction.pk])).status_code in (403, 404)
    assert Redaction.objects.filter(pk=redaction.pk).exists()
    client.force_login(scene.cast.drafter)
    assert client.get(reverse("desk:redaction", args=[NO_SUCH_CASE])).status_code == 404


def test_a_page_that_cannot_be_drawn(client: Client, scene: Scene, engine: object, monkeypatch: Any) -> None:
    def fails(document: object, page: int) -> bytes:
        raise OutOfTime.after(60)

    redaction = begun(scene)
    monkeypatch.setattr(redaction_views, "page_picture", fails)
    client.force_login(scene.cast.drafter)
    answer = client.get(reverse("desk:redaction_picture", args=[redaction.pk, 1]))
    assert answer.status_code == 503
    assert "60 秒" in answer.content.decode()


def test_finished_and_given_up(client: Client, scene: Scene, engine: object) -> None:
    redaction = finished(scene)
    client.force_login(scene.cast.drafter)
    text = text_of(client.get(reverse("desk:redaction", args=[redaction.pk])))
    assert "遮盖件已经生成并通过检查" in text
    assert "删除" not in text
    page = text_of(client.get(reverse("desk:case", args=[redaction.paper.application_id])))
    assert "“养护合同.pdf”的遮盖件" in page
    assert "重新遮盖" in page
    again = begin_redaction(paper_id=redaction.paper_id, actor=scene.cast.drafter)
    answer = client.post(reverse("desk:redaction_drop", args=[again.pk]), follow=True)
    assert "已放弃遮盖" in text_of(answer)
    assert list(Redaction.objects.all()) == [redaction]


def test_in_a_closed_case_it_is_only_looked_at(client: Client, scene: Scene, engine: object) -> None:
    redaction = begun(scene)
    Application.objects.filter(pk=redaction.paper.application_id).update(stage=Stage.CLOSED)
    client.force_login(scene.cast.drafter)
    html = client.get(reverse("desk:redaction", args=[redaction.pk])).content.decode()
    assert "生成遮盖件" not in html
    assert "归档" in text_of(change(client, redaction, "add", **BOX))


def test_pages_with_many_boxes(
    client: Client, scene: Scene, engine: object, django_assert_max_num_queries: Any
) -> None:
    """The page costs the same with one proposal as with hundreds."""
    redaction = begun(scene, scanned=False)
    propose_boxes(redaction.pk)
    client.force_login(scene.cast.drafter)
    with django_assert_max_num_queries(14):
        client.get(reverse("desk:redaction", args=[redaction.pk]))
