"""档号: given when a volume is sealed, without gaps, each once; an agency that has none archives all the same."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.actions.number import pass_over
from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, NumberSeries
from gongkai.agencies.selectors import today
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.archive import append_volume, take_archive_number
from gongkai.applications.models import Application, CaseFile, PaperKind
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import Scene
from tests.applications.test_archive import JUDGMENT
from tests.at_once import at_once


def with_fonds(scene: Scene, **changes: str) -> Agency:
    agency = scene.cast.agency
    for name, value in {"fonds": "X043", **changes}.items():
        setattr(agency, name, value)
    agency.save()
    return agency


def sealed(application: Application, volume: int = 1) -> CaseFile:
    return application.case_files.get(volume=volume)


def test_items_follow_each_other(scene: Scene, db: None) -> None:
    with_fonds(scene)
    files = [sealed(scene.at(Stage.CLOSED)) for _ in range(2)]
    assert [file.archive_number for file in files] == ["X043-WS·2025-D30-GK-0001", "X043-WS·2025-D30-GK-0002"]
    assert [(file.item, file.year, file.retention) for file in files] == [(1, 2025, "D30"), (2, 2025, "D30")]


def test_each_year_and_retention_has_its_own(scene: Scene) -> None:
    with_fonds(scene)
    first = sealed(scene.at(Stage.CLOSED))
    with_fonds(scene, archive_retention="Y")
    assert sealed(scene.at(Stage.CLOSED)).archive_number == "X043-WS·2025-Y-GK-0001"
    with_fonds(scene, archive_retention="D30")
    add_paper(case_id=first.application_id, actor=scene.cast.clerk, kind=PaperKind.REVIEW, uploads=[JUDGMENT])
    later = append_volume(case_id=first.application_id, actor=scene.cast.clerk, on=today())
    assert later.archive_number == f"X043-WS·{today().year}-D30-GK-0001", "a later volume is an item of the year it is"


def test_what_is_closed_after_the_turn_of_the_year_is_of_the_year_it_was_answered_in(scene: Scene) -> None:
    with_fonds(scene)
    application = scene.along(scene.at(Stage.DELIVER), StepKind.DELIVER)
    scene.take(StepKind.ARCHIVE, application, on=date(2026, 2, 3))
    assert (sealed(application).year, sealed(application).item) == (2025, 1)


def test_without_a_fonds_the_case_is_archived_and_numbered_later(scene: Scene) -> None:
    application = scene.at(Stage.CLOSED)
    first = sealed(application)
    assert (first.archive_number, first.item) == (None, None)
    assert not NumberSeries.objects.filter(kind__startswith="archive").exists()
    with pytest.raises(Invalid, match="无需增卷"):
        append_volume(case_id=application.pk, actor=scene.cast.clerk, on=today())
    with_fonds(scene)
    append_volume(case_id=application.pk, actor=scene.cast.clerk, on=today())
    assert sealed(application, 2).archive_number == f"X043-WS·{today().year}-D30-GK-0001"
    assert sealed(application).archive_number is None, "what was sealed is not changed"
    with pytest.raises(Invalid, match="无需增卷"):
        append_volume(case_id=application.pk, actor=scene.cast.clerk, on=today())


def test_a_number_that_another_has_is_passed_over(scene: Scene) -> None:
    with_fonds(scene)
    sealed(scene.at(Stage.CLOSED))
    other = scene.cast.other_agency
    other.fonds = "X043"
    other.save()
    with transaction.atomic():
        assert take_archive_number(other, 2025) == ("X043-WS·2025-D30-GK-0002", 2)
        pass_over(other, "archive-D30", 2025, 40)
        assert take_archive_number(other, 2025)[1] == 41


def test_no_number_stands_on_two_files(scene: Scene) -> None:
    with_fonds(scene)
    first, second = sealed(scene.at(Stage.CLOSED)), sealed(scene.at(Stage.CLOSED))
    copy = CaseFile(
        application=second.application, volume=2, document=second.document, archive_number=first.archive_number
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_an_archiving_that_fails_uses_no_number_up(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with_fonds(scene)
    application = scene.at(Stage.ARCHIVE)

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("gongkai.applications.actions.archive.keep_file", full)
        with pytest.raises(OSError, match="No space"):
            scene.take(StepKind.ARCHIVE, application)
    application.refresh_from_db()
    assert application.stage == Stage.ARCHIVE
    assert sealed(scene.take(StepKind.ARCHIVE, application)).item == 1


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_cases_closed_at_once_have_two_numbers(scene: Scene) -> None:
    with_fonds(scene)
    first, second = scene.at(Stage.ARCHIVE), scene.at(Stage.ARCHIVE)
    results = at_once(
        lambda: scene.take(StepKind.ARCHIVE, first),
        lambda: scene.take(StepKind.ARCHIVE, second),
    )
    assert all(isinstance(result, Application) for result in results), results
    assert sorted(CaseFile.objects.values_list("item", flat=True)) == [1, 2]
