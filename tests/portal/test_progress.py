"""Following an application with the query code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.selectors import today
from gongkai.applications.actions.accept import accept
from gongkai.applications.actions.correct import notify_correction
from gongkai.applications.actions.register import register
from gongkai.applications.models import LetterKind
from gongkai.law.procedure import Stage
from tests.applications.scenes import STRAIGHT, WAY_TO, Scene
from tests.cast import Cast, application_data
from tests.portal.pages import text_of, value_of

PAGE = "/progress/case/"


NAME = str(application_data()["applicant_name"])


def look_up(client: Client, code: str, proof: str = NAME) -> Any:
    return client.post(reverse("portal:progress"), {"query_code": code, "proof": proof})


@pytest.mark.parametrize(
    "spoil", [str, str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_the_code_as_people_type_it(client: Client, cast: Cast, spoil: Any) -> None:
    received = cast.apply()
    response = look_up(client, spoil(received.query_code))
    assert response.headers["Location"] == PAGE
    assert received.application.number in text_of(client.get(PAGE))


def test_a_wrong_code_says_only_that_nothing_was_found(client: Client, cast: Cast) -> None:
    received = cast.apply()
    response = look_up(client, "AAAA-BBBB-CCCC")
    text = text_of(response)
    assert "没有找到。请核对查询码，" in text
    assert received.application.number not in text
    assert value_of(response, "query_code") == "AAAA-BBBB-CCCC", "what was typed is kept"
    assert "gongkai_case" not in response.cookies
    assert client.get(PAGE).headers["Location"] == reverse("portal:progress")


def test_a_wrong_code_looks_alike_whether_there_are_cases_or_not(client: Client, cast: Cast) -> None:
    before = text_of(look_up(client, "AAAA-BBBB-CCCC"))
    cast.apply()
    assert text_of(look_up(client, "AAAA-BBBB-CCCC")) == before


def test_no_code(client: Client, cast: Cast) -> None:
    assert "请填写查询码。" in text_of(look_up(client, " "))


def test_the_address_tells_nothing(client: Client, cast: Cast) -> None:
    received = cast.apply()
    assert client.get(reverse("portal:progress"), {"query_code": received.query_code}).status_code == 200
    assert client.get(PAGE).status_code == 302


def test_progress_due_date_and_its_reckoning(client: Client, cast: Cast) -> None:
    received = cast.apply(on=today())
    look_up(client, received.query_code)
    text = text_of(client.get(PAGE))
    assert "您的申请已经收到，正在登记。" in text
    assert "还有 20 个工作日" in text
    assert "当日不计" in text
    assert "申请接收回执" in text


def test_no_identity_on_the_page(client: Client, cast: Cast) -> None:
    received = cast.apply()
    look_up(client, received.query_code)
    page = client.get(PAGE).content.decode()
    application = received.application
    for secret in (application.applicant_name, application.id_number, application.telephone, application.email):
        assert secret not in page


@pytest.mark.article("条例", 30)
def test_a_correction_is_asked_and_answered_on_line(client: Client, cast: Cast) -> None:
    received = cast.apply(on=today())
    case = {"case_id": received.application.pk, "actor": cast.clerk, "on": today()}
    register(**case)
    accept(**case)
    notify_correction(**case, points=["请写明年份", "请写明项目"], correct_by=today() + timedelta(days=60))
    look_up(client, received.query_code)
    text = text_of(client.get(PAGE))
    assert "请写明年份" in text
    assert "请写明项目" in text
    assert "视为放弃申请" in text
    empty = client.post(reverse("portal:correct"), {"text": " "})
    assert "请填写补正内容。" in text_of(empty)
    assert client.post(reverse("portal:correct"), {"text": "2020年，北区"}).headers["Location"] == PAGE
    assert "收到您的补正" in text_of(client.get(PAGE))


def test_a_correction_nobody_asked_for_is_refused_and_kept(client: Client, cast: Cast) -> None:
    received = cast.apply()
    look_up(client, received.query_code)
    before = received.application.steps.count()
    response = client.post(reverse("portal:correct"), {"text": "补充说明"})
    assert "这一步现在不能办理" in text_of(response)
    assert "补充说明" in text_of(response), "nothing typed is lost"
    assert received.application.steps.count() == before


def test_a_correction_needs_the_code(client: Client, cast: Cast) -> None:
    cast.apply()
    assert client.post(reverse("portal:correct"), {"text": "x"}).headers["Location"] == reverse("portal:progress")


def test_the_reply_is_there_when_it_was_sent_not_before(client: Client, cast: Cast) -> None:
    received = cast.apply()
    Scene(cast).along(received.application, *WAY_TO[Stage.DELIVER])
    look_up(client, received.query_code)
    reply = received.application.letters.get(kind=LetterKind.REPLY)
    address = reverse("portal:letter", args=[reply.pk])
    assert "申请答复书" not in text_of(client.get(PAGE))
    assert client.get(address).status_code == 404
    Scene(cast).along(received.application, STRAIGHT[5])
    assert "予以公开" in text_of(client.get(PAGE))
    assert client.get(address).content.startswith(b"%PDF")


def test_letters_of_another_case_are_not_there(client: Client, cast: Cast) -> None:
    mine, other = cast.apply(), cast.apply()
    look_up(client, mine.query_code)
    for letter in other.application.letters.all():
        assert client.get(reverse("portal:letter", args=[letter.pk])).status_code == 404


def test_letters_to_third_parties_are_not_the_applicants(client: Client, cast: Cast) -> None:
    received = cast.apply()
    Scene(cast).along(received.application, *WAY_TO[Stage.CONSULT])
    look_up(client, received.query_code)
    theirs = received.application.letters.get(kind=LetterKind.CONSULTATION)
    assert client.get(reverse("portal:letter", args=[theirs.pk])).status_code == 404
    assert "演示建设有限公司" not in text_of(client.get(PAGE))


def test_inner_steps_are_not_told(client: Client, cast: Cast) -> None:
    received = cast.apply()
    Scene(cast).along(received.application, *WAY_TO[Stage.APPROVE])
    look_up(client, received.query_code)
    page = client.get(PAGE).content.decode()
    for name in (cast.drafter.display_name, cast.approver.display_name, "提出办理意见"):
        assert name not in page


def test_the_look_is_ended(client: Client, cast: Cast) -> None:
    received = cast.apply()
    look_up(client, received.query_code)
    client.post(reverse("portal:progress_close"))
    assert client.get(PAGE).status_code == 302


def test_the_page_is_kept_by_no_cache_and_asks_little(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    received = cast.apply()
    look_up(client, received.query_code)
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        response = client.get(PAGE)
    assert "no-store" in response.headers["Cache-Control"]
