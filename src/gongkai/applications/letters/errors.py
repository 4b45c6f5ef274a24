"""What a letter refuses: a place left empty that the law wants filled, or filled with what it cannot hold."""

from __future__ import annotations

from gongkai.law.citations import Article
from gongkai.law.errors import LawError
from gongkai.law.texts import Text


class LetterError(LawError):
    """A letter that may not go out as it stands. ``slot`` names the place, so that a form can point at it."""

    def __init__(self, code: str, slot: str, message: Text, article: Article | None = None) -> None:
        super().__init__(code, message, article)
        self.slot = slot


class MissingSlotError(LetterError):
    """A place was left empty that this letter must fill."""

    def __init__(self, slot: str, label: Text, article: Article | None = None) -> None:
        message = Text(f"请填写“{label.zh}”：该文书必须写明。", f"Fill in “{label.en}”: this letter must state it.")
        super().__init__("slot_missing", slot, message, article)


class WrongSlotError(LetterError):
    """A place was filled with what it cannot hold."""


def not_a_choice(slot: str, label: Text, given: str) -> WrongSlotError:
    """The value is none of those offered."""
    return WrongSlotError(
        "slot_not_a_choice",
        slot,
        Text(f"“{label.zh}”没有“{given}”这一选项。", f"“{label.en}” has no choice “{given}”."),
    )


def not_a_date(slot: str, label: Text, given: str) -> WrongSlotError:
    """The value is no date."""
    return WrongSlotError(
        "slot_not_a_date",
        slot,
        Text(f"“{label.zh}”应为日期，“{given}”不是。", f"“{label.en}” must be a date; “{given}” is none."),
    )


def not_yet(slot: str, label: Text) -> WrongSlotError:
    """A date that lies after the letter that speaks of it."""
    return WrongSlotError(
        "slot_not_yet",
        slot,
        Text(f"“{label.zh}”不能晚于答复书的日期。", f"“{label.en}” cannot be later than the reply itself."),
    )


def unknown_slot(slot: str) -> WrongSlotError:
    """The letter has no such place: what was written there would be lost in silence."""
    return WrongSlotError(
        "slot_unknown", slot, Text(f"该文书没有“{slot}”这一项。", f"This letter has no place named “{slot}”.")
    )


def applicant_named(slot: str = "content") -> LetterError:
    """A letter to somebody else tells who applied."""
    return LetterError(
        "applicant_named",
        slot,
        Text(
            "写给他人的内容中出现了申请人的姓名或者名称，请改写：不需要告知对方谁在申请。",
            "What is written to others names the applicant. Rewrite it: they need not be told who applied.",
        ),
    )
