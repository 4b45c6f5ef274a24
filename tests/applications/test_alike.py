"""Cases beside a case: of the same applicant, with like content; hints, found by index, for readers only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongkai.applications.actions.receive import receive
from gongkai.applications.models import Application, Channel
from gongkai.applications.selectors.alike import LOOKED_AT, SHOWN, alike
from gongkai.demonstration.applicants import applicant
from gongkai.law.applicants import ApplicantKind
from gongkai.law.procedure import Stage
from tests.applications.scenes import RECEIVED, Scene
from tests.cast import application_data

ASKED = "2020年度城市管理专项资金使用情况"
NEARLY = "2020年度城市管理专项资金的使用情况"
OTHER = "北区环卫站施工许可证及其附件"


def person(number: int) -> dict[str, Any]:
    return dict(applicant(ApplicantKind.NATURAL_PERSON, number))


def beside(scene: Scene, application: Application, on: date = RECEIVED) -> Any:
    return alike(scene.cast.clerk, application, on)


def test_cases_of_the_same_applicant(scene: Scene) -> None:
    first, second = scene.apply(content=OTHER), scene.apply(content=ASKED)
    scene.apply(**person(8), content=OTHER)
    found = beside(scene, second)
    assert [case.pk for case in found.same_applicant] == [first.pk]
    assert found.months == {(2025, 3): 2}
    assert (found.by_name_only, found.repeated, found.volume) == (False, None, None)


def test_without_a_number_the_name_is_all_there_is(scene: Scene) -> None:
    one, two, other = (_letter(scene, name, number) for number, name in enumerate(("张三", "张 三", "李四")))
    found = beside(scene, one)
    assert found.by_name_only
    assert [case.pk for case in found.same_applicant] == [two.pk]
    assert not beside(scene, other).same_applicant, "two who gave no number are not the same"


def _letter(scene: Scene, name: str, number: int) -> Application:
    data = application_data(applicant_name=name, id_number="", telephone="", content=f"{OTHER}{number}")
    return receive(
        agency=scene.cast.agency, channel=Channel.SIGNED_MAIL, data=data, token=f"a-letter-without-number-{number}",
        actor=scene.cast.clerk, on=RECEIVED,
    ).application  # fmt: skip


def test_like_content_the_likest_first(scene: Scene) -> None:
    near, same = scene.apply(**person(1), content=NEARLY), scene.apply(**person(2), content=ASKED)
    scene.apply(**person(3), content=OTHER)
    found = beside(scene, scene.apply(content=ASKED))
    assert found.like[0].per_cent == 100
    assert [each.application.pk for each in found.like] == [same.pk, near.pk]
    assert 50 <= found.like[1].per_cent < 100


@pytest.mark.article("条例", 36)
def test_a_repeated_application_is_hinted_at_only_after_an_answer(scene: Scene) -> None:
    answered = scene.at(Stage.ARCHIVE, content=ASKED)
    again = scene.apply(content=NEARLY)
    assert beside(scene, again).repeated == answered
    assert beside(scene, answered).repeated is None, "the earlier one repeats nothing"
    assert beside(scene, scene.apply(content=OTHER)).repeated is None
    assert beside(scene, scene.apply(**person(8), content=ASKED)).repeated is None, "somebody else"


def test_parts_of_one_form_repeat_nothing(scene: Scene) -> None:
    from gongkai.applications.actions.split import split

    application = scene.apply()
    cases = split(case_id=application.pk, actor=scene.cast.clerk, on=RECEIVED, matters=[ASKED, NEARLY])
    Application.objects.filter(pk=cases[0].pk).update(answered_on=RECEIVED, outcome="granted")
    assert beside(scene, cases[1]).repeated is None


@pytest.mark.article("条例", 44)
def test_three_applicants_for_the_same_suggest_publication(scene: Scene) -> None:
    scene.apply(**person(1), content=ASKED)
    second = scene.apply(**person(2), content=ASKED)
    scene.apply(**person(2), content=ASKED)
    assert beside(scene, second).publication is None
    third = beside(scene, scene.apply(**person(3), content=NEARLY)).publication
    assert third is not None
    assert "3个申请人" in third.zh


@pytest.mark.article("条例", 35)
def test_many_of_one_applicant_in_a_month(scene: Scene) -> None:
    application = scene.apply()
    copies = [_copy(application, number) for number in range(10)]
    Application.objects.bulk_create(copies)
    found = beside(scene, application)
    assert found.months == {(2025, 3): 11}
    assert found.volume is not None
    assert "2025年3月11件" in found.volume.zh
    assert beside(scene, application, RECEIVED + timedelta(days=400)).volume is None, "long ago"


def _copy(application: Application, number: int) -> Application:
    """A row like another: only what must be different is different."""
    copy = Application.objects.get(pk=application.pk)
    copy.pk, copy.number = None, f"copy-{number}"
    copy.query_code_index, copy.token_index = f"q{number}", f"t{number}"
    return copy


@pytest.mark.parametrize("who", ["other_clerk", "stranger", "editor"])
def test_others_are_shown_nothing(scene: Scene, who: str) -> None:
    scene.apply()
    application = scene.apply()
    found = alike(getattr(scene.cast, who), application, RECEIVED)
    assert not found.any
    assert not found.months


def test_another_agencys_cases_are_not_compared(scene: Scene) -> None:
    from gongkai.agencies.models import Appointment
    from gongkai.law.procedure import Role
    from tests.cast import SINCE

    received = receive(
        agency=scene.cast.other_agency, channel=Channel.WEB, data=application_data(), token="a-token-of-theirs-1",
        on=RECEIVED,
    )  # fmt: skip
    agency = scene.cast.other_agency
    Appointment.objects.create(person=scene.cast.clerk, agency=agency, role=Role.CLERK.value, since=SINCE)
    assert not beside(scene, scene.apply()).any
    assert not beside(scene, received.application).any


def test_without_letters_nothing_is_like(scene: Scene) -> None:
    application = scene.apply(**person(9), content="……")
    scene.apply(**person(8), content="……")
    assert not beside(scene, application).like


def test_as_many_queries_for_a_hundred_as_for_one(scene: Scene) -> None:
    """And of a mark that many share only the newest are looked at."""
    application, _other = scene.apply(), scene.apply()
    with CaptureQueriesContext(connection) as for_one:
        assert beside(scene, application).any
    made = Application.objects.bulk_create([_copy(application, number) for number in range(100)])
    _mark_all(made)
    with CaptureQueriesContext(connection) as for_many:
        found = beside(scene, application)
    assert len(for_many) == len(for_one) <= 6
    assert (len(found.same_applicant), len(found.like)) == (SHOWN, SHOWN)
    assert min(each.application.pk for each in found.like) > application.pk + 100 - LOOKED_AT


def _mark_all(cases: list[Application]) -> None:
    from gongkai.applications.actions.receive import mark

    for case in cases:
        mark(case)


def test_the_candidates_come_from_an_index(scene: Scene) -> None:
    """The plan of one branch: a search of the marks' index, no scan."""
    if connection.vendor != "sqlite":
        pytest.skip("the plan of a small table on PostgreSQL is a scan, whatever the indexes")
    query = (
        "EXPLAIN QUERY PLAN SELECT application_id FROM applications_mark WHERE agency_id = 1 AND mark = 5 "
        "ORDER BY application_id DESC LIMIT 60"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "COVERING INDEX mark_lookup" in plan
    assert "TEMP B-TREE" not in plan
