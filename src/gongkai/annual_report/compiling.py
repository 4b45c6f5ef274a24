"""Tables 2, 3 and 4 of an agency and year, counted from the records as of 31 December (〔2021〕30号).

Every number here has a twin in `records`: the query that lists what was counted. A test holds them together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models import Value as Literal

from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.disclosure.models import DecisionKind
from gongkai.disclosure.selectors import counts_of, documents_in_force, documents_made, documents_repealed
from gongkai.disputes.selectors import disputes_of
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import COLUMNS, RESULTS, TABLE_4_GROUPS, Tables, Value, cells, table_3_rows

YUAN_IN_WAN = Decimal(10_000)


@dataclass(frozen=True)
class Period:
    """The year of a report."""

    year: int

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @property
    def received(self) -> Q:
        """一: received in the year."""
        return Q(received_on__gte=self.first, received_on__lte=self.last)

    @property
    def carried_in(self) -> Q:
        """二: received before the year and not answered before it."""
        return Q(received_on__lt=self.first) & (Q(answered_on__isnull=True) | Q(answered_on__gte=self.first))

    @property
    def handled(self) -> Q:
        """三: the final answer went out in the year."""
        return Q(answered_on__gte=self.first, answered_on__lte=self.last)

    @property
    def carried_out(self) -> Q:
        """四: received by the end of the year and not answered by then."""
        return Q(received_on__lte=self.last) & (Q(answered_on__isnull=True) | Q(answered_on__gt=self.last))


def compile_tables(agency: Agency, year: int) -> Tables:
    """The three tables, every cell filled. One grouped query for table 3, one for table 4, a few for table 2."""
    period = Period(year)
    return Tables({**table_2(agency, period), **table_3(agency, period), **table_4(agency, period)})


def table_2(agency: Agency, period: Period) -> dict[str, Value]:
    found: dict[str, Value] = {address: 0 for address in cells() if address.startswith("t2.")}
    sources = {
        "made": documents_made(agency, period.year),
        "repealed": documents_repealed(agency, period.year),
        "in_force": documents_in_force(agency, period.last),
    }
    for column, rows in sources.items():
        for document_class, count in rows.values_list("document_class").annotate(Count("id")).order_by():
            found[f"t2.{document_class}.{column}"] = count
    sums = counts_of(agency, period.year).values("kind").annotate(decisions=Sum("decisions"), amount=Sum("amount"))
    for row in sums.order_by():
        if row["kind"] == DecisionKind.CHARGES:
            found["t2.charges.amount"] = in_wan(row["amount"])
        else:
            found[f"t2.{row['kind']}.decisions"] = row["decisions"]
    return found


def in_wan(yuan: Decimal) -> Decimal:
    """Yuan as 万元, to the fen, without idle zeros: 27667879.00 → 2766.7879."""
    # SQLite adds amounts as floating point numbers: what lies beyond the fen is its noise.
    amount = (round(yuan, 2) / YUAN_IN_WAN).normalize()
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount


def table_3(agency: Agency, period: Period) -> dict[str, Value]:
    """One query in three parts, each a range of the index `application_table_3` and grouped in its order. Every kind
    and outcome is named, so that the database seeks them one by one instead of reading all the years before."""
    ours = Application.objects.filter(agency=agency, applicant_kind__in=[kind.value for kind in ApplicantKind])
    answered = ours.filter(outcome__in=[outcome.value for outcome in Outcome])
    handled = _grouped(answered.filter(period.handled), period, in_time=True)
    later = _grouped(answered.filter(answered_on__gt=period.last, received_on__lte=period.last), period)
    waiting = _grouped(ours.filter(outcome="", answered_on__isnull=True, received_on__lte=period.last), period)
    counted: Counter[tuple[str, str]] = Counter()
    for kind, outcome, all_, received, answered_in_it in handled.union(later, waiting, all=True):
        in_time = all_ if answered_in_it else 0
        for column in (kind, "total"):
            counted["received", column] += received
            counted["carried_in", column] += all_ - received
            counted["total", column] += in_time
            counted["carried_out", column] += all_ - in_time
            counted[outcome, column] += in_time
    keys = [row.key for row in table_3_rows()]
    return {f"t3.{key}.{column.key}": counted[key, column.key] for key in keys for column in COLUMNS}


def _grouped(
    rows: QuerySet[Application], period: Period, *, in_time: bool = False
) -> QuerySet[Application, tuple[str, str, int, int, bool]]:
    """By kind and outcome: how many there are, how many of them came in the year (none came after it). What is counted
    are values of the index itself: for a key PostgreSQL would read every row."""
    return (
        rows.order_by()
        .values_list("applicant_kind", "outcome")
        .annotate(
            every=Count("applicant_kind"),
            received=Count("applicant_kind", filter=Q(received_on__gte=period.first)),
            in_time=Literal(in_time),
        )
    )


def table_4(agency: Agency, period: Period) -> dict[str, Value]:
    ended = Q(concluded_on__lte=period.last)
    counted: Counter[tuple[str, str]] = Counter()
    rows = (
        disputes_of(agency, period.year)
        .values("kind", "result")
        .annotate(ended=Count("id", filter=ended), all=Count("id"))
    )
    for row in rows.order_by():
        counted[row["kind"], row["result"]] += row["ended"]
        counted[row["kind"], "pending"] += row["all"] - row["ended"]
        counted[row["kind"], "total"] += row["all"]
    return {
        f"t4.{group.key}.{result.key}": counted[group.key, result.key] for group in TABLE_4_GROUPS for result in RESULTS
    }
