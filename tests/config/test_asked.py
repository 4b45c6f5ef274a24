"""Whatever stands in an address, it is a number or nothing; never a fault."""

from __future__ import annotations

import pytest

from gongkai.config.asked import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("9" * 18, int("9" * 18))])
def test_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 1", "-1", "1.0", "１", "٣", "²", "x", "9" * 19, "9" * 5000, "\0"])
def test_no_number(text: str) -> None:
    assert whole_number(text) is None
