"""A step is sent from its form: taken, refused beside the field or above the form, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.desk_forms import STEP_FORMS, OpinionForm
from gongkai.applications.history import STEPS_WITH_ACTION
from gongkai.applications.letters import required_slots
from gongkai.applications.models import Application
from gongkai.applications.selectors import case_page
from gongkai.demonstration.cases import granted_slots
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import Scene
from tests.cast import Cast
from tests.documents.uploads import pdf
from tests.portal.pages import text_of, value_of

REASONS = "经审查，该信息属于讨论记录。"


def send(client: Client, person: Person, application: Application, kind: str, **typed: Any) -> Any:
    """Send the form of a step as somebody who just opened the page."""
    client.force_login(person)
    usual = {"seen": Application.objects.get(pk=application.pk).steps_taken, "on": today().isoformat()}
    return client.post(reverse("desk:step", args=[application.pk, kind]), {**usual, **typed})


def stage_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).stage


def granted(**changes: Any) -> dict[str, Any]:
    slots = {f"slot_{name}": text for name, text in granted_slots("合同金额为二十万元").items()}
    return {"outcome": "granted", "findings": "经查，本机关保存有该信息。", "reasons": "", **slots, **changes}


def test_every_step_that_people_take_has_a_form() -> None:
    assert set(STEP_FORMS) == STEPS_WITH_ACTION - {StepKind.RECEIPT}


def test_from_registration_to_the_archive(client: Client, cast: Cast) -> None:
    application = cast.apply(on=today()).application
    later = (today() + dt.timedelta(days=20)).isoformat()
    way: list[tuple[Person, str, dict[str, Any]]] = [
        (cast.clerk, "register", {}),
        (cast.clerk, "accept", {}),
        (cast.clerk, "correction_notice", {"points": "请写明年份\n请写明项目", "correct_by": later}),
        (cast.clerk, "corrected", {"text": "2020年，北区"}),
        (cast.drafter, "consultation", {"consulted": "third_party", "addressee": "演示公司", "text": "北区合同"}),
        (cast.clerk, "consultation_reply", {"consultation": "6", "objected": "no", "text": "同意"}),
        (cast.drafter, "opinion", granted()),
        (cast.clerk, "decision", {}),
        (cast.approver, "return", {"reason": "请补充检索经过"}),
        (cast.drafter, "opinion", granted(findings="经检索档案，本机关保存有该信息。")),
        (cast.clerk, "decision", {}),
        (cast.approver, "sign", {}),
        (cast.clerk, "deliver", {"way": "online", "received_on": ""}),
        (cast.clerk, "archive", {}),
    ]
    for person, kind, typed in way:
        response = send(client, person, application, kind, **typed)
        assert response.status_code == 302, (kind, text_of(response))
        assert f"已办理：{StepKind(kind).label.zh}" in text_of(client.get(response.headers["Location"]))
    stored = Application.objects.get(pk=application.pk)
    assert stored.stage == Stage.CLOSED
    assert stored.outcome == Outcome.GRANTED
    notice = stored.steps.get(kind="correction_notice")
    assert notice.facts["points"] == ["请写明年份", "请写明项目"]
    assert stored.steps.get(kind="consultation_reply").facts["objected"] is False


@pytest.mark.parametrize(
    ("stage", "who", "kind", "typed", "field", "message"),
    [
        (Stage.REGISTER, "clerk", "register", {"on": "3 March"}, "on", "请填写正确的日期"),
        (Stage.REGISTER, "clerk", "register", {"on": ""}, "on", "请填写日期"),
        (Stage.OPINE, "clerk", "correction_notice", {"points": "", "correct_by": "2099-01-01"}, "points", "请填写"),
        (Stage.OPINE, "clerk", "consultation", {"consulted": "other", "text": "甲"}, "addressee", "请填写名称。"),
        (Stage.OPINE, "clerk", "consultation", {"addressee": "甲", "text": "乙"}, "consulted", "请选择"),
        (Stage.CONSULT, "clerk", "consultation_reply", {"consultation": "4"}, "objected", "请选择"),
        (Stage.CONSULT, "clerk", "consultation_reply", {"consultation": "99", "objected": "no"}, "consultation", "请从"),
        (Stage.CORRECT, "clerk", "corrected", {"text": "  "}, "text", "请填写补正内容"),
        (Stage.APPROVE, "approver", "return", {"reason": ""}, "reason", "请填写退回的理由"),
        (Stage.DELIVER, "clerk", "deliver", {}, "way", "请选择送达方式"),
        (Stage.DELIVER, "clerk", "deliver", {"way": "post", "received_on": "2020-01-01"}, "received_on", "不能早于"),
        (Stage.OPINE, "approver", "extension", {"days": "21", "reason": "甲"}, "days", "20"),
        (Stage.OPINE, "clerk", "reasons_asked", {"volume": "", "until": "2099-01-01"}, "volume", "请填写"),
        (Stage.OPINE, "clerk", "fee_notice", {"method": "both", "count": "68", "how_to_pay": "甲"}, "method", "请从列出"),
        (Stage.OPINE, "clerk", "fee_notice", {"method": "pages", "count": "0", "how_to_pay": "甲"}, "count", "1"),
        (Stage.OPINE, "clerk", "withdrawal", {"way": "online"}, "way", "请从列出"),
        (Stage.ARCHIVE, "clerk", "served", {"received": ""}, "received", "请填写日期"),
        (Stage.CLOSED, "clerk", "reopen", {"ground": "error", "reason": "甲"}, "ground", "请从列出"),
        (Stage.CLOSED, "clerk", "reopen", {"ground": "court", "document": ""}, "document", "请写明"),
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_the_field(
    client: Client, cast: Cast, stage: Stage, who: str, kind: str, typed: dict[str, str], field: str, message: str
) -> None:
    application = Scene(cast).at(stage)
    before = application.steps_taken
    response = send(client, getattr(cast, who), application, kind, **typed)
    page = response.content.decode()
    assert response.status_code == 200
    place = page.split(f'id="id_{kind}_{field}_error"')
    assert len(place) == 2, "one message, tied to its field"
    assert message in place[1].split("</div>")[0]
    assert f"id_{kind}_{field}_error" in page.split('aria-describedby="', 1)[1]
    assert f'href="#id_{kind}_{field}"' in page, "the summary leads to it"
    assert "<title>有错误：" in page
    assert Application.objects.get(pk=application.pk).steps_taken == before


def test_nothing_typed_is_lost(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    typed = {"consulted": "third_party", "addressee": "", "text": "北区<合同>", "received": "2025-03-09"}
    response = send(client, cast.clerk, application, "consultation", on="2025-03-07", **typed)
    assert value_of(response, "text") == "北区<合同>"
    page = response.content.decode()
    assert 'value="2025-03-09"' in page
    assert 'value="2025-03-07"' in page
    assert 'value="third_party" class="form-check-input" required' in page
    assert "checked" in page.split('value="third_party"')[1].split(">")[0]


@pytest.mark.article("条例", 45)
def test_a_step_out_of_order_is_refused_with_reason_and_article(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    response = send(client, cast.clerk, application, "deliver", way="post", received_on="")
    text = text_of(response)
    assert response.status_code == 200
    assert "这一步现在不能办理" in text
    assert "须先“登记”" in text
    assert "依据：《政府信息公开条例》" in text
    assert "您填写的内容都还在" in text
    assert "checked" in response.content.decode().split('value="post"')[1].split(">")[0]
    assert stage_of(application) == Stage.REGISTER


@pytest.mark.parametrize("kind", [kind.value for kind in STEP_FORMS])
def test_the_wrong_person_is_told_whose_step_it_is(client: Client, cast: Cast, kind: str) -> None:
    application = Scene(cast).home(StepKind(kind))
    typed = {**granted(), "points": "甲", "correct_by": "2099-01-01", "text": "乙", "consulted": "other"}
    typed |= {"addressee": "丙", "consultation": "4", "objected": "no", "reason": "丁", "way": "letter"}
    typed |= {"days": "5", "consented": "2025-03-12", "volume": "戊", "until": "2099-01-01", "method": "pages"}
    typed |= {"count": "68", "how_to_pay": "己", "voucher": "庚", "received": "2025-03-20", "kept": "yes"}
    typed |= {"ground": "court", "document": "辛", "way": "post" if kind == "deliver" else "letter"}
    before = application.steps_taken
    response = send(client, cast.supervisor, application, kind, **typed)
    assert response.status_code == 200
    assert "岗位办理" in text_of(response)
    assert Application.objects.get(pk=application.pk).steps_taken == before


def test_the_side_ways_of_a_case(client: Client, cast: Cast) -> None:
    """Reasons, delay, fee, payment and withdrawal, a route with two reviews, service and reopening, from their forms."""
    scene, day = Scene(cast), today()
    scene.route()
    application = scene.apply(on=day)
    later = (day + dt.timedelta(days=200)).isoformat()
    proof = SimpleUploadedFile("回证.pdf", pdf(), "application/pdf")
    way: list[tuple[Person, str, dict[str, Any]]] = [
        (cast.clerk, "register", {}),
        (cast.clerk, "accept", {}),
        (cast.clerk, "reasons_asked", {"volume": "本年已申请62件", "until": later}),
        (cast.clerk, "reasons_given", {"text": "撰写论文"}),
        (cast.approver, "agreed_delay", {"until": later, "reason": "档案数量大"}),
        (cast.clerk, "fee_notice", {"method": "pages", "count": "68", "how_to_pay": "到银行", "received": ""}),
        (cast.clerk, "fee_paid", {"voucher": "豫财1", "received": ""}),
        (cast.clerk, "withdrawal", {"way": "oral", "reason": ""}),
        (cast.drafter, "opinion", {"outcome": "other", "slot_closing_reason": "您已口头撤回申请"}),
        (cast.clerk, "decision", {}),
        (cast.unit_head, "review", {"remark": ""}),
        (cast.legal_reviewer, "review", {"remark": "同意"}),
        (cast.approver, "sign", {}),
        (cast.clerk, "deliver", {"way": "post", "received_on": ""}),
        (cast.clerk, "served", {"received": day.isoformat(), "papers": proof}),
        (cast.clerk, "archive", {}),
        (cast.clerk, "reopen", {"ground": "court", "document": "（2025）演01行初3号", "until": later}),
        (cast.approver, "extension", {"days": "5", "consented": day.isoformat(), "reason": "档案数量大"}),
    ]
    for person, kind, typed in way[:-1]:
        response = send(client, person, application, kind, **typed)
        assert response.status_code == 302, (kind, text_of(response))
    stored = Application.objects.get(pk=application.pk)
    assert (stored.rounds, stored.stage, stored.due_on.isoformat()) == (2, Stage.OPINE, later)
    assert stored.papers.get().step.kind == "served"
    person, kind, typed = way[-1]
    refused = send(client, person, application, kind, **typed)
    assert "行政复议决定或者判决已定于" in text_of(refused)


def test_an_extension_from_its_form(client: Client, cast: Cast) -> None:
    application = cast.apply(on=today()).application
    for kind in ("register", "accept"):
        send(client, cast.clerk, application, kind)
    typed = {"days": "20", "consented": today().isoformat(), "reason": "档案数量大"}
    assert send(client, cast.approver, application, "extension", **typed).status_code == 302
    page = text_of(client.get(reverse("desk:case", args=[application.pk])))
    assert "延长的工作日数" in page


def test_whose_turn_it_is_stands_at_the_form(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    scene.route()
    deciding = scene.at(Stage.DECIDE)
    client.force_login(cast.clerk)
    address = reverse("desk:case", args=[deciding.pk])
    assert "报批路线： 业务科室负责人 → 法制审核人 → 审批人" in text_of(client.get(address))
    application = scene.along(deciding, StepKind.DECISION, StepKind.REVIEW)
    for person in (cast.legal_reviewer, cast.approver, cast.supervisor):
        client.force_login(person)
        text = text_of(client.get(reverse("desk:case", args=[application.pk])))
        assert "业务科室负责人（已审核） → 法制审核人（轮到） → 审批人" in text.replace(" （", "（"), person.username


def test_no_draft_stands_after_a_reopening(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    application = scene.take(StepKind.REOPEN, scene.home(StepKind.REOPEN))
    client.force_login(cast.supervisor)
    text = text_of(client.get(reverse("desk:case", args=[application.pk])))
    assert "拟办结果" not in text
    assert "重新办理的原因" in text


def test_the_dates_of_notices_are_filled_in(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.CORRECT)
    client.force_login(cast.drafter)
    response = client.get(reverse("desk:case", args=[application.pk]), {"outcome": "correction_lapsed"})
    assert value_of(response, "slot_correction_notice_on") == "2025-03-05"
    assert value_of(response, "slot_correct_by") == "2025-03-20"
    typed = {"outcome": "correction_lapsed", "slot_correction_notice_on": "2025-03-06", "slot_correct_by": "2025-03-20"}
    page = send(client, cast.drafter, application, "opinion", **typed).content.decode()
    assert "应为2025-03-05" in page.split('id="id_opinion_slot_correction_notice_on_error"')[1].split("</div>")[0]


def test_files_go_along_with_the_reply(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    typed = {"outcome": "granted", "findings": "经查", "reasons": "", "slot_provision": "attached"}
    page = send(client, cast.drafter, application, "opinion", **typed).content.decode()
    assert "先添加" in page.split('id="id_opinion_enclosures_error"')[1].split("</div>")[0]
    assert 'enctype="multipart/form-data"' in page
    typed["enclosures"] = SimpleUploadedFile("施工合同.pdf", pdf(), "application/pdf")
    assert send(client, cast.drafter, application, "opinion", **typed).status_code == 302
    assert application.papers.get().name == "施工合同.pdf"
    assert "施工合同.pdf" in text_of(client.get(reverse("desk:case", args=[application.pk])))


def test_an_objection_needs_a_word_to_the_third_party(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    application = scene.take(StepKind.CONSULTATION_REPLY, scene.at(Stage.CONSULT), objected=True)
    page = send(client, cast.drafter, application, "opinion", **granted()).content.decode()
    assert "演示建设有限公司" in page.split('id="id_opinion_third_party_reasons_error"')[1].split("</div>")[0]
    typed = granted(third_party_reasons="涉及公共安全。")
    assert send(client, cast.drafter, application, "opinion", **typed).status_code == 302


def test_somebody_was_quicker(client: Client, cast: Cast) -> None:
    """What the other did is told; having seen it, the same form can be sent again."""
    scene = Scene(cast)
    application = scene.at(Stage.OPINE)
    stale = application.steps_taken
    scene.take(StepKind.CONSULTATION, application)
    typed = {"consulted": "other", "addressee": "演示市档案馆", "text": "北区合同", "received": ""}
    refused = send(client, cast.drafter, application, "consultation", seen=stale, **typed)
    text = text_of(refused)
    assert "Clerk" in text
    assert "征求意见" in text
    assert value_of(refused, "addressee") == "演示市档案馆"
    again = send(client, cast.drafter, application, "consultation", seen=value_of(refused, "seen"), **typed)
    assert again.status_code == 302


def test_a_step_that_does_not_exist(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    for kind in ("nothing", "receipt"):
        assert send(client, cast.clerk, application, kind).status_code == 404
    assert send(client, cast.clerk, application, "opinion", outcome="nothing").status_code == 404


def test_the_address_of_a_step_is_not_read(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    client.force_login(cast.clerk)
    response = client.get(reverse("desk:step", args=[application.pk, "register"]))
    assert response.headers["Location"] == reverse("desk:case", args=[application.pk])


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_asks_for_what_its_reply_must_say(client: Client, cast: Cast, outcome: Outcome) -> None:
    application = Scene(cast).at(Stage.OPINE)
    client.force_login(cast.drafter)
    response = client.get(reverse("desk:case", args=[application.pk]), {"outcome": outcome.value})
    page, text = response.content.decode(), text_of(response)
    assert outcome.rule.reply.zh in text
    for article in outcome.rule.articles:
        assert article.zh in text
    for slot in required_slots(outcome):
        assert f'name="slot_{slot.name}"' in page
        assert slot.label.zh in text


@pytest.mark.article("条例", 36)
def test_a_place_that_this_outcome_needs_is_asked_for(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    typed = {"outcome": "process_information", "findings": "经查", "reasons": ""}
    page = send(client, cast.drafter, application, "opinion", **typed).content.decode()
    assert 'id="id_opinion_slot_process_kind_error"' in page
    assert 'id="id_opinion_reasons_error"' in page
    assert "经查" in page
    assert stage_of(application) == Stage.OPINE


def test_a_place_that_another_choice_needs_is_asked_for_only_then(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    page = send(
        client, cast.drafter, application, "opinion", outcome="granted", slot_provision="arranged"
    ).content.decode()
    assert 'id="id_opinion_slot_obtain_way_error"' in page
    assert 'id="id_opinion_slot_information_error"' not in page
    assert "选择“告知获取的方式、途径和时间”时填写。" in page


def test_a_choice_given_up_leaves_nothing_behind(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    response = send(
        client, cast.drafter, application, "opinion", **granted(slot_obtain_way="领取", slot_obtain_time="上午")
    )
    assert response.status_code == 302
    facts = application.steps.get(kind="opinion").facts
    assert "领取" not in str(facts)


def test_a_character_that_no_font_has_is_refused_and_kept(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    response = send(client, cast.drafter, application, "opinion", **granted(findings="经查\ue000"))
    assert response.status_code == 200
    assert "字库中没有下列字符" in text_of(response)
    assert "\ue000" in value_of(response, "findings")


def test_the_reply_is_previewed_without_anything_stored(client: Client, cast: Cast) -> None:
    application = Scene(cast).at(Stage.OPINE)
    client.force_login(cast.drafter)
    address = reverse("desk:draft", args=[application.pk])
    typed = {"seen": application.steps_taken, "on": today().isoformat()}
    response = client.post(address, {**granted(), **typed})
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert stage_of(application) == Stage.OPINE
    incomplete = client.post(address, {**granted(slot_information=""), **typed})
    assert incomplete.status_code == 200
    assert 'id="id_opinion_slot_information_error"' in incomplete.content.decode()
    assert client.get(address).status_code == 405


@pytest.mark.parametrize(("stage", "who"), [(Stage.DECIDE, "clerk"), (Stage.APPROVE, "approver")])
def test_the_standing_draft_is_read_before_it_is_sent_up_or_signed(
    client: Client, cast: Cast, stage: Stage, who: str
) -> None:
    application = Scene(cast).at(stage)
    client.force_login(getattr(cast, who))
    address = reverse("desk:standing_draft", args=[application.pk])
    assert address in client.get(reverse("desk:case", args=[application.pk])).content.decode()
    assert client.get(address).content.startswith(b"%PDF")


def test_there_is_no_draft_before_an_opinion(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    client.force_login(cast.clerk)
    assert client.get(reverse("desk:standing_draft", args=[application.pk])).status_code == 404


def test_an_opinion_that_was_sent_back_is_offered_again_filled_in(client: Client, cast: Cast) -> None:
    scene = Scene(cast)
    application = scene.along(scene.at(Stage.APPROVE), StepKind.RETURN)
    client.force_login(cast.drafter)
    address = reverse("desk:case", args=[application.pk])
    chooser = client.get(address).content.decode()
    chosen = chooser.split('value="granted"')[1].split(">")[0]
    assert "checked" in chosen
    response = client.get(address, {"outcome": "granted"})
    assert value_of(response, "findings") == application.steps.get(kind="opinion").facts["findings"]
    assert "请补充检索经过。" in text_of(response)


def test_a_refused_date_stands_at_the_form(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    tomorrow = (today() + dt.timedelta(days=1)).isoformat()
    response = send(client, cast.clerk, application, "register", on=tomorrow)
    assert response.status_code == 200
    assert f'value="{tomorrow}"' in response.content.decode()
    assert stage_of(application) == Stage.REGISTER


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_choice_that_a_form_offers_makes_a_reply(client: Client, cast: Cast, outcome: Outcome) -> None:
    """No choice leads into a refusal that the drafter could not have known of."""
    scene = Scene(cast)
    application = scene.at(Stage.OPINE)
    client.force_login(cast.drafter)
    page = case_page(cast.drafter, application.pk)
    form = OpinionForm(page=page, outcome=outcome)
    typed = {"outcome": outcome.value, "findings": "经查", "reasons": REASONS, "seen": application.steps_taken}
    for slot in required_slots(outcome):
        choices = getattr(form.fields[f"slot_{slot.name}"], "choices", None)
        typed[f"slot_{slot.name}"] = choices[0][0] if choices else ("2021-05-06" if slot.kind == "date" else "甲")
    for name, field in form.fields.items():
        for value, _ in getattr(field, "choices", ()) if name.startswith("slot_") else ():
            changed = {**typed, name: value, "on": today().isoformat()}
            if changed.get("slot_provision") == "attached":
                changed["enclosures"] = SimpleUploadedFile("合同.pdf", pdf(), "application/pdf")
            response = client.post(reverse("desk:draft", args=[application.pk]), changed)
            if response.headers["Content-Type"] != "application/pdf":
                assert outcome in (Outcome.STILL_UNCLEAR,), text_of(response)
