"""The scan over the planted corpus, through the real readers: what it must not miss, and how seldom it cries wolf."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gongkai.documents.offices import NO_OFFICE
from gongkai.documents.privacy import Scanned, Severity
from gongkai.documents.privacy.files import scan_here
from tests.documents.privacy.planted import Measure, Planted, corpus, measured

Results = list[tuple[Planted, Scanned]]


@pytest.fixture(scope="module")
def results() -> Results:
    return [(file, scan_here(file.data, file.name, NO_OFFICE, "")) for file in corpus(each=1)]


@pytest.fixture(scope="module")
def measures(results: Results) -> Mapping[str, Measure]:
    return measured(results)


@pytest.mark.parametrize(("rule", "planted"), [("D1", 70), ("D4", 70), ("D6", 10), ("D14", 15), ("D15", 5), ("D18", 5)])
def test_nothing_planted_is_missed(measures: Mapping[str, Measure], rule: str, planted: int) -> None:
    assert (measures[rule].planted >= planted, measures[rule].recall) == (True, 1.0)


@pytest.mark.parametrize("rule", ["D1", "D4", "D6", "D14", "D15", "D18"])
def test_it_seldom_cries_wolf(measures: Mapping[str, Measure], rule: str) -> None:
    assert measures[rule].precision >= 0.95


def test_official_prose_and_masked_lists_pass(results: Results) -> None:
    """Beside hidden sheets and rows, nothing of the clean files blocks."""
    clean = [(file, scanned) for file, scanned in results if "clean" in file.name]
    assert len(clean) == 5
    for file, scanned in clean:
        blocking = [each for each in scanned.findings if each.severity is Severity.BLOCK and each.rule != "D18"]
        assert blocking == [], file.name
