"""信息处理费: what is reckoned and told, and the payment (条例 42; 收费办法)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.letters import LetterError
from gongkai.applications.models import Application, Form, LetterKind, PaperKind
from gongkai.law.errors import LawError, ProcedureError
from gongkai.law.fees import FeeMethod
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from tests.applications.scenes import ACTS, Scene, check_recorded, nothing_written, said, squeezed
from tests.applications.standard import AFTER_OPINION, BEFORE_ACCEPTANCE, ActionStandard, each
from tests.applications.uploads import a_file

ASK, PAY, OPINE = StepKind.FEE_NOTICE, StepKind.FEE_PAID, StepKind.OPINION
ITEMS: dict[str, Any] = {"method": FeeMethod.ITEMS, "count": 1}


class TestAskFeeStandard(ActionStandard):
    kind = ASK
    elsewhere = {
        Stage.CORRECT: "correction_awaited",
        **each(BEFORE_ACCEPTANCE, "too_early"),
        **each(AFTER_OPINION, "too_late"),
    }


class TestRecordPaymentStandard(ActionStandard):
    kind = PAY
    elsewhere = {**each(BEFORE_ACCEPTANCE, "too_early"), **each(AFTER_OPINION, "too_late")}


@pytest.mark.article("条例", 42)
def test_by_page_with_its_reckoning(scene: Scene) -> None:
    application = scene.take(ASK, scene.home(ASK))
    step = check_recorded(application, ASK, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[ASK].on)
    assert step.facts == {
        "method": "pages",
        "count": 68,
        "before": 0,
        "bands": [[1, 30, 0], [31, 68, 10]],
        "amount": 380,
        "how_to_pay": "凭本通知书到演示银行营业厅缴纳",
        "received": None,
    }
    (letter,) = step.letters.all()
    assert (letter.kind, letter.number) == (LetterKind.FEE, "演城公开费〔2025〕1号")
    text = said(letter)
    for part in (
        "政府信息公开信息处理费收费通知书",
        "根据《政府信息公开条例》第四十二条、《政府信息公开信息处理费管理办法》第五条的规定",
        "按量计收",
        "第1至30页",
        "不收费",
        "每页10元，计380元",
        "人民币380元",
        "凭本通知书到演示银行营业厅缴纳",
        "自收到本通知书次日起20个工作日内缴纳。逾期未缴纳的，视为放弃申请",
        "答复期限自您完成缴费的次日起重新计算",
    ):
        assert squeezed(part) in text, part


def test_the_last_day_is_told_where_the_notice_was_handed_over(scene: Scene) -> None:
    application = scene.take(ASK, scene.home(ASK), received=date(2025, 3, 6))
    assert "至2025年4月3日止" in said(application.letters.get(kind=LetterKind.FEE))
    assert application.waits_until == date(2025, 4, 3)


def month_of(scene: Scene, count: int, **changes: Any) -> Application:
    """The last of so many applications of one applicant in March, accepted."""
    for _ in range(count - 1):
        scene.apply(**changes)
    return scene.along(scene.apply(**changes), StepKind.REGISTER, StepKind.ACCEPT)


def test_by_item_counts_the_earlier_ones_of_the_month(scene: Scene) -> None:
    scene.apply(on=date(2025, 2, 28))  # another month
    scene.apply(id_number="11010519491231002X")  # another applicant
    twelfth = month_of(scene, 12)
    facts = scene.take(ASK, twelfth, **ITEMS).steps.latest("number").facts
    assert (facts["before"], facts["bands"], facts["amount"]) == (11, [[12, 12, 100]], 100)
    text = said(twelfth.letters.get(kind=LetterKind.FEE))
    assert squeezed("1件（同一申请人一个自然月内累计申请的第12件）") in text
    assert "第四条" in text


def test_a_form_of_several_items_counts_as_many_for_the_next(scene: Scene) -> None:
    first = scene.along(scene.apply(), StepKind.REGISTER, StepKind.ACCEPT)
    scene.take(ASK, first, method=FeeMethod.ITEMS, count=12)
    second = scene.along(scene.apply(), StepKind.REGISTER, StepKind.ACCEPT)
    facts = scene.take(ASK, second, **ITEMS).steps.latest("number").facts
    assert (facts["before"], facts["amount"]) == (12, 100)


@pytest.mark.article("条例", 42)
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 30}, "nothing_to_charge"),
        ({"count": 0}, "fee_count"),
        ({"method": FeeMethod.ITEMS, "count": 10}, "nothing_to_charge"),
        ({"on": date(2025, 4, 1)}, "fee_notice_after_limit"),
        ({"received": date(2025, 3, 5)}, "received_out_of_order"),
    ],
)
def test_what_may_not_be_charged(scene: Scene, changes: dict[str, Any], code: str) -> None:
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(LawError) as refused:
        scene.take(ASK, application, **changes)
    assert refused.value.code == code


def test_who_only_wants_to_look_has_no_pages_to_pay(scene: Scene) -> None:
    application = scene.at(Stage.OPINE, form_wanted=Form.INSPECTION)
    with nothing_written(), pytest.raises(LawError) as refused:
        scene.take(ASK, application)
    assert refused.value.code == "no_copies"


def test_the_way_to_pay_must_be_said(scene: Scene) -> None:
    application = scene.home(ASK)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(ASK, application, how_to_pay=" ")
    assert refused.value.field == "how_to_pay"


def test_a_second_fee_is_not_asked(scene: Scene) -> None:
    application = scene.take(ASK, scene.home(ASK))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(ASK, application)
    assert refused.value.code == "second_fee_notice"


def test_paid_the_limit_starts_anew(scene: Scene) -> None:
    application = scene.take(PAY, scene.home(PAY), papers=[a_file("票据.pdf")])
    step = check_recorded(application, PAY, actor=scene.cast.clerk, role=Role.CLERK, on=ACTS[PAY].on)
    assert step.facts == {"voucher": "豫财0012345", "received": None}
    assert application.due_on == date(2025, 4, 9)
    assert step.papers.get().kind == PaperKind.FEE
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(PAY, application)
    assert refused.value.code == "no_fee_awaited"


def test_a_payment_has_its_voucher(scene: Scene) -> None:
    application = scene.home(PAY)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(PAY, application, voucher="")
    assert refused.value.field == "voucher"


# --- not paid ---


def unpaid(**slots: str) -> dict[str, Any]:
    known = {"fee_notice_on": "2025-03-06", "pay_by": "2025-04-03"}
    return {"outcome": Outcome.FEE_UNPAID, "findings": "", "slots": {**known, **slots}}


def test_unpaid_it_closes_after_its_last_day(scene: Scene) -> None:
    application = scene.take(ASK, scene.home(ASK))
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(OPINE, application, on=date(2025, 4, 3), **unpaid())
    assert refused.value.code == "fee_not_lapsed"
    day = date(2025, 4, 7)
    application = scene.take(OPINE, application, on=day, **unpaid())
    for kind in (StepKind.DECISION, StepKind.SIGN):
        application = scene.take(kind, application, on=day)
    text = said(application.letters.get(kind=LetterKind.REPLY))
    assert "本机关于2025年3月6日通知您缴纳信息处理费，缴费期限至2025年4月3日止" in text


@pytest.mark.parametrize("slot", ["fee_notice_on", "pay_by"])
def test_its_dates_are_what_the_record_says(scene: Scene, slot: str) -> None:
    application = scene.take(ASK, scene.home(ASK))
    with nothing_written(), pytest.raises(LetterError) as refused:
        scene.take(OPINE, application, on=date(2025, 4, 7), **unpaid(**{slot: "2025-03-07"}))
    assert (refused.value.code, refused.value.slot) == ("slot_differs", slot)
