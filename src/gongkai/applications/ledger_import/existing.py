"""Which rows of a ledger are in the register already: a file read twice makes no doubles, and loses nothing either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gongkai.agencies.models import Agency
from gongkai.applications.ledger_import.rows import LedgerRow
from gongkai.applications.models import Application
from gongkai.law.texts import Text
from gongkai.ledger.digests import canonical
from gongkai.vault.sealing import blind_index

Item = TypeVar("Item")
#: SQLite takes only so many values in one question.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Register:
    """What the agency's register holds of these rows. `numbers`: content and day of receipt by number."""

    numbers: Mapping[str, tuple[str, dt.date | None]]
    keys: frozenset[str]

    def holds(self, row: LedgerRow, key: str) -> bool:
        """Whether the row is there already. With a number it must also be the same application."""
        if not row.number:
            return key in self.keys
        return self.numbers.get(row.number) == (row.content, row.received_on)

    def clash(self, row: LedgerRow) -> Text | None:
        """Where the number is there, but on another application: nothing is overwritten, and nothing passed over."""
        if not row.number or self.numbers.get(row.number) in (None, (row.content, row.received_on)):
            return None
        return Text(
            f"编号“{row.number}”已经登记在另一件申请上（申请内容或者收到日期不同），请核对编号。",
            f"The number “{row.number}” is in the register already, on an application with another content or day.",
        )


def import_key(agency: Agency, row: LedgerRow) -> str:
    """What tells this row from every other: its number, or else applicant, content and day; a blind index."""
    told: dict[str, object] = {"agency": agency.pk, "number": row.number}
    if not row.number:
        told |= {"name": row.applicant_name, "content": row.content, "received": row.received_on.isoformat()}
    return blind_index(canonical(told).decode(), "import_key")


def register_of(agency: Agency, rows: Sequence[LedgerRow]) -> Register:
    """What the register holds of these rows now."""
    numbers: dict[str, tuple[str, dt.date | None]] = {}
    for some in _chunks(row.number for row in rows if row.number):
        same = Application.objects.filter(agency=agency, number__in=some)
        numbers |= {
            number: (content, day) for number, content, day in same.values_list("number", "content", "received_on")
        }
    keys: set[str] = set()
    for some in _chunks(import_key(agency, row) for row in rows if not row.number):
        found = Application.objects.filter(import_key__in=some)
        keys |= {str(key) for key in found.values_list("import_key", flat=True)}
    return Register(numbers, frozenset(keys))


def keys_of(agency: Agency, keys: Sequence[str]) -> dict[str, int]:
    """The applications' own keys by their import keys."""
    known: dict[str, int] = {}
    for some in _chunks(keys):
        found = Application.objects.filter(agency=agency, import_key__in=some)
        known |= {str(key): pk for key, pk in found.values_list("import_key", "pk")}
    return known


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    everything = list(items)
    for start in range(0, len(everything), _AT_ONCE):
        yield everything[start : start + _AT_ONCE]
