"""The whole import: row by row made ready, batch by batch taken over; a bad row never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency, Person
from gongkai.disclosure.actions.take_over_items import Outcome, known_keys, take_over_items
from gongkai.disclosure.importing.fields import Problem, Row
from gongkai.disclosure.importing.preparing import Looked, Preparing, Ready
from gongkai.disclosure.importing.scanning import scanning
from gongkai.disclosure.importing.sources import source_at
from gongkai.law.texts import Text

#: So many items are written in one transaction: few enough that nobody waits long for it.
BATCH = 50
MOST_PROBLEMS = 100_000
T = TypeVar("T")
R = TypeVar("R")
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
    run = _Run(
        Preparing(actor, found, agency, column, old_hosts, dry), f"{found.path.name} sha256:{found.digest}", tally,
        lambda done: tell(done, max(total, done)),
    )  # fmt: skip
    try:
        with scanning() as files:
            rows, begun = found.rows(), None
            while portion := list(islice(rows, BATCH)):
                ready = files.begin(run.ready(portion), dry=dry)
                if begun is not None:  # while the workers look through the files of those that follow
                    run.write(begun.done())
                begun = ready
            if begun is not None:
                run.write(begun.done())
    except KeyboardInterrupt:
        tally.stopped = True
    tally.problems.sort(key=lambda one: one.line)
    return tally


@dataclass
class _Run:
    """One import under way. `seen`: the keys of the rows so far."""

    preparing: Preparing
    batch: str
    tally: Tally
    tell: Callable[[int], None]
    seen: set[str] = field(default_factory=set)
    done: int = 0

    def ready(self, portion: Sequence[Row | Problem]) -> list[Ready]:
        """Those of these rows that can be taken over; of the others it is told what is wrong. What is there already is
        not made ready again."""
        looked = [each for row in portion if (each := self._tried(row, self.preparing.look)) is not None]
        known, rows = known_keys(one.key for one in looked), list[Ready]()
        for one in looked:
            if one.key in self.seen:
                self._refuse(one.values.row, "title", Text("同一信息在清单中出现了两次。", "It stands there twice."))
            elif one.key in known:
                self.tally.known += 1
                self.seen.add(one.key)
            elif (ready := self._tried(one, self.preparing.ready)) is not None:
                rows.append(ready)
                self.seen.add(one.key)
            self.tell(self.done + len(rows))
        self.done += len(portion)
        self.tell(self.done)
        return rows

    def _tried(self, row: T | Problem, act: Callable[[T], R]) -> R | None:
        """What the act makes of the row; None where it says what is wrong with it."""
        if isinstance(row, Problem):
            self.tally.refused += 1
            self.tally.note(row)
            return None
        try:
            return act(row)
        except Invalid as error:
            self._refuse(row.values.row if isinstance(row, Looked) else row, error.field, error.message)
            return None

    def _refuse(self, row: Any, name: str, message: Text) -> None:
        self.tally.refused += 1
        self.tally.note(_problem(row, name, message))

    def write(self, rows: list[Ready]) -> None:
        if not rows:
            return
        dry, actor = self.preparing.dry, self.preparing.actor
        outcomes = list(map(Outcome, rows)) if dry else take_over_items(actor=actor, rows=rows, batch=self.batch)
        for outcome in outcomes:
            _count(outcome, self.tally)


def _count(outcome: Outcome, tally: Tally) -> None:
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
