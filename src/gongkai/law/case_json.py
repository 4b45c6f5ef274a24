"""A case told as JSON, and its reckoning told back: what ``gongkai deadline --batch`` reads and writes.

    {"id": "a", "received": "2025-03-03", "steps": [{"kind": "extension", "on": "2025-03-31", "days": 10}],
     "as_of": null}

Steps stand in the order of their dates. A field that is missing, unknown or of the wrong type is refused, because a
date reckoned from half a case would be wrong without showing it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NoReturn

from gongkai.law.citations import REG, Article
from gongkai.law.clock_course import Course
from gongkai.law.clock_events import ClockSettings, Consulted
from gongkai.law.errors import CaseError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

Json = Mapping[str, Any]

_CASE_FIELDS = frozenset({"id", "received", "steps", "as_of"})
_PARTIES = {who.value: who for who in Consulted}
_NO_STEPS: list[object] = []
#: What a field that is missing, of the wrong type or no date raises when it is read.
_UNREADABLE = (KeyError, TypeError, ValueError)
_SHOWN = 40
_RECEIPT, _LIMIT, _CONSULTATION, _EXTENSION = REG(31), REG(33), REG(33, 3), REG(33, 2)


@lru_cache(maxsize=40_000)
def ordinal(text: str) -> int:
    """The ordinal of a day written YYYY-MM-DD, no other way; ValueError for any other text, TypeError for none."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError(text)
    return dt.date.fromisoformat(text).toordinal()


@lru_cache(maxsize=40_000)
def iso(day: int) -> str:
    """The day of an ordinal, written YYYY-MM-DD."""
    return dt.date.fromordinal(day).isoformat()


def course_of(case: object, calendar: Calendar, settings: ClockSettings) -> tuple[Course, int | None]:
    """The course of a case told as a JSON object, and the day asked about (ordinal; None: the last date known).

    Raises ``CaseError``: not_an_object (条例 31), missing_field, unknown_field, bad_type, bad_date, unknown_kind,
    unknown_party; and what ``clock.reckon`` raises.
    """
    if not isinstance(case, dict):
        _refuse("not_an_object", "每行应为一个JSON对象", "a line must hold one JSON object", _RECEIPT)
    if not case.keys() <= _CASE_FIELDS:
        _unknown_field(case, _CASE_FIELDS)
    try:
        received, as_of = ordinal(case["received"]), _maybe(case.get("as_of"))
    except _UNREADABLE:
        _check_dates(case, ("received",), ("as_of",))
        raise
    course = Course(received, calendar, settings)
    steps = case.get("steps", _NO_STEPS)
    if not isinstance(steps, list):
        _refuse("bad_type", "“steps”应为列表", '"steps" must be a list')
    for step in steps:
        _tell(course, step)
    return course, as_of


def _tell(course: Course, step: object) -> None:
    if not isinstance(step, dict):
        _refuse("bad_type", "每个步骤应为一个JSON对象", "each step must be a JSON object")
    kind = step.get("kind")
    found = _KINDS.get(kind) if isinstance(kind, str) else None
    if found is None:
        _unknown_kind(step)
    if not step.keys() <= found.fields:
        _unknown_field(step, found.fields)
    try:
        found.tell(course, step)
    except _UNREADABLE:
        # Only now is it worth the time to look which field it was.
        _check_dates(step, found.dates, found.maybe)
        if "days" in found.fields:
            _check_days(step)
        if "who" in found.fields:
            _check_party(step)
        raise


class _Kind:
    """A kind of step: how it is told to the clock; the dates it must have and may have; what else it has."""

    def __init__(
        self,
        tell: Callable[[Course, Json], None],
        dates: tuple[str, ...],
        maybe: tuple[str, ...] = (),
        more: tuple[str, ...] = (),
    ) -> None:
        self.tell = tell
        self.dates = dates
        self.maybe = maybe
        self.fields = frozenset({"kind", *dates, *maybe, *more})


def _consultation(course: Course, step: Json) -> None:
    party = _PARTIES[step["who"]]
    course.consultation(ordinal(step["issued"]), _maybe(step.get("received")), _maybe(step.get("returned")), party)


def _extension(course: Course, step: Json) -> None:
    days = step["days"]
    if type(days) is not int:
        raise TypeError(days)
    course.extend(ordinal(step["on"]), days, _maybe(step.get("consented")))


def _fee_notice(course: Course, step: Json) -> None:
    course.fee_notice(ordinal(step["issued"]), _maybe(step.get("received")), _maybe(step.get("paid")))


_KINDS: Mapping[str, _Kind] = {
    "correction_notice": _Kind(lambda course, step: course.correction_notice(ordinal(step["on"])), ("on",)),
    "corrected": _Kind(lambda course, step: course.correction(ordinal(step["on"])), ("on",)),
    "consultation": _Kind(_consultation, ("issued",), ("received", "returned"), ("who",)),
    "extension": _Kind(_extension, ("on",), ("consented",), ("days",)),
    "agreed_delay": _Kind(
        lambda course, step: course.agree_delay(ordinal(step["on"]), ordinal(step["until"])), ("on", "until")
    ),
    "fee_notice": _Kind(_fee_notice, ("issued",), ("received", "paid")),
    "delivered": _Kind(lambda course, step: course.deliver(ordinal(step["on"])), ("on",)),
}

#: The kinds of step that move the reply limit.
STEP_KINDS: tuple[str, ...] = tuple(_KINDS)


def step_fields(kind: str) -> frozenset[str]:
    """The fields a step of that kind may have; empty for an unknown kind."""
    return _KINDS[kind].fields if kind in _KINDS else frozenset()


def _maybe(text: Any) -> int | None:
    return None if text is None else ordinal(text)


# Refusals


def shown(value: object) -> str:
    """A value as a message may show it: short, on one line, without what turns or hides text on a terminal."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > _SHOWN:
        text = text[:_SHOWN] + "…"
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _refuse(code: str, zh: str, en: str, article: Article = _LIMIT) -> NoReturn:
    # A refusal comes out of the handling of another error; that one says nothing more.
    raise CaseError(code, Text(f"{zh}。", f"{en[0].upper()}{en[1:]}."), article) from None


def _missing(field: str, article: Article) -> NoReturn:
    _refuse("missing_field", f"缺少“{field}”", f'"{field}" is missing', article)


def _check_dates(told: Json, dates: tuple[str, ...], maybe: tuple[str, ...]) -> None:
    for field in (*dates, *maybe):
        value = told.get(field)
        if value is None:
            if field in dates:
                _missing(field, _RECEIPT if field == "received" else _LIMIT)
        elif not isinstance(value, str):
            _refuse("bad_type", f"“{field}”应为日期文本", f'"{field}" must be the text of a date')
        else:
            _check_date(field, value)


def _check_date(field: str, value: str) -> None:
    try:
        ordinal(value)
    except ValueError:
        _refuse(
            "bad_date",
            f"“{field}”的值“{shown(value)}”不是日历上的日期（应写作YYYY-MM-DD）",
            f'"{field}" is "{shown(value)}", which is no day of the calendar (write YYYY-MM-DD)',
            _RECEIPT if field == "received" else _LIMIT,
        )


def _check_days(step: Json) -> None:
    if "days" not in step:
        _missing("days", _EXTENSION)
    if type(step["days"]) is not int:
        _refuse("bad_type", "“days”应为整数", '"days" must be a whole number', _EXTENSION)


def _check_party(step: Json) -> None:
    if "who" not in step:
        _missing("who", _CONSULTATION)
    if step["who"] not in list(_PARTIES):
        who = shown(step["who"])
        _refuse(
            "unknown_party",
            f"不认识的征求意见对象“{who}”，只能是：{'、'.join(_PARTIES)}",
            f'unknown party "{who}", only: {", ".join(_PARTIES)}',
            _CONSULTATION,
        )


def _unknown_field(told: Json, known: frozenset[str]) -> NoReturn:
    extra = shown(min(told.keys() - known))
    _refuse(
        "unknown_field",
        f"不认识的字段“{extra}”，只能是：{'、'.join(sorted(known))}",
        f'unknown field "{extra}", only: {", ".join(sorted(known))}',
    )


def _unknown_kind(step: Json) -> NoReturn:
    if "kind" not in step:
        _missing("kind", _LIMIT)
    kind = shown(step["kind"])
    _refuse(
        "unknown_kind",
        f"不认识的步骤“{kind}”，影响答复期限的只有：{'、'.join(STEP_KINDS)}",
        f'unknown step "{kind}"; only these move the reply limit: {", ".join(STEP_KINDS)}',
    )
