"""Made-up histories of an agency over several years, and the tables counted from them by plain reading of the form.

The rows are written past the actions, but as the database's own rules allow; the counting here knows nothing of SQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

from gongkai.agencies.models import Agency
from gongkai.applications.models import Application, Channel, Form, IdentityDocument, Way
from gongkai.disclosure.models import COUNTED, DecisionCount, DecisionKind, NormativeDocument
from gongkai.disputes.models import Dispute, DisputeKind, DisputeResult
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.report_form import Value, cells

FIRST, LAST = date(2020, 1, 1), date(2024, 12, 31)
YEARS = (2021, 2022, 2023)


@dataclass(frozen=True)
class Case:
    """As much of an application as table 3 counts."""

    kind: ApplicantKind
    received: date | None
    answered: date | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Dated:
    """A document (class, made, repealed) or a dispute (kind, filed, concluded with a result)."""

    kind: str
    begun: date
    ended: date | None = None
    result: str = ""


def enter_cases(agency: Agency, cases: Sequence[Case]) -> None:
    Application.objects.bulk_create(_application(agency, case) for case in cases)


def _application(agency: Agency, case: Case) -> Application:
    once = uuid4().hex
    return Application(
        agency=agency, number=once, channel=Channel.WEB, submitted_at=datetime(2020, 1, 1, tzinfo=UTC),
        query_code_index=once, token_index=once, form_digest=once, id_index=once,
        applicant_kind=case.kind.value, applicant_name="某", id_type=IdentityDocument.OTHER, id_number="1",
        content="x", form_wanted=Form.PAPER, way_wanted=Way.POST, received_on=case.received,
        answered_on=case.answered, outcome=case.outcome.value if case.outcome else "",
    )  # fmt: skip


def enter_documents(agency: Agency, documents: Sequence[Dated]) -> None:
    NormativeDocument.objects.bulk_create(
        NormativeDocument(
            agency=agency, document_class=row.kind, title="x", document_number=uuid4().hex,
            made_on=row.begun, repealed_on=row.ended,
        )
        for row in documents
    )  # fmt: skip


def enter_disputes(agency: Agency, disputes: Sequence[Dated]) -> None:
    review = {"agency": agency, "body": "x", "matter": "x"}
    for row in disputes:
        follows = None
        if row.kind == DisputeKind.LITIGATION_AFTER:
            # Long over, so that it is counted in no year looked at.
            follows = Dispute.objects.create(
                **review, kind=DisputeKind.RECONSIDERATION, case_number=uuid4().hex, filed_on=date(2000, 1, 1),
                concluded_on=date(2000, 2, 1), result=DisputeResult.UPHELD,
            )  # fmt: skip
        Dispute.objects.create(
            **review, kind=row.kind, case_number=uuid4().hex, filed_on=row.begun, concluded_on=row.ended,
            result=row.result, after=follows,
        )  # fmt: skip


def enter_counts(agency: Agency, figures: Sequence[tuple[DecisionKind, int, int, Decimal]]) -> None:
    """Figures (kind, year, month, figure), each of a department of its own, each told twice: the second one stands."""
    for kind, year, month, figure in figures:
        key = {"agency": agency, "kind": kind, "year": year, "month": month, "department": uuid4().hex}
        column = "amount" if kind == DecisionKind.CHARGES else "decisions"
        standing = DecisionCount.objects.create(**key, **{column: figure})
        DecisionCount.objects.create(**key, **{column: figure + 7}, replaced_by=standing)


# --- counted by plain reading -------------------------------------------------------------------------------


def table_3_of(cases: Sequence[Case], year: int) -> dict[str, Value]:
    counted: Counter[str] = Counter()
    for case in cases:
        for row in _rows_of(case, year):
            counted[f"t3.{row}.{case.kind.value}"] += 1
            counted[f"t3.{row}.total"] += 1
    return {address: counted[address] for address in cells() if address.startswith("t3.")}


def _rows_of(case: Case, year: int) -> list[str]:
    """The rows of table 3 in which a case stands in the report of that year."""
    if case.received is None or case.received.year > year:
        return []
    rows = []
    answered = case.answered.year if case.answered else None
    if case.received.year == year:
        rows.append("received")
    elif answered is None or answered >= year:
        rows.append("carried_in")
    if answered == year and case.outcome:
        rows += [case.outcome.value, "total"]
    if answered is None or answered > year:
        rows.append("carried_out")
    return rows


def table_4_of(disputes: Sequence[Dated], year: int) -> dict[str, Value]:
    counted: Counter[str] = Counter()
    for row in disputes:
        ended = row.ended.year if row.ended else None
        if ended == year:
            results = [row.result, "total"]
        elif row.begun.year <= year and (ended is None or ended > year):
            results = ["pending", "total"]
        else:
            results = []
        counted.update(f"t4.{row.kind}.{result}" for result in results)
    return {address: counted[address] for address in cells() if address.startswith("t4.")}


def documents_of(documents: Sequence[Dated], year: int) -> dict[str, Value]:
    counted: Counter[str] = Counter()
    for row in documents:
        ended = row.ended.year if row.ended else None
        counted[f"t2.{row.kind}.made"] += row.begun.year == year
        counted[f"t2.{row.kind}.repealed"] += ended == year
        counted[f"t2.{row.kind}.in_force"] += row.begun.year <= year and (ended is None or ended > year)
    return {f"t2.{row.value}.{column}": counted[f"t2.{row.value}.{column}"] for row in COUNTED
            for column in ("made", "repealed", "in_force")}  # fmt: skip


# --- at random ----------------------------------------------------------------------------------------------


def any_day(random: Random, after: date = FIRST) -> date:
    """Often the edge of a year, where counting goes wrong."""
    year = random.randint(after.year, LAST.year)
    day = random.choice(
        [date(year, 1, 1), date(year, 12, 31), FIRST + timedelta(random.randrange((LAST - FIRST).days))]
    )
    return max(after, day)


def any_case(random: Random) -> Case:
    kind = random.choice(list(ApplicantKind))
    if random.random() < 0.05:
        return Case(kind, None)
    received = any_day(random)
    if random.random() < 0.25:
        return Case(kind, received)
    return Case(kind, received, any_day(random, received), random.choice(list(Outcome)))


def any_document(random: Random) -> Dated:
    made = any_day(random)
    kind = random.choice(COUNTED).value
    return Dated(kind, made, any_day(random, made) if random.random() < 0.5 else None)


def any_dispute(random: Random) -> Dated:
    kind, filed = random.choice(list(DisputeKind)).value, any_day(random)
    if random.random() < 0.3:
        return Dated(kind, filed)
    return Dated(kind, filed, any_day(random, filed), random.choice(list(DisputeResult)).value)


def any_figure(random: Random) -> tuple[DecisionKind, int, int, Decimal]:
    kind = random.choice(list(DecisionKind))
    figure = Decimal(random.randrange(10**9)) / 100 if kind == DecisionKind.CHARGES else Decimal(random.randrange(5000))
    return kind, random.randint(2020, 2024), random.randint(1, 12), figure
