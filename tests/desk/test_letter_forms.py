"""A letter in its other forms and the sheets printed from a case: what they say, and who may have them."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.applications.case_sheets import case_sheet, letter_sheet, paper_forms
from gongkai.applications.letters import CATALOGUE
from gongkai.applications.models import Letter, LetterKind
from gongkai.applications.selectors import case_page
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import Scene, outsiders
from tests.applications.test_letters_catalogue import words_of
from tests.documents.papers import text_of
from tests.portal.test_progress import look_up


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_letter_as_word_ofd_and_nothing_for_outsiders(scene: Scene) -> None:
    application = scene.at(Stage.DELIVER)
    reply = application.letters.get(kind=LetterKind.REPLY)
    forms = [
        f"/desk/letters/{reply.pk}.docx",
        f"/desk/letters/{reply.pk}.ofd",
        f"/desk/letters/{reply.pk}/sheets/S02.pdf",
    ]
    sheets = [f"/desk/cases/{application.pk}/sheets/{code}.pdf" for code in ("P01", "S01")]
    clerk = signed_in(scene.cast.clerk)
    page = clerk.get(f"/desk/cases/{application.pk}/").content.decode()
    assert all(path in page for path in forms + sheets)
    word, ofd = (clerk.get(path) for path in forms[:2])
    text = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert reply.number in text
    assert application.applicant_name in text
    assert "OFD.xml" in zipfile.ZipFile(io.BytesIO(ofd.content)).namelist()
    for answer in (word, ofd):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Disposition"].startswith("attachment")
    proof = text_of(clerk.get(forms[2]).content)
    assert reply.number in proof
    others = [signed_in(person) for person in outsiders(scene) if Person.objects.get(pk=person.pk).is_active]
    for path in forms + sheets:
        assert "/desk/login/" in Client().get(path)["Location"], path
        assert all(other.get(path).status_code == 404 for other in others), path
    assert all(clerk.get(path).status_code == 200 for path in sheets)


def test_what_there_is_not_is_an_address_that_does_not_exist(scene: Scene) -> None:
    application = scene.at(Stage.ACCEPT)
    receipt = application.letters.get()
    clerk = signed_in(scene.cast.clerk)
    for path in (
        f"/desk/cases/{application.pk}/sheets/S01.pdf",
        f"/desk/cases/{application.pk}/sheets/P02.pdf",
        f"/desk/letters/{receipt.pk}/sheets/P07.pdf",
        f"/desk/letters/{receipt.pk}/own.docx",
    ):
        assert clerk.get(path).status_code == 404, path
    # One made before what it says was kept: PDF only.
    old = Letter.objects.create(
        application=application, step=receipt.step, kind=LetterKind.RECEIPT, number="旧", on=receipt.on,
        document=receipt.document,
    )  # fmt: skip
    assert f"/desk/letters/{old.pk}.ofd" not in clerk.get(f"/desk/cases/{application.pk}/").content.decode()
    for path in (f"/desk/letters/{old.pk}.docx", f"/desk/letters/{old.pk}.ofd"):
        assert clerk.get(path).status_code == 404, path


def test_sheets_show_no_identity_and_the_answer_sheet_nobody_who_applied(scene: Scene) -> None:
    application = scene.at(Stage.CONSULT)
    page = case_page(scene.cast.clerk, application.pk)
    sheet = words_of(case_sheet(page, "P01"))
    assert application.number in sheet
    for secret in (application.id_number, application.telephone, application.applicant_name):
        assert secret not in sheet
    asked = application.letters.get(kind=LetterKind.CONSULTATION)
    answer = words_of(letter_sheet(asked, "P07"))
    assert asked.number in answer
    assert asked.step.facts["text"] in answer
    for secret in (application.applicant_name, application.number, application.content):
        assert secret not in answer
    rows = {row.letter.kind: [rule.code for rule in row.sheets] for row in paper_forms(page).letters}
    assert rows["consultation"] == ["P07", "S02"]
    assert rows["consultation_notice"] == ["S02"]


@pytest.mark.article("条例", 45)
def test_the_approval_sheet_tells_who_looked_at_it_and_whose_turn_is_left(scene: Scene) -> None:
    scene.route()
    application = scene.at(Stage.APPROVE)
    application = scene.take(StepKind.REVIEW, application, remark="事实清楚。")
    text = words_of(case_sheet(case_page(scene.cast.clerk, application.pk), "S01"))
    for words in ("予以公开", "第三十六条第（二）项", "Drafter", "Unit_Head　2025年3月18日", "事实清楚。", "签名："):
        assert words in text, words
    assert "同意，签发" not in text


def test_the_applicant_may_have_ofd_of_what_went_out_only(client: Client, scene: Scene) -> None:
    received = scene.cast.apply()
    application = received.application
    application = scene.along(application, StepKind.REGISTER, StepKind.ACCEPT, StepKind.CONSULTATION)
    look_up(client, received.query_code)
    page = client.get("/progress/case/").content.decode()
    letters = {letter.kind: letter for letter in application.letters.all()}
    shown = f"/progress/letters/{letters['receipt'].pk}.ofd"
    assert shown in page
    assert client.get(shown)["Content-Type"] == "application/ofd"
    assert client.get(f"/progress/letters/{letters['consultation'].pk}.ofd").status_code == 404
    assert Client().get(shown).status_code == 404
    assert ".docx" not in page
    assert CATALOGUE["P07"].name.zh not in page
