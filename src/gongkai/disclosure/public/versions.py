"""The version of what the public sees, read beside what a page needs anyway: it tells whether a kept page is the newest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet, Subquery

from gongkai.disclosure.models import PublicVersion

#: Before anything was published: when the Regulation in its present form came into force.
_NEVER = dt.datetime(2019, 5, 15, tzinfo=dt.UTC)
_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True)
class Version:
    """Every change of what the public sees makes another."""

    number: int = 0
    at: dt.datetime = _NEVER


def with_version(rows: QuerySet[_Row]) -> QuerySet[_Row]:
    """Each row with the version of this moment beside it, for `version_of`."""
    found: QuerySet[_Row] = rows.annotate(**version_columns())
    return found


def version_columns() -> dict[str, Subquery]:
    """The two columns of it, for a query that names its columns."""
    version = PublicVersion.objects.filter(pk=1)
    return {"version_number": Subquery(version.values("number")), "version_at": Subquery(version.values("changed_at"))}


def version_told(values: Sequence[Any]) -> Version:
    """What those two columns held."""
    number, at = values
    return Version(number or 0, at or _NEVER)


def version_of(row: object) -> Version:
    """The version that came with the row."""
    return version_told([getattr(row, "version_number", None), getattr(row, "version_at", None)])


def version_now() -> Version:
    """The version, where no row brings it along. To be asked before anything that the page shows: a page that is older than
    its version would count as the newest until the next change."""
    found = PublicVersion.objects.filter(pk=1).values_list("number", "changed_at").first()
    return Version(*found) if found else Version()
