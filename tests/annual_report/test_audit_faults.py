"""One wrong cell in clean tables is found in whatever shape they come; clean tables are never called wrong."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from gongkai.annual_report.audit import Finding, Severity, audit
from gongkai.annual_report.reading import read_text
from gongkai.law.report_form import Form, Tables
from tests.annual_report.sample_reports import report, report_text
from tests.annual_report.shapes import SHAPES, Shape, random_tables

#: What tells of a wrong number; „not read“ is as good as „wrong“, for a person looks.
TELLING = {"T3-1", "T3-2", "T3-3", "T3-4", "T4-1", "T4-0"}
FAULTS = 8


def told(findings: tuple[Finding, ...]) -> set[tuple[str, str, tuple[object, ...]]]:
    return {(f.rule, f.where, f.values) for f in findings if f.rule in TELLING and f.severity is not Severity.INFO}


def faulty(tables: Tables, chance: random.Random) -> tuple[str, Tables]:
    """The tables with one cell of tables 3 or 4 changed."""
    address = chance.choice([address for address in tables.cells if not address.startswith("t2.")])
    value = tables[address] or 0
    return address, tables.with_cells(
        {address: chance.choice([v for v in (0, value + 1, value + 10, value * 10 + 1) if v != value])}
    )


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.letter} {shape.name}")
def test_a_fault_is_found_in_every_shape(shape: Shape) -> None:
    for number in range(2):
        tables = random_tables(number)
        clean = audit(read_text(shape.text(tables)))
        lost, baseline = shape.lost(tables), told(clean)
        if not lost:
            assert not [f for f in clean if f.severity is Severity.ERROR], number
        chance = random.Random(number)
        for _ in range(FAULTS):
            address, wrong = faulty(tables, chance)
            if address in lost | shape.lost(wrong):  # what the shape destroys nobody can check
                continue
            assert told(audit(read_text(shape.text(wrong)))) - baseline, address


@seed(20211231)
@settings(max_examples=40, deadline=None, derandomize=False, database=None)
@given(number=st.integers(0, 10**6), form=st.sampled_from(list(Form)))
def test_clean_tables_are_never_wrong_and_a_fault_always_is(number: int, form: Form) -> None:
    tables = random_tables(number, form)
    title = f"江湾县水务局{2022 if form is Form.F2021 else 2020}年政府信息公开工作年度报告"
    assert not {f.rule for f in audit(report(tables, title=title)) if f.severity is Severity.ERROR} & TELLING
    address, wrong = faulty(tables, random.Random(number))
    assert told(audit(read_text(report_text(wrong, title=title)))), address
