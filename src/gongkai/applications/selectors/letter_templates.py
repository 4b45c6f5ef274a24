"""The papers of an agency as its settings show them: locked texts with their open places, its own versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from gongkai.agencies.models import Agency, Person
from gongkai.applications.letters import CATALOGUE, PaperRule, Slot, SlotKind
from gongkai.applications.letters.catalogue import VERSIONS, slots_of
from gongkai.applications.letters.locked import Clause, LockedText, Part, Points, Table, pieces
from gongkai.applications.letters.own import allowed
from gongkai.applications.letters.place_labels import condition_label, place_label
from gongkai.applications.models import Application, LetterTemplate
from gongkai.applications.own_wording import in_force
from gongkai.applications.selectors.visibility import cases_for
from gongkai.law.texts import Text

#: So many of the newest cases are offered for a preview.
OFFERED = 20


@dataclass(frozen=True)
class TemplateRow:
    """One paper in the list: its locked text in force, the agency's own version in force, and one that is to come."""

    rule: PaperRule
    locked: LockedText
    own: LetterTemplate | None
    coming: LetterTemplate | None


@dataclass(frozen=True)
class ShownPart:
    """A part of a locked text: what is printed, with the names of its open places between; and when it belongs to it."""

    pieces: tuple[tuple[str, Text | None], ...]
    conditions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class TemplatePage:
    """One paper of an agency."""

    agency: Agency
    rule: PaperRule
    locked: LockedText
    texts: tuple[LockedText, ...]
    parts: tuple[ShownPart, ...]
    own: LetterTemplate | None
    history: tuple[LetterTemplate, ...]

    @property
    def newest(self) -> LetterTemplate | None:
        """The last version that was made, in force or not."""
        return self.history[0] if self.history else None

    @property
    def open_places(self) -> tuple[Slot, ...]:
        """The places for which an agency can have usual words: a choice or a date is of the case."""
        slots = slots_of(self.rule, self.texts[-1])
        return tuple(slot for slot in slots if slot.kind in (SlotKind.PHRASE, SlotKind.PASSAGE))

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the agency's own words may hold in braces."""
        return allowed(to_applicant=self.rule.to_applicant)


def template_rows(agency: Agency, on: date) -> list[TemplateRow]:
    """Every paper, in the order of the catalogue."""
    kept: dict[str, list[LetterTemplate]] = {}
    for row in agency.letter_templates.order_by("code", "-version"):
        kept.setdefault(row.code, []).append(row)
    return [
        TemplateRow(rule, locked_on(code, on), in_force(kept.get(code, ()), on), _coming(kept.get(code, ()), on))
        for code, rule in CATALOGUE.items()
    ]


def template_page(agency: Agency, code: str, on: date) -> TemplatePage:
    """One paper. Raises Http404 for a code that there is not."""
    rule = CATALOGUE.get(code)
    if rule is None:
        raise Http404
    history = tuple(agency.letter_templates.filter(code=code).select_related("made_by", "word").order_by("-version"))
    locked = locked_on(code, on)
    parts = tuple(part for each in locked.parts for part in _shown(each, locked.slots))
    return TemplatePage(agency, rule, locked, VERSIONS[code], parts, in_force(history, on), history)


def cases_to_preview(person: Person, agency: Agency) -> list[Application]:
    """The newest cases of the agency that this person may read: with one of them a wording can be looked at."""
    found = cases_for(person).filter(agency=agency, received_on__isnull=False)
    return list(found.order_by("-pk")[:OFFERED])


def locked_on(code: str, on: date) -> LockedText:
    """The text in force; before the first one, the first one."""
    return next((text for text in VERSIONS[code] if text.holds_on(on)), VERSIONS[code][0])


def _coming(newest_first: Sequence[LetterTemplate], on: date) -> LetterTemplate | None:
    return newest_first[0] if newest_first and newest_first[0].since > on else None


def _shown(part: Part, slots: Sequence[Slot]) -> Iterator[ShownPart]:
    match part:
        case Clause(text, when):
            yield ShownPart(_labelled(text, slots), tuple(condition_label(each, slots) for each in when))
        case Points():
            yield ShownPart((("", Text("需要补正的事项，逐项列出", "the points to correct, item by item")),))
        case Table(lines, reckoned):
            if reckoned:
                yield ShownPart((("", Text("计收方式、数量和各档标准", "method, count and each band")),))
            for line in lines:
                yield ShownPart(_labelled(f"{line.label}：{line.text}", slots))


def _labelled(text: str, slots: Sequence[Slot]) -> tuple[tuple[str, Text | None], ...]:
    return tuple((literal, place_label(place, slots) if place else None) for literal, place in pieces(text))
