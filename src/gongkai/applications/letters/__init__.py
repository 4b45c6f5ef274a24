"""The letters of a case (law.md's P and D kinds): pure functions from facts to what the letter says."""

from gongkai.applications.letters.consultations import consultation_letter
from gongkai.applications.letters.errors import LetterError, MissingSlotError, WrongSlotError
from gongkai.applications.letters.facts import CaseFacts, Replaced
from gongkai.applications.letters.fees import fee_notice
from gongkai.applications.letters.limits import delay_notice, extension_notice, reasons_request
from gongkai.applications.letters.notices import consultation_notice, correction_notice, receipt
from gongkai.applications.letters.reply import can_attach, has_attachments, reasons_needed, reply, required_slots
from gongkai.applications.letters.slots import Choice, Condition, Slot, SlotKind, several
from gongkai.applications.letters.third_parties import Asked, third_party_notice

__all__ = [
    "Asked",
    "CaseFacts",
    "Choice",
    "Condition",
    "LetterError",
    "MissingSlotError",
    "Replaced",
    "Slot",
    "SlotKind",
    "WrongSlotError",
    "can_attach",
    "consultation_letter",
    "consultation_notice",
    "correction_notice",
    "delay_notice",
    "extension_notice",
    "fee_notice",
    "has_attachments",
    "reasons_needed",
    "reasons_request",
    "receipt",
    "reply",
    "required_slots",
    "several",
    "third_party_notice",
]
