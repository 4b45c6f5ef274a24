"""Closed case files at the desk: who may have one, and a further volume."""

from __future__ import annotations

import io

import pytest
from django.test import Client

from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.case_file import faults
from gongkai.applications.models import PaperKind
from gongkai.law.procedure import Stage
from tests.applications.scenes import Scene, outsiders
from tests.applications.test_archive import JUDGMENT

pytestmark = pytest.mark.django_db


def test_whoever_reads_the_case_has_its_file(client: Client, scene: Scene) -> None:
    volume = scene.at(Stage.CLOSED).case_files.get()
    for person in (scene.cast.clerk, scene.cast.supervisor):
        client.force_login(person)
        response = client.get(f"/desk/case-files/{volume.pk}.zip")
        assert faults(io.BytesIO(b"".join(response.streaming_content))) == []  # type: ignore[attr-defined]
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
