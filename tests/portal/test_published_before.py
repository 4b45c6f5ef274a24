"""What is published already is shown once before an application is sent, and never stands in the way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.applications.models import Application
from gongkai.applications.published_before import published_like
from gongkai.disclosure.models import DocumentClass, NormativeDocument
from tests.cast import Cast
from tests.portal.pages import text_of, value_of
from tests.portal.test_apply import SEND, typed
from tests.portal.test_apply_papers import file

TITLE = "关于印发《城市管理专项资金管理办法》的通知"
ASKED = "城市管理专项资金管理办法"


def publish(cast: Cast, title: str = TITLE, number: str = "演城管〔2023〕8号", **changes: Any) -> NormativeDocument:
    row = {"agency": cast.agency, "document_class": DocumentClass.NORMATIVE, "made_on": date(2023, 5, 4), **changes}
    return NormativeDocument.objects.create(title=title, document_number=number, **row)


def test_it_is_shown_once_and_then_sent(client: Client, cast: Cast) -> None:
    publish(cast)
    data = typed(client, cast, content=ASKED)
    asked = client.post(SEND, data)
    text = text_of(asked)
    assert asked.status_code == 200
    assert "还没有提交" in text
    assert TITLE in text
    assert "演城管〔2023〕8号" in text
    assert reverse("portal:guide", args=["ours"]) in asked.content.decode()
    for name in ("applicant_name", "id_number", "content", "token"):
        assert value_of(asked, name) == data[name]
    assert not Application.objects.exists()
    assert "有错误" not in text, "it counts as no refusal"
    sent = client.post(SEND, {**data, "checked": value_of(asked, "checked")})
    assert sent.headers["Location"] == reverse("portal:sent")
    assert Application.objects.count() == 1
    assert TITLE not in text_of(client.get(reverse("portal:sent"))), "once"


def test_it_is_shown_no_second_time(client: Client, cast: Cast) -> None:
    publish(cast)
    data = {**typed(client, cast, content=ASKED), "checked": "1"}
    wrong = client.post(SEND, {**data, "telephone": "no"})
    assert value_of(wrong, "checked") == "1", "a mistake after it does not bring it back"
    client.post(SEND, data)
    assert Application.objects.count() == 1


def test_without_a_match_nothing_stands_between(client: Client, cast: Cast) -> None:
    publish(cast, title="关于印发《户外广告设置管理规定》的通知")
    assert client.post(SEND, typed(client, cast, content=ASKED)).status_code == 302


def test_who_brings_files_is_not_stopped_but_told_after(client: Client, cast: Cast) -> None:
    """A page cannot hand the files back to the browser: to stop here would lose them."""
    publish(cast)
    sent = client.post(SEND, {**typed(client, cast, content=ASKED), "attachments": file()})
    assert sent.status_code == 302
    assert TITLE in text_of(client.get(reverse("portal:sent")))


def test_a_form_that_was_sent_leads_to_its_number_at_once(client: Client, cast: Cast) -> None:
    data = typed(client, cast, content=ASKED)
    client.post(SEND, data)
    publish(cast)
    assert client.post(SEND, data).headers["Location"] == reverse("portal:sent")


@pytest.mark.parametrize(
    ("content", "number", "found"),
    [
        (ASKED, "", True),
        ("我想要贵局2023年制定的城市管理专项资金管理办法全文及其附件", "", True),
        ("城市管理专项资金", "", True),
        ("请提供该文件", "演城管[2023]8号", True),
        ("请提供演城管〔2023〕8号文", "", True),
        ("2020年度城市绿化项目验收报告", "", False),
        ("关于印发的通知", "", False),
        ("资金", "", False),
        ("？", "", False),
    ],
)
def test_what_is_alike(cast: Cast, content: str, number: str, found: bool) -> None:
    document = publish(cast)
    assert published_like(cast.agency, content, number) == ([document] if found else [])


def test_repealed_and_other_agencies_documents_are_not_shown(cast: Cast) -> None:
    publish(cast, repealed_on=date(2024, 1, 1))
    publish(cast, number="演财〔2023〕1号", agency=cast.other_agency)
    assert published_like(cast.agency, ASKED) == []


def test_the_likeliest_come_first_and_not_too_many(cast: Cast) -> None:
    for serial in range(7):
        publish(cast, title=f"城市管理专项资金管理办法实施细则第{serial}号", number=f"演城管〔2022〕{serial}号")
    exact = publish(cast)
    found = published_like(cast.agency, ASKED, "演城管〔2023〕8号")
    assert found[0] == exact
    assert len(found) == 5
