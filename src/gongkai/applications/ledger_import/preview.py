"""What the page of the import shows of a ledger: names and numbers of people masked, lists bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.applications.ledger_import.columns import Column
from gongkai.applications.ledger_import.errors import Problem
from gongkai.applications.ledger_import.examination import Examination
from gongkai.applications.ledger_import.fields import Field
from gongkai.applications.ledger_import.rows import LedgerRow
from gongkai.vault.masking import (
    mask_address,
    mask_email,
    mask_identity,
    mask_name,
    mask_number,
    mask_telephone,
)

#: So many rows, and so many problems, are shown; the workbook of errors has them all.
ROWS, PROBLEMS = 5, 50
_MASKS = {
    Field.APPLICANT_NAME: mask_name,
    Field.CONTACT_PERSON: mask_name,
    Field.ID_NUMBER: mask_identity,
    Field.TELEPHONE: mask_telephone,
    Field.EMAIL: mask_email,
    Field.ADDRESS: mask_address,
}


@dataclass(frozen=True)
class ShownProblem:
    """A problem with the name of its column."""

    problem: Problem
    column: str


@dataclass(frozen=True)
class Preview:
    """`samples` by column's place; `more`: problems that are not shown."""

    rows: tuple[tuple[LedgerRow, str], ...]
    problems: tuple[ShownProblem, ...]
    more: int
    samples: Mapping[int, tuple[str, ...]]
    open_cases: int


def preview_of(found: Examination) -> Preview:
    names = {column.place: column.name for column in found.layout.columns}
    shown = [
        ShownProblem(problem, names.get(problem.place, "") if problem.place is not None else "")
        for problem in found.problems[:PROBLEMS]
    ]
    return Preview(
        rows=tuple((row, mask_name(row.applicant_name)) for row in found.rows[:ROWS]),
        problems=tuple(shown),
        more=max(len(found.problems) - PROBLEMS, 0),
        samples={column.place: masked_samples(column) for column in found.layout.columns},
        open_cases=len(found.rows) - found.answered,
    )


def masked_samples(column: Column) -> tuple[str, ...]:
    """The column's samples, by what it is taken for: a column that is not matched may hold anything, so what looks
    like a number of a person is masked there, too."""
    if column.field in _MASKS:
        return tuple(_MASKS[column.field](sample) for sample in column.samples)
    if column.field is None and any(_looks_personal(text) for text in column.samples):
        return tuple(mask_number(sample) for sample in column.samples)
    return column.samples


def _looks_personal(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 11
