"""From an answered case to a draft in one step: once, by who answers, without anybody's personal data (条例 44)."""

from __future__ import annotations

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications.actions.split import split
from gongkai.applications.actions.suggest_publication import draft_from_case
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.models import Application
from gongkai.disclosure.models import ItemDraft
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Entry
from tests.applications.letter_samples import filled
from tests.applications.scenes import GRANTED, RECEIVED, WAY_TO, Scene

pytestmark = pytest.mark.article("条例", 44)


@pytest.mark.parametrize("stage", [Stage.ARCHIVE, Stage.CLOSED])
def test_a_draft_of_what_was_given(scene: Scene, stage: Stage) -> None:
    application = scene.at(stage)
    draft = draft_from_case(case_id=application.pk, actor=scene.cast.clerk)
    assert draft.title == "2020年度城市管理专项资金使用情况"
    assert draft.body == GRANTED["slots"]["information"]
    assert (draft.agency, draft.source) == (scene.cast.agency, f"application:{application.pk}")


@pytest.mark.parametrize("stage", [Stage.REGISTER, Stage.OPINE, Stage.APPROVE, Stage.DELIVER])
def test_not_before_the_reply_went_out(scene: Scene, stage: Stage) -> None:
    application = scene.at(stage)
    with pytest.raises(Invalid):
        draft_from_case(case_id=application.pk, actor=scene.cast.clerk)


def test_not_what_was_refused(scene: Scene) -> None:
    application = scene.along(scene.apply(), *WAY_TO[Stage.OPINE])
    scene.take(StepKind.OPINION, application, outcome=Outcome.NOT_HELD, slots=filled(Outcome.NOT_HELD), reasons="无。")
    scene.along(application, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER)
    with pytest.raises(Invalid):
        draft_from_case(case_id=application.pk, actor=scene.cast.clerk)


def test_an_unconfirmed_application(scene: Scene) -> None:
    with pytest.raises(Invalid):
        draft_from_case(case_id=scene.unconfirmed().pk, actor=scene.cast.clerk)


def test_once_for_each_case(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    draft_from_case(case_id=application.pk, actor=scene.cast.clerk)
    with pytest.raises(Invalid):
        draft_from_case(case_id=application.pk, actor=scene.cast.approver)
    assert ItemDraft.objects.count() == Entry.objects.filter(act="disclosure.draft_item").count() == 1


@pytest.mark.parametrize("who", ["drafter", "approver", "unit_head"])
def test_who_may(scene: Scene, who: str) -> None:
    assert draft_from_case(case_id=scene.at(Stage.ARCHIVE).pk, actor=getattr(scene.cast, who)).pk


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("supervisor", NotAllowed),
        ("legal_reviewer", NotAllowed),
        ("editor", CaseNotFound),
        ("other_clerk", CaseNotFound),
    ],
)
def test_who_may_not(scene: Scene, who: str, refusal: type[Exception]) -> None:
    application = scene.at(Stage.ARCHIVE)
    with pytest.raises(refusal):
        draft_from_case(case_id=application.pk, actor=getattr(scene.cast, who))
    assert not ItemDraft.objects.exists()


def test_no_personal_data_stands_in_it(scene: Scene) -> None:
    """Of the applicant, whatever field it came from, and of anybody else whose number stands in the texts."""
    mine = scene.apply()
    name, number, telephone, email = mine.applicant_name, mine.id_number, mine.telephone, mine.email
    content = f"本人{name}（{number}，{telephone}，{email}）申请邻居张某13912345678一户的补偿标准"
    application = scene.apply(content=content)
    given = {"provision": "stated", "information": f"{name}户：每平方米3000元，经办人电话0371-12345678。"}
    scene.along(application, *WAY_TO[Stage.OPINE])
    scene.take(StepKind.OPINION, application, slots=given)
    scene.along(application, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER)
    draft = draft_from_case(case_id=application.pk, actor=scene.cast.clerk)
    said = draft.title + draft.body
    assert not any(hidden in said for hidden in (name, number, telephone, email, "13912345678", "12345678"))
    assert "补偿标准" in draft.title
    assert "每平方米3000元" in draft.body


def test_of_a_split_case_its_own_matter(scene: Scene) -> None:
    application = scene.apply(content="一、停车场收费标准；二、公园绿化率")
    first, second = split(
        case_id=application.pk, actor=scene.cast.clerk, on=RECEIVED, matters=["停车场收费标准", "公园绿化率"]
    )
    for case in (first, second):
        scene.along(case, *WAY_TO[Stage.ARCHIVE][1:])
    titles = [draft_from_case(case_id=case.pk, actor=scene.cast.clerk).title for case in (first, second)]
    assert titles == ["停车场收费标准", "公园绿化率"]


def test_the_case_is_left_as_it_was(scene: Scene) -> None:
    application = scene.at(Stage.CLOSED)
    before = Application.objects.filter(pk=application.pk).values().get()
    draft_from_case(case_id=application.pk, actor=scene.cast.clerk)
    assert Application.objects.filter(pk=application.pk).values().get() == before
