"""The database itself refuses to rewrite history, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Model

from gongkai.applications.models import Application, Letter, Step
from gongkai.ledger.append_only import AppendOnly, protect, release
from gongkai.ledger.models import Entry
from tests.cast import Cast
from tests.ledger.tampering import sql

TABLES = ("ledger_entry", "applications_step", "applications_letter")
MODELS: dict[str, type[Model]] = {"ledger_entry": Entry, "applications_step": Step, "applications_letter": Letter}

STEP = 'application_id, number, kind, "on", recorded_at, actor_id, role, facts'
ENTRY = "chain_id, number, recorded_at, act, subject, actor, body, previous, hash"
#: Statements that no UPDATE or DELETE trigger sees. SQLite's REPLACE deletes without asking (unless recursive_triggers
#: is on), whether the row comes under the same id or only under the same unique number.
WAYS_AROUND = {
    "sqlite": [
        *((table, f"REPLACE INTO {table} SELECT * FROM {table}") for table in TABLES),
        *((table, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1") for table in TABLES),
        ("ledger_entry", f"REPLACE INTO ledger_entry ({ENTRY}) SELECT {ENTRY} FROM ledger_entry"),
        ("applications_step", f"REPLACE INTO applications_step ({STEP}) SELECT {STEP} FROM applications_step"),
    ],
    "postgresql": [(table, f"TRUNCATE {table} CASCADE") for table in TABLES],
}[connection.vendor]


@pytest.fixture
def application(cast: Cast) -> Application:
    application = cast.apply().application
    # No deferred check is to hide what the triggers do.
    connection.check_constraints()
    return application


def rows(table: str) -> list[Any]:
    return list(MODELS[table]._base_manager.order_by("pk").values_list())


def refused(act: Callable[[], object], table: str) -> None:
    before = rows(table)
    assert before
    with pytest.raises(DatabaseError, match=f"{table} is append-only"), transaction.atomic():
        act()
    assert rows(table) == before


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed(application: Application, table: str) -> None:
    column = {"ledger_entry": "act", "applications_step": "kind", "applications_letter": "number"}[table]
    refused(lambda: sql(f"UPDATE {table} SET {column} = %s", "x"), table)
    refused(lambda: sql(f"UPDATE {table} SET {column} = {column}"), table)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_deleted(application: Application, table: str) -> None:
    refused(lambda: sql(f"DELETE FROM {table}"), table)
    refused(lambda: sql(f"DELETE FROM {table} WHERE id = %s", rows(table)[-1][0]), table)


@pytest.mark.parametrize("table", TABLES)
def test_models_cannot_do_it_either(application: Application, table: str) -> None:
    manager = MODELS[table]._base_manager
    refused(lambda: manager.all().update(number=77), table)
    refused(lambda: manager.all()._raw_delete("default"), table)
    refused(lambda: manager.order_by("pk")[0].save(), table)


@pytest.mark.parametrize("table", TABLES)
def test_an_upsert_cannot_do_it(application: Application, table: str) -> None:
    model = MODELS[table]
    first = model._base_manager.order_by("pk")[0]
    key = {"update_conflicts": True, "update_fields": ["number"], "unique_fields": ["id"]}
    refused(lambda: model._base_manager.bulk_create([first], **key), table)


@pytest.mark.parametrize(("table", "statement"), WAYS_AROUND)
def test_no_way_around(application: Application, table: str, statement: str) -> None:
    first = rows(table)[0][0]
    refused(lambda: sql(statement.replace("id = 1", f"id = {first}")), table)


def test_new_rows_are_still_taken(cast: Cast) -> None:
    first, second = cast.apply(), cast.apply(content="另一件")
    assert first.application.steps.count() == second.application.steps.count() == 1


def test_the_same_number_twice_is_still_the_constraint_s_matter(application: Application) -> None:
    """Code that catches IntegrityError sees no difference."""
    from django.db import IntegrityError

    step = application.steps.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(application=application, number=step.number, kind=step.kind, on=step.on, role=step.role)


def test_the_migration_goes_back_and_forth(application: Application) -> None:
    operation = AppendOnly("entry")
    state, editor = ProjectState.from_apps(apps), connection.SchemaEditorClass(connection)
    operation.state_forwards("ledger", state)
    operation.database_backwards("ledger", editor, state, state)
    assert sql("UPDATE ledger_entry SET act = act") > 0
    connection.check_constraints()
    operation.database_forwards("ledger", editor, state, state)
    refused(lambda: sql("UPDATE ledger_entry SET act = act"), "ledger_entry")
    assert "entry" in operation.describe()


@pytest.mark.parametrize("table", TABLES)
def test_releasing_twice_is_no_error(db: None, table: str) -> None:
    release(connection, table)
    release(connection, table)
    protect(connection, table)
