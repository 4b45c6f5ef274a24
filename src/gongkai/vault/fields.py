"""Model fields whose database column holds only the sealed text."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.vault.sealing import seal, unseal


class SealedField(models.TextField):  # type: ignore[type-arg]  # at run time it takes no arguments
    """A text that is sealed on its way to the database and opened on its way back. The empty text stays empty.

    It cannot be filtered by (each sealing differs): keep a `blind_index` beside it where equality is needed.
    """

    description = "text, sealed with SM4-GCM"

    @property
    def place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value), self.place) if value else ""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str:
        return unseal(value, self.place) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        raise TypeError(f"{self.name} is sealed and cannot be searched; use its blind index")
