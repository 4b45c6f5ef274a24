"""A database's own rule that a paper made in a step belongs to the case of that step.

PostgreSQL holds it by a foreign key over both columns. SQLite cannot be given one afterwards, so there a trigger
refuses the row; the rows are append-only, so a trigger on INSERT is enough.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

STEP_KEY = """
ALTER TABLE applications_step ADD CONSTRAINT step_of_case UNIQUE (id, application_id)
"""
POSTGRESQL = """
ALTER TABLE "{table}" ADD CONSTRAINT {table}_same_case FOREIGN KEY (step_id, application_id)
REFERENCES applications_step (id, application_id) DEFERRABLE INITIALLY DEFERRED
"""
SQLITE = """
CREATE TRIGGER {table}_same_case BEFORE INSERT ON "{table}" WHEN NEW.step_id IS NOT NULL AND NOT EXISTS
(SELECT 1 FROM applications_step WHERE id = NEW.step_id AND application_id = NEW.application_id)
BEGIN SELECT RAISE(ABORT, '{table}: the step is of another case'); END
"""


class StepKey(Operation):
    """What the foreign keys of `SameCase` point at (PostgreSQL only)."""

    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models' state does not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(STEP_KEY)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("ALTER TABLE applications_step DROP CONSTRAINT step_of_case")

    def describe(self) -> str:
        return "A step is known by its case, too"


class SameCase(Operation):
    """Migration operation: `SameCase("letter")` for a model with `application` and `step`."""

    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models' state does not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        template = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
        schema_editor.execute(template.format(table=table))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {table}_same_case')
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_same_case")

    def describe(self) -> str:
        return f"A {self.model} and its step are of one case"


class SameCaseAgain(SameCase):
    """After a migration that changed the table: SQLite has made it anew, without its trigger. PostgreSQL keeps its key."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            table = to_state.apps.get_model(app_label, self.model)._meta.db_table
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_same_case")
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Going back changes the table after this: the operation before it stands again."""
