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
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import today
from gongkai.applications.found_by import id_index_of, name_index_of
from gongkai.applications.likeness import ALIKE, likeness, marks_of
from gongkai.applications.models import Application, Mark
from gongkai.applications.query_codes import index_of_token
from gongkai.applications.selectors.visibility import cases_for
from gongkai.law.repeated import Month, publication_hint, volume_hint
from gongkai.law.texts import Text

#: So many are shown of each list.
SHOWN = 20
#: So many of the newest cases of one applicant are compared, and of those that share a mark.
LOOKED_AT = 60
#: Of twelve marks two texts that are half alike share six on the average; fewer than two is next to never.
LEAST_SHARED = 2
#: For so many months the applicant's cases are counted.
MONTHS = 12
#: A letter that was typed in twice was so within these days.
TWIN_WITHIN = dt.timedelta(days=30)
#: What is read of another case; to open sealed columns that nobody sees would only cost time.
READ = (
    "number content stage received_on due_on answered_on outcome split_from agency applicant_name id_number "
    "id_index name_index"
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


def alike(person: Person, application: Application, on: dt.date | None = None) -> Alike:
    """The cases beside a case that this person reads. As many queries as it takes for one, however many are found."""
    readable = cases_for(person).filter(agency=application.agency_id)
    own = _of_applicant(readable, application)
    same = list(own.exclude(pk=application.pk).only(*READ).order_by("-pk")[:LOOKED_AT])
    months = _month_counts(own, on or today())
    like = _like(readable, application)
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


def _of_applicant(readable: QuerySet[Application], application: Application) -> QuerySet[Application]:
    if application.id_number:
        return readable.filter(id_index=application.id_index)
    return readable.filter(name_index=application.name_index)


def _month_counts(own: QuerySet[Application], day: dt.date) -> dict[Month, int]:
    """How many applications of this applicant came in each of the last months."""
    first = _months_before(day.replace(day=1), MONTHS - 1)
    rows = own.filter(received_on__gte=first).annotate(month=TruncMonth("received_on")).values("month")
    counted = rows.annotate(number=Count("pk")).order_by("month").values_list("month", "number")
    return {(month.year, month.month): number for month, number in counted}


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


def _like(readable: QuerySet[Application], application: Application) -> list[AlikeCase]:
    """The cases with like content, the likest first."""
    candidates = _sharing_marks(application)
    if not candidates:
        return []
    found = readable.filter(pk__in=candidates).only(*READ)
    compared = [AlikeCase(other, round(100 * likeness(other.content, application.content))) for other in found]
    kept = [each for each in compared if each.per_cent >= 100 * ALIKE]
    return sorted(
        sorted(kept, key=attrgetter("application.pk"), reverse=True), key=attrgetter("per_cent"), reverse=True
    )


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
    number = str(given["id_number"])
    found = cases_for(person).filter(agency=agency, submitted_at__gte=timezone.now() - TWIN_WITHIN)
    same = {"id_index": id_index_of(number)} if number else {"name_index": name_index_of(str(given["applicant_name"]))}
    others = found.filter(**same).exclude(token_index=index_of_token(token)).only(*READ).order_by("-pk")[:LOOKED_AT]
    return next((other for other in others if likeness(other.content, str(given["content"])) >= ALIKE), None)
