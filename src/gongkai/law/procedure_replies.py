"""The replies of a case, of which it may have more than one: why it was reopened, what each round answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.outcomes import Outcome
from gongkai.law.texts import Text


class ReopenGround(StrEnum):
    """Why an answered application is handled again (重新办理)."""

    ERROR = "error"
    RECONSIDERATION = "reconsideration"
    COURT = "court"

    @property
    def label(self) -> Text:
        """The ground in words."""
        return _GROUNDS[self]


_GROUNDS: Mapping[ReopenGround, Text] = MappingProxyType(
    {
        ReopenGround.ERROR: Text("答复有误，自行更正", "the agency corrects an error of its reply"),
        ReopenGround.RECONSIDERATION: Text("行政复议决定重新答复", "a new reply by reconsideration decision"),
        ReopenGround.COURT: Text("人民法院判决重新答复", "a new reply by judgment of the court"),
    }
)


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply that went out. ``served``: the day it reached the applicant, None while that is not known.

    The annual report counts an application once, by its first reply [I: the format counts applications, not letters].
    """

    outcome: Outcome
    delivered: dt.date
    served: dt.date | None = None
