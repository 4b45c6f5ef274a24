"""Identity data at rest: sealed for its place, told apart by nobody, found again only through its blind index."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.vault import sealing
from gongkai.vault.sealing import SealBroken, blind_index, seal, unseal

PLACE = "applications.application.id_number"
OTHER_PLACE = "applications.application.telephone"
ID = "410000198001010013"


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    assert unseal(seal(text, PLACE), PLACE) == text


@given(st.text(min_size=1))
def test_a_sealed_value_shows_nothing_of_the_text(text: str) -> None:
    raw = base64.b64decode(seal(text, PLACE))
    assert len(raw) == 1 + sealing.NONCE + len(text.encode()) + sealing.TAG
    assert len(text.encode()) < 4 or text.encode() not in raw


def test_equal_texts_are_sealed_differently() -> None:
    assert len({seal(ID, PLACE) for _ in range(50)}) == 50


@pytest.mark.article("个人信息保护法", 51)
def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(ID, PLACE), OTHER_PLACE)


def test_a_place_that_only_begins_like_it_does_not_open() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(ID, PLACE), PLACE + ".")


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=30), st.data())
def test_any_changed_bit_is_found(text: str, data: st.DataObject) -> None:
    raw = bytearray(base64.b64decode(seal(text, PLACE)))
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unseal(base64.b64encode(bytes(raw)).decode(), PLACE)


@given(st.text(min_size=1, max_size=30), st.data())
def test_a_shortened_value_is_found(text: str, data: st.DataObject) -> None:
    raw = base64.b64decode(seal(text, PLACE))
    kept = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(SealBroken):
        unseal(base64.b64encode(raw[:kept]).decode(), PLACE)


@pytest.mark.parametrize(
    "garbage", ["", "张三", "not base64!", "AQ==", base64.b64encode(b"\x01" * 28).decode(), "AAAA" * 20, " \n"]
)
def test_what_was_never_sealed_is_refused(garbage: str) -> None:
    with pytest.raises(SealBroken):
        unseal(garbage, PLACE)


def test_the_error_never_tells_the_value() -> None:
    sealed = seal(ID, PLACE)
    with pytest.raises(SealBroken) as caught:
        unseal(sealed, OTHER_PLACE)
    assert ID not in str(caught.value)
    assert sealed not in str(caught.value)


def test_another_installation_s_key_does_not_open(settings: Any) -> None:
    """And a key that changes in a running process takes effect at once: nothing is sealed with the old one."""
    sealed, index = seal(ID, PLACE), blind_index(ID, PLACE)
    settings.IDENTITY_KEY = "f" * 64
    assert blind_index(ID, PLACE) != index
    with pytest.raises(SealBroken):
        unseal(sealed, PLACE)


@given(st.text(), st.text())
def test_blind_indexes_are_equal_exactly_when_the_texts_are(one: str, other: str) -> None:
    assert (blind_index(one, PLACE) == blind_index(other, PLACE)) == (one == other)


@given(st.text())
def test_a_blind_index_is_64_hexadecimal_digits(text: str) -> None:
    index = blind_index(text, PLACE)
    assert len(index) == 64
    assert set(index) <= set("0123456789abcdef")


def test_blind_indexes_of_two_places_cannot_be_compared() -> None:
    assert blind_index(ID, PLACE) != blind_index(ID, OTHER_PLACE)


@given(st.text(min_size=1), st.text(min_size=1))
def test_no_key_serves_two_ends(one: str, other: str) -> None:
    assume(one != other)
    assert sealing._key(f"index:{one}", 32) != sealing._key(f"index:{other}", 32)
    assert sealing._key(f"index:{one}", 16) != sealing._key("seal", 16)


def test_sm4_is_the_national_algorithm() -> None:
    """GB/T 32907-2016, appendix A.1: key and plaintext alike, one block."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()
    assert (encryptor.update(block) + encryptor.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"
