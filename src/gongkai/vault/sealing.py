"""Seal and open texts and files with SM4-GCM (GB/T 32907), and index texts blindly for equality search.

Form of a sealed value (of a text: in base64): version (1 byte) | nonce (12) | ciphertext and tag. The associated data is
the name of the place („model.field“), so that a value moved into another column does not open. The algorithms
are 国密; the module itself is not certified (商密认证), and an office that needs that gives its keys and calls
to a certified device behind these three functions.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = b"\x01"
NONCE = 12
TAG = 16
#: Files are sealed and opened in pieces of this size.
PIECE = 1024 * 1024


class SealBroken(ValueError):
    """A sealed value was changed, moved to another place, or sealed with another key."""


def seal(text: str, place: str) -> str:
    """The text, sealed for this place. Each call gives another result, so equal texts cannot be told."""
    return base64.b64encode(seal_bytes(text.encode(), place)).decode("ascii")


def unseal(sealed: str, place: str) -> str:
    """The text behind a sealed value. Raises SealBroken where it is not exactly what was sealed for this place."""
    try:
        return unseal_bytes(base64.b64decode(sealed, validate=True), place).decode()
    except ValueError as error:
        raise SealBroken(place) from error


def seal_bytes(data: bytes, place: str) -> bytes:
    """The bytes, sealed for this place: version, nonce, ciphertext and tag, without base64."""
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(_key("seal", 16)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    return VERSION + nonce + encryptor.update(data) + encryptor.finalize() + encryptor.tag


def unseal_bytes(raw: bytes, place: str) -> bytes:
    """The bytes behind sealed ones. Raises SealBroken where they are not exactly what was sealed for this place."""
    if raw[:1] != VERSION or len(raw) < 1 + NONCE + TAG:
        raise SealBroken(place)
    nonce, body, tag = raw[1 : 1 + NONCE], raw[1 + NONCE : -TAG], raw[-TAG:]
    decryptor = Cipher(algorithms.SM4(_key("seal", 16)), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place.encode())
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag as error:
        raise SealBroken(place) from error


def seal_file(source: IO[bytes], sealed: IO[bytes], place: str) -> None:
    """As `seal_bytes`, from where `source` stands to its end, in pieces: a large file never lies in memory whole."""
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithms.SM4(_key("seal", 16)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    sealed.write(VERSION + nonce)
    while piece := source.read(PIECE):
        sealed.write(encryptor.update(piece))
    sealed.write(encryptor.finalize() + encryptor.tag)


def unseal_file(sealed: IO[bytes], opened: IO[bytes], place: str) -> None:
    """As `unseal_bytes`, in pieces. Raises SealBroken; what was written to `opened` until then must not be used."""
    size = sealed.seek(0, os.SEEK_END) - 1 - NONCE - TAG
    sealed.seek(0)
    if sealed.read(1) != VERSION or size < 0:
        raise SealBroken(place)
    decryptor = Cipher(algorithms.SM4(_key("seal", 16)), modes.GCM(sealed.read(NONCE))).decryptor()
    decryptor.authenticate_additional_data(place.encode())
    while size and (piece := sealed.read(min(PIECE, size))):
        opened.write(decryptor.update(piece))
        size -= len(piece)
    try:
        opened.write(decryptor.finalize_with_tag(sealed.read(TAG)))
    except (InvalidTag, ValueError) as error:
        raise SealBroken(place) from error


def blind_index(text: str, place: str) -> str:
    """64 hexadecimal digits that are equal exactly when the texts are, and tell nothing without the key (HMAC-SM3)."""
    mac = hmac.HMAC(_key(f"index:{place}", 32), hashes.SM3())
    mac.update(text.encode())
    return mac.finalize().hex()


def _key(purpose: str, length: int) -> bytes:
    """One key a purpose, derived from the installation's identity key, so that none serves two ends."""
    return _derived(settings.IDENTITY_KEY, purpose, length)


@lru_cache(maxsize=32)
def _derived(root: str, purpose: str, length: int) -> bytes:
    derive = HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=b"gongkai:" + purpose.encode())
    return derive.derive(root.encode())
