"""Put the areas in place with which every site begins; an office's own changes of them stay."""

from __future__ import annotations

from django.db import transaction

from gongkai.grassroots.areas import LATER, NATIONAL
from gongkai.grassroots.models import Area


@transaction.atomic
def install_areas() -> int:
    """Add what is missing by its code or name; returns how many. Safe to run again."""
    known = set(Area.objects.values_list("code", flat=True)) | set(Area.objects.values_list("name", flat=True))
    rows = [(code, name, True) for code, name in NATIONAL] + [(code, name, False) for code, name in LATER]
    missing = [
        Area(code=code, name=name, national=national, position=place)
        for place, (code, name, national) in enumerate(rows, start=1)
        if code not in known and name not in known
    ]
    Area.objects.bulk_create(missing)
    return len(missing)
