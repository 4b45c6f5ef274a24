"""Reads of applications, the reader first. Fetching is the permission check: no view ever asks for a case otherwise."""

from gongkai.applications.selectors.by_code import found_by_proof
from gongkai.applications.selectors.case_page import (
    IDENTITY_ROLES,
    CasePage,
    RefusedStep,
    case_page,
    duty_now,
    duty_of,
    last_opinion,
)
from gongkai.applications.selectors.inbox import PAGE, VIEWS, InboxPage, InboxRow, days_left, inbox
from gongkai.applications.selectors.public import (
    NOT_CONFIRMED,
    Asked,
    PublicCase,
    family_of,
    public_case,
    public_enclosure,
    public_letter,
)
from gongkai.applications.selectors.visibility import (
    case_file_for_reading,
    case_for_reading,
    cases_for,
    letter_for_reading,
    paper_for_reading,
    reading_agencies,
)

__all__ = [
    "IDENTITY_ROLES",
    "NOT_CONFIRMED",
    "PAGE",
    "VIEWS",
    "Asked",
    "CasePage",
    "InboxPage",
    "InboxRow",
    "PublicCase",
    "RefusedStep",
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
    "last_opinion",
    "letter_for_reading",
    "paper_for_reading",
    "public_case",
    "public_enclosure",
    "public_letter",
    "reading_agencies",
]
