"""The open places (slots) of a letter whose legal text is locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.applications.letters.errors import MissingSlotError, not_a_choice, not_a_date, unknown_slot
from gongkai.law.citations import Article
from gongkai.law.dates import day_text
from gongkai.law.texts import Text


class SlotKind(StrEnum):
    """What a slot holds, and so which field of a form fits it."""

    PHRASE = "phrase"
    PASSAGE = "passage"
    DATE = "date"
    CHOICE = "choice"
    #: Several of the choices at once: their values with commas between them.
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the slot has this value; ``value`` None stands for "filled", an empty string for "empty"."""

    slot: str
    value: str | None = None

    def holds(self, values: Mapping[str, str]) -> bool:
        """Whether it holds for these values."""
        given = values.get(self.slot, "").strip()
        return bool(given) if self.value is None else given == self.value


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its value, its label on a form, and the words of the letter (default: the label)."""

    value: str
    label: Text
    wording: str = ""

    @property
    def words(self) -> str:
        """What the letter says."""
        return self.wording or self.label.zh


@dataclass(frozen=True, slots=True)
class Slot:
    """An open place of a letter.

    ``required``: the letter may not go out without it; ``when``: the slot belongs to the letter only then,
    else it is passed over; ``default`` stands where nothing is written; ``article``: why it must be stated.
    A PHRASE stands inside a sentence, a PASSAGE makes paragraphs of its own, a DATE is given as 2021-05-06.
    """

    name: str
    label: Text
    help: Text
    required: bool = True
    kind: SlotKind = SlotKind.PHRASE
    choices: tuple[Choice, ...] = ()
    when: Condition | None = None
    default: str = ""
    article: Article | None = None

    def applies(self, values: Mapping[str, str]) -> bool:
        """Whether the letter has this place, given what stands in the others."""
        return self.when is None or self.when.holds(values)

    def worded(self, values: Mapping[str, str]) -> str:
        """What the letter says in this place. Raises MissingSlotError or WrongSlotError."""
        given = values.get(self.name, "").strip() or self.default
        if not given:
            if self.required:
                raise MissingSlotError(self.name, self.label, self.article)
            return ""
        return _WORDERS[self.kind](self, given)


def fill(slots: Sequence[Slot], values: Mapping[str, str]) -> dict[str, str]:
    """The words for every slot that belongs to the letter; the others are empty.

    Raises MissingSlotError for the first required one left empty, WrongSlotError for one that holds what it
    cannot, or for a value that has no slot.
    """
    for name in sorted(values.keys() - {slot.name for slot in slots}):
        raise unknown_slot(name)
    given = effective(slots, values)
    return {slot.name: slot.worded(given) if slot.applies(given) else "" for slot in slots}


def effective(slots: Sequence[Slot], values: Mapping[str, str]) -> dict[str, str]:
    """The values that count: what a form still holds for a choice that was given up is passed over."""
    given: dict[str, str] = {}
    for slot in slots:
        if slot.applies(given):
            given[slot.name] = values.get(slot.name, "")
    return given


def _phrase(slot: Slot, given: str) -> str:
    """One line without closing marks: the letter's own sentence goes on after it."""
    return " ".join(given.split("\n")).rstrip("。；，、;, ")


def _passage(slot: Slot, given: str) -> str:
    return given


def _date(slot: Slot, given: str) -> str:
    try:
        return day_text(dt.date.fromisoformat(given)).zh
    except ValueError:
        raise not_a_date(slot.name, slot.label, given) from None


def _choice(slot: Slot, given: str) -> str:
    for choice in slot.choices:
        if choice.value == given:
            return choice.words
    raise not_a_choice(slot.name, slot.label, given)


def _choices(slot: Slot, given: str) -> str:
    """Each once, in the order of the form; which of them applies to what is said elsewhere in the letter."""
    chosen = several(given)
    words = [choice.words for choice in slot.choices if choice.value in chosen]
    if unknown := chosen - {choice.value for choice in slot.choices}:
        raise not_a_choice(slot.name, slot.label, min(unknown))
    if not words:
        raise MissingSlotError(slot.name, slot.label, slot.article)
    return f"分别{'；'.join(words)}" if len(words) > 1 else words[0]


def several(given: str) -> frozenset[str]:
    """The values in such a place."""
    return frozenset(value for value in given.replace(" ", "").split(",") if value)


_WORDERS = {
    SlotKind.PHRASE: _phrase,
    SlotKind.PASSAGE: _passage,
    SlotKind.DATE: _date,
    SlotKind.CHOICE: _choice,
    SlotKind.CHOICES: _choices,
}
