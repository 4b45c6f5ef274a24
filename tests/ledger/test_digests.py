"""What is hashed, and that another program computes the same."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.ledger.digests import canonical, digest_of, sm3
from tests.ledger.sm3_by_hand import sm3_by_hand

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_the_standard_s_own_examples(data: bytes, digest: str) -> None:
    """GB/T 32905-2016, appendix A."""
    assert sm3(data) == digest == sm3_by_hand(data)


@given(st.binary(max_size=200))
def test_two_implementations_agree(data: bytes) -> None:
    assert sm3(data) == sm3_by_hand(data)


def test_the_canonical_form() -> None:
    assert canonical({"b": [1, None], "a": "公开"}).decode() == '{"a":"公开","b":[1,null]}'


@given(st.dictionaries(st.text(), values, max_size=5))
def test_the_canonical_form_reads_back_and_does_not_depend_on_the_order(value: dict[str, Any]) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@given(st.dictionaries(st.text(), values, max_size=3), st.dictionaries(st.text(), values, max_size=3))
def test_different_values_have_different_digests(one: dict[str, Any], other: dict[str, Any]) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest_of(one) == digest_of(other)) == same


@pytest.mark.parametrize("value", [date(2021, 1, 1), {1, 2}, b"bytes", object()])
def test_what_json_does_not_hold_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_does_not_have_are_refused(value: float) -> None:
    """Another program could not read them back: NaN is no JSON."""
    with pytest.raises(ValueError, match="JSON"):
        canonical({"value": value})
