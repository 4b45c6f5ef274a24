"""Reads of applications, the reader first. Fetching is the permission check: no view ever asks for a case otherwise."""

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
    PublicCase,
    application_by_query_code,
    public_case,
    public_letter,
)
from gongkai.applications.selectors.visibility import (
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
    "CasePage",
    "InboxPage",
    "InboxRow",
    "PublicCase",
    "RefusedStep",
    "application_by_query_code",
    "case_for_reading",
    "case_page",
    "cases_for",
    "days_left",
    "duty_now",
    "duty_of",
    "inbox",
    "last_opinion",
    "letter_for_reading",
    "paper_for_reading",
    "public_case",
    "public_letter",
    "reading_agencies",
]
