"""常用筛选: a list of the inbox that a person keeps under a name, and lets go again. Nobody else sees it."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import current_agency
from gongkai.applications.models import SavedView
from gongkai.applications.selectors.filters import names_applicant
from gongkai.applications.selectors.visibility import cases_for
from gongkai.law.texts import Text
from gongkai.ledger.actions import record
from gongkai.ledger.models import SYSTEM

#: More tabs than this help nobody.
MOST = 12


@transaction.atomic
def save_view(*, person: Person, name: str, query: str) -> SavedView:
    """Keep a list, by the inbox's own query string. The same name again takes the place of the earlier.

    A list that was found by an applicant's name or ID number is not kept: those stand nowhere in the clear.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= 40:
        raise Invalid("name", Text("请填写名称，不超过40个字。", "Give a name of at most 40 characters."))
    if len(query) > 1000:
        raise Invalid("name", Text("筛选条件过长，不能保存。", "The filter is too long to be kept."))
    _check_no_applicant(person, query)
    # Held against another save at the same moment: neither the name nor the number of views comes out wrong.
    Person.objects.select_for_update().get(pk=person.pk)
    others = SavedView.objects.filter(person=person).exclude(name=name)
    if others.count() >= MOST:
        message = Text(
            f"最多保存{MOST}个常用筛选，请先删除不用的。", f"At most {MOST} views are kept; delete one first."
        )
        raise Invalid("name", message)
    view, _ = SavedView.objects.update_or_create(person=person, name=name, defaults={"query": query})
    _record(person, "applications.save_view", view.pk)
    return view


@transaction.atomic
def delete_view(*, person: Person, view_id: int) -> bool:
    """Let one go. False where the person has none such: it may be gone already."""
    deleted, _ = SavedView.objects.filter(person=person, pk=view_id).delete()
    if deleted:
        _record(person, "applications.delete_view", view_id)
    return bool(deleted)


def _check_no_applicant(person: Person, query: str) -> None:
    text = parse_qs(query).get("q", [""])[0]
    if text and cases_for(person).filter(names_applicant(text)).exists():
        message = Text(
            "常用筛选不保存申请人的姓名或证件号码，请去掉后再保存。",
            "A saved view holds no applicant's name or ID number: take it out first.",
        )
        raise Invalid("name", message)


def _record(person: Person, act: str, view: int) -> None:
    """What the view is called and shows is the person's own affair and not told."""
    agency = current_agency(person)
    chain, subject = agency.slug if agency else SYSTEM, f"person:{person.pk}"
    record(chain=chain, act=act, subject=subject, facts={"view": view}, actor=person.username)
