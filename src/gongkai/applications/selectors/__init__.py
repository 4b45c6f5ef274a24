"""Reads of applications, the reader first. Fetching is the permission check: no view ever asks for a case otherwise."""

from gongkai.applications.selectors.by_code import found_by_proof
from gongkai.applications.selectors.case_page import (
    CasePage,
    RefusedStep,
    case_page,
    duty_now,
    duty_of,
    last_opinion,
)
from gongkai.applications.selectors.filters import Filters
from gongkai.applications.selectors.inbox import Around, InboxPage, around, inbox, keys_in_order, listed, working_on
from gongkai.applications.selectors.ordering import PAGE
from gongkai.applications.selectors.public import (
    NOT_CONFIRMED,
    Asked,
    PublicCase,
    family_of,
    public_case,
    public_enclosure,
    public_letter,
)
from gongkai.applications.selectors.rows import InboxRow, days_left
from gongkai.applications.selectors.turns import VIEWS, Reader, reader_of
from gongkai.applications.selectors.visibility import (
    case_file_for_reading,
    case_for_reading,
    cases_for,
    letter_for_reading,
    paper_for_reading,
    reading_agencies,
)

__all__ = [
    "NOT_CONFIRMED",
    "PAGE",
    "VIEWS",
    "Around",
    "Asked",
    "CasePage",
    "Filters",
    "InboxPage",
    "InboxRow",
    "PublicCase",
    "Reader",
    "RefusedStep",
    "around",
    "case_file_for_reading",
    "case_for_reading",
    "case_page",
    "cases_for",
    "days_left",
    "duty_now",
    "duty_of",
    "family_of",
    "found_by_proof",
    "inbox",
    "keys_in_order",
    "last_opinion",
    "letter_for_reading",
    "listed",
    "paper_for_reading",
    "public_case",
    "public_enclosure",
    "public_letter",
    "reader_of",
    "reading_agencies",
    "working_on",
]
