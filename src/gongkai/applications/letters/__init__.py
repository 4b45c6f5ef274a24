"""The letters of a case (law.md's P and D kinds): pure functions from facts to what the letter says."""

from gongkai.applications.letters.consultations import consultation_letter
from gongkai.applications.letters.errors import LetterError, MissingSlotError, WrongSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.notices import consultation_notice, correction_notice, receipt
from gongkai.applications.letters.reply import reasons_needed, reply, required_slots
from gongkai.applications.letters.slots import Choice, Condition, Slot, SlotKind

__all__ = [
    "CaseFacts",
    "Choice",
    "Condition",
    "LetterError",
    "MissingSlotError",
    "Slot",
    "SlotKind",
    "WrongSlotError",
    "consultation_letter",
    "consultation_notice",
    "correction_notice",
    "reasons_needed",
    "receipt",
    "reply",
    "required_slots",
]
