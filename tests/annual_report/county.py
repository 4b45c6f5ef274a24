"""An agency with two others below it, their people, reports and files."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.agencies.models import Agency, Person
from gongkai.annual_report.actions.receive_file import receive_files
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.models import IncomingFile, Report, Scope, Submission
from gongkai.documents.store import keep
from gongkai.law.procedure import Role
from gongkai.law.report_form import Tables, cells, derive_totals
from gongkai.law.report_procedure import ReportState
from tests.annual_report.sample_reports import clean_tables, report_text
from tests.cast import Cast, make_person

YEAR = 2022
_serial = itertools.count(1)


def make_child(parent: Agency, slug: str, name: str, *, short_name: str = "") -> Agency:
    parent.refresh_from_db()
    child: Agency = Agency.objects.add_child(
        parent,
        instance=Agency(
            slug=slug, name=name, short_name=short_name or name, kind=parent.kind, office_name=f"{name}办公室",
            review_organ="演示市人民政府", document_prefix=slug,
        )
    )  # fmt: skip
    parent.refresh_from_db()
    return child


@dataclass
class County:
    """The cast's agency above; water and roads below, each with a clerk."""

    cast: Cast
    water: Agency
    roads: Agency
    water_clerk: Person
    roads_clerk: Person

    @classmethod
    def assemble(cls, cast: Cast) -> County:
        water = make_child(cast.agency, "water", "江湾县水务局")
        roads = make_child(cast.agency, "roads", "江湾县公路局")
        water.refresh_from_db()  # the tree is in the order of the addresses: roads stands before it now
        return cls(
            cast,
            water,
            roads,
            make_person("water-clerk", water, Role.CLERK),
            make_person("roads-clerk", roads, Role.CLERK),
        )

    @property
    def parent(self) -> Agency:
        return self.cast.agency

    def upload(self, text: str | bytes, name: str = "报告.txt", by: Person | None = None) -> IncomingFile:
        """A file sent in by the clerk; nothing is read yet."""
        data = text.encode() if isinstance(text, str) else text
        document = keep(data, name=name, media_type="text/plain")
        actor = by or self.cast.clerk
        batch = receive_files(actor=actor, parent=self.parent, year=YEAR, files=[(document, name)])
        return IncomingFile.objects.get(batch=batch)


def signed_report(
    agency: Agency, tables: Tables | None = None, *, scope: str = Scope.OWN, state: ReportState = ReportState.SIGNED
) -> Report:
    """A report that was written and signed, by its row alone."""
    frozen = cells_as_data(tables or clean_tables())
    return Report.objects.create(agency=agency, year=YEAR, scope=scope, state=state, frozen=frozen)


def submission(parent: Agency, child: Agency, **changes: Any) -> Submission:
    """A row as `submit_up` leaves it."""
    report = Report.objects.filter(agency=child, year=YEAR).first() or signed_report(child)
    columns: dict[str, Any] = {
        "year": YEAR, "child": child, "child_name": child.name, "report": report,
        "cells": cells_as_data(clean_tables()), "by": Person.objects.first(),
    }  # fmt: skip
    return Submission.objects.create(parent=parent, **{**columns, **changes})


def tables_with(values: Mapping[str, int | Decimal]) -> Tables:
    """Zero everywhere but there; totals follow."""
    return derive_totals(Tables({**dict.fromkeys(cells(), 0), **values}))


def text_of(name: str, tables: Tables | None = None) -> str:
    """A report as a text file."""
    return report_text(tables, title=f"{name}{YEAR}年政府信息公开工作年度报告")
