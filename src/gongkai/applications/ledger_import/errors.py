"""What is wrong with a ledger: as a whole (LedgerUnreadable), or in one row (Problem)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class LedgerUnreadable(LawError):
    """The file is no ledger that could be read; `message` says what to do."""


class Unclear(Exception):
    """A cell whose value cannot be taken as it is."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.message = Text(zh, en)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: in the file's row `line` (from 1), at column `place` (from 0; None: the row as a whole)."""

    line: int
    place: int | None
    message: Text
