"""What the applicant does on the progress page: correct with files, give reasons, pay, withdraw, rate; what went out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.agencies.selectors import today
from gongkai.applications.actions.split import split
from gongkai.applications.actions.withdraw import withdraw
from gongkai.applications.models import Application, Letter, LetterKind, Paper, PaperKind, Rating
from gongkai.applications.selectors import public_case, public_enclosure
from gongkai.documents.store import keep
from gongkai.documents.upload_fields import Upload
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import GRANTED, RECEIVED, STRAIGHT, WAY_TO, Scene
from tests.cast import Cast
from tests.documents.uploads import PAGE, pdf
from tests.portal.pages import addresses_of, text_of, value_of
from tests.portal.test_progress import PAGE as CASE
from tests.portal.test_progress import look_up

AGAIN = (StepKind.OPINION, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast)


@pytest.fixture
def opened(client: Client, scene: Scene) -> Application:
    """An application whose holder has proved the code in this browser."""
    received = scene.cast.apply()
    look_up(client, received.query_code)
    return received.application


def file(name: str = "合同.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if data is None else data)


def accepted(scene: Scene, application: Application) -> Application:
    return scene.along(application, StepKind.REGISTER, StepKind.ACCEPT)


# --- correction ---


@pytest.fixture
def to_correct(client: Client, scene: Scene) -> Application:
    received = scene.cast.apply(on=today())
    look_up(client, received.query_code)
    for kind in (StepKind.REGISTER, StepKind.ACCEPT):
        scene.take(kind, received.application, on=today())
    later = today() + timedelta(days=20)
    return scene.take(StepKind.CORRECTION_NOTICE, received.application, on=today(), correct_by=later)


@pytest.mark.article("条例", 30)
def test_a_correction_with_its_files(client: Client, to_correct: Application) -> None:
    answer = client.post(reverse("portal:correct"), {"text": "2020年，北区", "papers": [file(), file("图.pdf")]})
    assert answer.headers["Location"] == CASE
    step = to_correct.steps.get(kind=StepKind.CORRECTED.value)
    assert (step.on, step.actor, step.facts) == (today(), None, {"text": "2020年，北区"})
    (paper,) = step.papers.all()
    assert (paper.kind, paper.name, paper.added_by) == (PaperKind.CORRECTION, "合同.pdf", None), "the same bytes once"


def test_a_refused_file_of_a_correction_saves_nothing(client: Client, to_correct: Application) -> None:
    answer = client.post(reverse("portal:correct"), {"text": "2020年，北区", "papers": file("图.pdf", PAGE)})
    assert "图.pdf" in text_of(answer)
    assert 'id="correction_papers_error"' in answer.content.decode()
    assert value_of(answer, "text") == "2020年，北区"
    assert not to_correct.steps.filter(kind=StepKind.CORRECTED.value).exists()
    assert not Paper.objects.exists()


def test_a_correction_sent_twice_is_one(client: Client, to_correct: Application) -> None:
    for _ in range(2):
        answer = client.post(reverse("portal:correct"), {"text": " 2020年，北区 "})
        assert answer.headers["Location"] == CASE
    assert to_correct.steps.filter(kind=StepKind.CORRECTED.value).count() == 1
    other = client.post(reverse("portal:correct"), {"text": "2021年，南区"})
    assert "这一步现在不能办理" in text_of(other)
    assert value_of(other, "text") == "2021年，南区"


# --- reasons, fee ---


@pytest.mark.article("条例", 35)
def test_reasons_are_asked_and_given(client: Client, scene: Scene, opened: Application) -> None:
    later = today() + timedelta(days=30)
    scene.take(StepKind.REASONS_ASKED, accepted(scene, opened), on=today(), until=later)
    text = text_of(client.get(CASE))
    assert "请您说明申请的理由" in text
    assert "您自2025年1月1日以来已申请62件" in text
    assert f"{later.year}年{later.month}月{later.day}日以前" in text
    assert "请填写申请的理由。" in text_of(client.post(reverse("portal:reasons"), {"text": ""}))
    for _ in range(2):
        given = client.post(reverse("portal:reasons"), {"text": "撰写学位论文需要。", "papers": file()})
        assert given.headers["Location"] == CASE
    assert opened.steps.get(kind=StepKind.REASONS_GIVEN.value).papers.get().kind == PaperKind.REASONS
    text = text_of(client.get(CASE))
    assert "收到您说明的理由" in text
    assert reverse("portal:reasons") not in addresses_of(client.get(CASE))


def test_reasons_nobody_asked_for_are_refused_and_kept(client: Client, opened: Application) -> None:
    answer = client.post(reverse("portal:reasons"), {"text": "我的理由"})
    assert "这一步现在不能办理" in text_of(answer)
    assert value_of(answer, "text") == "我的理由"


@pytest.mark.article("条例", 42)
def test_the_fee_is_shown_until_it_is_paid(client: Client, scene: Scene, opened: Application) -> None:
    scene.take(StepKind.FEE_NOTICE, accepted(scene, opened), received=RECEIVED + timedelta(days=7))
    text = text_of(client.get(CASE))
    # 68 pages: 30 free, 38 at 10 yuan (收费办法 5).
    for words in ("请您缴纳信息处理费", "380元", "演示银行营业厅", "2025年4月8日", "收费通知书"):
        assert words in text
    scene.take(StepKind.FEE_PAID, opened)
    text = text_of(client.get(CASE))
    assert "380元" not in text
    assert "已收到缴费" in text


# --- withdrawal ---


def test_withdrawing_is_asked_once_more(client: Client, scene: Scene, opened: Application) -> None:
    page = reverse("portal:withdraw")
    assert page not in addresses_of(client.get(CASE)), "not before it is registered"
    scene.take(StepKind.REGISTER, opened)
    assert page in addresses_of(client.get(CASE))
    asked = client.get(page)
    assert "确定要撤回申请吗" in text_of(asked)
    assert not opened.steps.filter(kind=StepKind.WITHDRAWAL.value).exists()
    for _ in range(2):
        assert client.post(page, {"reason": "已经在网站上找到"}).headers["Location"] == CASE
    step = opened.steps.get(kind=StepKind.WITHDRAWAL.value)
    assert (step.on, step.actor) == (today(), None)
    assert step.facts["reason"] == "已经在网站上找到"
    assert "您撤回了申请" in text_of(client.get(CASE))
    assert page not in addresses_of(client.get(CASE))


def test_what_is_signed_is_not_withdrawn(client: Client, scene: Scene, opened: Application) -> None:
    scene.along(opened, *STRAIGHT[:5])
    page = reverse("portal:withdraw")
    assert page not in addresses_of(client.get(CASE))
    assert "现在不能在网上撤回" in text_of(client.get(page))
    before = opened.steps.count()
    assert "这一步现在不能办理" in text_of(client.post(page, {"reason": ""}))
    assert opened.steps.count() == before


def test_withdrawing_in_two_tabs_at_once_is_withdrawing(
    client: Client, scene: Scene, opened: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tab came in between, after this one had been read."""
    scene.take(StepKind.REGISTER, opened)

    def twice(**act: Any) -> None:
        withdraw(**act)
        withdraw(**act)

    monkeypatch.setattr("gongkai.applications.progress_views.withdraw_case", twice)
    assert client.post(reverse("portal:withdraw"), {"reason": ""}).headers["Location"] == CASE


# --- rating ---


def test_the_reply_is_rated_once(client: Client, scene: Scene, opened: Application) -> None:
    rate = reverse("portal:rate")
    assert rate not in addresses_of(client.get(CASE))
    scene.along(opened, *STRAIGHT[:6])
    assert rate in addresses_of(client.get(CASE))
    assert "请选择是否满意。" in text_of(client.post(rate, {"opinion": "还行"}))
    assert "请从列出的选项中选择一项。" in text_of(client.post(rate, {"score": "6"}))
    for _ in range(2):
        assert client.post(rate, {"score": "4", "opinion": "很快"}).headers["Location"] == CASE
    assert (Rating.objects.get().score, Rating.objects.get().text) == (4, "很快")
    assert "谢谢" in text_of(client.get(CASE))
    assert rate not in addresses_of(client.get(CASE))
    again = client.post(rate, {"score": "1", "opinion": ""})
    assert "已经评价过" in text_of(again)
    assert Rating.objects.get().score == 4


def test_a_case_without_a_reply_is_not_rated(client: Client, opened: Application) -> None:
    assert "答复发出以后才能评价" in text_of(client.post(reverse("portal:rate"), {"score": "1"}))
    assert not Rating.objects.exists()


# --- what went out ---


def test_enclosures_go_out_with_the_reply_and_nothing_else_of_the_file(
    client: Client, scene: Scene, opened: Application
) -> None:
    uploads = [Upload("养护合同.pdf", "application/pdf", pdf())]
    slots = {**GRANTED["slots"], "provision": "attached"}
    scene.take(StepKind.OPINION, accepted(scene, opened), **{**GRANTED, "slots": slots}, enclosures=uploads)
    paper = opened.papers.get()
    address = reverse("portal:enclosure", args=[paper.pk])
    scene.along(opened, StepKind.DECISION, StepKind.SIGN)
    assert client.get(address).status_code == 404, "signed is not sent"
    assert "养护合同" not in text_of(client.get(CASE))
    scene.take(StepKind.DELIVER, opened)
    assert address in addresses_of(client.get(CASE))
    sent = client.get(address)
    assert sent.content == pdf()
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in sent.headers["Cache-Control"]
    assert Client().get(address).status_code == 404
    other = scene.apply()
    assert public_enclosure(other, paper.pk) is None


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind is not PaperKind.ENCLOSURE])
def test_no_other_paper_is_shown(client: Client, scene: Scene, opened: Application, kind: PaperKind) -> None:
    scene.along(opened, *STRAIGHT[:6])
    paper = Paper.objects.create(
        application=opened, kind=kind, name="内部.pdf", document=keep(pdf(), name="x", media_type="application/pdf")
    )
    assert client.get(reverse("portal:enclosure", args=[paper.pk])).status_code == 404
    assert "内部" not in text_of(client.get(CASE))


def test_a_reply_that_was_replaced_says_by_which(client: Client, scene: Scene, opened: Application) -> None:
    scene.along(opened, *STRAIGHT, StepKind.REOPEN)
    first = opened.letters.get(kind=LetterKind.REPLY)
    case = public_case(opened)
    assert first in case.letters, "the first reply stays while the case is worked on again"
    assert (case.answered_on, case.outcome) == (None, None)
    assert "重新办理" in text_of(client.get(CASE))
    day = RECEIVED.replace(month=6, day=5)
    for kind in AGAIN[:3]:
        scene.take(kind, opened, on=day)
    second = Letter.objects.filter(application=opened, kind=LetterKind.REPLY).latest("pk")
    assert second not in public_case(opened).letters
    assert client.get(reverse("portal:letter", args=[second.pk])).status_code == 404
    assert "替代" not in text_of(client.get(CASE))
    scene.take(StepKind.DELIVER, opened, on=day)
    assert f"已被{second.number}替代" in text_of(client.get(CASE))
    for letter in (first, second):
        assert client.get(reverse("portal:letter", args=[letter.pk])).content.startswith(b"%PDF")


def test_steps_of_the_office_are_not_told(client: Client, scene: Scene, opened: Application) -> None:
    scene.route()
    scene.along(opened, *STRAIGHT[:4], StepKind.REVIEW)
    text = text_of(client.get(CASE))
    for words in ("审核", "报批", "同意。", "退回"):
        assert words not in text


# --- one form, several cases ---


def test_the_parts_of_one_form_are_followed_with_one_code(client: Client, scene: Scene, opened: Application) -> None:
    mine, part = split(
        case_id=opened.pk, actor=scene.cast.clerk, on=RECEIVED, matters=["2020年度专项资金", "2021年度绿化合同"]
    )
    text = text_of(client.get(CASE))
    assert part.number in text
    assert "2021年度绿化合同" in text
    went = client.post(reverse("portal:progress_part", args=[part.pk]))
    assert went.headers["Location"] == CASE
    text = text_of(client.get(CASE))
    assert f"申请编号 {part.number}" in text
    assert mine.number in text
    client.post(reverse("portal:progress_part", args=[mine.pk]))
    assert f"申请编号 {mine.number}" in text_of(client.get(CASE))


def test_no_other_case_is_opened_that_way(client: Client, scene: Scene, opened: Application) -> None:
    other = scene.apply()
    assert client.post(reverse("portal:progress_part", args=[other.pk])).status_code == 404
    assert Client().post(reverse("portal:progress_part", args=[opened.pk])).status_code == 404
    assert client.get(reverse("portal:progress_part", args=[opened.pk])).status_code == 405
    assert opened.number in text_of(client.get(CASE))


# --- strangers, cost ---


@pytest.mark.parametrize("name", ["correct", "reasons", "rate", "withdraw"])
def test_nothing_is_done_without_the_code(cast: Cast, name: str) -> None:
    application = cast.apply().application
    answer = Client().post(reverse(f"portal:{name}"), {"text": "x", "score": "5"})
    assert answer.headers["Location"] == reverse("portal:progress")
    assert application.steps.count() == 1


@pytest.mark.parametrize("stage", [Stage.REGISTER, Stage.CORRECT, Stage.CONSULT, Stage.ARCHIVE])
def test_the_page_asks_the_database_six_times_at_most(
    client: Client, scene: Scene, stage: Stage, django_assert_max_num_queries: Any
) -> None:
    received = scene.cast.apply()
    scene.along(received.application, *WAY_TO[stage])
    look_up(client, received.query_code)
    with django_assert_max_num_queries(6):
        assert client.get(CASE).status_code == 200
