"""What is done on the case page beside the steps: by whoever may, refused beside its form, nobody else's business."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Person, Unit
from gongkai.agencies.selectors import today
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.models import Application, IdentityView, Note, Paper, PaperKind
from gongkai.documents.upload_fields import Upload
from gongkai.law.procedure import Stage
from gongkai.ledger.models import Chain
from gongkai.ledger.verification import verify
from tests.applications.scenes import Scene
from tests.cast import Cast
from tests.desk.test_case import IDENTITY, acts_of, case_url, secrets_of, seen_by
from tests.documents.uploads import PROGRAM, TEXT
from tests.portal.pages import text_of, value_of

SCAN = Upload("工作底稿.txt", "text/plain", TEXT)


def send(client: Client, person: Person, application: Application, act: str, **typed: Any) -> Any:
    client.force_login(person)
    return client.post(f"{case_url(application)}{act}/", typed)


# --- work ---


def test_given_out_from_the_page(client: Client, cast: Cast) -> None:
    unit = Unit.objects.create(agency=cast.agency, name="环卫科")
    application = cast.apply(on=today()).application
    typed = {"unit": unit.pk, "holder": cast.drafter.pk, "internal_due_on": today().isoformat(), "remark": "请速办"}
    assert send(client, cast.clerk, application, "assign", **typed).status_code == 302
    page = text_of(seen_by(client, cast.drafter, application))
    for words in ("承办科室 环卫科", f"承办人员 {cast.drafter.display_name}", "请速办"):
        assert words in page
    assert "认领，由我承办" not in page


def test_claimed_from_the_page(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    assert "claim" in acts_of(seen_by(client, cast.drafter, application))
    send(client, cast.drafter, application, "claim")
    application.refresh_from_db()
    assert application.holder == cast.drafter
    send(client, cast.clerk, application, "claim")
    assert "本件已由" in text_of(seen_by(client, cast.clerk, application))


def test_a_wrong_day_stands_beside_its_field(client: Client, cast: Cast) -> None:
    application = cast.apply(on=today()).application
    typed = {"holder": cast.drafter.pk, "internal_due_on": "2999-12-31", "remark": "说明还在"}
    response = send(client, cast.clerk, application, "assign", **typed)
    assert response.status_code == 200
    wrong = response.content.decode().split('data-field="internal_due_on"')[1].split("data-field=")[0]
    assert "内部办理期限不能晚于这一天" in wrong
    assert value_of(response, "remark") == "说明还在"


def test_others_are_told_that_they_may_not(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    for act, typed in (
        ("assign", {"holder": cast.drafter.pk}),
        ("notes", {"text": "备注"}),
        ("papers", {"kind": "material", "uploads": SimpleUploadedFile("a.txt", TEXT)}),
        ("identity", {"reason": "好奇"}),
        ("split", {"matters": "一\n二", "on": today().isoformat(), "seen": application.steps_taken}),
    ):
        response = send(client, cast.supervisor, application, act, **typed)
        assert response.status_code == 200, act
        assert "这一步现在不能办理" in text_of(response), act
    assert [table.objects.count() for table in (Note, Paper, IdentityView)] == [0, 0, 0]
    assert Application.objects.count() == 1
    assert acts_of(seen_by(client, cast.supervisor, application)) == set()


@pytest.mark.parametrize("who", ["other_clerk", "stranger", "editor", "administrator"])
def test_for_outsiders_there_is_nothing(client: Client, cast: Cast, who: str) -> None:
    application = cast.apply().application
    (paper,) = add_paper(case_id=application.pk, actor=cast.clerk, kind=PaperKind.MATERIAL, uploads=[SCAN])
    outsider = getattr(cast, who)
    for act in ("assign", "claim", "split", "papers", "notes", "identity"):
        assert send(client, outsider, application, act, reason="x", text="x").status_code == 404, act
    assert client.get(reverse("desk:paper", args=[paper.pk])).status_code == 404
    assert not IdentityView.objects.exists()


# --- split ---


def test_split_from_the_page(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    typed = {"matters": "北区合同\n\n2020年名单", "on": today().isoformat(), "seen": application.steps_taken}
    assert send(client, cast.clerk, application, "split", **typed).status_code == 302
    (part,) = application.parts.all()
    first, second = (text_of(seen_by(client, cast.clerk, case)) for case in (application, part))
    assert part.number in first
    assert "北区合同 申请表原文" in first
    assert application.number in second
    assert "本件由它拆分" in second
    assert "split" not in acts_of(seen_by(client, cast.clerk, application))


def test_one_matter_is_no_split(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    typed = {"matters": "只有一项", "on": today().isoformat(), "seen": application.steps_taken}
    response = send(client, cast.clerk, application, "split", **typed)
    assert "请写出2至20个事项" in text_of(response)
    assert value_of(response, "matters") == "只有一项"


# --- papers ---


def test_papers_come_in_and_go_out(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    file = SimpleUploadedFile("工作底稿.txt", TEXT)
    assert send(client, cast.drafter, application, "papers", kind="material", uploads=file).status_code == 302
    paper = application.papers.get()
    page = text_of(seen_by(client, cast.supervisor, application))
    assert f"工作底稿.txt 办理材料，{len(TEXT)}" in page.replace("\xa0", " ")
    assert cast.drafter.display_name in page
    response = client.get(reverse("desk:paper", args=[paper.pk]))
    assert response.content == TEXT
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.article("个人信息保护法", 51)
@pytest.mark.parametrize(
    ("kind", "noted"),
    [
        (PaperKind.FORM, ["打开材料：申请表或来信"]),
        (PaperKind.AUTHORITY, ["打开材料：授权委托书及身份证明"]),
        (PaperKind.MATERIAL, []),
    ],
)
def test_who_opens_a_paper_of_identity_is_noted(client: Client, cast: Cast, kind: PaperKind, noted: list[str]) -> None:
    application = cast.apply().application
    (paper,) = add_paper(case_id=application.pk, actor=cast.clerk, kind=kind, uploads=[SCAN])
    seen_by(client, cast.supervisor, application)
    assert not IdentityView.objects.exists()
    english = {"headers": {"Accept-Language": "en"}}
    assert client.get(reverse("desk:paper", args=[paper.pk]), **english).content == TEXT
    looks = [(view.by, view.reason) for view in application.identity_views.all()]
    assert looks == [(cast.supervisor, reason) for reason in noted], "in Chinese, whatever language the page is in"
    client.force_login(cast.other_clerk)
    assert client.get(reverse("desk:paper", args=[paper.pk])).status_code == 404
    assert application.identity_views.count() == len(looks)
    assert list(verify(Chain.objects.get(name=cast.agency.slug))) == []


def test_what_the_gate_refuses_is_told_at_its_place(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    file = SimpleUploadedFile("程序.pdf", PROGRAM)
    response = send(client, cast.clerk, application, "papers", kind="material", uploads=file)
    assert response.status_code == 200
    assert "程序.pdf" in text_of(response)
    assert not application.papers.exists()


def test_a_closed_case_takes_only_what_comes_after(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.CLOSED)
    page = seen_by(client, cast.clerk, application)
    assert {"papers", "notes", "identity"} <= acts_of(page)
    assert not {"assign", "claim", "split"} & acts_of(page)
    assert "第 1 卷" in text_of(page)
    offered = page.content.decode().split('name="kind"')[1].split("</select>")[0]
    assert "复议、诉讼材料" in offered
    assert "办理材料" not in offered
    file = SimpleUploadedFile("决定书.txt", TEXT)
    assert send(client, cast.clerk, application, "papers", kind="material", uploads=file).status_code == 200
    file.seek(0)
    assert send(client, cast.clerk, application, "papers", kind="review", uploads=file).status_code == 302
    assert application.papers.get().kind == PaperKind.REVIEW


# --- notes ---


def test_a_note_is_for_colleagues(client: Client, cast: Cast) -> None:
    received = cast.apply()
    assert send(client, cast.drafter, received.application, "notes", text="已问过档案室").status_code == 302
    assert "已问过档案室" in text_of(seen_by(client, cast.approver, received.application))
    citizen = Client()
    answer = citizen.post("/progress/", {"query_code": received.query_code}, follow=True)
    assert "已问过档案室" not in answer.content.decode()


# --- identity ---


@pytest.mark.article("个人信息保护法", 51)
def test_the_identity_is_shown_once_for_a_reason(client: Client, cast: Cast) -> None:
    application = cast.apply(**IDENTITY).application
    response = send(client, cast.clerk, application, "identity", reason="寄送答复书")
    page = response.content.decode()
    assert response.status_code == 200
    assert all(secret in page for secret in secrets_of(application))
    assert "no-store" in response.headers["Cache-Control"]
    after = seen_by(client, cast.clerk, application).content.decode()
    assert not [secret for secret in secrets_of(application) if secret in after]
    for person in (cast.clerk, cast.supervisor):
        text = text_of(seen_by(client, person, application))
        assert "查看记录：1 次" in text
        assert "寄送答复书" in text
    assert IdentityView.objects.get().by == cast.clerk


def test_without_a_reason_nothing_is_shown(client: Client, cast: Cast) -> None:
    application = cast.apply(**IDENTITY).application
    response = send(client, cast.clerk, application, "identity", reason=" ")
    assert "请填写查看的原因" in text_of(response)
    assert not [secret for secret in secrets_of(application) if secret in response.content.decode()]
    client.force_login(cast.clerk)
    assert client.get(f"{case_url(application)}identity/", {"reason": "x"}).status_code == 405
    assert not IdentityView.objects.exists()


# --- alike ---


def test_cases_alike_stand_beside(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    earlier = scene.at(Stage.ARCHIVE)
    again = cast.apply().application
    page = text_of(seen_by(client, cast.drafter, again))
    for words in ("可能是重复申请", earlier.number, "同一申请人的其他申请（1）", "相近 100%"):
        assert words in page
    assert earlier.applicant_name not in page


def test_an_answered_case_is_not_called_repeated(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    earlier = scene.at(Stage.ARCHIVE)
    assert "可能是重复申请" not in text_of(seen_by(client, cast.drafter, earlier))


def test_the_page_takes_as_many_queries_for_many_as_for_few(client: Client, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    application = cast.apply().application
    cast.apply()
    client.force_login(cast.clerk)
    client.get(case_url(application))
    with CaptureQueriesContext(connection) as few:
        client.get(case_url(application))
    for number in range(5):
        cast.apply()
        send(client, cast.clerk, application, "notes", text=f"备注{number}")
        send(client, cast.clerk, application, "identity", reason=f"原因{number}")
        upload = Upload(f"{number}.txt", "text/plain", TEXT + str(number).encode())
        add_paper(case_id=application.pk, actor=cast.clerk, kind=PaperKind.MATERIAL, uploads=[upload])
    with CaptureQueriesContext(connection) as many:
        client.get(case_url(application))
    assert len(many) == len(few) <= 34, [query["sql"][:150] for query in many.captured_queries]
