"""`gongkai deadline --batch`: cases as they come, each answered at once."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from gongkai.law.case_lines import LONGEST_LINE, LineReckoner
from gongkai.law.errors import LawError
from gongkai.law_commands.asking import calendar_of, cut_off, tell
from gongkai.law_commands.deadline import settings_of

_PIECE = 1 << 16
_BOM = b"\xef\xbb\xbf"


class Readable(Protocol):
    """A stream that gives what is there without waiting for more."""

    def read1(self, size: int, /) -> bytes: ...


def run(arguments: argparse.Namespace, source: Readable, target: BinaryIO) -> int:
    """Answers every line of ``source``; 1 if any was bad, or if the calendar asked for cannot be had."""
    try:
        calendar = calendar_of(arguments)
    except LawError as error:
        tell(error, arguments.lang)
        return 1
    reckoner = LineReckoner(calendar, settings_of(arguments), explain=arguments.explain, lang=arguments.lang)
    gc.freeze()  # the calendar lasts; there is no need to look through it again and again
    try:
        return 1 if answer_all(reckoner, source, target) else 0
    except BrokenPipeError:
        return cut_off()


def answer_all(reckoner: LineReckoner, source: Readable, target: BinaryIO) -> int:
    """Writes the answer to each line in its place, as soon as the line is there; returns how many were bad."""
    bad, first = 0, True
    for lines in pieces(source):
        if first and lines[0] is not None:
            lines[0] = lines[0].removeprefix(_BOM)
        first = False
        answers = []
        for line in lines:
            text, ok = reckoner.answer(line)
            bad += not ok
            answers.append(text)
        answers.append("")
        target.write("\n".join(answers).encode("utf-8"))
        target.flush()
    return bad


def pieces(source: Readable) -> Iterator[list[bytes | None]]:
    """The lines of a stream as they arrive, in lists that are never empty; None for a line too long to be held."""
    rest, dropping = b"", False
    while piece := source.read1(_PIECE):
        *whole, rest = (rest + piece).split(b"\n")
        lines: list[bytes | None] = list(whole)
        if dropping and lines:
            lines[0], dropping = None, False
        for place, line in enumerate(lines):
            if line is not None and len(line) > LONGEST_LINE:
                lines[place] = None
        if len(rest) > LONGEST_LINE or (dropping and not whole):
            rest, dropping = b"", True
        if lines:
            yield lines
    if rest or dropping:
        yield [None if dropping else rest]
