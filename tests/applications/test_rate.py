"""满意度评价: once, after the reply, in words; it changes nothing in the case."""

from __future__ import annotations

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications.actions.rate import SCORES, rate
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.models import Application, Rating
from gongkai.law.procedure import Stage
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.applications.scenes import NO_SUCH_CASE, Scene, check_derived
from tests.at_once import at_once


def test_it_is_kept_and_recorded(scene: Scene) -> None:
    application = scene.at(Stage.ARCHIVE)
    rating = rate(case_id=application.pk, score=4, text=" 答复很快 ")
    assert (rating.score, rating.text) == (4, "答复很快")
    entry = Entry.objects.get(act="applications.rating")
    assert (entry.actor, entry.facts["score"], entry.facts["number"]) == ("", 4, application.number)
    assert "答复很快" not in str(entry.facts), "what was said stays out of the ledger"
    assert list(verify(Chain.objects.get(name="ours"))) == []
    check_derived(application)
    assert application.steps.count() == Application.objects.get().steps_taken


@pytest.mark.parametrize("stage", [Stage.REGISTER, Stage.OPINE, Stage.DELIVER])
def test_not_before_the_reply(scene: Scene, stage: Stage) -> None:
    application = scene.at(stage)
    with pytest.raises(NotAllowed) as refused:
        rate(case_id=application.pk, score=5)
    assert "答复发出以后" in refused.value.message.zh
    assert not Rating.objects.exists()


def test_once(scene: Scene) -> None:
    application = scene.at(Stage.CLOSED)
    rate(case_id=application.pk, score=1)
    with pytest.raises(NotAllowed) as refused:
        rate(case_id=application.pk, score=5)
    assert "已经评价过" in refused.value.message.zh
    assert Rating.objects.get().score == 1


@pytest.mark.parametrize("score", [0, 6, -1, 99])
def test_one_to_five(scene: Scene, score: int) -> None:
    application = scene.at(Stage.ARCHIVE)
    with pytest.raises(Invalid):
        rate(case_id=application.pk, score=score)
    assert not Rating.objects.exists()


def test_no_such_case(db: None) -> None:
    with pytest.raises(CaseNotFound):
        rate(case_id=NO_SUCH_CASE, score=5)


def test_each_score_has_words() -> None:
    assert [score for score, _ in SCORES] == [5, 4, 3, 2, 1]
    assert len({words.zh for _, words in SCORES}) == len({words.en for _, words in SCORES}) == 5


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_rating() -> None:
    from tests.cast import Cast

    scene = Scene(Cast.assemble())
    application = scene.at(Stage.ARCHIVE)
    results = at_once(*[lambda: rate(case_id=application.pk, score=5)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NotAllowed", "Rating"]
    assert Rating.objects.count() == 1
    assert Entry.objects.filter(act="applications.rating").count() == 1
