"""What three or more different applicants asked one agency for within a year (条例 44)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.applications.actions.receive import receive
from gongkai.applications.actions.suggest_publication import draft_from_case
from gongkai.applications.models import Application, Channel
from gongkai.applications.selectors import repeated
from gongkai.applications.selectors.repeated import Suggestion, publish_suggestions
from gongkai.demonstration.applicants import resident_id
from gongkai.law.procedure import Stage
from tests.applications.scenes import RECEIVED, WAY_TO, Scene
from tests.cast import application_data

pytestmark = pytest.mark.article("条例", 44)
ASKED = "滨河国际新城2020年度土地征收补偿安置方案"
DAY = date(2025, 6, 2)


def ask(scene: Scene, serial: int, content: str = ASKED, on: date = RECEIVED, **changes: Any) -> Application:
    """One more applicant asks."""
    who = {"applicant_name": f"申请人{serial}", "id_number": resident_id(100 + serial)}
    return scene.apply(on, content=content, **{**who, **changes})


def found(scene: Scene, on: date = DAY) -> list[Suggestion]:
    return publish_suggestions(scene.cast.clerk, on)


def test_three_applicants(scene: Scene) -> None:
    cases = [ask(scene, serial) for serial in range(3)]
    ask(scene, 9, "前程路厂房用地的规划许可")
    (suggestion,) = found(scene)
    assert suggestion.applicants == 3
    assert [case.pk for case in suggestion.cases] == [case.pk for case in reversed(cases)]
    assert "3个申请人" in str(suggestion.hint)
    assert suggestion.title == ASKED
    assert (suggestion.granted, suggestion.drafted) == (None, False)


def test_two_are_not_several(scene: Scene) -> None:
    for serial in range(2):
        ask(scene, serial)
    assert found(scene) == []


def test_one_who_asks_three_times_is_one(scene: Scene) -> None:
    for _ in range(3):
        ask(scene, 1)
    ask(scene, 2)
    assert found(scene) == []


def test_who_gave_no_number_is_told_by_name(scene: Scene) -> None:
    for _ in range(3):
        ask(scene, 1, id_number="")
    assert found(scene) == []
    for serial in (2, 3):
        ask(scene, serial, id_number="")
    assert [suggestion.applicants for suggestion in found(scene)] == [3]


def test_like_words_suffice(scene: Scene) -> None:
    for serial, content in enumerate([ASKED, f"申请公开{ASKED}", f"{ASKED}全文。"]):
        ask(scene, serial, content)
    assert len(found(scene)) == 1


def test_what_is_older_than_a_year_does_not_count(scene: Scene) -> None:
    for serial in range(3):
        ask(scene, serial)
    assert len(found(scene, date(2026, 3, 2))) == 1
    assert found(scene, date(2026, 3, 4)) == []


def test_each_agency_for_itself(scene: Scene) -> None:
    for serial in range(2):
        ask(scene, serial)
    data = application_data(content=ASKED, id_number=resident_id(300))
    receive(agency=scene.cast.other_agency, channel=Channel.WEB, data=data, token="x" * 20, on=RECEIVED)
    assert found(scene) == []
    assert publish_suggestions(scene.cast.other_clerk, DAY) == []


@pytest.mark.parametrize("who", ["supervisor", "editor", "administrator", "other_clerk", "stranger"])
def test_who_sees_none(scene: Scene, who: str) -> None:
    for serial in range(3):
        ask(scene, serial)
    assert publish_suggestions(getattr(scene.cast, who), DAY) == []


def test_a_granted_case_can_be_drafted_and_then_is(scene: Scene) -> None:
    cases = [ask(scene, serial) for serial in range(3)]
    scene.along(cases[1], *WAY_TO[Stage.ARCHIVE])
    (suggestion,) = found(scene)
    assert suggestion.granted is not None
    assert suggestion.granted.pk == cases[1].pk
    draft_from_case(case_id=cases[1].pk, actor=scene.cast.clerk)
    assert [each.drafted for each in found(scene)] == [True]


def test_most_applicants_first(scene: Scene) -> None:
    for serial in range(3):
        ask(scene, serial)
    for serial in range(4):
        ask(scene, serial, "前程路厂房用地的规划许可")
    assert [each.applicants for each in found(scene)] == [4, 3]


def test_only_the_newest_are_looked_at(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    for serial in range(4):
        ask(scene, serial)
    monkeypatch.setattr(repeated, "NEWEST", 2)
    assert found(scene) == []


def test_all_applicants_are_counted_though_not_all_cases_are_shown(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeated, "CASES", 2)
    for serial in range(4):
        ask(scene, serial)
    (suggestion,) = found(scene)
    assert (suggestion.applicants, len(suggestion.cases)) == (4, 2)


def test_as_many_questions_for_many_cases(scene: Scene, django_assert_max_num_queries: Any) -> None:
    for serial in range(8):
        ask(scene, serial)
    with django_assert_max_num_queries(8):
        assert len(found(scene)) == 1
