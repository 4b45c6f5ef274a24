"""What identifies a person does not lie in the clear in a step, and is not lost either."""

from __future__ import annotations

import pytest

from gongkai.applications.models import PaperKind
from gongkai.applications.spoken_identity import without_identity
from gongkai.documents.store import read
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import Scene

NUMBER = "11010519491231002X"


@pytest.mark.parametrize("text", ["项目为北区环卫站，2020年。", "演政〔2020〕15号文件", ""])
def test_a_text_without_identity_stays_as_it_is(text: str) -> None:
    assert without_identity(text, "补正原文.txt") == (text, [])


@pytest.mark.article("个人信息保护法", 51)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "stage", "first", "paper"),
    [
        (StepKind.CORRECTED, Stage.CORRECT, None, PaperKind.CORRECTION),
        (StepKind.REASONS_GIVEN, Stage.OPINE, StepKind.REASONS_ASKED, PaperKind.REASONS),
    ],
)
def test_the_step_is_masked_and_the_words_are_kept(
    scene: Scene, kind: StepKind, stage: Stage, first: StepKind | None, paper: PaperKind
) -> None:
    application = scene.at(stage)
    if first:
        scene.take(first, application)
    said = f"身份证号为{NUMBER}，电话13800001234。"
    scene.take(kind, application, text=said)
    step = application.steps.get(kind=kind)
    assert NUMBER not in step.facts["text"]
    assert "13800001234" not in step.facts["text"]
    [original] = application.papers.filter(kind=paper)
    assert read(original.document).decode() == said
    assert original.step_id == step.pk
