"""归档: what a closed case consists of is sealed, and checked again by anyone who has the file."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.archive import append_volume
from gongkai.applications.case_file import Sealing, build, report
from gongkai.applications.case_file_checks import KEPT
from gongkai.applications.case_file_sheets import sheets_of
from gongkai.applications.models import Application, CaseFile, Letter, Paper, PaperKind
from gongkai.documents.errors import MissingGlyph
from gongkai.documents.packages.checking import Result, seen_in
from gongkai.documents.packages.manifest import MANIFEST
from gongkai.documents.packages.opening import opened
from gongkai.documents.store import read
from gongkai.law.errors import LawError
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Chain
from gongkai.ledger.verification import verify
from tests.applications.scenes import Scene, squeezed
from tests.cast import Cast
from tests.documents.papers import text_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class File:
    name: str
    data: bytes
    media_type: str = "application/pdf"


JUDGMENT = File("判决书.txt", b"judgment of the court", "text/plain")


@pytest.fixture
def closed(scene: Scene) -> Application:
    return scene.at(Stage.CLOSED)


def volume(application: Application, number: int = 1) -> bytes:
    return read(application.case_files.get(volume=number).document)


def faulty(data: bytes) -> list[str]:
    """What does not pass, in words."""
    with opened(io.BytesIO(data)) as package:
        return [line.message.zh for line in report(seen_in(package, KEPT)) if line.result is Result.FAILED]


@pytest.mark.article("条例", 45)
def test_the_file_holds_every_letter_and_step(closed: Application) -> None:
    with zipfile.ZipFile(io.BytesIO(volume(closed))) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        steps = json.loads(archive.read("steps.json"))
        names = archive.namelist()
        index = archive.read("index.html").decode()
    letters = list(closed.letters.all())
    assert letters
    assert len([name for name in names if "-letter-" in name]) == len(letters)
    assert len(steps) == closed.steps.count()
    assert {row["name"] for row in manifest["files"]} == set(names) - {MANIFEST}
    assert closed.number in index
    assert closed.id_number not in index


def test_the_same_case_gives_the_same_bytes(closed: Application, cast: Cast) -> None:
    sealing, files = Sealing(1, date(2025, 3, 20), 2025), (io.BytesIO(), io.BytesIO())
    for lang, file in zip(("en", "zh-hans"), files, strict=True):
        with translation.override(lang):
            build(closed, sealing, file, sheets_of(closed, cast.clerk, sealing.closed_on))
    assert files[0].getvalue() == files[1].getvalue()


def test_the_sheets_are_filed_and_what_no_font_has_keeps_no_case_from_the_archive(scene: Scene) -> None:
    with zipfile.ZipFile(io.BytesIO(volume(scene.at(Stage.CLOSED)))) as archive:
        sheets = [archive.read(f"sheets/{code}.pdf") for code in ("p01", "s01")]
    assert [squeezed("申请登记表") in text_of(sheets[0]), squeezed("同意，签发。") in text_of(sheets[1])] == [
        True,
        True,
    ]
    with pytest.MonkeyPatch.context() as fonts:
        fonts.setattr("gongkai.applications.case_file_sheets.render_pdf", _lacks_a_glyph)
        assert faulty(volume(scene.at(Stage.CLOSED))) == []


def _lacks_a_glyph(content: object) -> bytes:
    raise MissingGlyph(("𰀀",))


def test_a_changed_missing_or_added_file_is_found(closed: Application) -> None:
    data = volume(closed)
    assert faulty(data) == []
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name != "index.html":
                new.writestr(name, b"[]" if name == "application.json" else old.read(name))
        new.writestr("files/99-other.pdf", b"x")
    assert faulty(changed.getvalue())[:2] == [
        "内容已被改动：application.json",
        "与清单不符：缺少 index.html、多出 files/99-other.pdf",
    ]


def test_a_hostile_name_is_no_path(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    hostile = File("../../etc/passwd\n.pdf", b"%PDF-1.7 x")
    add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.MATERIAL, uploads=[hostile])
    scene.take(StepKind.ARCHIVE, application)
    with zipfile.ZipFile(io.BytesIO(volume(application))) as archive:
        names = [name for name in archive.namelist() if "paper" in name]
        assert names == ["files/002-paper-material.pdf"], "before the reply, which is the third"


def test_after_closing_only_papers_of_review_come_in(closed: Application, cast: Cast) -> None:
    clerk = cast.clerk
    with pytest.raises(Invalid, match="已归档"):
        add_paper(case_id=closed.pk, actor=clerk, kind=PaperKind.MATERIAL, uploads=[JUDGMENT])
    add_paper(case_id=closed.pk, actor=clerk, kind=PaperKind.REVIEW, uploads=[JUDGMENT])
    first = volume(closed)
    append_volume(case_id=closed.pk, actor=clerk, on=today())
    assert volume(closed) == first
    assert faulty(volume(closed, 2)) == []
    assert JUDGMENT.data in volume(closed, 2)
    assert JUDGMENT.data not in first


def test_a_volume_is_added_only_for_something_new(closed: Application, cast: Cast) -> None:
    with pytest.raises(Invalid, match="无需增卷"):
        append_volume(case_id=closed.pk, actor=cast.clerk, on=today())


def test_an_open_case_has_no_volume_to_add(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    with pytest.raises(Invalid, match="尚未归档"):
        append_volume(case_id=application.pk, actor=scene.cast.clerk, on=today())


def test_only_the_clerk_closes(closed: Application, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        append_volume(case_id=closed.pk, actor=cast.drafter, on=today())


@pytest.mark.parametrize("model", [Paper, CaseFile])
def test_the_database_refuses_every_change(
    closed: Application, cast: Cast, model: type[Paper] | type[CaseFile]
) -> None:
    add_paper(case_id=closed.pk, actor=cast.clerk, kind=PaperKind.REVIEW, uploads=[JUDGMENT])
    rows = model._default_manager.filter(application=closed.pk)
    assert rows.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(application=closed.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_a_paper_cannot_name_a_step_of_another_case(scene: Scene) -> None:
    other = scene.cast.apply(on=date(2021, 3, 1)).application
    [letter] = other.letters.all()
    foreign = scene.apply().steps.first()
    document = letter.document

    def misplace(row: Paper | Letter) -> None:
        with transaction.atomic():
            row.save(force_insert=True)
            # PostgreSQL holds it at the end of the transaction, which the test never reaches: ask now.
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError):
        misplace(Paper(application=other, step=foreign, kind=PaperKind.MATERIAL, name="x", document=document))
    with pytest.raises(DatabaseError):
        misplace(Letter(application=other, step=foreign, kind="receipt", number="x", on=letter.on, document=document))


def test_the_ledger_speaks_of_papers_and_volumes(closed: Application, cast: Cast) -> None:
    add_paper(case_id=closed.pk, actor=cast.clerk, kind=PaperKind.REVIEW, uploads=[JUDGMENT])
    assert list(verify(Chain.objects.get(name=cast.agency.slug))) == []


def test_a_supervisor_only_reads(scene: Scene) -> None:
    application = scene.apply()
    with pytest.raises(LawError):
        add_paper(case_id=application.pk, actor=scene.cast.supervisor, kind=PaperKind.MATERIAL, uploads=[JUDGMENT])
    assert not application.papers.exists()
