"""Agencies are entered into a tree, by an administrator or the machine's owner."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.actions.add_agency import add_agency
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import agencies_accepting
from gongkai.law.remedies import AgencyKind
from gongkai.ledger.models import SYSTEM, Entry
from tests.at_once import at_once
from tests.cast import Cast


def fields(slug: str = "jiaotong", **changes: Any) -> dict[str, Any]:
    values = {
        "name": f"演示市{slug}局",
        "short_name": "某局",
        "slug": slug,
        "kind": AgencyKind.DEPARTMENT,
        "office_name": "办公室",
        "review_organ": "演示市人民政府",
        "document_prefix": "演公开",
    }
    return {**values, **changes}


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act="agencies.add_agency").order_by("number"))


def test_a_root_and_a_child_of_it(cast: Cast) -> None:
    city = add_agency(actor=cast.administrator, parent=None, **fields("city"))
    bureau = add_agency(actor=cast.administrator, parent=city, **fields("bureau"))
    street = add_agency(actor=None, parent=bureau, **fields("street"))
    city.refresh_from_db()
    assert [agency.slug for agency in Agency.objects.get_descendants(city)] == ["bureau", "street"]
    assert [agency.slug for agency in Agency.objects.get_ancestors(street)] == ["city", "bureau"]
    assert (street.get_depth(), Agency.objects.get_children_count(city)) == (3, 1)
    assert Agency.objects.find_problems() == ([], [], [], [], [])


def test_children_stand_in_the_order_of_their_names_and_the_tree_is_sound(cast: Cast) -> None:
    for slug in ("m", "a", "z", "k"):
        add_agency(actor=None, parent=cast.agency, **fields(slug))
    root = Agency.objects.get(pk=cast.agency.pk)
    assert [agency.slug for agency in Agency.objects.get_children(root)] == ["a", "k", "m", "z"]
    assert Agency.objects.find_problems() == ([], [], [], [], [])


def test_a_parent_read_long_ago_still_counts_its_children(cast: Cast) -> None:
    """treebeard counts on the row it is given; the caller's may be stale."""
    for slug in ("one", "two", "three"):
        add_agency(actor=None, parent=cast.agency, **fields(slug))
    assert Agency.objects.get(pk=cast.agency.pk).numchild == 3


def test_the_entry_says_who_and_what(cast: Cast) -> None:
    agency = add_agency(actor=cast.administrator, parent=cast.agency, **fields("city"))
    [entry] = entries()
    assert (entry.chain_id, entry.actor, entry.subject) == (SYSTEM, "administrator", f"agency:{agency.pk}")
    assert entry.facts == {"name": "演示市city局", "slug": "city", "parent": "ours"}


@pytest.mark.parametrize("role", ["clerk", "drafter", "approver", "editor", "supervisor", "other_clerk", "stranger"])
def test_nobody_else_may(cast: Cast, role: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        add_agency(actor=getattr(cast, role), parent=None, **fields())
    assert caught.value.code == "not_allowed"
    assert Agency.objects.count() == 2
    assert entries() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "演示市城市管理局"),
        ("name", "长" * 121),
        ("short_name", ""),
        ("slug", ""),
        ("slug", "ours"),
        ("slug", "有汉字"),
        ("slug", "a b"),
        ("slug", "../x"),
        ("slug", "x" * 41),
        ("slug", "system"),
        ("kind", "kingdom"),
        ("kind", ""),
        ("office_name", ""),
        ("review_organ", ""),
        ("document_prefix", ""),
        ("postcode", "1234"),
        ("email", "not-an-address"),
        ("receipt_rule", "never"),
    ],
)
def test_bad_input_is_refused_at_its_field(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        add_agency(actor=None, parent=None, **fields(**{field: value}))
    assert caught.value.field == field
    assert caught.value.message.zh
    assert Agency.objects.count() == 2
    assert entries() == []


def test_the_name_of_the_system_s_own_chain_is_not_for_an_agency(db: None) -> None:
    """An agency called like it would write into the chain of the installation."""
    with pytest.raises(Invalid) as caught:
        add_agency(actor=None, parent=None, **fields(SYSTEM))
    assert caught.value.field == "slug"


def test_only_agencies_that_take_applications_are_offered(cast: Cast) -> None:
    add_agency(actor=None, parent=None, **fields("none", accepts_applications=False))
    add_agency(actor=None, parent=cast.agency, **fields("below"))
    assert [agency.slug for agency in agencies_accepting()] == ["ours", "below", "theirs"]


def test_the_database_holds_names_and_slugs_once(cast: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(slug="theirs").update(slug="ours")
    with pytest.raises(DatabaseError), transaction.atomic():
        Agency.objects.filter(slug="theirs").update(name="演示市城市管理局")


@pytest.mark.django_db(transaction=True)
def test_rolled_back_it_leaves_neither_agency_nor_entry() -> None:
    @transaction.atomic
    def found_and_fail() -> None:
        add_agency(actor=None, parent=None, **fields())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        found_and_fail()
    assert not Agency.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_the_same_agency_entered_twice_at_once_is_one() -> None:
    found = at_once(*[lambda: add_agency(actor=None, parent=None, **fields())] * 3)
    refused = [result for result in found if isinstance(result, Invalid)]
    assert len(refused) == 2, found
    assert {result.field for result in refused} <= {"name", "slug"}
    assert (Agency.objects.count(), len(entries())) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_different_agencies_entered_at_once_all_find_their_place() -> None:
    root = add_agency(actor=None, parent=None, **fields("root"))
    acts = [lambda slug=slug: add_agency(actor=None, parent=root, **fields(slug)) for slug in "dbca"]
    found = at_once(*acts)
    assert [result.slug for result in found if isinstance(result, Agency)] == list("dbca"), found
    assert [agency.slug for agency in Agency.objects.get_children(Agency.objects.get(slug="root"))] == list("abcd")
    assert Agency.objects.find_problems() == ([], [], [], [], [])
