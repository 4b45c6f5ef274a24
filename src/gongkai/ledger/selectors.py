"""Reading the ledger."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.ledger.models import Entry


def entries_of(chain: str) -> QuerySet[Entry]:
    """The entries of one chain, newest first. The caller has asked whether the reader may see this agency."""
    return Entry.objects.filter(chain=chain).order_by("-number")


def entries_about(subject: str) -> QuerySet[Entry]:
    """All entries about one record („application:12“), oldest first."""
    return Entry.objects.filter(subject=subject).order_by("recorded_at", "number")
