"""延期: consent, reason, the new last day, and the letter that tells it."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.models import LetterKind
from gongkai.law.errors import ProcedureError
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written, said, squeezed
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each

EXTEND = StepKind.EXTENSION


class TestExtendStandard(ActionStandard):
    kind = EXTEND
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION[2:], "too_late"),
    }


@pytest.mark.article("条例", 33)
def test_the_limit_grows_and_the_applicant_is_told(scene: Scene) -> None:
    application = scene.home(EXTEND)
    assert application.due_on == date(2025, 3, 31)
    application = scene.take(EXTEND, application)
    step = check_recorded(application, EXTEND, actor=scene.cast.approver, role=Role.APPROVER, on=ACTS[EXTEND].on)
    assert step.facts == {"days": 10, "consented": "2025-03-12", "reason": "所涉档案数量大，需要逐件核对"}
    assert application.due_on == date(2025, 4, 15)
    (letter,) = step.letters.all()
    assert (letter.kind, letter.number) == (LetterKind.EXTENSION, "演城公开延〔2025〕1号")
    text = said(letter)
    for part in (
        "政府信息公开申请延期答复告知书",
        "因所涉档案数量大，需要逐件核对，本机关不能在原答复期限内（至2025年3月31日止）作出答复。",
        "根据《政府信息公开条例》第三十三条第二款的规定，经本机关政府信息公开工作机构负责人于2025年3月12日同意",
        "延长10个工作日，延长后的答复期限至2025年4月15日止",
    ):
        assert squeezed(part) in text, part


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True), (20, True), (21, False)])
def test_one_to_twenty_working_days(scene: Scene, days: int, taken: bool) -> None:
    application = scene.home(EXTEND)
    if taken:
        assert scene.take(EXTEND, application, days=days).due_on > date(2025, 3, 31)
        return
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(EXTEND, application, days=days)
    assert refused.value.code == "extension_days"


def test_only_once_and_only_in_time(scene: Scene) -> None:
    application = scene.take(EXTEND, scene.home(EXTEND))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(EXTEND, application)
    assert refused.value.code == "second_extension"
    late = scene.home(EXTEND)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(EXTEND, late, on=date(2025, 4, 1))
    assert refused.value.code == "extension_after_limit"


def test_the_consent_comes_before_the_applicant_is_told(scene: Scene) -> None:
    application = scene.home(EXTEND)
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(EXTEND, application, consented=date(2025, 3, 14))
    assert refused.value.code == "extension_without_consent"
    with nothing_written(), pytest.raises(Invalid) as unsaid:
        scene.take(EXTEND, application, reason=" ")
    assert unsaid.value.field == "reason"


def test_no_day_is_told_that_an_open_consultation_would_move(scene: Scene) -> None:
    """While others are asked the last day is not certain, so the letter tells the working days alone."""
    application = scene.take(EXTEND, scene.at(Stage.CONSULT))
    text = said(application.letters.get(kind=LetterKind.EXTENSION))
    assert "延长10个工作日，自原答复期限届满的次日起算" in text
    assert "止" not in text.split("因所涉")[1].split("特此告知")[0]
