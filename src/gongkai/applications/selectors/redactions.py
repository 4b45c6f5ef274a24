"""Redactions for those who read the case; and what finished ones withhold, for the reply (条例 37)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import roles_of
from gongkai.applications.errors import CaseNotFound
from gongkai.applications.models import MAKING, Paper, PaperKind, Redaction, RedactionBox, RedactionState
from gongkai.applications.redaction_access import REDACTING_ROLES
from gongkai.applications.selectors.visibility import cases_for
from gongkai.applications.withheld_parts import COVERED, grounds_of, withheld_in_words
from gongkai.law.procedure import Stage
from gongkai.law.texts import Text
from gongkai.law.withholding import WithholdingGround


@dataclass(frozen=True)
class PageMark:
    """One page in the list of pages: how many boxes cover something there, how many proposals wait."""

    number: int
    taken: int
    waiting: int


@dataclass(frozen=True)
class Kind:
    """Proposals of one kind that wait for a decision."""

    rule: str
    label: Text
    count: int


@dataclass(frozen=True)
class RedactionPage:
    """Everything the page of a redaction shows."""

    redaction: Redaction
    number: int
    boxes: tuple[RedactionBox, ...]
    pages: tuple[PageMark, ...]
    grounds: tuple[tuple[WithholdingGround, int], ...]
    kinds: tuple[Kind, ...]
    may_change: bool
    #: Why the copy could not be made, or the file not be scanned.
    failure: Text | None

    @property
    def making(self) -> bool:
        return self.redaction.state in MAKING

    @property
    def scanning(self) -> bool:
        return self.redaction.proposed_at is None

    @property
    def percent(self) -> int:
        return 100 * self.redaction.done // max(self.redaction.pages, 1)

    @property
    def taken(self) -> int:
        return sum(count for _ground, count in self.grounds)

    @property
    def waiting(self) -> int:
        return sum(kind.count for kind in self.kinds)

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.redaction.pages else None


def redaction_for_reading(person: Person, redaction_id: int) -> Redaction:
    """One redaction of a case this person may read."""
    rows = Redaction.objects.select_related("paper__document", "paper__application__agency", "copy", "changed_by")
    found = rows.filter(pk=redaction_id, paper__application__in=cases_for(person)).first()
    if found is None:
        raise CaseNotFound
    return found


def redaction_page(person: Person, redaction_id: int, number: int) -> RedactionPage:
    """The redaction at one of its pages; a number that is none is the nearest that is."""
    redaction = redaction_for_reading(person, redaction_id)
    number = min(max(number, 1), redaction.pages)
    application = redaction.paper.application
    works = not roles_of(person, application.agency).isdisjoint(REDACTING_ROLES)
    open_still = redaction.state == RedactionState.DRAFT and application.stage != Stage.CLOSED
    rows = redaction.boxes.order_by().values("page", "ground", "rule", "taken").annotate(count=Count("pk"))
    counted = [(row["page"], row["ground"], row["rule"], row["taken"], row["count"]) for row in rows]
    why = redaction.failure
    return RedactionPage(
        redaction=redaction,
        number=number,
        boxes=tuple(redaction.boxes.filter(page=number)),
        pages=_pages(redaction.pages, counted),
        grounds=_grounds(counted),
        kinds=_kinds(counted),
        may_change=works and open_still,
        failure=Text(why["zh"], why["en"]) if why else None,
    )


Counted = Sequence[tuple[int, str, str, bool, int]]


def _pages(pages: int, counted: Counted) -> tuple[PageMark, ...]:
    taken: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for page, _ground, _rule, is_taken, count in counted:
        (taken if is_taken else waiting)[page] += count
    return tuple(PageMark(page, taken[page], waiting[page]) for page in range(1, pages + 1))


def _grounds(counted: Counted) -> tuple[tuple[WithholdingGround, int], ...]:
    found: Counter[str] = Counter()
    for _page, ground, _rule, is_taken, count in counted:
        found[ground] += count if is_taken else 0
    return tuple((ground, found[ground.value]) for ground in WithholdingGround if found[ground.value])


def _kinds(counted: Counted) -> tuple[Kind, ...]:
    found: Counter[str] = Counter()
    for _page, _ground, rule, is_taken, count in counted:
        found[rule] += 0 if is_taken else count
    return tuple(Kind(rule, COVERED[rule], found[rule]) for rule in COVERED if found[rule])


def withheld_by(copies: Sequence[Paper]) -> dict[str, str]:
    """What the reply says of a partial disclosure by these redacted copies: which parts, on which grounds, in words that
    reveal nothing. Empty where none of them is one. The drafter reads it and may change it."""
    found = Redaction.objects.filter(copy__in=[paper.pk for paper in copies]).select_related("paper")
    redactions = list(found.prefetch_related("boxes"))
    boxes = [box for each in redactions for box in each.boxes.all()]
    if not boxes:
        return {}
    parts = [(each.paper.name, withheld_in_words(each.boxes.all())) for each in redactions]
    texts = [f"《{name.rpartition('.')[0] or name}》{text}" if len(parts) > 1 else text for name, text in parts]
    return {
        "provision": "attached",
        "withheld": "；".join(texts)[:1000],
        "withheld_ground": ",".join(ground.value for ground in grounds_of(boxes)),
    }


def redactions_of(papers: Sequence[Paper]) -> dict[int, Redaction]:
    """The newest redaction of each original among these papers: under way, or finished."""
    originals = [paper.pk for paper in papers if paper.kind == PaperKind.ORIGINAL]
    if not originals:
        return {}
    return {each.paper_id: each for each in Redaction.objects.filter(paper__in=originals).order_by("id")}
