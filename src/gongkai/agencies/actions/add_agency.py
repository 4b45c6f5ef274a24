"""Enter an agency into the tree."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed, invalid
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import is_administrator
from gongkai.law.texts import Text
from gongkai.ledger.actions import hold, record
from gongkai.ledger.models import SYSTEM

#: The chain of no agency, and the page after sending (/apply/sent/), which an agency's form would hide.
RESERVED = frozenset({SYSTEM, "sent"})


@transaction.atomic
def add_agency(*, actor: Person | None, parent: Agency | None, **fields: Any) -> Agency:
    """A new agency below `parent`, or as a root. `actor` None is the command line of the machine's owner.

    Raises NotAllowed, or Invalid with the field's name where a value cannot be taken.
    """
    if actor is not None and not is_administrator(actor):
        raise NotAllowed
    hold(SYSTEM)  # two at once would be given the same place in the tree
    agency = Agency(**fields)
    if agency.slug in RESERVED:
        raise Invalid("slug", Text("该标识留作系统使用。", "This name is kept for the system itself."))
    try:
        agency.full_clean(exclude=["path", "depth", "numchild"])
    except ValidationError as error:
        raise invalid(error) from error
    if parent is None:
        Agency.objects.add_root(instance=agency)
    else:
        # Read anew: treebeard counts children on the row it is given.
        Agency.objects.add_child(Agency.objects.get(pk=parent.pk), instance=agency)
    facts = {"name": agency.name, "slug": agency.slug, "parent": parent.slug if parent else None}
    actor_name = actor.username if actor else ""
    record(chain=SYSTEM, act="agencies.add_agency", subject=f"agency:{agency.pk}", facts=facts, actor=actor_name)
    return agency
