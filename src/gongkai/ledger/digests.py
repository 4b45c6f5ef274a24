"""What an entry's hash is taken over: a canonical form that any other program can compute again.

Canonical JSON here: keys sorted, no blanks, UTF-8, no ASCII escapes; the hash is SM3 (GB/T 32905), hexadecimal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes

#: The hash „before“ the first entry of a chain.
GENESIS = "0" * 64


#: Made once: the functions of `json` would make one for every value.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sm3(data: bytes) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


def canonical(value: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed. Raises TypeError or ValueError for anything JSON does not hold (dates are given as
    texts, NaN is no number)."""
    return _ENCODER.encode(value).encode()


def digest_of(value: Mapping[str, Any]) -> str:
    return sm3(canonical(value))
