"""Rows entered, changed, put away, tied to items."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.grassroots.actions.add_area import add_area
from gongkai.grassroots.actions.install_areas import install_areas
from gongkai.grassroots.actions.save_row import add_row, edit_row, retire_row
from gongkai.grassroots.actions.tie_item import tie_item, untie_item
from gongkai.grassroots.errors import RowChanged, RowNotFound
from gongkai.grassroots.models import Area, CatalogueRow, RowItem
from gongkai.grassroots.selectors import bodies_named, rows_of
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column, a_draft, publish
from tests.grassroots.rows import a_row, an_area, values

pytestmark = pytest.mark.django_db


def test_areas_are_put_in_place_once_and_an_office_s_own_names_stay() -> None:
    assert install_areas() == 34
    Area.objects.filter(code="health").update(name="卫生健康")
    Area.objects.filter(code="customs").delete()
    assert install_areas() == 1
    assert Area.objects.get(code="health").name == "卫生健康"


def test_a_row_is_entered_and_its_bodies_are_found_by_name(cast: Cast) -> None:
    row = a_row(cast, body_name="演示市城市管理局、市公安局")
    assert list(row.bodies.all()) == [cast.agency]
    entry = Entry.objects.get(act="grassroots.add_row")
    assert entry.actor == cast.editor.username


def test_bodies_are_the_owner_and_those_below_it(cast: Cast) -> None:
    assert bodies_named(cast.agency, "演示市财政局") == []
    assert bodies_named(cast.agency, "演示市城市管理局；演示市财政局") == [cast.agency]


@pytest.mark.parametrize("who", ["clerk", "approver", "administrator", "other_clerk", "stranger"])
def test_only_the_editor_there_keeps_it(cast: Cast, who: str) -> None:
    area, row = an_area(), a_row(cast)
    with pytest.raises(NotAllowed):
        add_row(actor=getattr(cast, who), owner=cast.agency, area=area, values=values(number=2))
    with pytest.raises(NotAllowed):
        add_area(actor=getattr(cast, who), agency=cast.agency, code="local", name="本地")
    for act in (lambda p: retire_row(actor=p, row_id=row.pk), lambda p: tie_item(actor=p, row_id=row.pk, item_id=1)):
        with pytest.raises(RowNotFound):
            act(getattr(cast, who))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": 0}, "number"),
        ({"second_level": "  "}, "second_level"),
        ({"content": ""}, "content"),
        ({"basis": "据" * 4001}, "basis"),
        ({"limit_words": ""}, "limit_words"),
        ({"channels": []}, "channels"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"whole_society": False}, "groups"),
        ({"way": "both"}, "way"),
        ({"levels": []}, "levels"),
    ],
)
def test_what_the_standard_asks_for_is_asked_for_at_its_place(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_row(cast, **changes)
    assert refused.value.field == field
    assert not CatalogueRow.objects.exists()


def test_a_number_is_given_once_in_an_area(cast: Cast) -> None:
    first = a_row(cast)
    with pytest.raises(Invalid) as refused:
        a_row(cast)
    assert refused.value.field == "number"
    a_row(cast, area=an_area("health"))
    retire_row(actor=cast.editor, row_id=first.pk)
    a_row(cast)


def test_a_change_says_what_stood_before_and_an_older_copy_is_refused(cast: Cast) -> None:
    row = a_row(cast)
    edit_row(actor=cast.editor, row_id=row.pk, area=row.area, values=values(second_level="特困人员"), changes=0)
    body = json.loads(Entry.objects.get(act="grassroots.edit_row").body)
    assert body["facts"]["before"]["second_level"] == "最低生活保障"
    with pytest.raises(RowChanged):
        edit_row(actor=cast.editor, row_id=row.pk, area=row.area, values=values(), changes=0)
    retire_row(actor=cast.editor, row_id=row.pk)
    retire_row(actor=cast.editor, row_id=row.pk)
    assert Entry.objects.filter(act="grassroots.retire_row").count() == 1
    assert not rows_of(cast.agency)
    with pytest.raises(Invalid):
        edit_row(actor=cast.editor, row_id=row.pk, area=row.area, values=values())


def test_its_column_lists_items_and_is_not_another_agency_s(cast: Cast) -> None:
    folder, theirs = a_column("folder", kind="folder"), a_column("theirs-own", owner=cast.other_agency)
    for column in (folder, theirs):
        with pytest.raises(Invalid) as refused:
            a_row(cast, column=column)
        assert refused.value.field == "column"


def test_what_is_public_can_be_tied_and_nothing_else(cast: Cast) -> None:
    row, column = a_row(cast), a_column("elsewhere")
    item, draft = publish(cast.agency, column), a_draft(cast.agency, column)
    theirs = publish(cast.other_agency, column)
    for _ in range(2):
        tie_item(actor=cast.editor, row_id=row.pk, item_id=item.pk)
    for other in (draft, theirs):
        with pytest.raises(Invalid):
            tie_item(actor=cast.editor, row_id=row.pk, item_id=other.pk)
    assert RowItem.objects.count() == 1
    untie_item(actor=cast.editor, row_id=row.pk, item_id=item.pk)
    assert Entry.objects.filter(act__in=["grassroots.tie_item", "grassroots.untie_item"]).count() == 2


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_rows_of_one_number_at_once(cast: Cast) -> None:
    area = an_area()

    def enter() -> object:
        return add_row(actor=cast.editor, owner=cast.agency, area=area, values=values())

    results = at_once(enter, enter)
    assert sum(isinstance(result, Invalid) for result in results) == 1
    assert CatalogueRow.objects.count() == 1
