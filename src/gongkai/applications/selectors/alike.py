"""Cases that belong beside this one: of the same applicant, and with much the same words (条例 35, 36(六), 44).

Everything is found by an index: the applicant by the blind indexes, the words by their marks (see `likeness`), of each
mark only the newest cases. So the page is as fast in a register of a hundred thousand as in one of ten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import today
from gongkai.applications.found_by import id_index_of, name_index_of
from gongkai.applications.likeness import ALIKE, likeness, marks_of
from gongkai.applications.models import Application, Mark
from gongkai.applications.query_codes import index_of_token
from gongkai.applications.selectors.visibility import reading_agencies
from gongkai.law.repeated import Month, month_counts, publication_hint, volume_hint
from gongkai.law.texts import Text

#: So many are shown of each list.
SHOWN = 20
#: So many of the newest cases of one applicant are compared, and of those that share a mark.
LOOKED_AT = 60
#: So many of the newest cases of one applicant are counted by month.
COUNTED = 2_000
#: Of twelve marks two texts that are half alike share six on the average; fewer than two is next to never.
LEAST_SHARED = 2
#: For so many months the applicant's cases are counted.
MONTHS = 12
#: A letter that was typed in twice was so within these days.
TWIN_WITHIN = dt.timedelta(days=30)
#: What is read of another case; to open sealed columns that nobody sees would only cost time.
READ = (
    "number content stage received_on due_on answered_on outcome split_from agency applicant_name id_number "
    "id_index name_index submitted_at token_index"
).split()


@dataclass(frozen=True)
class AlikeCase:
    """A case and how much its words have in common with this one's, in per cent."""

    application: Application
    per_cent: int


@dataclass(frozen=True)
class Alike:
    """What the case page says of other cases."""

    #: By the identity number; where the letter bore none, by the name only, which may be another person's.
    by_name_only: bool
    same_applicant: tuple[Application, ...]
    months: Mapping[Month, int]
    volume: Text | None
    #: An earlier one of the same applicant with like content that was answered: maybe a repeated application.
    repeated: Application | None
    like: tuple[AlikeCase, ...]
    publication: Text | None

    @property
    def any(self) -> bool:
        return bool(self.same_applicant or self.like)

    @property
    def chart(self) -> Mapping[str, list[str] | list[int]] | None:
        """The counts as a picture; fewer than three months are read faster as they stand."""
        if len(self.months) < 3:
            return None
        labels = [f"{year}-{month:02}" for year, month in self.months]
        return {"months": labels, "numbers": list(self.months.values())}


NOTHING = Alike(False, (), {}, None, None, (), None)


def alike(person: Person, application: Application, on: dt.date | None = None) -> Alike:
    """The cases beside a case that this person reads. As many queries as it takes for one, however many are found."""
    if application.agency_id not in reading_agencies(person):
        return NOTHING
    of_applicant = _of_applicant(application.agency_id, _applicant(application))
    others = [row.pk for row in of_applicant if row.pk != application.pk][:LOOKED_AT]
    same = _read(others)
    months = _last_months((row.received_on for row in of_applicant), on or today())
    like = _like(application)
    family = {application.split_from_id or application.pk, application.pk}
    return Alike(
        by_name_only=not application.id_number,
        same_applicant=tuple(same[:SHOWN]),
        months=months,
        volume=volume_hint(months),
        repeated=_repeated(same, application, family),
        like=tuple(like[:SHOWN]),
        publication=publication_hint(_applicants(application, (each.application for each in like))),
    )


def _applicant(application: Application) -> dict[str, str]:
    """By what the applicant is found: the number, else the name."""
    if application.id_number:
        return {"id_index": application.id_index}
    return {"name_index": application.name_index}


class _Found(NamedTuple):
    pk: int
    agency: int
    received_on: dt.date | None


def _of_applicant(agency: int, applicant: Mapping[str, str]) -> list[_Found]:
    """The applicant's cases at an agency, the newest first. The agency is looked at afterwards: asked for both, SQLite
    would rather walk through all cases of the agency than look the applicant up."""
    rows = Application.objects.filter(**applicant).order_by("-pk").values_list("pk", "agency", "received_on")
    return [found for row in rows[:COUNTED] if (found := _Found(*row)).agency == agency]


def _read(keys: Iterable[int]) -> list[Application]:
    """The cases, the newest first."""
    return list(Application.objects.filter(pk__in=list(keys)).only(*READ).order_by("-pk"))


def _last_months(days: Iterable[dt.date | None], day: dt.date) -> dict[Month, int]:
    """How many applications of the applicant came in each of the last months."""
    first = _months_before(day.replace(day=1), MONTHS - 1)
    return month_counts(received for received in days if received is not None and first <= received <= day)


def _months_before(first: dt.date, months: int) -> dt.date:
    number = first.year * 12 + first.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)


def _repeated(same: list[Application], application: Application, family: set[int]) -> Application | None:
    """The newest that was answered before this one came and asked for much the same. Parts of one form are none."""
    return next(
        (
            other
            for other in same
            if other.pk < application.pk
            and other.answered_on is not None
            and not family & {other.pk, other.split_from_id}
            and likeness(other.content, application.content) >= ALIKE
        ),
        None,
    )


def _like(application: Application) -> list[AlikeCase]:
    """The cases of the agency with like content, the likest first."""
    found = _read(_sharing_marks(application))
    compared = [AlikeCase(other, round(100 * likeness(other.content, application.content))) for other in found]
    kept = [each for each in compared if each.per_cent >= 100 * ALIKE]
    return sorted(kept, key=attrgetter("per_cent"), reverse=True)


def _sharing_marks(application: Application) -> list[int]:
    """The keys of cases that share marks with this one, those that share the most first.

    One branch for each mark, each ending at its newest cases: a mark that ten thousand share costs no more than
    another (the ORM has no union of cut lists).
    """
    marks = marks_of(application.content)
    if not marks:
        return []
    table = connection.ops.quote_name(Mark._meta.db_table)
    branch = (
        f"SELECT * FROM (SELECT application_id FROM {table} WHERE agency_id = %s AND mark = %s AND application_id <> %s"
        f" ORDER BY application_id DESC LIMIT {LOOKED_AT}) AS m{{}}"
    )
    branches = " UNION ALL ".join(branch.format(number) for number, _ in zip(count(), marks, strict=False))
    asked = [value for mark in marks for value in (application.agency_id, mark, application.pk)]
    shared = (
        f"SELECT application_id FROM ({branches}) AS found GROUP BY application_id HAVING COUNT(*) >= {LEAST_SHARED}"
        f" ORDER BY COUNT(*) DESC, application_id DESC LIMIT {LOOKED_AT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(shared, asked)
        return [row[0] for row in cursor.fetchall()]


def _applicants(application: Application, others: Iterable[Application]) -> int:
    """How many different applicants asked for much the same, this one counted. Who gave no number is told by name."""
    every = (application, *others)
    return len({one.id_index if one.id_number else one.name_index for one in every})


def twin_of(person: Person, agency: Agency, given: Mapping[str, Any], *, token: str) -> Application | None:
    """A case of the same applicant with like content that came in lately: maybe the same letter, typed in twice. One
    that came from the form with this very token is none."""
    if agency.pk not in reading_agencies(person):
        return None
    number = str(given["id_number"])
    by = {"id_index": id_index_of(number)} if number else {"name_index": name_index_of(str(given["applicant_name"]))}
    others = _read(row.pk for row in _of_applicant(agency.pk, by)[:LOOKED_AT])
    since, own = timezone.now() - TWIN_WITHIN, index_of_token(token)
    return next(
        (
            other
            for other in others
            if other.submitted_at >= since
            and other.token_index != own
            and likeness(other.content, str(given["content"])) >= ALIKE
        ),
        None,
    )
