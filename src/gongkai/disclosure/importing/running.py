"""The whole import: row by row made ready, batch by batch taken over; a bad row never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.actions.take_over_items import Outcome, take_over_items
from gongkai.disclosure.importing.fields import Problem, Row
from gongkai.disclosure.importing.preparing import Preparing, Ready
from gongkai.disclosure.importing.sources import source_at
from gongkai.law.texts import Text

#: So many items are written in one transaction: few enough that nobody waits long for it.
BATCH = 50
MOST_PROBLEMS = 100_000
Tell = Callable[[int, int], None]


@dataclass
class Tally:
    """What became of the rows, and what there is to mend or to know."""

    public: int = 0
    drafts: int = 0
    known: int = 0
    refused: int = 0
    stopped: bool = False
    problems: list[Problem] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def import_all(
    *,
    source: Path,
    actor: Person,
    agency: Agency | None = None,
    column: str = "",
    old_hosts: Collection[str] = (),
    dry: bool = False,
    tell: Tell = lambda done, total: None,
) -> Tally:
    """Take over everything of a source; with ``dry`` only look. Interrupted, what was written is whole, and a second run
    goes on from there. Raises Unusable for what is no source."""
    found = source_at(source)
    total, tally = found.count(), Tally()
    preparing = Preparing(actor, found, agency, column, old_hosts, dry)
    batch = f"{found.path.name} sha256:{found.digest}"
    waiting: list[Ready] = []
    seen: set[str] = set()
    try:
        for done, row in enumerate(found.rows(), start=1):
            tell(done, max(total, done))
            ready = _ready(preparing, row, tally)
            if ready is None:
                continue
            if ready.key in seen:
                tally.refused += 1
                tally.note(_problem(ready.row, "title", Text("同一信息在清单中出现了两次。", "It stands there twice.")))
                continue
            seen.add(ready.key)
            waiting.append(ready)
            if len(waiting) == BATCH:
                _write(actor, waiting, batch, tally, dry=dry)
                waiting = []
        _write(actor, waiting, batch, tally, dry=dry)
    except KeyboardInterrupt:
        tally.stopped = True
    return tally


def _ready(preparing: Preparing, row: Row | Problem, tally: Tally) -> Ready | None:
    if isinstance(row, Problem):
        tally.refused += 1
        tally.note(row)
        return None
    try:
        return preparing.ready(row)
    except Invalid as error:
        tally.refused += 1
        tally.note(_problem(row, error.field, error.message))
        return None


def _write(actor: Person, rows: list[Ready], batch: str, tally: Tally, *, dry: bool) -> None:
    if not rows:
        return
    outcomes = [_looked(row) for row in rows] if dry else take_over_items(actor=actor, rows=rows, batch=batch)
    for outcome in outcomes:
        _count(outcome, tally, dry=dry)


def _looked(row: Ready) -> Outcome:
    from gongkai.disclosure.models import Item

    return Outcome(row, known=Item.objects.filter(source_key=row.key).exists())


def _count(outcome: Outcome, tally: Tally, *, dry: bool) -> None:
    row = outcome.ready
    if outcome.known:
        tally.known += 1
        return
    if outcome.fault is not None:
        tally.refused += 1
        name = outcome.fault.field if isinstance(outcome.fault, Invalid) else ""
        tally.note(_problem(row.row, name, outcome.fault.message))
        return
    if row.held:
        tally.drafts += 1
    else:
        tally.public += 1
    for text in (*row.held, *row.notes, *outcome.notes):
        tally.note(_problem(row.row, "", text))


def _problem(row: Row, name: str, message: Text) -> Problem:
    return Problem(row.line, name, message, row.said.get(name, ""), row.said.get("title", ""))
