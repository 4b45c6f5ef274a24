"""The case page: what it shows to whom, and why something cannot be done now."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.applications.actions.rate import rate
from gongkai.applications.models import Application
from gongkai.law.procedure import Stage
from tests.applications.scenes import Scene
from tests.cast import Cast
from tests.portal.pages import text_of

IDENTITY = {
    "address": "演示市第一路7号",
    "postcode": "450000",
    "agent_name": "代理人某",
    "agent_telephone": "13900008888",
}


def secrets_of(application: Application) -> list[str]:
    names = "applicant_name id_number telephone email address postcode agent_name agent_telephone".split()
    return [getattr(application, name) for name in names]


def case_url(application: Application) -> str:
    return reverse("desk:case", args=[application.pk])


def seen_by(client: Client, person: Person, application: Application) -> Any:
    client.force_login(person)
    return client.get(case_url(application))


#: What can be done in a case beside its steps.
BESIDE = {"assign", "claim", "split", "papers", "notes", "identity"}


def acts_of(response: Any) -> set[str]:
    return set(re.findall(r'action="/desk/cases/\d+/(\w+)/"', response.content.decode()))


def forms_of(response: Any) -> set[str]:
    """The steps that the page has a form for."""
    return acts_of(response) - BESIDE


@pytest.mark.parametrize("stage", list(Stage))
def test_each_stage_has_its_page_for_everybody_who_may_read(client: Client, cast: Cast, stage: Stage) -> None:
    application = Scene(cast).at(stage)
    for person in (cast.clerk, cast.drafter, cast.approver, cast.supervisor):
        response = seen_by(client, person, application)
        assert response.status_code == 200
        assert application.number in text_of(response)
        assert response.headers["Cache-Control"].count("no-store")


@pytest.mark.parametrize("who", ["other_clerk", "stranger", "editor", "administrator"])
def test_for_others_there_is_no_such_case(client: Client, cast: Cast, who: str) -> None:
    application = cast.apply().application
    client.force_login(getattr(cast, who))
    existing, missing = client.get(case_url(application)), client.get("/desk/cases/987654321/")
    assert (existing.status_code, missing.status_code) == (404, 404)
    assert text_of(existing) == text_of(missing)
    letter = application.letters.get()
    assert client.get(reverse("desk:letter", args=[letter.pk])).status_code == 404
    assert client.post(f"{case_url(application)}register/").status_code == 404


@pytest.mark.parametrize(
    ("stage", "who", "first"),
    [
        (Stage.REGISTER, "clerk", "register"),
        (Stage.ACCEPT, "clerk", "accept"),
        (Stage.DECIDE, "clerk", "decision"),
        (Stage.APPROVE, "approver", "sign"),
        (Stage.DELIVER, "clerk", "deliver"),
        (Stage.ARCHIVE, "clerk", "archive"),
    ],
)
def test_the_next_duty_stands_open(client: Client, cast: Cast, stage: Stage, who: str, first: str) -> None:
    response = seen_by(client, getattr(cast, who), Scene(cast).at(stage))
    duty = response.content.decode().split('id="step"')[1].split("</section>")[0]
    assert re.findall(r'action="/desk/cases/\d+/(\w+)/"', duty) == [first]
    folded = re.findall(r'<details class="explain" id="step-(\w+)">', response.content.decode())
    assert set(folded) == forms_of(response) - {first}


def test_what_else_can_be_done_is_folded_away(client: Client, cast: Cast) -> None:
    """A correction that was due long ago can still come in; the duty has passed on to the drafter."""
    response = seen_by(client, cast.clerk, Scene(cast).at(Stage.CORRECT))
    assert "corrected" in forms_of(response)
    assert 'id="step"' not in response.content.decode()
    folded = re.findall(r'<details class="explain" id="step-(\w+)">', response.content.decode())
    assert set(folded) == forms_of(response)


def test_a_step_of_others_is_named_with_its_holder(client: Client, cast: Cast) -> None:
    response = seen_by(client, cast.approver, Scene(cast).at(Stage.OPINE))
    assert forms_of(response) == {"extension"}, "only what may still be entered with its earlier day"
    assert "由下列岗位办理： 承办人" in text_of(response)


@pytest.mark.article("条例", 45)
def test_what_cannot_be_done_now_is_told_with_reason_and_article(client: Client, cast: Cast) -> None:
    text = text_of(seen_by(client, cast.clerk, cast.apply().application))
    refused = text.split("现在不能办理的步骤和原因")[1]
    assert "答复送达" in refused
    assert "《政府信息公开条例》" in refused


def test_identity_is_masked_for_everybody(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE, **IDENTITY)
    for person in (cast.clerk, cast.drafter, cast.approver, cast.supervisor):
        page = seen_by(client, person, application).content.decode()
        assert not [secret for secret in secrets_of(application) if secret in page]
        assert application.masked_name in page
        assert application.masked_id in page


def test_the_clock_is_explained(client: Client, cast: Cast) -> None:
    text = text_of(seen_by(client, cast.clerk, Scene(cast).at(Stage.CONSULT)))
    assert "这一天是怎么算出来的" in text
    assert "当日不计" in text
    assert "征求第三方意见" in text
    assert "《政府信息公开条例》第三十三条第三款" in text


def test_the_history_says_who_did_what(client: Client, cast: Cast) -> None:
    text = text_of(seen_by(client, cast.clerk, Scene(cast).at(Stage.CLOSED)))
    for words in (
        "Clerk（经办人）",
        "Drafter（承办人）",
        "Approver（审批人）",
        "予以公开",
        "查明的情况",
        "2025年3月14日",
    ):
        assert words in text


def test_letters_open(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.CLOSED)
    response = seen_by(client, cast.drafter, application)
    links = re.findall(r'href="(/desk/letters/\d+\.pdf)"', response.content.decode())
    assert len(links) == application.letters.count()
    for link in links:
        assert client.get(link).content.startswith(b"%PDF")


def test_an_unconfirmed_case_can_be_looked_at_and_registered(client: Client, cast: Cast) -> None:
    response = seen_by(client, cast.clerk, Scene(cast).unconfirmed())
    assert "待确认收到" in text_of(response)
    assert forms_of(response) == {"register"}


def test_outcomes_stand_in_the_groups_of_the_official_table(client: Client, cast: Cast) -> None:
    page = seen_by(client, cast.drafter, Scene(cast).at(Stage.OPINE)).content.decode()
    assert page.count('name="outcome"') == 21
    legends = re.findall(r"<legend>([^<]+)</legend>", page)
    assert legends[:5] == [
        "（一）（二）予以公开、部分公开",
        "（三）不予公开",
        "（四）无法提供",
        "（五）不予处理",
        "（六）其他处理",
    ]
    still_unclear = re.search(r'<input[^>]*value="still_unclear"[^>]*>', page)
    assert still_unclear
    assert "disabled" in still_unclear.group(), "no correction was asked for"


def test_an_unknown_outcome(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    client.force_login(cast.drafter)
    assert client.get(f"{case_url(application)}?outcome=nothing").status_code == 404


def test_in_english(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    application = Scene(cast).at(Stage.CONSULT)
    text = text_of(client.get(case_url(application), headers={"accept-language": "en"}))
    for words in ("Reply due", "How this day was reckoned", "Regulation, art. 33(3)", "Steps that cannot be taken now"):
        assert words in text


def test_the_office_reads_how_it_was_rated(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.ARCHIVE)
    assert "满意度评价" not in text_of(seen_by(client, cast.clerk, application))
    rate(case_id=application.pk, score=2, text="<b>电话</b>无人接听")
    for person in (cast.clerk, cast.drafter, cast.supervisor):
        page = text_of(seen_by(client, person, application))
        assert "满意度评价" in page
        assert "不满意，" in page
        assert "非常不满意" not in page
        assert "<b>电话</b>无人接听" in page, "text, and not markup"
