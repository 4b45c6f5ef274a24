"""How much of one file is read. Enough for any paper of an office; none of these numbers is law."""

from __future__ import annotations

from gongkai.documents.gate.limits import MB, Limits
from gongkai.documents.reading.errors import refuse

MOST_BYTES = 100 * MB
MOST_PAGES = 3_000
MOST_CELLS = 1_000_000
MOST_CHARACTERS = 20_000_000

#: For the gate's checks of containers and pictures. Reading is not admitting: the gate has limits of its own.
CONTAINER = Limits(size=MOST_BYTES)


class Allowance:
    """What one file may still give: cells and characters are counted off as they are read."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS
        self.characters = MOST_CHARACTERS

    def take_cells(self, count: int) -> None:
        self.cells -= count
        if self.cells < 0:
            refuse("too_many_cells", limit=f"{MOST_CELLS:,}")

    def take_text(self, text: str) -> str:
        self.characters -= len(text)
        if self.characters < 0:
            refuse("too_much_text", limit=f"{MOST_CHARACTERS:,}")
        return text
