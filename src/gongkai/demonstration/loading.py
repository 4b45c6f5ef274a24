"""Load the demonstration into an empty installation, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.demonstration import catalogue, columns, publishing, report_2021, year_2021
from gongkai.demonstration.cases import cases_of_today, play
from gongkai.demonstration.office import Office, found_office
from gongkai.disclosure.actions.install_columns import install_columns
from gongkai.grassroots.actions.install_areas import install_areas

Progress = Callable[[Iterable[Callable[[], object]]], Iterable[Callable[[], object]]]


def is_loaded() -> bool:
    """An installation with any agency is somebody's office already."""
    return bool(Agency.objects.exists())


@transaction.atomic
def load(progress: Progress = lambda acts: acts) -> Office:
    """Found the office and replay its year, in one transaction: a stopped load leaves nothing behind."""
    install_columns()
    install_areas()
    office = found_office()
    today = [partial(play, office, plan) for plan in cases_of_today()]
    for act in progress(
        [
            *year_2021.acts(office),
            *report_2021.acts(office),
            *today,
            *publishing.acts(office),
            *columns.acts(office),
            *catalogue.acts(office),
        ]
    ):
        act()
    return office
