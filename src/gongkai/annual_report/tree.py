"""The tree of agencies as the reports go up in it."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.agencies.models import Agency


def children_of(agency: Agency) -> QuerySet[Agency]:
    """The agencies directly below, in tree order."""
    found: QuerySet[Agency] = Agency.objects.get_children(agency).order_by("path")
    return found


def everybody_below(agency: Agency) -> QuerySet[Agency]:
    """The agencies below at every depth."""
    found: QuerySet[Agency] = Agency.objects.get_descendants(agency)
    return found


def parent_of(agency: Agency) -> Agency | None:
    """The agency above, None at the top."""
    found: Agency | None = Agency.objects.get_parent(agency)
    return found
