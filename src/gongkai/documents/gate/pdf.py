"""PDF: complete, and readable without a password.

A PDF that only forbids printing or copying is encrypted too, with the empty password, and every reader opens it:
invoices and many official papers are such. So the empty password is tried (ISO 32000-2, 7.6.4) before refusing.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from gongkai.documents.gate.refusals import Fault

#: ISO 32000-1, 7.6.3.3: what an empty password is filled up with.
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
ESCAPES = {"n": b"\n", "r": b"\r", "t": b"\t", "b": b"\b", "f": b"\f"}
ENCRYPTED = re.compile(rb"/Encrypt\s*(?:<<|(\d{1,10})\s+(\d{1,5})\s+R)")
LONGEST_DICTIONARY = 8_192


def is_pdf(data: bytes) -> bool:
    return data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-")


def check_pdf(data: bytes) -> None:
    """Raises Fault for a file cut short, and for one that asks for a password."""
    if b"startxref" not in data and b"%%EOF" not in data:
        raise Fault("damaged")
    last = deque(ENCRYPTED.finditer(data), maxlen=1)  # what is appended later holds
    if last and not _opens_unasked(data, last[0]):
        raise Fault("encrypted")


def _opens_unasked(data: bytes, reference: re.Match[bytes]) -> bool:
    """Whether the empty password opens it. What cannot be made out counts as no."""
    dictionary = _dictionary(data, reference)
    if dictionary is None or not re.search(rb"/Filter\s*/Standard\b", dictionary):
        return False
    revision = _number(rb"/R", dictionary)
    user = _string(rb"/U", dictionary)
    if revision is None or user is None:
        return False
    if revision in (5, 6):
        digest = _hash_2b if revision == 6 else _hash_sha256
        return len(user) >= 40 and digest(user[32:40]) == user[:32]
    return 2 <= revision <= 4 and _fits_rc4(data, dictionary, revision, user)


def _dictionary(data: bytes, reference: re.Match[bytes]) -> bytes | None:
    if reference[1] is None:
        start = reference.end()
    else:
        begin = re.compile(rb"(?<!\d)%d\s+%d\s+obj\b" % (int(reference[1]), int(reference[2])))
        last = deque(begin.finditer(data), maxlen=1)
        if not last:
            return None
        start = last[0].end()
    return data[start : start + LONGEST_DICTIONARY].partition(b"endobj")[0]


def _fits_rc4(data: bytes, dictionary: bytes, revision: int, user: bytes) -> bool:
    """Algorithms 2, 4 and 5: the key made of the empty password must give the stored check value."""
    owner, permissions = _string(rb"/O", dictionary), _number(rb"/P", dictionary)
    if owner is None or permissions is None:
        return False
    identifier = _string(rb"/ID\s*\[", data) or b""
    length = {2: 5, 4: 16}.get(revision) or (_number(rb"/Length", dictionary) or 40) // 8
    if not 5 <= length <= 16:
        return False
    seed = PADDING + owner[:32] + (permissions & 0xFFFFFFFF).to_bytes(4, "little") + identifier
    if revision == 4 and re.search(rb"/EncryptMetadata\s+false\b", dictionary):
        seed += b"\xff\xff\xff\xff"
    key = _md5(seed)
    for _ in range(50 if revision > 2 else 0):
        key = _md5(key[:length])
    key = key[:length]
    if revision == 2:
        return _rc4(key, PADDING) == user[:32]
    check = _md5(PADDING + identifier)
    for turn in range(20):
        check = _rc4(bytes(byte ^ turn for byte in key), check)
    return check == user[:16]


def _hash_sha256(salt: bytes) -> bytes:
    return hashlib.sha256(salt).digest()


def _hash_2b(salt: bytes) -> bytes:
    """Algorithm 2.B of ISO 32000-2, for the empty password."""
    key, turn = hashlib.sha256(salt).digest(), 0
    kinds: tuple[Callable[[bytes], bytes], ...] = (
        lambda text: hashlib.sha256(text).digest(),
        lambda text: hashlib.sha384(text).digest(),
        lambda text: hashlib.sha512(text).digest(),
    )
    while True:
        cipher = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        mixed = cipher.update(key * 64)
        key = kinds[int.from_bytes(mixed[:16], "big") % 3](mixed)
        turn += 1
        if turn >= 64 and mixed[-1] <= turn - 32:
            return key[:32]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _number(key: bytes, text: bytes) -> int | None:
    found = re.search(key + rb"\s+(-?\d{1,12})", text)
    return int(found[1]) if found else None


def _string(key: bytes, text: bytes) -> bytes | None:
    """The string after ``key``: <hexadecimal> or (literal), as ISO 32000-1, 7.3.4 writes them."""
    found = re.search(key + rb"\s*([<(])", text)
    if found is None:
        return None
    if found[1] == b"(":
        return _literal(text[found.end() : found.end() + LONGEST_DICTIONARY])
    written = re.match(rb"[0-9A-Fa-f\s]{0,1000}", text[found.end() :])
    digits = re.sub(rb"\s", b"", written[0] if written else b"").decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def _literal(text: bytes) -> bytes:
    out, depth = bytearray(), 0
    token = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S])|(\r\n?)|([\s\S])")
    for found in token.finditer(text):
        escaped, line_end, plain = found.groups()
        if plain == b")" and depth == 0:
            break
        depth += {b"(": 1, b")": -1}.get(plain, 0)
        out += _unescaped(escaped) if escaped else b"\n" if line_end else plain
    return bytes(out)


def _unescaped(escaped: bytes) -> bytes:
    if escaped[:1] in b"01234567":
        return bytes([int(escaped, 8) & 0xFF])
    if escaped in (b"\r\n", b"\r", b"\n"):
        return b""
    return ESCAPES.get(escaped.decode("latin-1"), escaped)
