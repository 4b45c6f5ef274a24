"""Closed case files at the desk: who may have one, and a further volume."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.models import CaseFile, PaperKind
from gongkai.documents.store import read
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene, outsiders
from tests.applications.test_archive import JUDGMENT, File
from tests.portal.pages import text_of

pytestmark = pytest.mark.django_db


def test_whoever_reads_the_case_has_its_file(client: Client, scene: Scene) -> None:
    volume = scene.at(Stage.CLOSED).case_files.get()
    for person in (scene.cast.clerk, scene.cast.supervisor):
        client.force_login(person)
        response = client.get(f"/desk/case-files/{volume.pk}.zip")
        assert b"".join(response.streaming_content) == read(volume.document)  # type: ignore[attr-defined]
        assert "no-store" in response["Cache-Control"]
    looks = [(view.by, view.reason) for view in volume.application.identity_views.all()]
    assert looks == [(person, "下载卷宗：第1卷") for person in (scene.cast.clerk, scene.cast.supervisor)]


def test_for_others_there_is_none(client: Client, scene: Scene) -> None:
    volume = scene.at(Stage.CLOSED).case_files.get()
    assert client.get(f"/desk/case-files/{volume.pk}.zip").status_code == 302
    for person in outsiders(scene):
        person.refresh_from_db()
        if person.is_active:
            client.force_login(person)
            assert client.get(f"/desk/case-files/{volume.pk}.zip").status_code == 404
            assert client.post(f"/desk/case-files/add/{volume.application_id}/").status_code == 404


def test_a_volume_for_what_came_later(client: Client, scene: Scene) -> None:
    application = scene.at(Stage.CLOSED)
    client.force_login(scene.cast.clerk)
    response = client.post(f"/desk/case-files/add/{application.pk}/", follow=True)
    assert "无需增卷" in response.content.decode()
    add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.REVIEW, uploads=[JUDGMENT])
    client.post(f"/desk/case-files/add/{application.pk}/")
    assert application.case_files.count() == 2


# --- the list by 档号 ---


def numbered(scene: Scene) -> CaseFile:
    scene.cast.agency.fonds = "X043"
    scene.cast.agency.save()
    return scene.at(Stage.CLOSED).case_files.get()


def test_the_list_shows_numbers_and_what_the_check_said(client: Client, scene: Scene) -> None:
    bare = scene.at(Stage.CLOSED)
    file = numbered(scene)
    client.force_login(scene.cast.clerk)
    text = text_of(client.get("/desk/archive/"))
    for words in ("2025 年度的卷宗", f"档号 {file.archive_number}", "保管期限 D30", "四性检测：通过", "未编档号"):
        assert words in text, words
    assert text.index(file.application.number) < text.index(bare.number), "what has no number comes last"
    found = text_of(client.get("/desk/archive/", {"q": "gk-0001"}))
    assert (file.application.number in found, bare.number in found) == (True, False)
    assert "没有这样的卷宗" in text_of(client.get("/desk/archive/", {"q": "%"}))
    for hostile in (
        {"year": "9" * 30},
        {"year": "99999"},
        {"year": "0001"},
        {"year": "x", "from": "-1"},
        {"from": "99999"},
        {"q": "\x00"},
    ):
        assert client.get("/desk/archive/", hostile).status_code == 200


def test_a_case_shows_its_number_and_problems(client: Client, scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    torn = File("扫描件.pdf", b"%PDF-1.7 torn")
    add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.MATERIAL, uploads=[torn])
    scene.take(StepKind.ARCHIVE, application)
    client.force_login(scene.cast.clerk)
    text = text_of(client.get(f"/desk/cases/{application.pk}/"))
    for words in ("未编档号（归档时机关没有全宗号）", "四性检测：有问题", "不能按其格式打开"):
        assert words in text, words
    assert "就有档号" not in text
    numbered(scene)
    assert "增加一卷，就有档号" in text_of(client.get(f"/desk/cases/{application.pk}/"))


def test_the_list_of_a_year_is_taken_away_and_written_down(client: Client, scene: Scene) -> None:
    file = numbered(scene)
    client.force_login(scene.cast.supervisor)
    answer = client.post("/desk/archive/list.xlsx", {"year": "2025"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))  # type: ignore[attr-defined]
    assert [row[1] for row in rows] == ["档号", file.archive_number]
    entry = Entry.objects.get(act="applications.archive_list")
    assert (entry.actor, entry.facts) == ("supervisor", {"year": 2025, "rows": 1})
    assert client.get("/desk/archive/list.xlsx").status_code == 405
    for year in ("1999", "", "0", "99999", "\x00"):
        assert "没有已归档的卷宗" in text_of(client.post("/desk/archive/list.xlsx", {"year": year}, follow=True))


def test_others_find_nothing_in_the_list(client: Client, scene: Scene) -> None:
    file = numbered(scene)
    assert client.get("/desk/archive/").status_code == 302
    for person in outsiders(scene):
        person.refresh_from_db()
        if person.is_active:
            client.force_login(person)
            for asked in ({}, {"year": "2025"}, {"q": "X043"}):
                answer = client.get("/desk/archive/", asked).content.decode()
                assert file.application.number not in answer
                assert f"/case-files/{file.pk}" not in answer
            assert client.post("/desk/archive/list.xlsx", {"year": "2025"}).status_code == 302
