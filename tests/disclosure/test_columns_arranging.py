"""Columns added, changed, moved, put away; what an agency has nothing for; the guide; their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.arrange_columns import (
    Settings,
    add_column,
    edit_column,
    move_column,
    put_away_column,
    restore_column,
)
from gongkai.disclosure.actions.column_absence import end_absence, set_absence
from gongkai.disclosure.actions.install_columns import install_columns
from gongkai.disclosure.actions.set_guide import remind_of_guides, set_guide
from gongkai.disclosure.columns.checks import missing_columns, required_columns
from gongkai.disclosure.columns.freshness import State, freshness_of, leaves_of
from gongkai.disclosure.columns.guides import guide_of
from gongkai.disclosure.columns.selectors import Standing, standings, tree
from gongkai.disclosure.errors import ColumnNotFound
from gongkai.disclosure.models import Column, ColumnKind, Guide, UpdateClass
from gongkai.disclosure.publicly import public_version
from gongkai.law.agency_levels import AgencyLevel
from gongkai.ledger.models import Entry
from gongkai.notifications.models import Notification
from tests.cast import Cast
from tests.disclosure.published import a_draft, publish
from tests.portal.pages import text_of

pytestmark = pytest.mark.django_db

SAID = Settings("排水防涝", "排水防涝的信息", "排水,防涝", "信息公开目录", UpdateClass.OTHER, 30, 20, "municipal_works")


@pytest.fixture
def columns(cast: Cast) -> dict[str, Column]:
    install_columns()
    return {column.code: column for column in Column.objects.all()}


def add(cast: Cast, parent: Column | None, **changes: Any) -> Column:
    values: dict[str, Any] = {
        "actor": cast.administrator, "code": "drains", "parent_id": parent.pk if parent else None,
        "kind": ColumnKind.ITEMS, "settings": SAID,
    }  # fmt: skip
    return add_column(**{**values, **changes})


def refused(field: str, act: Any, *args: Any, **values: Any) -> str:
    with pytest.raises(Invalid) as caught:
        act(*args, **values)
    assert caught.value.field == field
    return caught.value.message.zh


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_column_is_added_where_it_belongs(
    cast: Cast, columns: dict[str, Column], django_capture_on_commit_callbacks: Any
) -> None:
    before = public_version()
    with django_capture_on_commit_callbacks(execute=True):
        row = add(cast, columns["other-by-law"])
    assert tree().path("drains")[-1].name == "排水防涝"
    assert (row.owner, row.position, public_version() > before) == (None, 9, True)
    assert Entry.objects.get(act="disclosure.add_column").facts == {
        "code": "drains", "name": "排水防涝", "parent": "other-by-law",
    }  # fmt: skip
    refused("code", add, cast, columns["other-by-law"])
    refused("code", add, cast, None, code="排水")
    refused("parent", add, cast, columns["statistics"], code="below-a-leaf")
    refused("kind", add, cast, None, code="second-guide", kind=ColumnKind.GUIDE)
    refused("link", add, cast, None, code="away", kind=ColumnKind.LINK)
    link = Settings(**{**_plain(SAID), "link": "https://www.gov.cn/gongkai/"})
    assert add(cast, None, code="away", kind=ColumnKind.LINK, settings=link).link


def _plain(settings: Settings, **changes: Any) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in Settings.__dataclass_fields__} | changes


def test_the_statutory_tree_holds_what_the_law_names_and_no_news(cast: Cast, columns: dict[str, Column]) -> None:
    for field, changes in (
        ("duty", {"duty": ""}), ("duty", {"duty": "gossip"}), ("update_class", {"update_class": UpdateClass.NEWS}),
        ("page_type", {"page_type": "新闻"}), ("name", {"name": " "}),
    ):  # fmt: skip
        refused(field, add, cast, columns["other-by-law"], settings=Settings(**_plain(SAID, **changes)))
    news = Settings(**_plain(SAID, duty="", update_class=UpdateClass.NEWS))
    outside = add(cast, None, code="news", settings=news)
    refused(
        "duty", move_column, actor=cast.administrator, column_id=outside.pk, parent_id=columns["statutory"].pk, place=0
    )
    around = add(cast, None, code="around", kind=ColumnKind.FOLDER)
    move_column(actor=cast.administrator, column_id=outside.pk, parent_id=around.pk, place=0)
    refused(
        "duty", move_column, actor=cast.administrator, column_id=around.pk, parent_id=columns["statutory"].pk, place=0
    )


def test_whose_columns_are_whose(cast: Cast, columns: dict[str, Column]) -> None:
    for person in (cast.editor, cast.clerk, cast.other_clerk, cast.stranger):
        with pytest.raises(NotAllowed):
            add(cast, None, actor=person)
        with pytest.raises(NotAllowed):
            edit_column(actor=person, column_id=columns["elderly"].pk, settings=SAID)
    own = add(cast, None, actor=cast.editor, owner=cast.agency)
    with pytest.raises(NotAllowed):
        put_away_column(actor=cast.other_clerk, column_id=own.pk)
    refused("parent", add, cast, None, code="x", parent_id=10**9)
    with pytest.raises(ColumnNotFound):
        edit_column(actor=cast.administrator, column_id=10**9, settings=SAID)
    assert "drains" not in {node.code for node in tree().leaves(cast.other_agency.pk)}


def test_a_required_column_keeps_name_and_place(cast: Cast, columns: dict[str, Column]) -> None:
    row, admin = columns["normative"], cast.administrator
    refused("name", edit_column, actor=admin, column_id=row.pk, settings=Settings(**_plain(SAID, name="文件")))
    kept = Settings(
        row.name, "新的说明", row.keywords, row.page_type, row.update_class, 90, 20, row.duty, row.content_class
    )
    assert edit_column(actor=admin, column_id=row.pk, settings=kept).interval_days == 90
    assert Entry.objects.get(act="disclosure.edit_column").facts["changes"]["interval_days"] == [180, 90]
    refused("column", move_column, actor=admin, column_id=row.pk, parent_id=None, place=0)
    refused("column", put_away_column, actor=admin, column_id=row.pk)
    assert missing_columns() == []
    Column.objects.filter(pk=row.pk).update(name="文件")
    assert missing_columns() == ["normative"]
    assert [each.id for each in required_columns(databases=["default"])] == ["disclosure.W001"]


def test_moving(cast: Cast, columns: dict[str, Column]) -> None:
    admin, livelihood = cast.administrator, columns["livelihood"]
    move_column(actor=admin, column_id=columns["housing"].pk, parent_id=livelihood.pk, place=0)
    node = next(node for node in tree().by_code["statutory"].children if node.code == "livelihood")
    assert [child.code for child in node.children][:2] == ["housing", "rural-revival"]
    refused("parent", move_column, actor=admin, column_id=livelihood.pk, parent_id=livelihood.pk, place=0)
    assert "不超过3级" in refused(
        "parent", move_column, actor=admin, column_id=livelihood.pk, parent_id=columns["about"].pk, place=0
    )


def test_what_holds_anything_is_not_put_away(cast: Cast, columns: dict[str, Column]) -> None:
    admin = cast.administrator
    assert "8个下级栏目" in refused("column", put_away_column, actor=admin, column_id=columns["livelihood"].pk)
    publish(cast.agency, columns["elderly"])
    publish(cast.other_agency, columns["elderly"])
    assert "2条公开信息" in refused("column", put_away_column, actor=admin, column_id=columns["elderly"].pk)
    a_draft(cast.agency, columns["housing"])
    assert "1条信息正在办理" in refused("column", put_away_column, actor=admin, column_id=columns["housing"].pk)
    put_away_column(actor=admin, column_id=columns["health"].pk)
    put_away_column(actor=admin, column_id=columns["health"].pk)
    assert Entry.objects.filter(act="disclosure.put_away_column").count() == 1
    assert not tree().by_code["health"].active
    assert restore_column(actor=admin, column_id=columns["health"].pk).active


def test_nothing_for_a_column(cast: Cast, columns: dict[str, Column]) -> None:
    told: dict[str, Any] = {"actor": cast.editor, "agency": cast.agency, "reason": "不承担该项职责"}
    refused("column", set_absence, **told, column_id=columns["normative"].pk)
    refused("reason", set_absence, **{**told, "reason": " "}, column_id=columns["plans"].pk)
    with pytest.raises(NotAllowed):
        set_absence(**{**told, "actor": cast.clerk}, column_id=columns["plans"].pk)
    publish(cast.agency, columns["land-plans"])
    assert "1条公开信息" in refused("column", set_absence, **told, column_id=columns["plans"].pk)
    set_absence(**told, column_id=columns["inspections"].pk)
    assert "已经说明过" in refused("column", set_absence, **told, column_id=columns["inspections"].pk)
    assert "environment" not in {node.code for node in tree().leaves(cast.agency.pk)}
    end_absence(actor=cast.editor, agency=cast.agency, column_id=columns["inspections"].pk)
    assert "environment" in {node.code for node in tree().leaves(cast.agency.pk)}


# --- how long a column may stay as it is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_ago", "state", "left"),
    [(75, State.FRESH, 16), (77, State.SOON, 14), (90, State.SOON, 1), (91, State.STALE, 0)],
)
def test_a_leaf_is_a_fault_on_the_day_after_its_interval(
    cast: Cast, columns: dict[str, Column], days_ago: int, state: State, left: int
) -> None:
    day = date(2025, 6, 30)
    node = tree().by_code["statistics"]
    updated = datetime(2025, 6, 30, 4, tzinfo=UTC) - timedelta(days=days_ago)
    found = freshness_of(node, Standing(3, updated, None), day)
    assert (found.state, found.days_left) == (state, left)
    assert freshness_of(node, Standing(3, updated, updated + timedelta(days=60)), day).state is State.FRESH


def test_what_is_empty_and_what_is_not_asked_for(cast: Cast, columns: dict[str, Column]) -> None:
    cast.agency.level = AgencyLevel.COUNTY
    publish(cast.agency, columns["proposals"], at=datetime(2020, 1, 1, tzinfo=UTC))
    found = {row.node.code: row.state for row in leaves_of(cast.agency, standings(cast.agency), today())}
    assert found["proposals"] is State.FREE, "no interval is set for it"
    assert found["rules"] is State.FREE, "a county makes no 规章"
    assert found["statistics"] is State.EMPTY
    assert "livelihood" not in found


# --- the guide ------------------------------------------------------------------------------------------------

GUIDE = {"classification": "分为五类。", "arrangement": "按索引号编排。", "ways": "在网站和查阅点。"}


@pytest.mark.article("条例", 12)
def test_the_guide_says_what_it_must(cast: Cast) -> None:
    for field in GUIDE:
        refused(field, set_guide, actor=cast.editor, agency=cast.agency, **{**GUIDE, field: " "})
    with pytest.raises(NotAllowed):
        set_guide(actor=cast.clerk, agency=cast.agency, **GUIDE)
    set_guide(actor=cast.editor, agency=cast.agency, **GUIDE)
    set_guide(actor=cast.editor, agency=cast.agency, **GUIDE, summer_hours="5月至9月 9:00—18:00")
    assert Guide.objects.count() == 2
    assert Entry.objects.filter(act="disclosure.set_guide").last().facts == {"changed": ["summer_hours"]}
    newest = guide_of(cast.agency)
    assert newest is not None
    assert newest.summer_hours
    page = text_of(Client().get("/guide/ours/"))
    assert "分为五类。" in page
    assert "5月至9月" in page


@pytest.mark.article("条例", 15)
def test_what_nobody_reviews_tells_of_nobody(cast: Cast, columns: dict[str, Column]) -> None:
    """A guide, the name of a column and why one is empty are read by the public at once."""
    leak = "办理人身份证号11010519491231002X"
    for field in (*GUIDE, "remarks"):
        refused(field, set_guide, actor=cast.editor, agency=cast.agency, **{**GUIDE, field: leak})
    assert not Guide.objects.exists()
    for field in ("name", "description"):
        refused(field, add, cast, columns["policy"], settings=replace(SAID, **{field: leak}))
    told = {"actor": cast.editor, "agency": cast.agency, "column_id": columns["inspections"].pk}
    refused("reason", set_absence, **told, reason=leak)
    for hidden in ("\u202eX200132194915010 11\u202c", "1101051949\u200b1231002X"):
        refused("reason", set_absence, **told, reason=f"办理人{hidden}")
    set_guide(actor=cast.editor, agency=cast.agency, **{**GUIDE, "remarks": "电话010-12345678，周一至周五。"})


def test_a_guide_is_looked_at_once_a_year(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    set_guide(actor=cast.editor, agency=cast.agency, **GUIDE)
    remind_of_guides()
    assert not Notification.objects.filter(about=f"agency:{cast.agency.pk}").exists()
    later = today() + timedelta(days=366)
    monkeypatch.setattr("gongkai.disclosure.actions.set_guide.today", lambda: later)
    assert remind_of_guides() == 2
    assert remind_of_guides() == 0
    told = Notification.objects.filter(about=f"agency:{cast.agency.pk}").values_list("person__username", flat=True)
    assert set(told) == {"editor", "administrator"}


# --- their pages ----------------------------------------------------------------------------------------------


def test_the_tree_at_the_desk(cast: Cast, columns: dict[str, Column], django_assert_max_num_queries: Any) -> None:
    publish(cast.agency, columns["statistics"])
    client = signed_in(cast.administrator)
    with django_assert_max_num_queries(16):
        page = client.get("/desk/columns/ours/")
    assert "必设栏目还没有内容" in text_of(page)
    assert client.get("/desk/columns/").headers["Location"] == "/desk/columns/ours/"
    act = f"/desk/columns/ours/{columns['housing'].pk}/act/"
    client.post(act, {"act": "up"})
    assert Column.objects.get(code="housing").position == 6
    assert "8个下级栏目" in text_of(
        client.post(f"/desk/columns/ours/{columns['livelihood'].pk}/act/", {"act": "put_away"}, follow=True)
    )
    client.post(act, {"act": "absent", "reason": "没有"})
    assert columns["housing"].pk in tree().absent(cast.agency.pk)
    client.post(act, {"act": "present"})
    client.post(act, {"act": "move", "parent": columns["about"].pk})
    assert tree().by_code["housing"].parent == "about"
    for nowhere in ({"parent": "abc"}, {"parent": columns["housing"].pk}, {"parent": "9" * 18}, {}):
        told = client.post(act, {"act": "move", **nowhere}, follow=True)
        assert "请从列出的上级栏目中选择" in told.content.decode()
        assert tree().by_code["housing"].parent == "about"
    assert client.post(act, {"act": "nonsense"}).status_code == 404
    for person in (cast.clerk, cast.other_clerk):
        assert signed_in(person).get("/desk/columns/ours/").status_code == 404


def test_a_column_is_added_and_changed_at_the_desk(cast: Cast, columns: dict[str, Column]) -> None:
    client = signed_in(cast.editor)
    new = {**_plain(SAID), "code": "drains", "kind": "items", "parent": columns["other-by-law"].pk}
    told = {name: value for name, value in new.items() if value is not None}
    told["content_class"] = "general"
    client.post("/desk/columns/ours/new/", told)
    row = Column.objects.get(code="drains")
    assert (row.owner, row.kind) == (cast.agency, "items")
    address = f"/desk/columns/ours/{row.pk}/"
    client.post(address, {**told, "name": "防涝", "page_type": "新闻"})
    client.post(address, {**told, "name": "防涝"})
    row.refresh_from_db()
    assert row.name == "防涝"
    assert "有错误" in text_of(client.post("/desk/columns/ours/guide/", {}))
    client.post("/desk/columns/ours/guide/", GUIDE)
    assert guide_of(cast.agency) is not None
    assert client.get(f"/desk/columns/ours/{10**9}/").status_code == 404
