"""What came from below, as the agency above sees it: who has submitted, what it adds up to, and who gave what.

No page is checked here but where a person comes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTransform
from django.http import Http404

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import agencies_of, roles_held, today
from gongkai.annual_report.audit import Finding
from gongkai.annual_report.content import cells_from_data
from gongkai.annual_report.duties import level_of
from gongkai.annual_report.figure_page import FigurePage
from gongkai.annual_report.figures import own_tables
from gongkai.annual_report.incoming import from_kept
from gongkai.annual_report.models import IncomingFile, IncomingState, Report, Scope, Submission, SubmissionState
from gongkai.annual_report.selectors import FIRST_YEAR
from gongkai.annual_report.submissions import HANDLERS, SubmissionNotFound
from gongkai.annual_report.sums import newest, standing
from gongkai.annual_report.tree import children_of
from gongkai.law.procedure import Role
from gongkai.law.report_deadlines import deadlines
from gongkai.law.report_form import Cell, Tables, cells
from gongkai.law.report_form import Value as Number
from gongkai.law.report_procedure import ReportAct

PAGE = 50
#: What a list can be narrowed to: the states, who has sent nothing, and names that are not in the tree.
MISSING, OUTSIDE = "missing", "outside"
FILTERS = (MISSING, *SubmissionState.values, OUTSIDE)


@dataclass(frozen=True)
class Desk:
    """An agency with others below it, as one of its people sees it."""

    agency: Agency
    roles: frozenset[Role]

    @property
    def handles(self) -> bool:
        """Whether this person handles what comes from below."""
        return not HANDLERS.isdisjoint(self.roles)


def desk_for(person: Person, slug: str, year: int) -> Desk:
    """The agency with others below it, where this person holds a role. Otherwise Http404."""
    held = roles_held(person)
    found = Agency.objects.filter(pk__in=held, slug=slug, numchild__gt=0).first()
    if found is None or not FIRST_YEAR <= year <= today().year:
        raise Http404
    return Desk(found, held[found.pk])


# --- Who has submitted --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One child, what it sent last, and the day by which it had to."""

    name: str
    child: Agency | None
    newest: Submission | None
    due: date | None

    @property
    def days_left(self) -> int | None:
        """Days to its due date, below zero when that is past; None where it has submitted."""
        waits = self.newest is None or self.newest.state == SubmissionState.SENT_BACK
        return (self.due - today()).days if waits and self.due else None

    @property
    def days_late(self) -> int:
        """How many days the due date is past; 0 where it is not."""
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True)
class Page:
    """Some of the children, and how many there are of each state."""

    rows: Sequence[Row]
    counts: Mapping[str, int]
    after: str

    @property
    def all(self) -> int:
        """How many agencies in the tree."""
        return sum(number for state, number in self.counts.items() if state != OUTSIDE)


def children_with_state(parent: Agency, year: int) -> QuerySet[Agency]:
    """The agencies directly below in tree order, each with `newest_id` and `newest_state` of what it sent last."""
    sent = Submission.objects.filter(parent=parent, year=year, child=OuterRef("pk")).order_by("-number")
    found: QuerySet[Agency] = children_of(parent).annotate(
        newest_id=Subquery(sent.values("pk")[:1]), newest_state=Subquery(sent.values("state")[:1])
    )
    return found


def missing(parent: Agency, year: int) -> QuerySet[Agency]:
    """The children whose report is not there, or was sent back."""
    sent_back = Q(newest_state=SubmissionState.SENT_BACK)
    return children_with_state(parent, year).filter(Q(newest_state__isnull=True) | sent_back)


def not_counted(parent: Agency, year: int) -> QuerySet[Agency]:
    """The children who are not in the sum."""
    accepted = Q(newest_state=SubmissionState.ACCEPTED, newest_state__isnull=False)
    return children_with_state(parent, year).exclude(accepted)


def outside(parent: Agency, year: int) -> QuerySet[Submission]:
    """The newest of each name that is no agency of the tree."""
    return newest(Submission.objects.filter(parent=parent, year=year, child__isnull=True)).order_by("child_name")


def page_of(parent: Agency, year: int, *, only: str = "", after: str = "") -> Page:
    """A page of the list; `after` as the page before gave it."""
    counts = _counts(parent, year)
    rows = _outside_rows(parent, year, after) if only == OUTSIDE else _tree_rows(parent, year, only, after)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    last = rows[-1] if more else None
    return Page(rows, counts, (last.child.path if last.child else last.name) if last else "")


def _counts(parent: Agency, year: int) -> dict[str, int]:
    counts = dict.fromkeys(FILTERS, 0)
    in_tree = children_with_state(parent, year).order_by().values_list("newest_state").annotate(Count("pk"))
    named = outside(parent, year).order_by().annotate(where=Value(OUTSIDE)).values_list("where").annotate(Count("pk"))
    for state, number in in_tree.union(named, all=True):
        counts[state or MISSING] = number
    return counts


def _tree_rows(parent: Agency, year: int, only: str, after: str) -> list[Row]:
    found = children_with_state(parent, year).filter(path__gt=after)
    if only == MISSING:
        found = found.filter(newest_state__isnull=True)
    elif only:
        found = found.filter(newest_state=only)
    children = list(found[: PAGE + 1])
    sent = _without_cells().in_bulk([child.newest_id for child in children if child.newest_id])
    return [Row(child.name, child, sent.get(child.newest_id), _due(child, year)) for child in children]


def _outside_rows(parent: Agency, year: int, after: str) -> list[Row]:
    found = outside(parent, year).filter(child_name__gt=after).defer("cells", "findings")[: PAGE + 1]
    return [Row(row.child_name, None, row, None) for row in found]


def _without_cells() -> QuerySet[Submission]:
    return Submission.objects.defer("cells", "findings")


def _due(child: Agency, year: int) -> date:
    return deadlines(year, whole=bool(child.numchild), level=level_of(child))[0].on


# --- The sum ------------------------------------------------------------------------------------------------


def kept_with_freeze(report: Report) -> dict[str, Any]:
    """What the step of freezing keeps of a 汇总: which submissions were summed up, and who was missing."""
    if report.scope != Scope.WHOLE:
        return {}
    absent = not_counted(report.agency, report.year).values_list("name", flat=True)
    return {
        "submissions": list(standing(report.agency, report.year).order_by("pk").values_list("pk", flat=True)),
        "missing": list(absent),
    }


def behind(agency: Agency, year: int, report: Report | None) -> QuerySet[Submission]:
    """The submissions a 汇总 consists of: those it was frozen with, else what stands now."""
    if report is not None and report.frozen is not None:
        step = report.steps.filter(kind=ReportAct.FREEZE).last()
        if step is not None and "submissions" in step.facts:
            return Submission.objects.filter(pk__in=step.facts["submissions"]).order_by("child_name")
    return standing(agency, year)


def members(agency: Agency, year: int) -> dict[str, Tables | None]:
    """Everybody a 汇总 is of, for the audit (X-3): the office itself, who was accepted, and None for who was not."""
    found: dict[str, Tables | None] = {agency.name: own_tables(agency, year)}
    accepted = standing(agency, year).values_list("child_id", "child_name", "cells")
    there = set()
    for child_id, name, data in accepted.iterator(chunk_size=500):
        found[name] = cells_from_data(data)
        there.add(child_id)
    for pk, name in children_of(agency).values_list("pk", "name"):
        if pk not in there:
            found[name] = None
    return found


# --- One number ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share:
    """What one child gives to a number."""

    name: str
    value: Number
    submission: int | None


@dataclass(frozen=True)
class CellOfWhole:
    """A number of a 汇总 and who gave what."""

    cell: Cell
    value: Number
    own: Number
    shares: Sequence[Share]
    after: str


def cell_of_whole(page: FigurePage, address: str, *, after: str = "") -> CellOfWhole:
    """Who gave what to a number of a 汇总, those who gave something, by name. Http404 for a cell the form does not have."""
    if address not in cells():
        raise Http404
    rows = behind(page.agency, page.year, page.report).annotate(given=KeyTransform(address, "cells"))
    given = rows.filter(given__isnull=False).exclude(given=0)
    found = list(given.filter(child_name__gt=after).values_list("child_name", "given", "pk")[: PAGE + 1])
    shares = [Share(name, _value(address, number), pk) for name, number, pk in found[:PAGE]]
    every = sum(_value(address, number) for number in given.order_by().values_list("given", flat=True))
    if page.is_frozen:  # the office's own is what it gave then
        own: Number = (page.base[address] or 0) - every
    else:
        own = own_tables(page.agency, page.year)[address]
    # Without a correction this is the number, and nobody need add up all the other cells.
    value = page.tables[address] if page.corrections else (own or 0) + every
    more = shares[-1].name if len(found) > PAGE else ""
    return CellOfWhole(cells()[address], value, own, shares, more)


def _value(address: str, given: Any) -> int | Decimal:
    return Decimal(given) if cells()[address].decimal else int(given)


def findings_of(row: Submission) -> tuple[Finding, ...]:
    """What the audit said of a submission, errors first."""
    return from_kept(row.findings)


# --- One submission, one batch ------------------------------------------------------------------------------


def submission_for(person: Person, submission_id: int) -> Submission:
    """For whoever holds a role at the parent, or at the child. Raises SubmissionNotFound."""
    row = Submission.objects.select_related("parent", "child", "by", "decided_by", "document").filter(pk=submission_id)
    found = row.filter(parent__in=agencies_of(person)).first() or row.filter(child__in=agencies_of(person)).first()
    if found is None:
        raise SubmissionNotFound
    return found


def earlier_and_later(row: Submission) -> QuerySet[Submission]:
    """Every submission of the same child and year, the newest first."""
    same = _without_cells().filter(parent=row.parent_id, year=row.year, child_name=row.child_name)
    return same.select_related("by", "decided_by").order_by("-number")


def submitted_by(agency: Agency, year: int) -> QuerySet[Submission]:
    """What an agency submitted upwards, the newest first."""
    return _without_cells().filter(child=agency, year=year).select_related("parent", "by").order_by("-number")


def batch_of(parent: Agency, batch: UUID) -> list[IncomingFile]:
    """The files that were sent in together, in their order."""
    rows = IncomingFile.objects.filter(parent=parent, batch=batch).select_related("submission", "document")
    return list(rows.order_by("pk"))


def incoming_file_for(person: Person, file_id: int) -> IncomingFile:
    """For whoever holds a role at the agency it came to. Raises SubmissionNotFound."""
    file = IncomingFile.objects.select_related("parent").filter(pk=file_id, parent__in=agencies_of(person)).first()
    if file is None:
        raise SubmissionNotFound
    return file


def open_files(parent: Agency, year: int) -> QuerySet[IncomingFile]:
    """Files that wait for a person to say whose they are."""
    return IncomingFile.objects.filter(parent=parent, year=year, state=IncomingState.ASK).order_by("pk")
