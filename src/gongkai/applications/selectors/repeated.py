"""What several applicants asked one agency for: candidates for publication (条例 44).

The work is bounded, whatever the size of the register: of the last twelve months only the `NEWEST` cases are looked
at, and of their words only the marks (see `likeness`), read by an index. A case is compared in full with at most
`COMPARED` groups that share marks with it, each standing for all its cases. No sealed column is
opened.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.db.models.functions import Length

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_held, today
from gongkai.applications.actions.suggest_publication import source_of
from gongkai.applications.likeness import ALIKE, pairs_of
from gongkai.applications.models import Application, Mark
from gongkai.applications.selectors.visibility import reading_agencies
from gongkai.disclosure.actions.draft_item import MAY_DRAFT
from gongkai.disclosure.selectors import drafted
from gongkai.law.outcomes import Outcome
from gongkai.law.repeated import PublicationSettings, publication_hint
from gongkai.law.texts import Text

#: So many cases of an agency are looked at, and so many groups shown, each with so many of its cases.
NEWEST, SHOWN, CASES = 3_000, 30, 50
#: With so many groups one case is compared, and at least so many marks it shares with each.
COMPARED, LEAST_SHARED = 8, 2
#: A mark that more groups have than this is one of everybody's words (申请公开……), and tells nothing.
USUAL = 200
#: So many keys go into one question.
AT_ONCE = 500
#: What is read of a case that is shown.
READ = "number content outcome answered_on received_on stage agency".split()


@dataclass(frozen=True)
class Suggestion:
    """One piece of information that several asked for; the newest case first."""

    agency: Agency
    title: str
    applicants: int
    cases: Sequence[Application]
    #: A case that was answered 予以公开, from which a draft can be made; None before there is one.
    granted: Application | None
    #: Whether one of the cases has a draft already.
    drafted: bool
    hint: Text | None


@dataclass
class _Group:
    """Cases with like content; the first that was met stands for all."""

    pairs: frozenset[str]
    cases: list[int] = field(default_factory=list)
    applicants: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Case:
    key: int
    content: str
    applicant: str


def publish_suggestions(person: Person, on: date | None = None) -> list[Suggestion]:
    """The groups of all agencies whose cases this person reads and may draft from, most applicants first."""
    held, day = roles_held(person), on or today()
    readable = set(reading_agencies(person, held))
    allowed = [agency for agency, roles in held.items() if agency in readable and roles & MAY_DRAFT]
    found: list[Suggestion] = []
    for agency in Agency.objects.filter(pk__in=allowed).order_by("path"):
        found.extend(_of_agency(agency, day))
    return sorted(found, key=lambda each: -each.applicants)


def _of_agency(agency: Agency, day: date) -> list[Suggestion]:
    least = PublicationSettings().applicants
    groups = [group for group in _groups(agency, day) if len(group.applicants) >= least]
    largest = sorted(groups, key=lambda group: -len(group.applicants))[:SHOWN]
    keys = [key for group in largest for key in group.cases[:CASES]]
    known = Application.objects.filter(agency=agency).only(*READ).in_bulk(keys)
    sources = drafted(source_of(key) for key in keys)
    return [_suggestion(agency, group, [known[key] for key in group.cases[:CASES]], sources) for group in largest]


def _suggestion(agency: Agency, group: _Group, cases: Sequence[Application], sources: frozenset[str]) -> Suggestion:
    applicants = len(group.applicants)
    granted = next((one for one in cases if one.outcome == Outcome.GRANTED), None)
    return Suggestion(
        agency=agency,
        title=(granted or cases[0]).content,
        applicants=applicants,
        cases=cases,
        granted=granted,
        drafted=any(source_of(one.pk) in sources for one in cases),
        hint=publication_hint(applicants),
    )


def _groups(agency: Agency, day: date) -> list[_Group]:
    """The newest cases of the year, each put to the group that it is most like."""
    cases = _newest(agency, day)
    marks = _marks_of(cases)
    groups: list[_Group] = []
    with_mark: dict[int, list[int]] = defaultdict(list)
    for case in cases:
        pairs = pairs_of(case.content)
        place = _nearest(pairs, marks[case.key], groups, with_mark)
        if place is None:
            place = len(groups)
            groups.append(_Group(pairs))
            for mark in marks[case.key]:
                with_mark[mark].append(place)
        groups[place].cases.append(case.key)
        groups[place].applicants.add(case.applicant)
    return groups


def _newest(agency: Agency, day: date) -> list[_Case]:
    since = date(day.year - 1, day.month, min(day.day, 28))
    rows = Application.objects.filter(Q(received_on__gte=since) | Q(received_on__isnull=True), agency=agency)
    # Whether a number was given is asked of the sealed text's length: no seal is opened.
    newest = rows.order_by("-pk").annotate(given=Length("id_number"))[:NEWEST]
    asked = newest.values_list("pk", "content", "id_index", "name_index", "given")
    # Who gave no number is told by name: three letters of one person are no three applicants.
    return [
        _Case(key, content, by_number if given or not by_name else by_name)
        for key, content, by_number, by_name, given in asked
    ]


def _marks_of(cases: Sequence[_Case]) -> dict[int, list[int]]:
    """The marks of the cases, by the index of their keys."""
    found: dict[int, list[int]] = defaultdict(list)
    for first in range(0, len(cases), AT_ONCE):
        portion = [case.key for case in cases[first : first + AT_ONCE]]
        for key, mark in Mark.objects.filter(application__in=portion).values_list("application", "mark"):
            found[key].append(mark)
    return found


def _nearest(
    pairs: frozenset[str], marks: Iterable[int], groups: Sequence[_Group], with_mark: dict[int, list[int]]
) -> int | None:
    """The group whose words these are like enough."""
    shared = Counter(place for mark in marks if len(with_mark[mark]) <= USUAL for place in with_mark[mark])
    likely = [place for place, number in shared.most_common(COMPARED) if number >= LEAST_SHARED]
    judged = [(_share(pairs, groups[place].pairs), place) for place in likely]
    best = max(judged, default=(0.0, -1))
    return best[1] if best[0] >= ALIKE else None


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """`likeness.likeness` of texts whose pairs are known."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
