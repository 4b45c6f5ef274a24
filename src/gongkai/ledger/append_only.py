"""Tables that the database itself keeps append-only: triggers refuse every UPDATE and DELETE, and the two ways around
them: TRUNCATE in PostgreSQL, and in SQLite the REPLACE that deletes without asking a DELETE trigger.

Not a wall against whoever owns the database (who can drop a trigger; the hash chain then tells), but no bug,
shell or careless script can rewrite history.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

SQLITE = """
CREATE TRIGGER {table}_no_{lower} BEFORE {act} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON "{table}"
WHEN {taken}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_no_{lower} BEFORE {act} ON "{table}"
FOR EACH ROW EXECUTE FUNCTION gongkai_append_only()
"""
POSTGRESQL_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION gongkai_append_only()
"""
ACTS = ("UPDATE", "DELETE")


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Refuse every change to this table's rows from now on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
            cursor.execute(POSTGRESQL_TRUNCATE.format(table=table))
        else:
            cursor.execute(SQLITE_REPLACE.format(table=table, taken=_taken(connection, table)))
        template = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
        for act in ACTS:
            cursor.execute(template.format(table=table, act=act, lower=act.lower()))


def _taken(connection: BaseDatabaseWrapper, table: str) -> str:
    """The condition, in SQLite's words, that a new row takes the place of one that is there."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    keys = [known["columns"] for known in constraints if known["unique"] or known["primary_key"]]
    same = [" AND ".join(f'"{column}" = NEW."{column}"' for column in columns) for columns in keys]
    return " OR ".join(f'EXISTS (SELECT 1 FROM "{table}" WHERE {condition})' for condition in same)


def release(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the triggers away (for a migration back, and for tests that empty the database)."""
    place = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for act in ("update", "delete", "truncate", "replace"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{place}")


class AppendOnly(Operation):
    """Migration operation: `AppendOnly("step")` after the model is made."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models' state does not change: this is the database's own rule."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        protect(schema_editor.connection, table)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        release(schema_editor.connection, table)

    def describe(self) -> str:
        return f"Refuse every change to rows of {self.model}"


class Writable(AppendOnly):
    """Migration operation: the triggers away, before a migration that changes the table. SQLite makes such a table anew
    and would lose them silently; `AppendOnly` at the end puts them back on both databases."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Let rows of {self.model} be changed by this migration"
