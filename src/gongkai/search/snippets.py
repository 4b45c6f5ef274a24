"""Where the words stand: a piece of the text around the first of them, and titles with the words marked. Escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from gongkai.search.folding import fold, fold_with_places

#: Characters of a piece, and how many stand before the first word.
LENGTH, BEFORE = 120, 24
#: The text is looked through in strips of so many characters, each reaching so far into the next, and no deeper than so.
_STRIP, _REACH, _DEEPEST = 2_000, 400, 200_000
#: What is looked at closely, in which blanks may be run together.
_WINDOW = 2 * BEFORE + 2 * LENGTH


def marked(text: str, words: Iterable[str]) -> str:
    """The text as HTML, the words in <mark>."""
    return _written(text, _spans(text, words))


def snippet(parts: Sequence[str], words: Sequence[str]) -> str:
    """A piece of the first part that has one of the words, as HTML; else the beginning of the first part."""
    for part in parts:
        place = _somewhere(part, words)
        if place is not None:
            begin = max(0, place - 2 * BEFORE)
            text = " ".join(part[begin : begin + _WINDOW].split())
            if spans := _spans(text, words):
                return _piece(text, spans, inside=begin > 0)
    text = " ".join(parts[0][: 4 * LENGTH].split()) if parts else ""
    return _piece(text, [])


def _somewhere(text: str, words: Sequence[str]) -> int | None:
    """About where one of the words stands. The cheap question first: most are written as they are folded."""
    there = [place for word in words if (place := text.find(word, 0, _DEEPEST)) >= 0]
    if there:
        return min(there)
    for begin in range(0, min(len(text), _DEEPEST), _STRIP):
        strip = text[begin : begin + _STRIP + _REACH]
        folded = fold(strip)
        if any(word in folded for word in words):
            written, places = fold_with_places(strip)
            return begin + min(places[place] for word in words if (place := written.find(word)) >= 0)
    return None


def _piece(text: str, spans: list[tuple[int, int]], *, inside: bool = False) -> str:
    begin = max(0, spans[0][0] - BEFORE) if spans else 0
    end = min(len(text), begin + LENGTH)
    shown = [(max(start, begin) - begin, min(stop, end) - begin) for start, stop in spans if start < end]
    before, after = "…" if begin or inside else "", "…" if end < len(text) else ""
    return before + _written(text[begin:end], shown) + after


def _spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text as it is written, merged where they touch."""
    folded, places = fold_with_places(text)
    found = []
    for word in words:
        place = folded.find(word) if word else -1
        while place >= 0:
            found.append((places[place], places[place + len(word) - 1] + 1))
            place = folded.find(word, place + len(word))
    merged: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _written(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, stop in spans:
        pieces += [html.escape(text[last:start]), "<mark>", html.escape(text[start:stop]), "</mark>"]
        last = stop
    return "".join([*pieces, html.escape(text[last:])])
