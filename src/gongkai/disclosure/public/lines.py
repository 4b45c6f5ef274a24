"""Lines of lists: items, and how it stands with the policy documents among them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.disclosure.models import Item
from gongkai.disclosure.register.validity import with_validity
from gongkai.law.validity import Validity


@dataclass(frozen=True)
class Line:
    """A line of a list. `validity`: 有效性 of a policy document today."""

    item: Item
    validity: Validity | None = None


def lines_of(rows: QuerySet[Item], start: int, end: int) -> list[Line]:
    """These rows as lines, 有效性 asked in the same query."""
    found: list[Item] = list(with_validity(rows, through="document__")[start:end])
    return [Line(item, Validity(state) if (state := getattr(item, "validity", "")) else None) for item in found]
