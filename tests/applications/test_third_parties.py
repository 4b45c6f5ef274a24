"""决定公开告知书: who did not consent is told in writing what is disclosed all the same, and why (条例 32)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.letters import LetterError
from gongkai.applications.models import Application, LetterKind
from gongkai.applications.third_parties import unconsenting
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import Scene, nothing_written, said, squeezed

OPINE, ASK, ANSWER = StepKind.OPINION, StepKind.CONSULTATION, StepKind.CONSULTATION_REPLY
LATER = date(2025, 3, 31)
WHY = "工程安全涉及公众利益，不公开可能对公共利益造成重大影响。"
PARTLY: dict[str, Any] = {
    "outcome": Outcome.PARTIALLY_GRANTED,
    "reasons": "含有内部流程。",
    "slots": {
        "given": "合同总价",
        "provision": "stated",
        "information": "二十万元",
        "withheld": "附件二",
        "withheld_ground": "internal_affairs",
    },
}


def objected(scene: Scene) -> Application:
    return scene.take(ANSWER, scene.at(Stage.CONSULT), objected=True, text="涉及商业秘密。")


def signed(scene: Scene, application: Application, on: date, **opinion: Any) -> Application:
    application = scene.take(OPINE, application, on=on, **opinion)
    for kind in (StepKind.DECISION, StepKind.SIGN):
        application = scene.take(kind, application, on=on)
    return application


def notices(application: Application) -> list[str]:
    return [said(letter) for letter in application.letters.filter(kind=LetterKind.THIRD_PARTY_NOTICE)]


@pytest.mark.article("条例", 32)
def test_against_an_objection_content_and_reasons_are_told(scene: Scene) -> None:
    application = signed(scene, objected(scene), date(2025, 3, 18), third_party_reasons=WHY)
    letter = application.letters.get(kind=LetterKind.THIRD_PARTY_NOTICE)
    assert letter.number == "演城公开知〔2025〕1号"
    assert letter.step.facts == {"informed": [4]}
    text = said(letter)
    for part in (
        "政府信息决定公开告知书",
        "演示建设有限公司：",
        "本机关于2025年3月6日书面征求您（单位）对公开下列政府信息的意见：",
        "北区环卫站施工合同",
        "您（单位）不同意公开。",
        "根据《政府信息公开条例》第十五条、第三十二条的规定，本机关决定予以公开。",
        f"决定公开的理由为：{WHY}",
        "对本告知书不服的，可以自收到本告知书之日起60日内向演示市人民政府申请行政复议",
    ):
        assert squeezed(part) in text, part
    assert application.applicant_name not in text


@pytest.mark.article("条例", 32)
def test_an_objection_is_not_passed_over_in_silence(scene: Scene) -> None:
    application = objected(scene)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(OPINE, application)
    assert refused.value.field == "third_party_reasons"
    assert "演示建设有限公司" in refused.value.message.zh


def test_who_was_silent_is_told_too(scene: Scene) -> None:
    """Silence is no consent: the agency decides, and says so."""
    (text,) = notices(signed(scene, scene.at(Stage.CONSULT), LATER))
    assert "在规定的期限内未提出意见" in text
    assert "逾期未提出意见的，依法由本机关决定是否公开" in text


def test_who_consented_is_not(scene: Scene) -> None:
    application = scene.take(ANSWER, scene.at(Stage.CONSULT))
    application = signed(scene, application, date(2025, 3, 18))
    assert notices(application) == []
    assert application.steps.latest("number").facts == {}


def test_the_last_word_of_each_counts(scene: Scene) -> None:
    application = scene.take(ASK, objected(scene), on=date(2025, 3, 12))
    application = scene.take(ASK, application, on=date(2025, 3, 12), addressee="另一公司")
    application = scene.take(ANSWER, application, on=date(2025, 3, 13), consultation=6)
    (left,) = unconsenting(list(application.steps.order_by("number")))
    assert (left.addressee, left.number, left.objected) == ("另一公司", 7, False)


def test_only_the_part_that_is_disclosed_is_told(scene: Scene) -> None:
    (text,) = notices(signed(scene, objected(scene), date(2025, 3, 18), **PARTLY, third_party_reasons=WHY))
    assert "决定公开的内容为：合同总价。" in text


def test_where_just_theirs_is_withheld_nothing_is_told(scene: Scene) -> None:
    theirs = {**PARTLY, "slots": {**PARTLY["slots"], "withheld_ground": "third_party_rights"}}
    assert notices(signed(scene, objected(scene), date(2025, 3, 18), **theirs)) == []


def test_a_refusal_tells_nobody(scene: Scene) -> None:
    refusal = {
        "outcome": Outcome.THIRD_PARTY_RIGHTS,
        "reasons": "涉及商业秘密。",
        "slots": {"private_matter": "trade_secret", "third_party_position": "objected"},
    }
    assert notices(signed(scene, objected(scene), date(2025, 3, 18), **refusal)) == []


def test_the_third_party_is_not_told_who_applied(scene: Scene) -> None:
    application = objected(scene)
    with nothing_written(), pytest.raises(LetterError) as refused:
        scene.take(OPINE, application, third_party_reasons=f"{application.applicant_name}说明了用途。")
    assert (refused.value.code, refused.value.slot) == ("applicant_named", "third_party_reasons")
