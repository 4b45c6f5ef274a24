"""Every shape in which real tables are met, made from known numbers, reads back exactly what it does not destroy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.annual_report.reading import NoteKind, read_text
from gongkai.law.report_form import Form, identities
from tests.annual_report.sample_reports import report_text
from tests.annual_report.shapes import MONEY, SHAPES, Shape, random_tables

SEEDS = range(4)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.letter} {shape.name}")
@pytest.mark.parametrize("form", list(Form))
def test_a_shape_reads_back(shape: Shape, form: Form) -> None:
    for seed in SEEDS:
        tables = random_tables(seed, form)
        read = read_text(shape.text(tables))
        assert read.format is form
        lost = shape.lost(tables)
        expected = {address: None if address in lost else value for address, value in tables.cells.items()}
        found = dict(read.tables.cells)
        if shape.guessed:  # what is read of tables 2 and 4 is right; the rest is said to be unread
            doubtful = {a for a in found if not a.startswith("t3.") and found[a] is None}
            told = {note.where for note in read.notes if note.kind is NoteKind.UNREAD}
            assert {"t4" if a.startswith("t4") else a.rpartition(".")[0] for a in doubtful} <= told
            expected |= dict.fromkeys(doubtful)
        assert found == expected, seed
