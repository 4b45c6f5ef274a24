"""转入历史台账: the applications of the ledger kept before are taken over, all of them or none.

What was answered there is closed here as TAKEN_OVER, with its outcome and the day of the reply; what was not goes on
as a case of the desk. No letter is made and no query code is known to anybody: both belong to the time before.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actions.number import next_numbers, pass_over
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import SHANGHAI, calendar, roles_of
from gongkai.applications.actions.receive import FIELDS, form_digest, given_columns
from gongkai.applications.history import as_witnessed, columns_of
from gongkai.applications.ledger_import.examination import Source
from gongkai.applications.ledger_import.existing import import_key, keys_of, register_of
from gongkai.applications.ledger_import.judging import judgement_of, steps_of
from gongkai.applications.ledger_import.rows import LedgerRow
from gongkai.applications.likeness import marks_of
from gongkai.applications.models import Application, Mark, Origin, Step
from gongkai.applications.query_codes import code_for, index_of, index_of_token
from gongkai.law.procedure import Role
from gongkai.law.procedure_case import Case
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar
from gongkai.ledger import many
from gongkai.ledger.actions import Happening, hold, record_all
from gongkai.ledger.digests import digest_of
from gongkai.vault.sealing import blind_index

Progress = Callable[[int, int], None]
SERIES = "application"


@dataclass(frozen=True)
class ImportResult:
    """How many applications were taken over, and how many were there already."""

    created: int
    skipped: int


@dataclass
class _Taken:
    """One row on its way into the register, in the columns that the driver takes: sealed and reckoned already."""

    row: LedgerRow
    key: str
    number: str
    columns: list[Any]
    steps: list[Step]
    step_columns: list[list[Any]]
    marks: tuple[int, ...]
    facts: dict[str, str]
    pk: int = 0


def import_ledger(
    *,
    agency: Agency,
    actor: Person,
    rows: Sequence[LedgerRow],
    source: Source,
    progress: Progress = lambda done, total: None,
    finish: Callable[[ImportResult], None] = lambda result: None,
) -> ImportResult:
    """Take the rows over, in one transaction; what is in the register already is passed over.

    Only a clerk of the agency may. Raises Invalid, naming the row, for one that the law refuses or whose number
    another application has: then nothing at all was written. `progress` tells of the preparing; when it has told of
    all rows, the writing begins. `finish` is called at the end of the transaction, to stand or fall with it.
    """
    if Role.CLERK not in roles_of(actor, agency):
        raise NotAllowed(Text("历史台账由本机关经办人导入。", "A ledger is imported by a clerk of the agency."))
    # Before the transaction, because this is most of the work and others wait for the transaction to end.
    prepared = _prepared(agency, actor, rows, source, progress)
    with transaction.atomic():
        _pass_over_own_numbers(agency, rows)
        hold(agency.slug)  # two imports at once: the second sees what the first one wrote
        fresh = _fresh(agency, prepared)
        _number(agency, fresh)
        _insert(agency, fresh)
        record_all(chain=agency.slug, entries=_happenings(agency, actor, fresh, len(rows), source))
        result = ImportResult(len(fresh), len(rows) - len(fresh))
        finish(result)
    return result


def _prepared(
    agency: Agency, actor: Person, rows: Sequence[LedgerRow], source: Source, progress: Progress
) -> list[_Taken]:
    days, prepared = calendar(), []
    for done, row in enumerate(rows, start=1):
        steps = steps_of(row, actor, {"source": source.digest})
        case = judgement_of(steps, days)
        if isinstance(case, Text):
            raise _wrong(row, case)
        prepared.append(_taken(_application(agency, row, case, days), row, steps))
        if done % 200 == 0 or done == len(rows):
            progress(done, len(rows))
    return prepared


def _taken(application: Application, row: LedgerRow, steps: list[Step]) -> _Taken:
    return _Taken(
        row,
        str(application.import_key),
        row.number,
        many.row_of(application),
        steps,
        [many.row_of(step) for step in steps],
        marks_of(row.content),
        {"channel": str(application.channel), "form": application.form_digest},
    )


def _wrong(row: LedgerRow, why: Text) -> Invalid:
    return Invalid("rows", Text(f"第{row.line}行：{why.zh}", f"Row {row.line}: {why.en}"))


def _application(agency: Agency, row: LedgerRow, case: Case, days: Calendar) -> Application:
    token = secrets.token_urlsafe(24)
    data = {name: _plain(getattr(row, name, "")) for name in FIELDS} | {"needs_help": False}
    return Application(
        agency=agency,
        number=row.number,
        channel=row.channel.value,
        submitted_at=datetime.combine(row.received_on, time.min, SHANGHAI),
        query_code_index=index_of(code_for(token)),
        token_index=index_of_token(token),
        form_digest=form_digest(data),
        origin=Origin.IMPORTED,
        import_key=import_key(agency, row),
        **given_columns(data) | _unknown_person(row, token),
        **columns_of(case, days),
    )


def _plain(value: Any) -> Any:
    return str(value.value) if hasattr(value, "value") else value


def _unknown_person(row: LedgerRow, token: str) -> dict[str, Any]:
    """Whose number or name is not known is not the same person as another one of whom it is not known either."""
    unknown: dict[str, Any] = {}
    if not row.id_number:
        unknown["id_index"] = blind_index(token, "id_number.unknown")
    if re.search(r"[*＊×]|某", row.applicant_name):
        unknown["name_index"] = blind_index(token, "applicant_name.unknown")
    return unknown


def _pass_over_own_numbers(agency: Agency, rows: Sequence[LedgerRow]) -> None:
    """Where the old register already numbered as we do, the next application must not get such a number again."""
    form = re.compile(re.escape(agency.document_prefix) + r"申〔(\d{4})〕0*(\d{1,9})号")
    last: dict[int, int] = {}
    for row in rows:
        if found := form.fullmatch(row.number):
            year, number = int(found[1]), int(found[2])
            last[year] = max(last.get(year, 0), number)
    for year in sorted(last):
        pass_over(agency, SERIES, year, last[year])


def _fresh(agency: Agency, prepared: list[_Taken]) -> list[_Taken]:
    """What is not in the register yet, each once."""
    register = register_of(agency, [taken.row for taken in prepared])
    fresh: dict[str, _Taken] = {}
    for taken in prepared:
        if clash := register.clash(taken.row):
            raise _wrong(taken.row, clash)
        key = taken.key
        if key in fresh:
            text = Text(
                f"与第{fresh[key].row.line}行是同一件申请。", f"The same application as row {fresh[key].row.line}."
            )
            raise _wrong(taken.row, text)
        if not register.holds(taken.row, key):
            fresh[key] = taken
    return list(fresh.values())


def _number(agency: Agency, fresh: list[_Taken]) -> None:
    """Who has no number of the old register gets the next one of its year, by day of receipt."""
    unnumbered: dict[int, list[_Taken]] = {}
    for taken in sorted(fresh, key=lambda taken: (taken.row.received_on, taken.row.line)):
        if not taken.row.number:
            unnumbered.setdefault(taken.row.received_on.year, []).append(taken)
    for year, some in sorted(unnumbered.items()):
        for taken, number in zip(some, next_numbers(agency, SERIES, year, len(some)), strict=True):
            taken.number = f"{agency.document_prefix}申〔{year}〕{number}号"


def _insert(agency: Agency, fresh: list[_Taken]) -> None:
    place = many.columns_of(Application).index("number")
    for taken in fresh:
        taken.columns[place] = taken.number
    many.insert(Application, (taken.columns for taken in fresh))
    keys = keys_of(agency, [taken.key for taken in fresh])
    for taken in fresh:
        taken.pk = keys[taken.key]
    _insert_steps(fresh)
    marks = [(taken.pk, agency.pk, mark) for taken in fresh for mark in taken.marks]
    many.insert(Mark, marks, ("application_id", "agency_id", "mark"))


def _insert_steps(fresh: list[_Taken]) -> None:
    """Each of its case; recorded at the moment at which it is, not when it was prepared."""
    columns = many.columns_of(Step)
    case, at = columns.index("application_id"), columns.index("recorded_at")
    now = many.prepared(Step, "recorded_at", timezone.now())
    for taken in fresh:
        for step, row in zip(taken.steps, taken.step_columns, strict=True):
            step.application_id = row[case] = taken.pk
            row[at] = now
    many.insert(Step, (row for taken in fresh for row in taken.step_columns))


def _happenings(agency: Agency, actor: Person, fresh: list[_Taken], total: int, source: Source) -> Iterator[Happening]:
    """The ledger entries: of each case what its own acts would have written, and at the end the import as a whole."""
    for taken in fresh:
        subject = f"application:{taken.pk}"
        yield Happening("applications.submitted", subject, {"number": taken.number, **taken.facts}, actor.username)
        for step in taken.steps:
            told = {
                "number": taken.number,
                "step": step.number,
                "on": step.on.isoformat(),
                "digest": digest_of(as_witnessed(step)),
            }
            yield Happening(f"applications.{step.kind}", subject, told, actor.username)
    whole = {"name": source.name, "sha256": source.digest, "created": len(fresh), "skipped": total - len(fresh)}
    yield Happening("applications.import_ledger", f"agency:{agency.pk}", whole, actor.username)
