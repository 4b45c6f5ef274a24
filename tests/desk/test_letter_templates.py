"""The pages of an agency's papers: what everybody reads, what an administrator changes, previews, the test print."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.applications.actions.set_letter_template import set_letter_template
from gongkai.applications.letters import CATALOGUE
from gongkai.applications.models import LetterTemplate
from gongkai.law.procedure import Stage
from tests.applications.scenes import Scene
from tests.cast import Cast
from tests.documents.papers import pages_of
from tests.documents.papers import text_of as text_of_pdf
from tests.portal.pages import text_of

HOME = "/desk/agencies/ours/letters/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def sent(client: Client, path: str, **changes: Any) -> Any:
    """The form as it stands, with some fields changed, sent."""
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields} | changes
    return client.post(
        path, {name: value for name, value in values.items() if value is not None and value is not False}
    )


def test_everybody_reads_them_and_changes_nothing(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    listed = text_of(clerk.get(HOME))
    for rule in CATALOGUE.values():
        assert f"{rule.code} {rule.name.zh}" in listed
    page = clerk.get(f"{HOME}D01/")
    text = text_of(page)
    for words in (
        "法定内容，2019.1版",
        "《政府信息公开条例》第三十六条第（一）项",
        "获取的方式、途径",
        "救济途径",
        "使用通用模板",
    ):
        assert words in text, words
    assert "edit/" not in page.content.decode()
    assert "从办件打印的表单" in text_of(clerk.get(f"{HOME}S01/"))
    assert reverse("desk:letter_templates", args=["ours"]) in clerk.get("/desk/agencies/ours/").content.decode()
    for path in (f"{HOME}X99/", f"{HOME}X99/preview.pdf", "/desk/agencies/nowhere/letters/"):
        assert clerk.get(path).status_code == 404, path


def test_every_paper_has_its_page(cast: Cast) -> None:
    clerk = signed_in(cast.clerk)
    for code in CATALOGUE:
        assert clerk.get(f"{HOME}{code}/").status_code == 200, code


def test_only_an_administrator_gets_the_forms(cast: Cast, administrator: Client) -> None:
    for name in ("edit/", "retire/"):
        path = f"{HOME}D02/{name}"
        assert signed_in(cast.approver).get(path).status_code == 403
        assert signed_in(cast.approver).post(path, {}).status_code == 403
        assert "/desk/login/" in Client().get(path)["Location"]
        assert administrator.get(path).status_code == 200
    assert administrator.get(f"{HOME}S02/edit/").status_code == 404


def test_an_administrator_sets_and_ends_the_agencys_own(administrator: Client, cast: Cast) -> None:
    path = f"{HOME}D02/edit/"
    answer = sent(administrator, path, closing="请与{工作机构}联系。", slot_obtain_way="到窗口领取", owner="法规科")
    assert answer["Location"] == f"{HOME}D02/"
    row = LetterTemplate.objects.get()
    assert (row.version, row.owner, row.defaults) == (1, "法规科", {"obtain_way": "到窗口领取"})
    text = text_of(administrator.get(f"{HOME}D02/"))
    for words in ("已保存为第1版", "请与{工作机构}联系。", "到窗口领取", "法规科"):
        assert words in text, words
    assert "2019.1 + 本机关第1版" in text_of(administrator.get(HOME))
    assert sent(administrator, f"{HOME}D02/retire/")["Location"] == f"{HOME}D02/"
    assert "使用通用模板" in text_of(administrator.get(f"{HOME}D02/"))


def test_what_is_refused_is_told_at_its_field_and_nothing_typed_is_lost(administrator: Client) -> None:
    answer = sent(administrator, f"{HOME}D02/edit/", closing="见{姓名}", owner="法规科")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="id_closing_error"' in page
    assert "见{姓名}" in page
    assert "法规科" in page
    assert not LetterTemplate.objects.exists()


def test_a_page_that_grew_old_is_told(administrator: Client, cast: Cast) -> None:
    form = administrator.get(f"{HOME}D02/edit/").context["form"]
    set_letter_template(actor=cast.administrator, agency=cast.agency, code="D02", since=today(), owner="甲")
    values = {name: form[name].value() for name in form.fields}
    answer = administrator.post(
        f"{HOME}D02/edit/", {name: value for name, value in values.items() if value is not None}
    )
    assert "请核对最新情况" in text_of(answer)
    assert LetterTemplate.objects.count() == 1


# --- looked at ---


def test_a_wording_is_looked_at_before_it_is_kept(administrator: Client, cast: Cast) -> None:
    answer = sent(administrator, f"{HOME}D02/edit/", closing="请与{工作机构}联系。", preview="1")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of_pdf(answer.content)
    assert f"请与{cast.agency.office_name}联系。" in text
    assert "草稿" in text
    assert not LetterTemplate.objects.exists()


def test_a_real_case_is_shown_to_those_who_read_it_only(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    path = f"{HOME}D12/preview.pdf"
    shown = signed_in(scene.cast.clerk).get(path, {"case": application.pk})
    assert application.applicant_name in text_of_pdf(shown.content)
    assert "no-store" in shown["Cache-Control"]
    for outsider in (scene.cast.administrator, scene.cast.other_clerk):
        client = signed_in(outsider)
        assert application.number not in client.get(f"{HOME}D12/").content.decode()
        assert client.get(path, {"case": application.pk}).status_code == 404
        assert application.applicant_name not in text_of_pdf(client.get(path).content)


def test_the_test_print_has_every_paper(cast: Cast) -> None:
    answer = signed_in(cast.clerk).get(f"{HOME}all.pdf")
    pages = pages_of(answer.content)
    whole = "".join(pages)
    assert len(pages) >= len(CATALOGUE)
    for title in (
        "申请登记表",
        "补正告知书",
        "征求意见确认函",
        "审查呈批单",
        "送达回证",
        "申请答复书",
        "决定公开告知书",
    ):
        assert title in whole, title
    assert cast.agency.name in whole
