"""Worked examples of the time limits, each played through the actions: the stored row has the date of the example."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from gongkai.applications.errors import CaseNotFound
from gongkai.applications.history import reckoning_of
from gongkai.applications.models import Application, Channel
from gongkai.applications.selectors import case_page
from gongkai.law.clock import Consulted
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import StepKind
from tests.applications.scenes import GRANTED, Scene, check_derived

NOTICE, CORRECTED = StepKind.CORRECTION_NOTICE, StepKind.CORRECTED
ASK, ANSWER = StepKind.CONSULTATION, StepKind.CONSULTATION_REPLY
CO_PRODUCER = Consulted.CO_PRODUCER
Play = Sequence[tuple[StepKind, date, dict[str, object]]]


def played(scene: Scene, received: date, steps: Play) -> Application:
    """Received, registered and accepted on the day, then the steps."""
    application = scene.apply(on=received)
    for kind, on, data in [(StepKind.REGISTER, received, {}), (StepKind.ACCEPT, received, {}), *steps]:
        application = scene.take(kind, application, on=on, **data)
    check_derived(application)
    return application


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 1, 20), date(2025, 2, 21)),  # 1: over Spring Festival, with two make-up days
        (date(2026, 2, 9), date(2026, 3, 13)),  # 2
        (date(2024, 2, 1), date(2024, 3, 5)),  # 3: 除夕 2024 is a working day
        (date(2025, 9, 19), date(2025, 10, 23)),  # 4
        (date(2026, 9, 10), date(2026, 10, 14)),  # 5
        (date(2023, 9, 20), date(2023, 10, 24)),  # 6
        (date(2025, 2, 8), date(2025, 3, 7)),  # 8: received on a Saturday that was worked
    ],
)
def test_twenty_working_days_from_the_day_after_receipt(scene: Scene, received: date, due: date) -> None:
    application = scene.apply(on=received)
    assert (application.received_on, application.due_on) == (received, due)


@pytest.mark.article("条例", 31)
def test_example_7_signed_for_by_the_post_room_on_a_saturday(scene: Scene) -> None:
    from tests.applications.test_receive import send

    application = send(scene, channel=Channel.SIGNED_MAIL, actor=scene.cast.clerk, on=date(2025, 3, 15)).application
    assert (application.received_on, application.due_on) == (date(2025, 3, 15), date(2025, 4, 14))


@pytest.mark.article("条例", 30)
def test_examples_12_and_13_a_correction(scene: Scene) -> None:
    """Received 25 April 2025; the notice may go out until 8 May; corrected on 20 May it is due on 18 June."""
    received, last = date(2025, 4, 25), date(2025, 5, 8)
    notice = {"correct_by": date(2025, 5, 22)}
    application = played(scene, received, [])
    assert application.due_on == date(2025, 5, 27)
    with pytest.raises(ProcedureError) as refused:
        scene.take(NOTICE, application, on=date(2025, 5, 9), **notice)
    assert refused.value.code == "correction_notice_late"
    assert played(scene, received, [(NOTICE, last, notice)]).waits_until == date(2025, 5, 22)
    application = played(scene, received, [(NOTICE, date(2025, 5, 6), notice), (CORRECTED, date(2025, 5, 20), {})])
    assert (application.received_on, application.due_on) == (received, date(2025, 6, 18))


@pytest.mark.article("条例", 30)
def test_example_14_a_correction_that_lapses(scene: Scene) -> None:
    """Ten working days from 8 May end on 22 May; from the 23rd the case may be closed as lapsed."""
    correct_by = date(2025, 5, 22)
    application = played(scene, date(2025, 4, 25), [(NOTICE, date(2025, 5, 8), {"correct_by": correct_by})])
    page = case_page(scene.cast.drafter, application.pk, on=correct_by)
    assert StepKind.OPINION not in page.allowed
    page = case_page(scene.cast.drafter, application.pk, on=date(2025, 5, 23))
    assert StepKind.OPINION in page.allowed
    assert [outcome.value for outcome in page.outcomes] == ["correction_lapsed"]


@pytest.mark.article("条例", 33)
def test_example_17_an_answered_consultation(scene: Scene) -> None:
    """Received 3 March 2025, letter of 10 March received on the 12th, answered on the 26th: due on 17 April."""
    application = played(scene, date(2025, 3, 3), [(ASK, date(2025, 3, 10), {"received": date(2025, 3, 12)})])
    assert application.waits_until == date(2025, 4, 2)
    application = scene.take(ANSWER, application, on=date(2025, 3, 26))
    check_derived(application)
    assert application.due_on == date(2025, 4, 17)


@pytest.mark.article("条例", 32)
def test_example_18_a_silent_third_party(scene: Scene) -> None:
    """Received 17 March 2025, letter of 21 March received on the 24th: limit 15 April, reply due on 9 May."""
    application = played(scene, date(2025, 3, 17), [(ASK, date(2025, 3, 21), {"received": date(2025, 3, 24)})])
    assert (application.waits_until, application.due_on) == (date(2025, 4, 15), date(2025, 5, 9))
    application = scene.take(StepKind.OPINION, application, on=date(2025, 4, 16), **GRANTED)
    check_derived(application)
    assert application.due_on == date(2025, 5, 9)


@pytest.mark.article("条例", 32)
def test_example_19_a_silent_third_party_over_the_national_holidays(scene: Scene) -> None:
    application = played(scene, date(2025, 9, 15), [(ASK, date(2025, 9, 22), {"received": date(2025, 9, 24)})])
    assert (application.waits_until, application.due_on) == (date(2025, 10, 21), date(2025, 11, 11))


@pytest.mark.article("条例", 34)
def test_example_20_joint_makers(scene: Scene) -> None:
    asked = (ASK, date(2026, 4, 23), {"received": date(2026, 4, 24), "consulted": CO_PRODUCER})
    silent = played(scene, date(2026, 4, 20), [asked])
    assert (silent.waits_until, silent.due_on) == (date(2026, 5, 19), date(2026, 6, 11))
    answered = played(scene, date(2026, 4, 20), [asked, (ANSWER, date(2026, 5, 12), {})])
    assert answered.due_on == date(2026, 6, 4)


def test_the_page_and_the_row_tell_the_same_day(scene: Scene) -> None:
    """The explanation on the case page ends in the due date that the inbox sorts by."""
    application = played(scene, date(2025, 3, 3), [(ASK, date(2025, 3, 10), {"received": date(2025, 3, 12)})])
    application = scene.take(ANSWER, application, on=date(2025, 3, 26))
    page = case_page(scene.cast.supervisor, application.pk, on=date(2025, 3, 27))
    assert page.reckoning is not None
    assert page.reckoning.due == application.due_on
    assert page.reckoning.explanation
    assert reckoning_of(page.case, date(2025, 3, 27), explain=False).due == application.due_on
    with pytest.raises(CaseNotFound):
        case_page(scene.cast.stranger, application.pk)
