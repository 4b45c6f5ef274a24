"""The data of 依申请公开: applications, their append-only history, their papers, and the work on them."""

from gongkai.applications.models.application import (
    CHANNEL_OF_LAW,
    KIND_CHOICES,
    OUTCOME_CHOICES,
    ROLE_CHOICES,
    STAGE_CHOICES,
    STEP_CHOICES,
    Application,
    Channel,
    ClockState,
    Form,
    IdentityDocument,
    Origin,
    Way,
)
from gongkai.applications.models.history import TO_APPLICANT, TO_OTHERS, Letter, LetterKind, Step
from gongkai.applications.models.imports import UNFINISHED, ImportRun, ImportState
from gongkai.applications.models.letter_templates import LetterForm, LetterTemplate
from gongkai.applications.models.papers import AFTER_CLOSING, PAPERS_OUT, CaseFile, Paper, PaperKind
from gongkai.applications.models.redactions import MAKING, BoxOrigin, Redaction, RedactionBox, RedactionState
from gongkai.applications.models.work import (
    Assignment,
    CalendarFeed,
    IdentityView,
    Mark,
    Note,
    Rating,
    SavedView,
)

__all__ = [
    "AFTER_CLOSING",
    "CHANNEL_OF_LAW",
    "KIND_CHOICES",
    "MAKING",
    "OUTCOME_CHOICES",
    "PAPERS_OUT",
    "ROLE_CHOICES",
    "STAGE_CHOICES",
    "STEP_CHOICES",
    "TO_APPLICANT",
    "TO_OTHERS",
    "UNFINISHED",
    "Application",
    "Assignment",
    "BoxOrigin",
    "CalendarFeed",
    "CaseFile",
    "Channel",
    "ClockState",
    "Form",
    "IdentityDocument",
    "IdentityView",
    "ImportRun",
    "ImportState",
    "Letter",
    "LetterForm",
    "LetterKind",
    "LetterTemplate",
    "Mark",
    "Note",
    "Origin",
    "Paper",
    "PaperKind",
    "Rating",
    "Redaction",
    "RedactionBox",
    "RedactionState",
    "SavedView",
    "Step",
    "Way",
]
