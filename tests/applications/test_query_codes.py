"""The query code: 60 bits, easy to read and to type, stored nowhere."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.forms import new_token
from gongkai.applications.query_codes import ALPHABET, LENGTH, code_for, index_of, normalise
from gongkai.applications.selectors import found_by_proof
from tests.applications.scenes import Scene


def test_sixty_bits_without_characters_that_are_misread() -> None:
    assert len(set(ALPHABET)) == 32
    assert LENGTH * math.log2(len(ALPHABET)) == 60
    assert not set("ILOU") & set(ALPHABET)


def test_the_form_of_a_code() -> None:
    code = code_for("a-token-of-one-form")
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    assert set(code) <= {*ALPHABET, "-"}
    assert code == code_for("a-token-of-one-form"), "the same form shows the same code again"


def test_ten_thousand_forms_have_ten_thousand_codes() -> None:
    """And every place of the code takes every character about as often: nothing of the 60 bits is lost."""
    codes = [normalise(code_for(f"token-{number:016}")) for number in range(10_000)]
    assert len(set(codes)) == 10_000
    for place in range(LENGTH):
        counts = Counter(code[place] for code in codes)
        assert len(counts) == 32
        assert 220 < min(counts.values()) <= max(counts.values()) < 410, place


def test_a_code_does_not_tell_its_neighbour() -> None:
    """Tokens that differ in one character give codes that share no more than chance."""
    shared = sum(
        one == other
        for number in range(200)
        for one, other in zip(code_for(f"token-{number:016}"), code_for(f"token-{number:015}x"), strict=True)
        if one != "-"
    )
    assert shared < 200 * LENGTH / 32 * 2


def test_codes_hang_on_the_key_of_the_installation(settings) -> None:
    before = code_for("a-token-of-one-form")
    settings.IDENTITY_KEY = "another installation's key"
    assert code_for("a-token-of-one-form") != before


CODE = "0A1B-2C3D-4E5F"


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "0a1b2c3d4e5f",
        "  0A1B 2C3D 4E5F\n",
        "oaib-2c3d-4e5f",
        "OAlB-2C3D-4E5F",
        "0A1B–2C3D—4E5F",
        "０Ａ１Ｂ－２Ｃ３Ｄ－４Ｅ５Ｆ",
        "0A1B　2C3D　4E5F",
        "查询码".replace("查询码", "") + "0A1B.2C3D.4E5F",
    ],
)
def test_how_a_code_may_be_typed(typed: str) -> None:
    assert index_of(typed) == index_of(CODE)


@pytest.mark.parametrize("typed", ["0A1B-2C3D-4E5G", "0A1B-2C3D-4E5", "0A1B-2C3D-4E5F0", "", "-"])
def test_what_is_another_code(typed: str) -> None:
    assert index_of(typed) != index_of(CODE)


@given(st.text(max_size=200))
def test_anything_can_be_typed(typed: str) -> None:
    kept = normalise(typed)
    assert normalise(kept) == kept or not unicodedata.is_normalized("NFKC", typed)
    assert not set(kept) & set("- \n")


def test_the_holder_finds_the_case_and_nobody_else(scene: Scene) -> None:
    received, other = scene.cast.apply(), scene.cast.apply()
    name = received.application.applicant_name
    assert found_by_proof(received.query_code.lower().replace("-", " "), name) == received.application.pk
    assert found_by_proof(other.query_code, name) == other.application.pk
    for wrong in ("", "0000-0000-0000", received.application.number, received.application.query_code_index, "1" * 9999):
        assert found_by_proof(wrong, name) is None


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert min(map(len, tokens)) >= 32
