"""Where agencies stand in their tree, for whatever is filtered by an agency with all that are below it."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.agencies.models import Agency


def lineages() -> Mapping[int, tuple[str, ...]]:
    """For each agency the slugs from the root of its tree down to itself. One query."""
    rows = list(Agency.objects.order_by("path").values_list("pk", "path", "slug"))
    slugs = {path: slug for _, path, slug in rows}
    step = Agency.steplen
    return {
        key: tuple(slugs[path[:end]] for end in range(step, len(path) + 1, step) if path[:end] in slugs)
        for key, path, _ in rows
    }
