"""One step put to the rules, the rules an agency may set, and what a rule answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.law.citations import Article
from gongkai.law.clock_events import ClockSettings
from gongkai.law.procedure_case import Case, Step
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


@dataclass(frozen=True, slots=True)
class ProcedureSettings:
    """Rules of handling that an agency may set otherwise.

    ``signer_is_not_drafter``: who reviews or signs a reply neither gave the opinion it rests on nor drew it
    up [I, internal control];
    ``third_party_is_asked``: refusing for a third party's rights needs its consultation first: 条例 32 says
    "shall consult" [C], that no such refusal may go without it is our reading [I]; ``reasons_are_asked``: an
    application is refused for its volume (条例 35) only after its reasons were asked, and given or not given in time;
    the article says "may ask" [C], that the refusal rests on it is our reading [I]; ``correction_days_most``: the
    longest period to correct, in calendar days: 条例 30 says "reasonable" [C], the number is ours [I], and keeps a
    mistyped year from holding a case for ever; ``clock``: the readings by which
    the reply limit is counted that an extension, a delay or a fee must keep.
    """

    signer_is_not_drafter: bool = True
    third_party_is_asked: bool = True
    reasons_are_asked: bool = True
    correction_days_most: int = 90
    clock: ClockSettings = field(default_factory=ClockSettings)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step not taken: a stable ``code``, the reason for people, the article (None: an internal rule)."""

    code: str
    message: Text
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One step put to the rules."""

    case: Case
    step: Step
    calendar: Calendar
    settings: ProcedureSettings


INTERNAL = Text("（内部办理规则）", "(an internal rule of handling)")
