"""The demonstration, loaded once for all tests of a module and rolled back after them.

from tests.demonstration.played import played  # noqa: F401
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from gongkai.agencies.models import Agency
from gongkai.demonstration.loading import load
from gongkai.demonstration.office import Office


@dataclass(frozen=True)
class Played:
    """The office as loaded, and where its letters lie."""

    office: Office
    store: Path

    @property
    def agency(self) -> Agency:
        return self.office.agency


@pytest.fixture(scope="module")
def played(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    store = tmp_path_factory.mktemp("demonstration") / "documents"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "DOCUMENT_STORE", store)
        yield Played(load(), store)
        transaction.set_rollback(True)
