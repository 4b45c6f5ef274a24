"""Agencies and people at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.actions.add_agency import add_agency
from gongkai.agencies.models import Agency, Appointment, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.desk.people_page import agency_tree
from gongkai.law.procedure import Role
from gongkai.law.remedies import AgencyKind
from tests.cast import Cast
from tests.portal.pages import text_of, value_of

NEW = "/desk/people/new/"


def somebody(cast: Cast, **changes: Any) -> dict[str, Any]:
    usual = {
        "display_name": "钱进",
        "username": "qianjin",
        "password": "correct-horse-battery",
        "agency": cast.agency.pk,
        "role": "clerk",
        "since": today().isoformat(),
    }
    return {**usual, **changes}


def below(parent: Agency, slug: str) -> Agency:
    fields = {"slug": slug, "name": slug, "short_name": slug, "kind": AgencyKind.DEPARTMENT, "office_name": slug}
    parent = Agency.objects.get(pk=parent.pk)
    return add_agency(actor=None, parent=parent, review_organ="x", document_prefix=slug, **fields)


def test_the_tree_and_who_works_there(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    text = text_of(client.get("/desk/agencies/"))
    for words in (cast.agency.name, cast.other_agency.name, "Clerk", "经办人", "Other"):
        assert words in text
    assert "添加人员" not in text


def test_the_tree_as_deep_as_it_is(cast: Cast, django_assert_num_queries: Any) -> None:
    middle = below(cast.agency, "middle")
    below(middle, "leaf")
    below(cast.agency, "second")
    with django_assert_num_queries(3):
        nodes = agency_tree(today())
    ours = next(node for node in nodes if node.agency == cast.agency)
    assert [node.agency.slug for node in ours.below] == ["middle", "second"]
    assert [node.agency.slug for node in ours.below[0].below] == ["leaf"]
    assert len(nodes) == 2


def test_who_left_is_not_shown(cast: Cast) -> None:
    Appointment.objects.filter(person=cast.clerk).update(until=today().replace(year=2020))
    Person.objects.filter(pk=cast.drafter.pk).update(is_active=False)
    names = {row.person.username for node in agency_tree(today()) for row in node.people}
    assert {"approver", "other"} <= names
    assert not {"clerk", "drafter"} & names


def test_an_administrator_takes_a_person_on(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    assert client.get(NEW).status_code == 200
    response = client.post(NEW, somebody(cast))
    assert response.headers["Location"] == "/desk/agencies/"
    assert "已添加：钱进" in text_of(client.get("/desk/agencies/"))
    person = Person.objects.get(username="qianjin")
    assert roles_of(person, cast.agency) == {Role.CLERK}
    assert person.check_password("correct-horse-battery")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"display_name": ""}, "display_name"),
        ({"username": "clerk"}, "username"),
        ({"username": "two words"}, "username"),
        ({"password": "1234567890123"}, "password"),
        ({"password": "short"}, "password"),
        ({"role": "applicant"}, "role"),
        ({"agency": "999"}, "agency"),
        ({"since": "soon"}, "since"),
    ],
)
def test_bad_input_is_told_beside_the_field(client: Client, cast: Cast, changes: dict[str, str], field: str) -> None:
    client.force_login(cast.administrator)
    before = Person.objects.count()
    response = client.post(NEW, somebody(cast, **changes))
    page = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in page
    assert Person.objects.count() == before
    assert value_of(response, "username") == changes.get("username", "qianjin")
    assert "correct-horse-battery" not in page, "a password is never sent back"


def test_others_may_not(client: Client, cast: Cast) -> None:
    for person in (cast.clerk, cast.supervisor, cast.stranger):
        client.force_login(person)
        assert client.get(NEW).status_code == 403
        client.post(NEW, somebody(cast))
        client.post(reverse("desk:person_appoint", args=[cast.clerk.pk]), somebody(cast, role="approver"))
    assert not Person.objects.filter(username="qianjin").exists()
    assert roles_of(cast.clerk, cast.agency) == {Role.CLERK}


def test_one_more_role(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    address = reverse("desk:person_appoint", args=[cast.clerk.pk])
    assert "任命：Clerk" in text_of(client.get(address))
    response = client.post(address, {"agency": cast.agency.pk, "role": "editor", "since": today().isoformat()})
    assert response.headers["Location"] == "/desk/agencies/"
    assert roles_of(cast.clerk, cast.agency) == {Role.CLERK, Role.EDITOR}
    assert client.get(reverse("desk:person_appoint", args=[987654])).status_code == 404
