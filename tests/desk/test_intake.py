"""Intake at the desk: every channel, what a letter lacks, twice is once, number and code on a slip, the files kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Appointment, ReceiptRule
from gongkai.agencies.selectors import day_of, today
from gongkai.applications.models import Application, Channel, PaperKind
from gongkai.applications.query_codes import index_of
from gongkai.law.procedure import Role
from tests.applications.scenes import Scene
from tests.cast import SINCE, Cast, application_data
from tests.documents.uploads import EICAR, PROGRAM, TEXT
from tests.portal.pages import text_of, value_of

INTAKE, DONE = "/desk/intake/", "/desk/intake/done/"
PAPER = [channel for channel in Channel if channel is not Channel.WEB]


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.clerk)
    return client


def typed(desk: Client, cast: Cast, **changes: Any) -> dict[str, Any]:
    """What a clerk types into a freshly opened form."""
    form = {"token": value_of(desk.get(INTAKE), "token"), "agency": cast.agency.pk, "channel": Channel.IN_PERSON.value}
    given = {name: value for name, value in application_data().items() if value not in (None, False)}
    return {**form, "on": today().isoformat(), **given, **changes}


def scan(name: str = "来信.txt", data: bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def the_one() -> Application:
    return Application.objects.get()


# --- it works ---


@pytest.mark.article("条例", 31)
@pytest.mark.parametrize("channel", PAPER)
def test_every_channel(desk: Client, cast: Cast, channel: Channel) -> None:
    """Handed over or signed for, it is received at once; else the day of confirmation decides."""
    at_once = channel in (Channel.IN_PERSON, Channel.ORAL, Channel.SIGNED_MAIL)
    arrived = today() - timedelta(days=1)
    more = {} if at_once else {"confirmed": today().isoformat()}
    response = desk.post(INTAKE, typed(desk, cast, channel=channel.value, on=arrived.isoformat(), **more))
    assert response.status_code == 302, text_of(response)[:900]
    application = the_one()
    assert (application.channel, day_of(application.submitted_at)) == (channel, arrived)
    assert application.received_on == (arrived if at_once else today())
    assert application.steps.get().actor == cast.clerk


@pytest.mark.parametrize("channel", [Channel.ORDINARY_MAIL, Channel.FAX, Channel.EMAIL])
def test_what_is_not_confirmed_waits(desk: Client, cast: Cast, channel: Channel) -> None:
    desk.post(INTAKE, typed(desk, cast, channel=channel.value))
    assert the_one().received_on is None
    assert "期限尚未开始计算" in text_of(desk.get(DONE))
    page = text_of(desk.get(reverse("desk:case", args=[the_one().pk])))
    assert "待确认收到" in page


def test_the_slip_shows_number_and_code(desk: Client, cast: Cast) -> None:
    desk.post(INTAKE, typed(desk, cast))
    page = desk.get(DONE)
    code = re.search(r'query-code" translate="no">([^<]+)<', page.content.decode())
    assert code
    assert the_one().query_code_index == index_of(code[1])
    assert the_one().number in text_of(page)
    assert "以提交之日为收到之日" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert code[1] not in desk.get(reverse("desk:case", args=[the_one().pk])).content.decode()


def test_the_slip_is_for_whoever_typed_it_in(desk: Client, cast: Cast) -> None:
    desk.post(INTAKE, typed(desk, cast))
    desk.force_login(cast.other_clerk)
    assert desk.get(DONE).status_code in (302, 404)
    fresh = Client()
    fresh.force_login(cast.clerk)
    assert fresh.get(DONE).status_code == 302


@pytest.mark.article("条例", 31)
def test_a_late_confirmation_is_warned_of(desk: Client, cast: Cast) -> None:
    arrived = (today() - timedelta(days=14)).isoformat()
    more = {"channel": Channel.ORDINARY_MAIL.value, "on": arrived, "confirmed": today().isoformat()}
    desk.post(INTAKE, typed(desk, cast, **more))
    warning = "平常信函应当于收到当日"
    assert warning in text_of(desk.get(DONE))
    assert warning in text_of(desk.get(reverse("desk:case", args=[the_one().pk])))


def test_nobody_could_be_reached(desk: Client, cast: Cast) -> None:
    arrived = (today() - timedelta(days=14)).isoformat()
    more = {"channel": Channel.ORDINARY_MAIL.value, "on": arrived, "confirmed": today().isoformat()}
    desk.post(INTAKE, typed(desk, cast, unreachable="on", **more))
    assert the_one().steps.get().facts["unreachable"] is True
    assert "以恢复联系之日为收到之日" in text_of(desk.get(DONE))


@pytest.mark.article("条例", 29)
def test_an_oral_application_names_who_wrote_it(desk: Client, cast: Cast) -> None:
    desk.post(INTAKE, typed(desk, cast, channel=Channel.ORAL.value))
    assert the_one().steps.get().facts["written_by"] == cast.clerk.display_name
    page = text_of(desk.get(reverse("desk:case", args=[the_one().pk])))
    assert f"代为填写 {cast.clerk.display_name}" in page


@pytest.mark.article("条例", 43)
def test_who_needs_help_is_not_overlooked(desk: Client, cast: Cast) -> None:
    desk.post(INTAKE, typed(desk, cast, needs_help="on"))
    page = text_of(desk.get(reverse("desk:case", args=[the_one().pk])))
    assert "申请人需要帮助" in page
    assert page.index("申请人需要帮助") < page.index("登记申请"), "above the next duty"


# --- what a letter lacks ---


@pytest.mark.article("条例", 29)
def test_what_the_letter_does_not_say_is_marked(desk: Client, cast: Cast) -> None:
    lacking = {"id_type": "", "id_number": "", "telephone": ""}
    response = desk.post(INTAKE, typed(desk, cast, channel=Channel.SIGNED_MAIL.value, **lacking))
    assert response.status_code == 302, text_of(response)[:900]
    assert (the_one().id_number, the_one().id_type, the_one().telephone) == ("", "", "")
    page = text_of(desk.get(reverse("desk:case", args=[the_one().pk])))
    assert page.count("缺 来信没有写明，需要时在补正告知书中一并要求。") == 2


def test_an_organisation_without_a_contact(desk: Client, cast: Cast) -> None:
    more = {"applicant_kind": "enterprise", "applicant_name": "演示有限公司", "id_type": "", "id_number": ""}
    from gongkai.law.applicants import ApplicantKind

    more["applicant_kind"] = next(kind.value for kind in ApplicantKind if kind is not ApplicantKind.NATURAL_PERSON)
    assert desk.post(INTAKE, typed(desk, cast, **more)).status_code == 302


def test_a_number_that_is_there_is_checked(desk: Client, cast: Cast) -> None:
    number = application_data()["id_number"]
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    page = text_of(desk.post(INTAKE, typed(desk, cast, id_number=wrong)))
    assert "身份证号码不正确" in page
    page = text_of(desk.post(INTAKE, typed(desk, cast, id_type="")))
    assert "请选择证件类型" in page
    assert not Application.objects.exists()


def test_an_agent_without_authority(desk: Client, cast: Cast) -> None:
    desk.post(INTAKE, typed(desk, cast, agent_name="代理人某"))
    page = text_of(desk.get(reverse("desk:case", args=[the_one().pk])))
    assert "缺授权委托书" in page
    assert "代理人某" not in page


# --- files ---


def test_letter_authority_and_attachments(desk: Client, cast: Cast) -> None:
    more = {"agent_name": "代理人某", "letter": [scan(), scan("背面.txt", TEXT + b"2")]}
    files = {**more, "authority": scan("委托书.txt", TEXT + b"3"), "attachments": scan("附图.txt", TEXT + b"4")}
    assert desk.post(INTAKE, typed(desk, cast, **files)).status_code == 302
    kinds = sorted(the_one().papers.values_list("kind", "name"))
    assert kinds == sorted(
        [
            (PaperKind.FORM, "来信.txt"),
            (PaperKind.FORM, "背面.txt"),
            (PaperKind.AUTHORITY, "委托书.txt"),
            (PaperKind.ATTACHMENT, "附图.txt"),
        ]
    )
    assert "缺授权委托书" not in text_of(desk.get(reverse("desk:case", args=[the_one().pk])))


@pytest.mark.parametrize(("field", "data"), [("letter", b""), ("attachments", PROGRAM), ("authority", EICAR)])
def test_a_refused_file_loses_nothing(desk: Client, cast: Cast, field: str, data: bytes) -> None:
    form = typed(desk, cast, agent_name="代理人某", **{field: scan("文件.pdf", data)})
    response = desk.post(INTAKE, form)
    assert response.status_code == 200
    assert not Application.objects.exists()
    assert value_of(response, "applicant_name") == form["applicant_name"]
    assert value_of(response, "token") == form["token"]
    wrong = response.content.decode().split(f'data-field="{field}"')[1].split("data-field=")[0]
    assert "文件.pdf" in wrong


# --- twice ---


def test_sent_twice_is_one(desk: Client, cast: Cast) -> None:
    form = typed(desk, cast)
    first, second = desk.post(INTAKE, form), desk.post(INTAKE, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Application.objects.count() == 1
    assert "没有重复登记" in text_of(desk.get(DONE))


def test_the_same_form_with_other_words(desk: Client, cast: Cast) -> None:
    """Refused; sent once more it is another application."""
    form = typed(desk, cast)
    desk.post(INTAKE, form)
    again = {**form, "content": "完全是另外一件事情"}
    response = desk.post(INTAKE, again)
    assert the_one().number in text_of(response)
    new = value_of(response, "token")
    assert new != form["token"]
    assert desk.post(INTAKE, {**again, "token": new}).status_code == 302
    assert Application.objects.count() == 2


def test_the_same_letter_typed_in_by_two(desk: Client, cast: Cast) -> None:
    desk.post(INTAKE, typed(desk, cast))
    form = typed(desk, cast, content=f"{application_data()['content']}。")
    response = desk.post(INTAKE, form)
    assert "可能已经录入过" in text_of(response)
    assert the_one().number in text_of(response)
    assert desk.post(INTAKE, {**form, "another": "on"}).status_code == 302
    assert Application.objects.count() == 2


# --- who may not, and what cannot be ---


@pytest.mark.parametrize("who", ["drafter", "approver", "supervisor", "stranger"])
def test_only_clerks(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(INTAKE).status_code == 403
    assert client.post(INTAKE, {}).status_code == 403
    assert INTAKE not in client.get("/desk/").content.decode()


def test_not_for_another_agency(desk: Client, cast: Cast) -> None:
    response = desk.post(INTAKE, typed(desk, cast, agency=cast.other_agency.pk))
    assert response.status_code == 200
    assert not Application.objects.exists()


def test_a_clerk_of_two_agencies_chooses(desk: Client, cast: Cast) -> None:
    Appointment.objects.create(person=cast.clerk, agency=cast.other_agency, role=Role.CLERK.value, since=SINCE)
    page = desk.get(INTAKE).content.decode()
    assert '<select name="agency"' in page
    desk.post(INTAKE, typed(desk, cast, agency=cast.other_agency.pk))
    assert the_one().agency == cast.other_agency


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": "2999-01-01"}, "不能晚于今天"),
        ({"on": ""}, "请填写日期"),
        ({"channel": "web"}, "请从列出的选项中选择"),
        ({"channel": "fax", "confirmed": "2020-01-01"}, "确认日期不能早于收到日期"),
        ({"confirmed": "2020-01-01"}, "不用填写确认日期"),
        ({"channel": "fax", "unreachable": "on"}, "只有平常信函"),
        ({"content": ""}, "请填写所需政府信息的名称或者描述"),
        ({"applicant_name": ""}, "请填写姓名或单位名称"),
        ({"token": "short"}, "至少"),
    ],
)
def test_what_cannot_be(desk: Client, cast: Cast, changes: dict[str, str], words: str) -> None:
    response = desk.post(INTAKE, typed(desk, cast, **changes))
    assert response.status_code == 200
    assert words in text_of(response)
    assert not Application.objects.exists()


def test_the_rules_of_each_channel_are_told(desk: Client, cast: Cast) -> None:
    page = text_of(desk.get(INTAKE))
    for words in ("以提交之日为收到之日", "签收之日为收到之日", "与申请人确认之日为收到之日", "双方确认之日"):
        assert words in page
    assert str(Channel.WEB.label) not in page.split("哪一天算收到")[1]


def test_an_agency_that_confirms_everything(desk: Client, cast: Cast) -> None:
    """The rule for the website changes nothing for what was handed over."""
    cast.agency.receipt_rule = ReceiptRule.BOTH_CONFIRM
    cast.agency.save(update_fields=["receipt_rule"])
    desk.post(INTAKE, typed(desk, cast))
    assert the_one().received_on == today()


def test_what_is_typed_is_not_echoed_as_markup(desk: Client, cast: Cast) -> None:
    Scene(cast)
    form = typed(desk, cast, content="<script>alert(1)</script>", on="")
    assert "<script>alert(1)" not in desk.post(INTAKE, form).content.decode()
