"""随答复提供的文件: what the opinion names goes out, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.enclosures import sent_enclosures
from gongkai.applications.models import Application, LetterKind, PaperKind
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import ACTS, Scene, nothing_written, said, squeezed
from tests.applications.uploads import a_file

OPINE, RETURN = StepKind.OPINION, StepKind.RETURN
ATTACHED: dict[str, Any] = {"outcome": Outcome.GRANTED, "findings": "经查。", "slots": {"provision": "attached"}}


def signed(scene: Scene, application: Application, on: date = ACTS[StepKind.SIGN].on) -> Application:
    for kind in (StepKind.DECISION, StepKind.SIGN):
        application = scene.take(kind, application, on=on)
    return application


def reply_text(application: Application) -> str:
    return said(application.letters.filter(kind=LetterKind.REPLY).latest("id"))


@pytest.mark.article("条例", 36)
def test_the_reply_lists_what_is_attached(scene: Scene) -> None:
    files = [a_file("施工合同.pdf"), a_file("补充协议.pdf")]
    application = scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=files)
    step = application.steps.latest("number")
    assert [paper.kind for paper in step.papers.all()] == [PaperKind.ENCLOSURE] * 2
    assert [each["name"] for each in step.facts["enclosures"]] == ["施工合同.pdf", "补充协议.pdf"]
    assert {each["sha256"] for each in step.facts["enclosures"]} == {
        paper.document.digest for paper in step.papers.all()
    }
    text = reply_text(signed(scene, application))
    assert "该政府信息随本答复书一并提供（见附件）" in text
    assert squeezed("附件：1.施工合同.pdf2.补充协议.pdf") in text


def test_nothing_to_attach_is_told_at_its_field(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(OPINE, application, **ATTACHED)
    assert refused.value.field == "enclosures"
    assert "先添加" in refused.value.message.zh


def test_what_lies_in_the_case_can_be_attached(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    add_paper(case_id=application.pk, actor=scene.cast.drafter, kind=PaperKind.ENCLOSURE, uploads=[a_file("甲.pdf")])
    add_paper(case_id=application.pk, actor=scene.cast.drafter, kind=PaperKind.MATERIAL, uploads=[a_file("内部.pdf")])
    application = scene.take(OPINE, application, **ATTACHED)
    assert [each["name"] for each in application.steps.latest("number").facts["enclosures"]] == ["甲.pdf"]


def test_files_without_a_reply_that_speaks_of_them(scene: Scene) -> None:
    application = scene.at(Stage.OPINE)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(OPINE, application, enclosures=[a_file()])
    assert refused.value.field == "enclosures"


def test_what_was_given_up_does_not_go_out(scene: Scene) -> None:
    """Sent back, another file is attached; the first stays in the case and is not shown to the applicant."""
    application = scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[a_file("未遮盖.pdf")])
    application = scene.along(application, StepKind.DECISION, RETURN)
    day = date(2025, 3, 18)
    application = scene.take(OPINE, application, on=day, **ATTACHED, kept=[], enclosures=[a_file("已遮盖.pdf")])
    application = signed(scene, application, day)
    assert "未遮盖" not in reply_text(application)
    assert not sent_enclosures(application).exists(), "not delivered yet"
    application = scene.take(StepKind.DELIVER, application)
    assert [paper.name for paper in sent_enclosures(application)] == ["已遮盖.pdf"]
    assert application.papers.count() == 2


def test_a_file_added_after_the_opinion_does_not_slip_out(scene: Scene) -> None:
    application = scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[a_file("甲.pdf")])
    add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.ENCLOSURE, uploads=[a_file("乙.pdf")])
    application = scene.take(StepKind.DELIVER, signed(scene, application))
    assert "乙.pdf" not in reply_text(application)
    assert [paper.name for paper in sent_enclosures(application)] == ["甲.pdf"]
