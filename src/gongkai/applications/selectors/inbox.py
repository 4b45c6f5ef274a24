"""The inbox: the cases a person works on, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from gongkai.agencies.models import Appointment, Person, Unit
from gongkai.applications.actions.assign import HOLDING_ROLES
from gongkai.applications.models import Application, SavedView
from gongkai.applications.selectors import ordering
from gongkai.applications.selectors.filters import Filters, narrowed
from gongkai.applications.selectors.rows import InboxRow, row_of
from gongkai.applications.selectors.together import Choice, read_together
from gongkai.applications.selectors.turns import Reader, in_view, reader_of, risen, turn_of

#: What a list shows of a case. The other columns stay sealed.
SHOWN = (
    "number agency__name unit__name holder__display_name applicant_kind applicant_name content channel stage next_step "
    "next_role waits_until clock_state received_on due_on due_provisional due_question internal_due_on rounds outcome "
    "answered_on archived_on"
).split()


@dataclass(frozen=True)
class InboxPage:
    """One page of cases, and the cursor of the next."""

    rows: tuple[InboxRow, ...]
    next_cursor: str


@dataclass(frozen=True)
class Around:
    """What stands around the list: how many cases wait in each view, what can be chosen, the person's saved views."""

    counts: Mapping[str, int]
    units: tuple[Choice, ...]
    people: tuple[Choice, ...]
    saved: tuple[Choice, ...]


def inbox(
    person: Person | Reader,
    *,
    view: str = "mine",
    filters: Filters | None = None,
    after: str = "",
    on: date | None = None,
) -> InboxPage:
    """A page of cases, the most urgent first; of the view „all“ the newest. `after` is the cursor of the page before.

    `view`: mine (the next duty is mine, and what nobody has claimed for too long), unclaimed, open (not archived), late,
    waiting (for somebody outside), all. Fifty rows a page, found by key and not by counting.
    """
    reader = person if isinstance(person, Reader) else reader_of(person, on)
    rows, place = listed(reader, view, filters), ordering.read_cursor(after)
    page = ordering.PAGE
    keys = ordering.newest(rows, place, page + 1) if view == "all" else ordering.urgent(rows, place, page + 1)
    found = _fetched(reader, Q(pk__in=keys)) if keys is not None else []
    found.sort(key=lambda case: (-case.pk,) if view == "all" else _order(case))
    cursor = ordering.write_cursor(found[page - 1]) if len(found) > page else ""
    shown = (
        row_of(case, reader, mine=getattr(case, "mine", False), risen=getattr(case, "risen", False))
        for case in found[:page]
    )
    return InboxPage(tuple(shown), cursor)


def listed(reader: Reader, view: str, filters: Filters | None = None) -> QuerySet[Application]:
    """Every case of a view that fits the filters, in no order: the one source of page, export and feed."""
    return narrowed(in_view(reader, view), filters or Filters(), reader)


def keys_in_order(reader: Reader, view: str, filters: Filters, most: int) -> list[tuple[int, int]]:
    """Key and agency of every case of a list, at most so many, in the list's order."""
    rows = listed(reader, view, filters)
    if view == "all":
        return list(rows.order_by("-pk").values_list("pk", "agency_id")[:most])
    found = [
        key
        for part in ordering.PARTS
        for key in rows.filter(part).order_by("due_on", "pk").values_list("pk", "agency_id")[:most]
    ]
    return found[:most]


def working_on(reader: Reader, most: int) -> list[InboxRow]:
    """What this person works on: whose next duty is theirs, and what they hold, whoever has it now. The most urgent."""
    mine = in_view(reader, "open").filter(turn_of(reader) | Q(holder=reader.person.pk))
    keys = ordering.urgent(mine, None, most)
    found = sorted(_fetched(reader, Q(pk__in=keys)), key=_order) if keys is not None else []
    return [row_of(case, reader, mine=getattr(case, "mine", False), risen=False) for case in found]


def _order(case: Application) -> tuple[int, date, int]:
    part, due, pk = ordering.place_of(case)
    return part, due or date.min, pk


def _fetched(reader: Reader, which: Q) -> list[Application]:
    rows = Application.objects.filter(which).select_related("agency", "unit", "holder").only(*SHOWN)
    return list(rows.annotate(mine=_whether(turn_of(reader)), risen=_whether(risen(reader))))


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def around(reader: Reader) -> Around:
    """Counts, choices and saved views, read in one statement."""
    day, agencies = reader.day, reader.agencies
    working = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), since__lte=day, agency__in=agencies, role__in=_HOLDING
    )
    counts, lists = read_together(
        {view: in_view(reader, view) for view in ("mine", "unclaimed", "open", "late", "waiting")} if agencies else {},
        {
            "units": (Unit.objects.filter(agency__in=agencies, active=True), ("id", "name")),
            "people": (
                Person.objects.filter(pk__in=working.values("person"), is_active=True), ("id", "display_name"),
            ),
            "saved": (SavedView.objects.filter(person=reader.person), ("id", "name", "query")),
        },
    )  # fmt: skip
    return Around(counts, *(tuple(lists[name]) for name in ("units", "people", "saved")))


_HOLDING = sorted(role.value for role in HOLDING_ROLES)
