"""The Regulation as code: pure functions and tables of the 《政府信息公开条例》, each with its article.

Nothing here imports Django, reads a clock or touches a database.
"""

from gongkai.law.applicants import ApplicantKind
from gongkai.law.citations import INSTRUMENTS, REG, Article
from gongkai.law.errors import CalendarError, ClockError, LawError, ProcedureError
from gongkai.law.outcomes import OUTCOMES, Outcome, OutcomeRule, ReviewFirstSettings
from gongkai.law.texts import Text

__all__ = [
    "INSTRUMENTS",
    "OUTCOMES",
    "REG",
    "ApplicantKind",
    "Article",
    "CalendarError",
    "ClockError",
    "LawError",
    "Outcome",
    "OutcomeRule",
    "ProcedureError",
    "ReviewFirstSettings",
    "Text",
]
