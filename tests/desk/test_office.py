"""The page of an agency: what everybody reads there, what an administrator changes, and delegations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.actions.units import add_unit, change_unit
from gongkai.agencies.models import Agency, Appointment, ApprovalRoute, Delegation, Person, Unit
from gongkai.agencies.selectors import roles_of, today
from gongkai.law.procedure import Role
from gongkai.ledger.models import Entry
from tests.cast import Cast, make_person
from tests.portal.pages import text_of

HOME = "/desk/agencies/ours/"
#: Every page with which an administrator changes something.
CHANGING = ("edit/", "archive/", "units/new/", "route/", "delegate/")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def unit_of(cast: Cast, name: str = "城市管理科") -> Unit:
    return add_unit(actor=None, agency=cast.agency, name=name)


def given(cast: Cast, days: int = 5, since: int = 0) -> Delegation:
    return Delegation.objects.create(
        agency=cast.agency,
        role="approver",
        giver=cast.approver,
        taker=cast.legal_reviewer,
        since=today() + timedelta(days=since),
        until=today() + timedelta(days=days),
    )


def told_at(answer: Any, field: str) -> bool:
    return f'id="id_{field}_error"' in answer.content.decode()


# --- what everybody reads ---


def test_everybody_reads_the_page_and_changes_nothing(cast: Cast) -> None:
    unit_of(cast)
    given(cast)
    answer = signed_in(cast.clerk).get(HOME)
    text = text_of(answer)
    for words in (
        "演示市城市管理局",
        "演示路1号",
        "演示市人民政府",
        "城市管理科",
        "各种结果",
        "审批人",
        "Legal_Reviewer 代 Approver",
    ):
        assert words in text, words
    assert "修改机关信息" not in text
    assert "/edit/" not in answer.content.decode()
    assert HOME in signed_in(cast.clerk).get("/desk/agencies/").content.decode()
    assert signed_in(cast.clerk).get("/desk/agencies/nowhere/").status_code == 404


def test_nobody_reads_it_without_signing_in(cast: Cast) -> None:
    for path in (HOME, *(HOME + name for name in CHANGING), "/desk/delegations/"):
        assert "/desk/login/" in Client().get(path)["Location"]


@pytest.mark.parametrize("who", ["clerk", "approver", "supervisor", "other_clerk", "stranger"])
def test_only_an_administrator_changes(cast: Cast, who: str) -> None:
    unit = unit_of(cast)
    place = Appointment.objects.get(person=cast.drafter)
    client = signed_in(getattr(cast, who))
    for path in (
        *(HOME + name for name in CHANGING),
        f"/desk/units/{unit.pk}/",
        f"/desk/appointments/{place.pk}/unit/",
    ):
        assert client.get(path).status_code == 403, path
        assert client.post(path, {"name": "别的"}).status_code == 403, path
    assert list(Unit.objects.values_list("name", flat=True)) == ["城市管理科"]


def test_a_role_of_a_route_that_nobody_holds_is_told(cast: Cast) -> None:
    ApprovalRoute.objects.create(agency=cast.agency, outcome="state_secret", roles=["legal_reviewer", "approver"])
    assert "今天无人担任" not in text_of(signed_in(cast.clerk).get(HOME))
    Appointment.objects.filter(role="legal_reviewer").update(until=today() - timedelta(days=1))
    text = text_of(signed_in(cast.clerk).get(HOME))
    assert "今天无人担任，案件会停在那里，请先任命：法制审核人" in text
    assert "其他各种结果" in text


# --- what an administrator changes ---


def filled(client: Client, path: str, **changes: Any) -> Any:
    """The form as it stands, with some fields changed, sent."""
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return client.post(
        path, {name: value for name, value in {**values, **changes}.items() if value not in (None, False)}
    )


def test_the_settings(administrator: Client, cast: Cast) -> None:
    answer = filled(administrator, HOME + "edit/", telephone="0371-1", rises_after_days=4, accepts_applications=False)
    assert answer["Location"] == HOME
    agency = Agency.objects.get(pk=cast.agency.pk)
    assert (agency.telephone, agency.rises_after_days, agency.accepts_applications) == ("0371-1", 4, False)
    entry = Entry.objects.get(act="agencies.edit")
    assert set(entry.facts) == {"telephone", "rises_after_days", "accepts_applications"}
    assert "已保存" in text_of(administrator.get(HOME))


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("postcode", "45"), ("review_organ", ""), ("drafting_days", 21), ("rises_after_days", -1)],
)
def test_bad_settings_are_told_at_their_field(administrator: Client, cast: Cast, field: str, value: Any) -> None:
    answer = filled(administrator, HOME + "edit/", telephone="1", **{field: value})
    assert answer.status_code == 200
    assert told_at(answer, field)
    assert Agency.objects.get(pk=cast.agency.pk).telephone == "0000-1234567"


def test_units_are_added_renamed_and_retired(administrator: Client, cast: Cast) -> None:
    assert administrator.post(HOME + "units/new/", {"name": "城市管理科"})["Location"] == HOME
    assert told_at(administrator.post(HOME + "units/new/", {"name": "城市管理科"}), "name")
    unit = Unit.objects.get()
    assert filled(administrator, f"/desk/units/{unit.pk}/", name="市容科", active=False)["Location"] == HOME
    unit.refresh_from_db()
    assert (unit.name, unit.active) == ("市容科", False)
    assert "市容科 已停用" in text_of(administrator.get(HOME))


def test_a_role_is_placed_in_a_unit(administrator: Client, cast: Cast) -> None:
    unit = unit_of(cast)
    retired = unit_of(cast, "旧科")
    change_unit(actor=None, unit=retired, name="旧科", active=False)
    path = f"/desk/appointments/{Appointment.objects.get(person=cast.drafter).pk}/unit/"
    asked = administrator.get(path).content.decode()
    assert "城市管理科" in asked
    assert "旧科" not in asked
    assert administrator.post(path, {"unit": unit.pk})["Location"] == HOME
    assert Appointment.objects.get(person=cast.drafter).unit == unit
    assert "1 人" in text_of(administrator.get(HOME))
    assert told_at(administrator.post(path, {"unit": retired.pk}), "unit")


def test_a_new_role_begins_in_a_unit_of_its_agency(administrator: Client, cast: Cast) -> None:
    unit, foreign = unit_of(cast), add_unit(actor=None, agency=cast.other_agency, name="预算科")
    path = f"/desk/people/{cast.stranger.pk}/appoint/"
    wanted = {"agency": cast.agency.pk, "role": "drafter", "since": today().isoformat()}
    answer = administrator.post(path, {**wanted, "unit": foreign.pk})
    assert told_at(answer, "unit")
    assert not Appointment.objects.filter(person=cast.stranger).exists(), "all of it or nothing"
    assert administrator.post(path, {**wanted, "unit": unit.pk})["Location"] == "/desk/agencies/"
    assert Appointment.objects.get(person=cast.stranger).unit == unit
    assert told_at(administrator.post(path, {**wanted, "unit": "x"}), "unit")


def test_a_route_is_set_and_taken_away(administrator: Client, cast: Cast) -> None:
    path = HOME + "route/"
    chosen = {"outcome": "state_secret", "first": "legal_reviewer", "second": "", "third": "approver"}
    assert administrator.post(path, chosen)["Location"] == HOME
    assert ApprovalRoute.objects.get().roles == ["legal_reviewer", "approver"]
    form = administrator.get(path + "?outcome=state_secret").context["form"]
    assert [form[name].value() for name in ("first", "second")] == ["legal_reviewer", "approver"]
    assert administrator.post(path, {"outcome": "state_secret", "first": ""})["Location"] == HOME
    assert not ApprovalRoute.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"outcome": "", "first": ""}, "first"),
        ({"outcome": "granted", "first": "approver", "second": "unit_head"}, "first"),
        ({"outcome": "nonsense", "first": "approver"}, "outcome"),
        ({"outcome": "granted", "first": "clerk"}, "first"),
    ],
)
def test_a_bad_route_is_told(administrator: Client, cast: Cast, chosen: dict[str, str], field: str) -> None:
    assert told_at(administrator.post(HOME + "route/", chosen), field)
    assert not ApprovalRoute.objects.exists()


# --- delegations ---


def wanted(person: Person, colleague: Person, **changes: Any) -> dict[str, Any]:
    appointment = Appointment.objects.get(person=person)
    last = (today() + timedelta(days=4)).isoformat()
    return {
        "appointment": appointment.pk,
        "taker": colleague.pk,
        "since": today().isoformat(),
        "until": last,
        **changes,
    }


def test_a_person_gives_the_own_role(cast: Cast) -> None:
    client = signed_in(cast.approver)
    assert "/desk/delegations/" in client.get("/desk/").content.decode()
    answer = client.post("/desk/delegations/", wanted(cast.approver, cast.legal_reviewer))
    assert answer["Location"] == "/desk/delegations/"
    assert Role.APPROVER in roles_of(cast.legal_reviewer, cast.agency)
    assert "Legal_Reviewer 代 Approver（审批人）" in text_of(client.get("/desk/delegations/"))
    assert Entry.objects.get(act="agencies.delegate").actor == "approver"


def test_the_own_page_offers_the_own_roles_and_colleagues(cast: Cast) -> None:
    second = make_person("second", cast.other_agency, Role.CLERK)
    form = signed_in(cast.approver).get("/desk/delegations/").context["form"]
    assert [row.person for row in form.fields["appointment"].queryset] == [cast.approver]
    takers = set(form.fields["taker"].queryset)
    assert cast.clerk in takers
    assert not {cast.approver, second, cast.stranger} & takers
    text = text_of(signed_in(cast.administrator).get("/desk/delegations/"))
    assert "没有可以委托的岗位" in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"taker": ""}, "taker"),
        ({"taker": 987654}, "taker"),
        ({"until": ""}, "until"),
        ({"until": "2020-01-01"}, "until"),
        ({"since": "2020-01-01"}, "since"),
        ({"appointment": 987654}, "appointment"),
    ],
)
def test_a_bad_delegation_is_told(cast: Cast, changes: dict[str, Any], field: str) -> None:
    answer = signed_in(cast.approver).post("/desk/delegations/", wanted(cast.approver, cast.legal_reviewer, **changes))
    assert told_at(answer, field)
    assert not Delegation.objects.exists()


def test_nobody_gives_another_s_role_on_the_own_page(cast: Cast) -> None:
    answer = signed_in(cast.clerk).post("/desk/delegations/", wanted(cast.approver, cast.clerk))
    assert told_at(answer, "appointment")
    assert not Delegation.objects.exists()


def test_an_administrator_gives_it_for_somebody(administrator: Client, cast: Cast) -> None:
    answer = administrator.post(HOME + "delegate/", wanted(cast.approver, cast.legal_reviewer))
    assert answer["Location"] == HOME
    assert Role.APPROVER in roles_of(cast.legal_reviewer, cast.agency)


@pytest.mark.parametrize(
    ("who", "back"),
    [("approver", "/desk/delegations/"), ("legal_reviewer", "/desk/delegations/"), ("administrator", HOME)],
)
def test_it_is_ended_after_a_question(cast: Cast, who: str, back: str) -> None:
    path = f"/desk/delegations/{given(cast).pk}/end/"
    client = signed_in(getattr(cast, who))
    assert "Legal_Reviewer立即不能再代Approver" in text_of(client.get(path))
    assert Delegation.objects.exists(), "asking ends nothing"
    assert client.post(path)["Location"] == back
    assert Role.APPROVER not in roles_of(cast.legal_reviewer, cast.agency)
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "other_clerk", "stranger"])
def test_nobody_else_ends_it(cast: Cast, who: str) -> None:
    path = f"/desk/delegations/{given(cast).pk}/end/"
    assert signed_in(getattr(cast, who)).post(path).status_code == 403
    assert Delegation.objects.exists()


def test_who_stands_in_for_whom_is_shown(cast: Cast) -> None:
    given(cast)
    until = today() + timedelta(days=5)
    words = f"代Approver（审批人）至{until.year}年{until.month}月{until.day}日"
    assert words in text_of(signed_in(cast.clerk).get("/desk/agencies/"))
    top = signed_in(cast.legal_reviewer).get("/desk/").content.decode()
    assert "代 审批人" in top
    assert "代 审批人" not in signed_in(cast.approver).get("/desk/").content.decode()


def test_one_to_come_and_one_that_gives_nothing(cast: Cast) -> None:
    row = given(cast, since=2)
    assert "尚未开始" in text_of(signed_in(cast.clerk).get(HOME))
    Delegation.objects.filter(pk=row.pk).update(since=today())
    Appointment.objects.filter(person=cast.approver).update(until=date(2025, 1, 1))
    text = text_of(signed_in(cast.clerk).get(HOME))
    assert "委托不起作用" in text
    assert "代Approver" not in text_of(signed_in(cast.clerk).get("/desk/agencies/"))


def test_the_numbers_of_the_archive(administrator: Client, cast: Cast) -> None:
    assert "卷宗不编档号" in text_of(administrator.get(HOME))
    assert told_at(filled(administrator, HOME + "archive/", archive_template="{fonds}-{year}"), "archive_template")
    assert filled(administrator, HOME + "archive/", fonds="X043", archive_retention="D10")["Location"] == HOME
    text = text_of(administrator.get(HOME))
    assert f"X043-WS·{today().year}-D10-GK-0001" in text
    assert "已有的档号不变" in text
    assert set(Entry.objects.get(act="agencies.edit").facts) == {"fonds", "archive_retention"}
