"""An OFD paper is looked at from the case page: who may, what is noted, what is told when it cannot be shown."""

from __future__ import annotations

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.models import Application, IdentityView, Paper, PaperKind
from gongkai.documents.upload_fields import Upload
from tests.cast import Cast
from tests.desk.test_case import seen_by
from tests.desk.test_case_acts import SCAN
from tests.documents.ofd_files import made, text
from tests.documents.papers import text_of as text_of_pdf
from tests.portal.pages import text_of


def with_paper(cast: Cast, data: bytes, *, kind: PaperKind = PaperKind.MATERIAL) -> tuple[Application, Paper, str]:
    application = cast.apply().application
    upload = Upload("征地方案.ofd", "application/ofd", data)
    (paper,) = add_paper(case_id=application.pk, actor=cast.clerk, kind=kind, uploads=[upload])
    return application, paper, reverse("desk:paper_preview", args=[paper.pk])


def test_from_the_page_to_the_drawn_paper(client: Client, cast: Cast) -> None:
    application, _, address = with_paper(cast, made(text("征地补偿安置方案")))
    assert f'href="{address}"' in seen_by(client, cast.supervisor, application).content.decode()
    response = client.get(address)
    assert text_of_pdf(response.content) == "征地补偿安置方案"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "no-store" in response.headers["Cache-Control"]
    assert not IdentityView.objects.exists()


@pytest.mark.article("个人信息保护法", 51)
def test_looking_at_a_paper_of_identity_is_noted_as_opening_it_is(client: Client, cast: Cast) -> None:
    application, _, address = with_paper(cast, made(text("申请表")), kind=PaperKind.FORM)
    client.force_login(cast.clerk)
    assert client.get(address, headers={"Accept-Language": "en"}).status_code == 200
    assert [(view.by, view.reason) for view in application.identity_views.all()] == [
        (cast.clerk, "打开材料：申请表或来信")
    ]


@pytest.mark.parametrize("who", ["other_clerk", "stranger", "editor", "administrator"])
def test_for_outsiders_there_is_nothing(client: Client, cast: Cast, who: str) -> None:
    _, _, address = with_paper(cast, made(text("公开")))
    client.force_login(getattr(cast, who))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_other_papers_have_no_preview(client: Client, cast: Cast) -> None:
    application = cast.apply().application
    (paper,) = add_paper(case_id=application.pk, actor=cast.clerk, kind=PaperKind.MATERIAL, uploads=[SCAN])
    address = reverse("desk:paper_preview", args=[paper.pk])
    assert address not in seen_by(client, cast.clerk, application).content.decode()
    assert client.get(address).status_code == 404


def test_what_cannot_be_shown_is_told_on_the_case_page(client: Client, cast: Cast) -> None:
    """The gate parses no XML; the preview does, and meets what only shows then."""
    data = made(parts={"Doc_0/Document.xml": b"<!DOCTYPE x><x/>"})
    application, _, address = with_paper(cast, data, kind=PaperKind.FORM)
    client.force_login(cast.clerk)
    response = client.get(address, follow=True)
    assert response.redirect_chain[0][0] == reverse("desk:case", args=[application.pk])
    assert "实体定义（DTD）" in text_of(response)
    assert not IdentityView.objects.exists(), "nothing was shown"


def test_left_out_things_are_told_in_the_language_of_the_reader(client: Client, cast: Cast) -> None:
    _, _, address = with_paper(cast, made(text("公开"), body="<ofd:Signatures/>"))
    client.force_login(cast.clerk)
    with pypdfium2.PdfDocument(client.get(address, headers={"Accept-Language": "en"}).content) as shown:
        assert len(shown) == 2
        assert "seals and signatures are not verified" in shown[0].get_textpage().get_text_range()
