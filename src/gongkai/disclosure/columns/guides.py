"""政府信息公开指南 as data (条例 12): what an agency says in it, and whose is to be looked at again."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, Subquery

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import day_of
from gongkai.disclosure.models import Guide

#: A guide is kept up to date („及时更新“, 条例 12 [C]); that it is looked at once a year is our own order [I].
REVIEW_AFTER = dt.timedelta(days=365)


def guide_of(agency: Agency) -> Guide | None:
    """The guide in force: the newest version; None where nothing was written yet."""
    return Guide.objects.filter(agency=agency).order_by("-id").first()


def review_due(guide: Guide) -> dt.date:
    """From that day on it is to be looked at again."""
    return day_of(guide.made_at) + REVIEW_AFTER


def guides_to_review(day: dt.date) -> list[tuple[Agency, dt.date | None]]:
    """The agencies whose guide was last written more than a year ago, with that day, or (None) never."""
    newest = Guide.objects.filter(agency=OuterRef("pk")).order_by("-id").values("made_at")[:1]
    rows = Agency.objects.order_by("path").annotate(guide_made_at=Subquery(newest))
    found = [(row, day_of(row.guide_made_at) if row.guide_made_at else None) for row in rows]
    return [(agency, since) for agency, since in found if since is None or since + REVIEW_AFTER <= day]
