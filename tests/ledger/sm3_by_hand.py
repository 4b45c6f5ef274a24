"""SM3 (GB/T 32905-2016) written from the standard's text, so that the chain is checked by a second implementation."""

from __future__ import annotations

import struct

_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_MASK = 0xFFFFFFFF


def _turn(word: int, bits: int) -> int:
    bits %= 32
    return (word << bits | word >> 32 - bits) & _MASK


def _p0(word: int) -> int:
    return word ^ _turn(word, 9) ^ _turn(word, 17)


def _p1(word: int) -> int:
    return word ^ _turn(word, 15) ^ _turn(word, 23)


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    w = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        w.append(_p1(w[j - 16] ^ w[j - 9] ^ _turn(w[j - 3], 15)) ^ _turn(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        early = j < 16
        ss1 = _turn((_turn(a, 12) + e + _turn(0x79CC4519 if early else 0x7A879D8A, j)) & _MASK, 7)
        ff = a ^ b ^ c if early else a & b | a & c | b & c
        gg = e ^ f ^ g if early else e & f | ~e & g & _MASK
        tt1 = (ff + d + (ss1 ^ _turn(a, 12)) + (w[j] ^ w[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + w[j]) & _MASK
        a, b, c, d, e, f, g, h = tt1, a, _turn(b, 9), c, _p0(tt2), e, _turn(f, 19), g
    return tuple(new ^ old for new, old in zip((a, b, c, d, e, f, g, h), state, strict=True))


def sm3_by_hand(data: bytes) -> str:
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + struct.pack(">Q", len(data) * 8)
    state: tuple[int, ...] = _START
    for start in range(0, len(padded), 64):
        state = _compress(state, padded[start : start + 64])
    return "".join(f"{word:08x}" for word in state)
