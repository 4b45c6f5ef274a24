"""Applying on the portal: the form, what it refuses, what the applicant is told (条例 29–31)."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
import segno
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency, ReceiptRule
from gongkai.agencies.selectors import today
from gongkai.applications.models import Application
from tests.cast import Cast, application_data
from tests.portal.pages import text_of, token_of, value_of

SEND = "/apply/ours/send/"
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def typed(client: Client, cast: Cast, **changes: Any) -> dict[str, Any]:
    """What the browser sends: the cast's data with the token of an open form."""
    data = application_data(**{"token": token_of(client, cast.agency), **changes})
    return {name: str(value) for name, value in data.items() if value is not False}


def test_the_form_asks_for_what_article_29_lists_and_no_more(client: Client, cast: Cast) -> None:
    page = client.get("/apply/ours/").content.decode()
    names = set(re.findall(r'<(?:input|textarea|select)[^>]*name="(\w+)"', page))
    assert names - {"q"} == {  # the search box of the site stands above it
        "csrfmiddlewaretoken", "next", "token", "applicant_kind", "applicant_name", "id_type", "id_number",
        "contact_person", "telephone", "email", "address", "postcode", "content", "document_number", "features",
        "form_wanted", "way_wanted", "needs_help", "agent_name", "agent_id_number", "agent_telephone", "authority",
        "attachments",
    }  # fmt: skip


@pytest.mark.article("条例", 31)
def test_sent_it_leads_to_number_code_and_due_date(client: Client, cast: Cast) -> None:
    response = client.post(SEND, typed(client, cast))
    assert response.headers["Location"] == reverse("portal:sent")
    assert not response.content, "the code stands in no page before the one that shows it"
    page = client.get(reverse("portal:sent"))
    text = text_of(page)
    application = Application.objects.get()
    assert application.number in text
    assert len(CODE.findall(text)) == 1
    assert application.due_on
    assert f"{application.due_on.year}年{application.due_on.month}月{application.due_on.day}日" in text
    assert "这一天是怎么算出来的" in text
    assert "当日不计" in text, "the reckoning is told"
    assert "只显示这一次" in text
    assert page.headers["Cache-Control"].count("no-store") == 1


def test_the_picture_leads_to_the_progress_page_and_holds_no_code(client: Client, cast: Cast) -> None:
    client.post(SEND, typed(client, cast))
    page = client.get(reverse("portal:sent"))
    picture = re.search(r'<img src="(data:image/svg[^"]+)" alt="([^"]+)"', page.content.decode())
    assert picture
    address = "http://testserver" + reverse("portal:progress")
    assert html.unescape(picture.group(1)) == segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    assert "data:" in page.headers["Content-Security-Policy"], "the policy lets it show"
    assert address in text_of(page), "for who cannot scan"


def test_behind_a_proxy_the_picture_has_the_address_that_is_set(client: Client, cast: Cast, settings: Any) -> None:
    settings.SITE_URL = "https://gk.example.cn"
    client.post(SEND, typed(client, cast))
    assert "https://gk.example.cn/progress/" in text_of(client.get(reverse("portal:sent")))


def test_the_code_stands_in_no_address_and_no_row(client: Client, cast: Cast) -> None:
    client.post(SEND, typed(client, cast))
    page = client.get(reverse("portal:sent")).content.decode()
    found = CODE.search(page)
    assert found
    assert len(CODE.findall(page)) == 1, "shown, and linked to by nothing"
    row = Application.objects.values().get()
    assert found.group() not in str(row)
    assert found.group().replace("-", "") not in str(row)


def test_the_cookies_are_out_of_reach_of_scripts_and_short_lived(client: Client, cast: Cast) -> None:
    response = client.post(SEND, typed(client, cast))
    for name, seconds, path in (("gongkai_sent", 600, "/apply/sent/"), ("gongkai_case", 1800, "/progress/")):
        cookie = response.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == seconds
        assert cookie["path"] == path


def test_the_page_of_the_code_is_for_the_browser_that_sent_the_form(client: Client, cast: Cast) -> None:
    client.post(SEND, typed(client, cast))
    assert Client().get(reverse("portal:sent")).headers["Location"] == reverse("portal:progress")


def test_a_forged_cookie_opens_nothing(client: Client, cast: Cast) -> None:
    cast.apply()
    forger = Client()
    forger.cookies["gongkai_sent"] = '[1, "AAAA-AAAA-AAAA"]:1abc:forged'
    forger.cookies["gongkai_case"] = f"{Application.objects.get().pk}:1abc:forged"
    assert forger.get(reverse("portal:sent")).status_code == 302
    assert forger.get(reverse("portal:progress_case")).status_code == 302


def test_the_receipt_is_a_letter_to_read_at_once(client: Client, cast: Cast) -> None:
    client.post(SEND, typed(client, cast))
    page = client.get(reverse("portal:sent")).content.decode()
    address = re.search(r'href="(/progress/letters/\d+\.pdf)"', page)
    assert address
    letter = client.get(address.group(1))
    assert letter.headers["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")
    assert "no-store" in letter.headers["Cache-Control"]


def test_bad_input_gets_a_message_beside_the_field_and_loses_nothing(client: Client, cast: Cast) -> None:
    sent = typed(client, cast, id_number="110105194912310021", telephone="no")
    response = client.post(SEND, sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert not Application.objects.exists()
    assert 'aria-describedby="id_id_number_helptext id_id_number_error"' in page
    assert re.search(r'id="id_id_number_error".*?身份证号码不正确', page, re.DOTALL)
    assert re.search(r'id="id_telephone_error".*?电话号码', page, re.DOTALL)
    assert '<a href="#id_id_number">' in page, "the summary leads to the field"
    assert "<title>有错误：" in page
    for name in ("applicant_name", "id_number", "telephone", "content", "token"):
        assert value_of(response, name) == sent[name]
    assert 'value="natural_person" class="form-check-input" required id="id_applicant_kind_0" checked' in page


def test_an_empty_form_names_everything_that_is_missing(client: Client, cast: Cast) -> None:
    response = client.post(SEND, {"token": token_of(client, cast.agency)})
    text = text_of(response)
    for words in ("请选择申请人类型。", "请填写姓名或单位名称。", "请填写证件号码。", "请填写您需要什么政府信息。"):
        assert text.count(words) == 2, "once in the summary, once beside the field"


@pytest.mark.article("条例", 29)
def test_the_same_form_sent_twice_is_one_application(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    client.post(SEND, data)
    first = CODE.findall(client.get(reverse("portal:sent")).content.decode())
    client.post(SEND, data)
    assert CODE.findall(client.get(reverse("portal:sent")).content.decode()) == first
    assert Application.objects.count() == 1


def test_going_back_gives_the_same_form(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    client.post(SEND, data)
    assert token_of(client, cast.agency) == data["token"]


def test_other_contents_are_asked_about_and_then_taken(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    client.post(SEND, data)
    again = client.post(SEND, {**data, "content": "2021年度的同类信息"})
    assert "已经提交过" in text_of(again)
    assert value_of(again, "content") == "2021年度的同类信息"
    assert Application.objects.count() == 1
    client.post(SEND, {**data, "content": "2021年度的同类信息", "token": value_of(again, "token")})
    assert Application.objects.count() == 2


def test_another_application_begins_with_a_form_of_its_own(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    client.post(SEND, data)
    assert value_of(client.get("/apply/ours/?another"), "token") != data["token"]


def test_where_both_sides_confirm_no_date_is_promised(client: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(receipt_rule=ReceiptRule.BOTH_CONFIRM)
    assert "确认收到" in text_of(client.get("/apply/ours/"))
    client.post(SEND, typed(client, cast))
    text = text_of(client.get(reverse("portal:sent")))
    assert "确认收到之后开始计算" in text
    assert "已经收到" not in text
    assert "这一天是怎么算出来的" not in text


def test_the_page_that_takes_the_form_is_not_read(client: Client, cast: Cast) -> None:
    assert client.get(SEND).headers["Location"] == "/apply/ours/"


def test_an_expired_form_comes_back_filled_in(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    sent = typed(Client(), cast)
    response = strict.post(SEND, sent)
    assert response.status_code == 403
    assert "没有提交成功" in text_of(response)
    for name in ("applicant_name", "id_number", "content", "token"):
        assert value_of(response, name) == sent[name]
    assert "checked" in response.content.decode()
    assert not Application.objects.exists()
    fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.content.decode())
    assert fresh
    assert strict.post(SEND, {**sent, "csrfmiddlewaretoken": fresh.group(1)}).status_code == 302
    assert Application.objects.get().received_on == today()


def test_what_was_typed_is_never_markup(client: Client, cast: Cast) -> None:
    response = client.post(SEND, typed(client, cast, content="<script>alert(1)</script>", telephone=""))
    assert b"<script>alert" not in response.content


def test_in_english_the_kinds_are_english(client: Client, cast: Cast) -> None:
    text = text_of(client.get("/apply/ours/", headers={"accept-language": "en"}))
    assert "Public welfare organisation" in text
    assert "社会公益组织" not in text
