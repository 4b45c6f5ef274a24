"""The letters of a case: numbered without gap, kept, told to the ledger, with the remedy that the outcome needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from gongkai.agencies.models import NumberSeries
from gongkai.applications.correspondence import draft_reply, facts_of, quoted, remedy_of
from gongkai.applications.letters import LetterError
from gongkai.applications.models import Application, Letter, LetterKind
from gongkai.documents.store import read
from gongkai.documents.typesetting import render_pdf
from gongkai.law.clock import Consulted
from gongkai.law.errors import ProcedureError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role, Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.scenes import GRANTED, STRAIGHT, Scene, nothing_written, said, squeezed
from tests.documents.papers import text_of

SECRET: Mapping[str, Any] = {
    "outcome": Outcome.STATE_SECRET,
    "findings": "",
    "reasons": "该信息已依法定密，尚在保密期限内。",
    "slots": {"classification": "《城市管理工作国家秘密范围的规定》第三条"},
}
NOT_HELD: Mapping[str, Any] = {
    "outcome": Outcome.NOT_HELD,
    "findings": "经检索档案管理系统和2020年收发文登记簿。",
    "reasons": "",
    "slots": {"not_held_ground": "absent", "search": "以“环卫站”为关键词检索档案管理系统，未查到"},
}


def answered(scene: Scene, opinion: Mapping[str, Any], on: date) -> Application:
    """A case that came in, was worked on and was signed, all on one day."""
    application = scene.apply(on=on)
    for kind in STRAIGHT[:5]:
        application = scene.take(kind, application, on=on, **(opinion if kind is StepKind.OPINION else {}))
    return application


def reply_of(application: Application) -> Letter:
    return application.letters.get(kind=LetterKind.REPLY)


# --- what a letter says ---


@pytest.mark.article("条例", 36)
@pytest.mark.article("行政复议法", 20)
def test_granted_in_2021_may_choose_review_or_suit(scene: Scene) -> None:
    text = said(reply_of(answered(scene, GRANTED, date(2021, 5, 20))))
    for part in ("决定予以公开", "60日内向演示市人民政府申请行政复议", "6个月内向有管辖权的人民法院提起行政诉讼"):
        assert part in text, part
    assert "先向" not in text


@pytest.mark.article("行政复议法", 23)
def test_a_state_secret_in_2025_must_go_to_review_first(scene: Scene) -> None:
    scene.cast.agency.court = "演示市中级人民法院"
    scene.cast.agency.save()
    text = said(reply_of(answered(scene, SECRET, date(2025, 5, 20))))
    for part in (
        "决定不予公开",
        "应当自收到本答复之日起60日内先向演示市人民政府申请行政复议",
        "15日内向演示市中级人民法院",
    ):
        assert part in text, part
    assert "6个月" not in text


@pytest.mark.article("行政复议法", 23)
@pytest.mark.parametrize(("signed", "first"), [(date(2023, 12, 29), False), (date(2024, 1, 2), True)])
def test_review_first_since_2024(scene: Scene, signed: date, first: bool) -> None:
    """The day of the signature decides, not the day of receipt or of the opinion."""
    application = scene.apply(on=date(2023, 12, 29))
    for kind in STRAIGHT[:4]:
        opinion = SECRET if kind is StepKind.OPINION else {}
        application = scene.take(kind, application, on=date(2023, 12, 29), **opinion)
    text = said(reply_of(scene.take(StepKind.SIGN, application, on=signed)))
    assert ("先向演示市人民政府申请行政复议" in text) is first


@pytest.mark.article("条例", 36)
def test_not_held_may_choose_review_or_suit(scene: Scene) -> None:
    text = said(reply_of(answered(scene, NOT_HELD, date(2025, 5, 20))))
    for part in ("该政府信息不存在", "申请行政复议，或者", "6个月内"):
        assert part in text, part
    assert "先向" not in text


def test_the_remedy_of_every_outcome_stands_in_its_reply(scene: Scene) -> None:
    application = scene.apply(on=date(2025, 5, 20))
    for outcome in Outcome:
        remedy = remedy_of(application, outcome, date(2025, 5, 20))
        assert "演示市人民政府" in remedy, outcome


def test_what_was_asked_stands_in_the_reply_with_number_features_and_correction(scene: Scene) -> None:
    application = scene.apply(document_number="演城〔2020〕3号", features="北区\r\n环卫站")
    kinds = (*STRAIGHT[:2], StepKind.CORRECTION_NOTICE, StepKind.CORRECTED, *STRAIGHT[2:5])
    text = said(reply_of(scene.along(application, *kinds)))
    for part in (application.content, "文号：演城〔2020〕3号", "北区环卫站", "补正内容：项目为北区环卫站，2020年。"):
        assert squeezed(part) in text, part


def test_no_letter_holds_the_identity_number_or_the_telephone(scene: Scene) -> None:
    application = scene.at(Stage.CONSULT)
    application = scene.take(StepKind.CONSULTATION_REPLY, application)
    application = scene.along(application, *STRAIGHT[2:5])
    assert application.letters.count() == 4
    for letter in application.letters.all():
        for secret in (application.id_number, application.telephone, application.email):
            assert secret not in said(letter), letter.kind


def test_letters_are_in_chinese_for_an_office_that_reads_english(scene: Scene) -> None:
    with translation.override("en"):
        application = answered(scene, GRANTED, date(2025, 5, 20))
        assert translation.get_language() == "en"
    text = said(reply_of(application))
    assert "提供形式为电子文件，获取方式为网上下载（凭查询码）" in text


def test_before_the_receipt_is_confirmed_no_letter_can_be_drafted(scene: Scene) -> None:
    application = scene.unconfirmed()
    with pytest.raises(ProcedureError) as refused:
        draft_reply(application, {**GRANTED, "outcome": "granted"}, date(2025, 3, 5))
    assert refused.value.code == "no_receipt"


def test_the_facts_tell_the_clock_of_the_case(scene: Scene) -> None:
    facts = facts_of(scene.take(StepKind.CORRECTED, scene.at(Stage.CORRECT)))
    assert (facts.received_on, facts.corrected_on, facts.due_on) == (
        date(2025, 3, 3),
        date(2025, 3, 10),
        date(2025, 4, 8),
    )
    assert "暂定" not in facts.due_explanation


@pytest.mark.parametrize(
    ("typed", "printed"), [("一\r\n二", "一\n二"), ("\u200b甲\u00ad", "甲"), ("a\tb", "a b"), ("\x07", "〔U+0007〕")]
)
def test_what_is_quoted_is_printable(typed: str, printed: str) -> None:
    assert quoted(typed) == printed


# --- drafts ---


def test_a_draft_has_no_number_and_says_that_it_is_one(scene: Scene) -> None:
    application = scene.at(Stage.DECIDE)
    opinion = application.steps.get(kind=StepKind.OPINION.value).facts
    with nothing_written():
        content = draft_reply(application, opinion, date(2025, 3, 18))
        pdf = render_pdf(content)
    assert (content.draft, content.number) == (True, None)
    assert "草稿" in text_of(pdf)
    assert "文号待编" in text_of(pdf)
    assert "演城公开答" not in text_of(pdf)


def test_the_signed_reply_says_what_the_draft_said(scene: Scene) -> None:
    application = scene.at(Stage.APPROVE)
    opinion = application.steps.get(kind=StepKind.OPINION.value).facts
    draft = text_of(render_pdf(draft_reply(application, opinion, date(2025, 3, 18))))
    signed = said(reply_of(scene.take(StepKind.SIGN, application, on=date(2025, 3, 18))))
    body = draft[draft.index("您于") if "您于" in draft else draft.index("您") :]
    assert len(body) > 200
    assert all(sentence in signed for sentence in body.replace("草稿", "").split("。")[:6])


# --- kept and recorded ---


def test_a_letter_is_kept_under_its_digest_and_told_to_the_ledger(scene: Scene) -> None:
    application = scene.at(Stage.DELIVER)
    for letter in application.letters.all():
        pdf = read(letter.document)
        assert hashlib.sha256(pdf).hexdigest() == letter.document.digest
        assert pdf.startswith(b"%PDF")
        assert letter.document.media_type == "application/pdf"
        entry = next(
            entry for entry in Entry.objects.filter(act="applications.letter") if entry.facts["letter"] == letter.pk
        )
        assert entry.facts == {
            "letter": letter.pk,
            "kind": letter.kind,
            "letter_number": letter.number,
            "template": letter.template_version,
            "sha256": letter.document.digest,
        }
        assert entry.subject == f"application:{application.pk}"
        assert entry.actor == (letter.step.actor.username if letter.step.actor else "")


def test_a_letter_is_a_step_of_its_own_case(scene: Scene) -> None:
    application = scene.at(Stage.DELIVER)
    assert all(letter.step.application_id == application.pk for letter in application.letters.select_related("step"))


def test_a_disk_that_refuses_refuses_the_step(scene: Scene, tmp_path: Any) -> None:
    """No record without its file: where the bytes cannot be kept, nothing was signed and no number is gone."""
    application = scene.at(Stage.APPROVE)
    blocked = tmp_path / "a-file-where-the-folder-should-be"
    blocked.write_text("")
    settings.DOCUMENT_STORE = blocked
    with nothing_written(), pytest.raises(OSError, match=r"."):
        scene.take(StepKind.SIGN, application)
    settings.DOCUMENT_STORE = tmp_path / "documents"
    assert reply_of(scene.take(StepKind.SIGN, application)).number.endswith("〔2025〕1号")


# --- numbers ---


def test_numbers_run_per_kind_and_year_without_gap(scene: Scene) -> None:
    for on in (date(2024, 12, 30), date(2025, 1, 2), date(2025, 1, 3), date(2024, 12, 31)):
        answered(scene, GRANTED, on)
    numbers = list(Letter.objects.filter(kind=LetterKind.REPLY).order_by("id").values_list("number", flat=True))
    assert numbers == [
        "演城公开答〔2024〕1号",
        "演城公开答〔2025〕1号",
        "演城公开答〔2025〕2号",
        "演城公开答〔2024〕2号",
    ]


def test_each_kind_of_paper_has_a_series_of_its_own(scene: Scene) -> None:
    application = scene.along(scene.apply(), *STRAIGHT[:2])
    for addressee in ("甲公司", "乙公司"):
        application = scene.take(StepKind.CONSULTATION, application, addressee=addressee)
    scene.along(scene.at(Stage.CORRECT))
    answered(scene, GRANTED, date(2025, 3, 20))
    scene.along(scene.at(Stage.OPINE), StepKind.REASONS_ASKED, StepKind.FEE_NOTICE)
    scene.take(StepKind.EXTENSION, scene.at(Stage.OPINE))
    numbers = {
        kind: tuple(Letter.objects.filter(kind=kind).order_by("id").values_list("number", flat=True))
        for kind in LetterKind
    }
    assert numbers == {
        LetterKind.RECEIPT: tuple(f"演城公开申〔2025〕{serial}号" for serial in range(1, 6)),
        LetterKind.CORRECTION: ("演城公开补〔2025〕1号",),
        LetterKind.CONSULTATION: ("演城公开征〔2025〕1号", "演城公开征〔2025〕2号"),
        LetterKind.CONSULTATION_NOTICE: ("演城公开告〔2025〕1号", "演城公开告〔2025〕2号"),
        LetterKind.REASONS: ("演城公开理〔2025〕1号",),
        LetterKind.EXTENSION: ("演城公开延〔2025〕1号",),
        LetterKind.FEE: ("演城公开费〔2025〕1号",),
        LetterKind.THIRD_PARTY_NOTICE: (),
        LetterKind.REPLY: ("演城公开答〔2025〕1号",),
    }


def test_an_act_that_is_refused_loses_no_number(scene: Scene) -> None:
    """Refused by the law, by the letter, by the fonts: the next letter still has the next number."""
    application = scene.along(scene.apply(), *STRAIGHT[:2])
    ask = StepKind.CONSULTATION
    refusals: list[dict[str, Any]] = [
        {"on": date(2025, 3, 1)},
        {"text": f"{application.applicant_name}要的合同"},
        {"addressee": "𠮷野家餐饮有限公司"},
        {"received": date(2025, 3, 1)},
    ]
    for changes in refusals:
        with nothing_written(), pytest.raises(Exception) as refused:  # noqa: PT011
            scene.take(ask, application, **changes)
        assert hasattr(refused.value, "code"), refused.value
    application = scene.take(ask, application)
    assert application.letters.get(kind=LetterKind.CONSULTATION).number == "演城公开征〔2025〕1号"
    last = dict(NumberSeries.objects.values_list("kind", "last"))
    assert last == {"application": 1, "consultation": 1, "consultation_notice": 1}


def test_two_agencies_number_for_themselves(scene: Scene) -> None:
    cast = scene.cast
    first = answered(scene, GRANTED, date(2025, 5, 20))
    cast.agency, cast.clerk, cast.drafter = cast.other_agency, cast.other_clerk, cast.other_clerk
    cast.approver = scene.colleague(Role.APPROVER)
    second = answered(scene, GRANTED, date(2025, 5, 20))
    assert [reply_of(each).number for each in (first, second)] == ["演城公开答〔2025〕1号", "演财公开答〔2025〕1号"]


@pytest.mark.article("条例", 36)
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_can_be_drafted_or_says_what_is_missing(scene: Scene, outcome: Outcome) -> None:
    """With nothing but findings and reasons: a letter, or a refusal that names the place to fill in."""
    application = scene.apply(on=date(2025, 5, 20))
    opinion = {"outcome": outcome.value, "findings": "经查。", "reasons": "依法。", "slots": {}}
    try:
        content = draft_reply(application, opinion, date(2025, 5, 21))
    except LetterError as error:
        told = (error.slot, error.message.zh)
    else:
        told = ("the letter", text_of(render_pdf(content)))
        assert "行政复议" in told[1]
    assert all(told)


def test_whom_one_asks_decides_the_paper(scene: Scene) -> None:
    titles = {}
    for consulted in Consulted:
        application = scene.take(StepKind.CONSULTATION, scene.at(Stage.OPINE), consulted=consulted)
        titles[consulted] = said(application.letters.get(kind=LetterKind.CONSULTATION))
    assert "由本机关依照" in titles[Consulted.THIRD_PARTY]
    assert "视为同意公开" in titles[Consulted.CO_PRODUCER]
    assert "视为同意公开" not in titles[Consulted.THIRD_PARTY]
    assert "请尽快书面函复" in titles[Consulted.OTHER]
