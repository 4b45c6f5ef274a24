"""Saved views: one's own, under one name each, without anybody's identity."""

from __future__ import annotations

import pytest

from gongkai.agencies.errors import Invalid
from gongkai.applications.actions.save_view import MOST, delete_view, save_view
from gongkai.applications.models import SavedView
from gongkai.applications.selectors import around, reader_of
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene
from tests.at_once import at_once
from tests.cast import Cast


def test_a_view_is_kept_for_its_person_alone(cast: Cast) -> None:
    view = save_view(person=cast.clerk, name="  超期  的 ", query="view=late")
    assert (view.name, view.query) == ("超期 的", "view=late")
    assert [saved.name for saved in around(reader_of(cast.clerk)).saved] == ["超期 的"]
    assert around(reader_of(cast.drafter)).saved == ()
    entry = Entry.objects.get(act="applications.save_view")
    assert (entry.actor, entry.facts) == (cast.clerk.username, {"view": view.pk})


def test_the_same_name_takes_the_place_of_the_earlier(cast: Cast) -> None:
    save_view(person=cast.clerk, name="我的", query="view=late")
    save_view(person=cast.clerk, name="我的", query="view=all")
    save_view(person=cast.drafter, name="我的", query="view=open")
    assert SavedView.objects.get(person=cast.clerk).query == "view=all"
    assert SavedView.objects.get(person=cast.drafter).query == "view=open"


@pytest.mark.parametrize("name", ["", "   ", "长" * 41])
def test_a_name_that_is_none(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_view(person=cast.clerk, name=name, query="view=all")
    assert refused.value.field == "name"
    assert not SavedView.objects.exists()


def test_not_too_long_and_not_too_many(cast: Cast) -> None:
    with pytest.raises(Invalid):
        save_view(person=cast.clerk, name="长", query="view=all&q=" + "x" * 1000)
    for number in range(MOST):
        save_view(person=cast.clerk, name=str(number), query="view=all")
    with pytest.raises(Invalid, match=str(MOST)):
        save_view(person=cast.clerk, name="多", query="view=all")
    save_view(person=cast.clerk, name="0", query="view=late")
    assert SavedView.objects.filter(person=cast.clerk).count() == MOST


@pytest.mark.parametrize(
    ("text", "kept"), [("章晓", False), ("11010519491231002x", False), ("章", True), ("环卫", True)]
)
def test_whom_a_list_was_found_by_is_not_kept(scene: Scene, text: str, kept: bool) -> None:
    scene.apply(applicant_name="章晓", id_number="11010519491231002X")
    query = f"view=all&q={text}"
    if kept:
        save_view(person=scene.cast.clerk, name="甲", query=query)
    else:
        with pytest.raises(Invalid, match="姓名"):
            save_view(person=scene.cast.clerk, name="甲", query=query)
    assert SavedView.objects.exists() == kept


def test_only_one_s_own_is_let_go(cast: Cast) -> None:
    view = save_view(person=cast.clerk, name="甲", query="view=all")
    assert not delete_view(person=cast.drafter, view_id=view.pk)
    assert not Entry.objects.filter(act="applications.delete_view").exists()
    assert delete_view(person=cast.clerk, view_id=view.pk)
    assert not delete_view(person=cast.clerk, view_id=view.pk)
    assert Entry.objects.filter(act="applications.delete_view").count() == 1


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_the_same_name_twice_at_once_is_one_view(transactional_db: None) -> None:
    cast = Cast.assemble()
    results = at_once(
        lambda: save_view(person=cast.clerk, name="甲", query="view=all"),
        lambda: save_view(person=cast.clerk, name="甲", query="view=late"),
    )
    assert all(isinstance(result, SavedView) for result in results), results
    assert SavedView.objects.count() == 1
