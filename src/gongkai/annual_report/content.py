"""A whole report as one value: what it is about, its cells, its words. Pages, files, publication and comparison are all
made from it, so that none can say another number than the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from gongkai.annual_report.linked_figures import filled
from gongkai.law.report_form import Form, Tables, Value


@dataclass(frozen=True)
class ReportContent:
    """``sections``: key (1, 1.1 … 6, see `models.SECTIONS`) -> the words as they were typed, with their linked figures."""

    agency: str
    year: int
    scope: str
    tables: Tables
    sections: Mapping[str, str] = field(default_factory=dict)
    signed_by: str = ""
    #: Last year's tables, where the words compare with them.
    previous: Tables | None = None

    def words(self, section: str) -> str:
        """The words of a section with every linked figure printed from its cell. Raises UnknownFigure."""
        return filled(self.sections.get(section, ""), self.tables, self.previous)

    def as_data(self) -> dict[str, Any]:
        """For JSON columns; `from_data` reads it back."""
        return {
            "agency": self.agency,
            "year": self.year,
            "scope": self.scope,
            "form": self.tables.form.value,
            "cells": cells_as_data(self.tables),
            "sections": dict(self.sections),
            "signed_by": self.signed_by,
            "previous": None
            if self.previous is None
            else {"form": self.previous.form.value, "cells": cells_as_data(self.previous)},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ReportContent:
        return cls(
            agency=data["agency"],
            year=data["year"],
            scope=data["scope"],
            tables=cells_from_data(data["cells"], Form(data["form"])),
            sections=data["sections"],
            signed_by=data["signed_by"],
            previous=cells_from_data(last["cells"], Form(last["form"])) if (last := data.get("previous")) else None,
        )

    @property
    def unsigned_digest(self) -> str:
        """The digest of what is signed: the same before and after the signature."""
        return replace(self, signed_by="").digest

    @property
    def digest(self) -> str:
        """SHA-256 of the content: what is signed is what is published."""
        told = json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(told.encode()).hexdigest()


def cells_as_data(tables: Tables) -> dict[str, int | str | None]:
    """Counts as numbers, amounts as decimal text: nothing is lost to floating point."""
    return {address: str(value) if isinstance(value, Decimal) else value for address, value in tables.cells.items()}


def cells_from_data(data: Mapping[str, int | str | None], form: Form = Form.F2021) -> Tables:
    """The tables again. Raises ReportFormError for a cell the form does not have."""
    cells: dict[str, Value] = {
        address: Decimal(value) if isinstance(value, str) else value for address, value in data.items()
    }
    return Tables(cells, form)
