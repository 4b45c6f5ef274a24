"""What all tests share. Which database they run on is said by GONGKAI_DATABASE_URL (see scripts/check.py)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.installation import Installation, installation, migrated

ROOT = Path(__file__).resolve().parent.parent
SEED_FOLDER = ROOT.parent / "shared" / "seed"
APPEND_ONLY = (
    "ledger_entry",
    "applications_step",
    "applications_letter",
    "applications_paper",
    "applications_casefile",
    "applications_assignment",
    "applications_note",
    "applications_identityview",
    "applications_lettertemplate",
    "annual_report_reportstep",
    "annual_report_sectiontext",
    "annual_report_cellcorrection",
    "annual_report_publication",
    "annual_report_readreport",
    "disclosure_revisionstep",
    "disclosure_secrecyreview",
    "disclosure_suspension",
    "disclosure_consent",
    "disclosure_documentchange",
    "disclosure_guide",
)


#: What migrations fill and no test changes; Django's own emptying makes it anew each time, which takes half a second.
KEPT = ("django_migrations", "django_content_type", "auth_permission")


@pytest.fixture(scope="session")
def migrated_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Installation]:
    """An installation whose database has all tables, for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    with migrated(own if worker_id == "master" else own.parent) as made:
        yield made


@pytest.fixture(scope="session")
def django_db_setup(
    migrated_once: Installation,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The tests' database is a copy, too."""
    with installation(tmp_path_factory.mktemp("database"), migrated_once) as made:
        connections.settings["default"]["NAME"] = made.name
        yield
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture(scope="session", autouse=True)
def _emptying_the_database() -> Iterator[None]:
    """Tests outside a transaction leave empty tables behind: only those that hold something are emptied, and the
    triggers of append-only ones, which would rightly refuse, are set aside meanwhile.

    For the whole session: the database fixture is torn down after every fixture of a single test.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: empty_database())
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """What this process writes need not outlive a power cut. Processes that are killed in a test are others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


def empty_database() -> None:
    from gongkai.ledger.append_only import protect, release

    full = [name for name in connection.introspection.table_names() if name not in KEPT and _holds_rows(name)]
    guarded = [name for name in full if name in APPEND_ONLY]
    for table in guarded:
        release(connection, table)
    # In one transaction: every foreign key waits for its end.
    connection.ops.execute_sql_flush([f"DELETE FROM {connection.ops.quote_name(name)}" for name in full])
    for table in guarded:
        protect(connection, table)


def _holds_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")
        return bool(cursor.fetchone()[0])


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool({"db", "transactional_db", "django_db_setup"} & fixtures or item.get_closest_marker("django_db"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database: the rest has just passed on SQLite and cannot differ."""
    if not os.environ.get("GONGKAI_DATABASE_URL"):
        return
    kept = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


@pytest.fixture(autouse=True)
def _own_document_store(request: pytest.FixtureRequest) -> None:
    """Letters of one test are not found by the next. Tests without a database make none, and pay nothing."""
    if touches_database(request.node):
        settings, folder = request.getfixturevalue("settings"), request.getfixturevalue("tmp_path")
        settings.DOCUMENT_STORE, settings.QUARANTINE_FOLDER = folder / "documents", folder / "quarantine"
        settings.SEARCH_FOLDER = folder / "search"


@pytest.fixture(autouse=True)
def _nothing_is_scanned(request: pytest.FixtureRequest) -> None:
    """What goes out with a reply is found clean at once: only tests of the gate itself wait for a real scan (they ask for
    `real_scan`, or put another in its place)."""
    if touches_database(request.node) and "real_scan" not in request.fixturenames:
        from gongkai.applications import release
        from gongkai.documents.models import Document, PrivacyScan

        def clean(document: Document) -> PrivacyScan:
            return PrivacyScan.objects.get_or_create(document=document, rules=release.rules_version())[0]

        request.getfixturevalue("monkeypatch").setattr(release, "scan", clean)


@pytest.fixture
def real_scan() -> None:
    """The privacy scan as it is, in its worker."""


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    """A language that another test switched to does not last."""
    translation.deactivate()


@pytest.fixture
def seed_report() -> Path:
    """The real report this project began from; it stays outside the repository."""
    found = sorted(SEED_FOLDER.glob("*.txt"))
    if not found:
        pytest.skip("the seed report lies in ../shared/seed, which is not here")
    return found[0]


@pytest.fixture
def cast(db: None) -> Any:
    """Applicant, clerk, drafter, approver, supervisor, another agency's clerk, a stranger."""
    from tests.cast import Cast

    return Cast.assemble()


@pytest.fixture
def scene(cast: Any) -> Any:
    """The cast with its cases, brought to any stage."""
    from tests.applications.scenes import Scene

    return Scene(cast)


@pytest.fixture
def on_commit_now(django_capture_on_commit_callbacks: Callable[..., Any]) -> Iterator[None]:
    """Run what was put off until the commit at the end of the block."""
    with django_capture_on_commit_callbacks(execute=True):
        yield
