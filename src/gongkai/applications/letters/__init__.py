"""The papers of a case (the P and D kinds of the catalogue): pure functions from facts to what the paper says."""

from gongkai.applications.letters.catalogue import (
    CATALOGUE,
    GoesTo,
    PaperRule,
    Wording,
    codes_of,
    reply_code,
    template_on,
    wording_on,
)
from gongkai.applications.letters.consultations import CONSULTATION_CODES, consultation_letter
from gongkai.applications.letters.errors import LetterError, MissingSlotError, WrongSlotError
from gongkai.applications.letters.facts import CaseFacts, Replaced
from gongkai.applications.letters.fees import fee_notice
from gongkai.applications.letters.limits import delay_notice, extension_notice, reasons_request
from gongkai.applications.letters.notices import consultation_notice, correction_notice, receipt
from gongkai.applications.letters.own import SHARED, Own
from gongkai.applications.letters.reply import can_attach, has_attachments, reasons_needed, reply, required_slots
from gongkai.applications.letters.sheets import (
    SignOff,
    answer_sheet,
    approval_sheet,
    registration_sheet,
    service_sheet,
)
from gongkai.applications.letters.slots import Choice, Condition, Slot, SlotKind, several
from gongkai.applications.letters.third_parties import Asked, third_party_notice

__all__ = [
    "CATALOGUE",
    "CONSULTATION_CODES",
    "SHARED",
    "Asked",
    "CaseFacts",
    "Choice",
    "Condition",
    "GoesTo",
    "LetterError",
    "MissingSlotError",
    "Own",
    "PaperRule",
    "Replaced",
    "SignOff",
    "Slot",
    "SlotKind",
    "Wording",
    "WrongSlotError",
    "answer_sheet",
    "approval_sheet",
    "can_attach",
    "codes_of",
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
    "registration_sheet",
    "reply",
    "reply_code",
    "required_slots",
    "service_sheet",
    "several",
    "template_on",
    "third_party_notice",
    "wording_on",
]
