"""Files and an agent with an application; one form is one application, however often and from wherever it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.applications.models import Application, Paper, PaperKind
from gongkai.documents.store import read
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast, application_data
from tests.documents.uploads import PAGE, pdf, word
from tests.portal.pages import text_of, token_of, value_of
from tests.portal.test_apply import CODE, SEND, typed

AGENT = {"agent_name": "陈代理", "agent_telephone": "13900001111"}


def file(name: str = "地图.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if data is None else data)


def code_shown(client: Client) -> str:
    return CODE.findall(client.get(reverse("portal:sent")).content.decode())[0]


def test_attachments_lie_in_the_case(client: Client, cast: Cast) -> None:
    sent = client.post(SEND, {**typed(client, cast), "attachments": [file(), file("说明.docx", word())]})
    assert sent.headers["Location"] == reverse("portal:sent")
    papers = list(Paper.objects.select_related("document"))
    assert [(paper.kind, paper.name, paper.added_by) for paper in papers] == [
        (PaperKind.ATTACHMENT, "地图.pdf", None),
        (PaperKind.ATTACHMENT, "说明.docx", None),
    ]
    assert read(papers[0].document) == pdf()
    assert Entry.objects.filter(act="applications.paper").count() == 2


def test_an_agent_shows_that_they_may(client: Client, cast: Cast) -> None:
    without = client.post(SEND, {**typed(client, cast), **AGENT})
    assert "请上传授权委托书" in text_of(without)
    assert value_of(without, "agent_name") == "陈代理"
    assert '<details class="explain" open>' in without.content.decode(), "what is wrong is not folded away"
    nameless = client.post(SEND, {**typed(client, cast), "authority": file("委托书.pdf")})
    assert "请填写代理人姓名" in text_of(nameless)
    assert not Application.objects.exists()
    client.post(SEND, {**typed(client, cast), **AGENT, "authority": file("委托书.pdf")})
    application = Application.objects.get()
    assert (application.agent_name, application.agent_telephone) == ("陈代理", "13900001111")
    assert Paper.objects.get().kind == PaperKind.AUTHORITY


def test_a_refused_file_is_named_where_it_was_chosen_and_nothing_typed_is_lost(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    answer = client.post(SEND, {**data, "attachments": [file(), file("照片.jpg", PAGE), file("空.pdf", b"")]})
    page, text = answer.content.decode(), text_of(answer)
    assert 'id="id_attachments_error"' in page
    assert "照片.jpg" in text
    assert "空.pdf" in text
    assert "需要重新选择" in text, "what browsers cannot keep is said"
    for name in ("applicant_name", "id_number", "content", "token"):
        assert value_of(answer, name) == data[name]
    assert not Application.objects.exists()
    assert not Paper.objects.exists()


def test_which_files_are_taken_is_said_before(client: Client, cast: Cast, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 7 * 1024 * 1024
    assert "最多10个文件，每个不超过7 MB" in text_of(client.get("/apply/ours/"))


def test_eleven_files_are_too_many(client: Client, cast: Cast) -> None:
    answer = client.post(SEND, {**typed(client, cast), "attachments": [file(f"{place}.pdf") for place in range(11)]})
    assert "一次最多上传10个文件" in text_of(answer)
    assert not Application.objects.exists()


# --- once ---


def test_a_resend_with_its_files_is_one_application(client: Client, cast: Cast) -> None:
    """The line broke while the answer was under way: the browser sends all of it again."""
    data = typed(client, cast)
    client.post(SEND, {**data, "attachments": file()})
    first = code_shown(client)
    client.post(SEND, {**data, "attachments": file()})
    assert code_shown(client) == first
    assert (Application.objects.count(), Paper.objects.count()) == (1, 1)


def test_going_back_forgets_the_files_but_not_that_it_was_sent(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    client.post(SEND, {**data, "attachments": file()})
    first = code_shown(client)
    client.post(SEND, data)
    assert code_shown(client) == first
    assert Application.objects.count() == 1


def test_a_file_added_to_a_form_that_was_sent_is_not_lost_silently(client: Client, cast: Cast) -> None:
    data = typed(client, cast)
    client.post(SEND, data)
    again = client.post(SEND, {**data, "attachments": file()})
    assert "已经提交过" in text_of(again)
    assert "需要重新选择" in text_of(again)
    assert (Application.objects.count(), Paper.objects.count()) == (1, 0)


def test_two_tabs_hold_one_form(client: Client, cast: Cast) -> None:
    first, second = typed(client, cast), typed(client, cast)
    assert first["token"] == second["token"]
    client.post(SEND, first)
    client.post(SEND, second)
    assert Application.objects.count() == 1


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("files", [False, True])
def test_a_double_click_is_one_application(files: bool) -> None:
    cast = Cast.assemble()
    data = {**typed(Client(), cast), "checked": "1"}
    clicks = [Client(), Client()]

    def click(client: Client) -> Any:
        return client.post(SEND, {**data, "attachments": file()} if files else data)

    answers = at_once(*(lambda client=client: click(client) for client in clicks))
    assert [getattr(answer, "status_code", answer) for answer in answers] == [302, 302]
    assert Application.objects.count() == 1
    assert Paper.objects.count() == int(files)
    assert len({code_shown(client) for client in clicks}) == 1


def test_the_expired_form_says_that_files_are_gone(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post(SEND, {**typed(Client(), cast), "attachments": file()})
    assert answer.status_code == 403
    assert "需要重新选择" in text_of(answer)
    assert value_of(answer, "content") == application_data()["content"]


def test_a_token_opens_nothing_else(client: Client, cast: Cast) -> None:
    assert token_of(client, cast.agency) != token_of(Client(), cast.agency)
