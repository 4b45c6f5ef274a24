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
from typing import NoReturn

from gongkai.law.citations import REG, Article
from gongkai.law.clock_course import Course
from gongkai.law.clock_events import ClockSettings, Consulted
from gongkai.law.errors import CaseError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

Json = Mapping[str, object]

_CASE_FIELDS = frozenset({"id", "received", "steps", "as_of"})
_PARTIES = {who.value: who for who in Consulted}
_NO_STEPS: list[object] = []
_SHOWN = 40
_RECEIPT, _LIMIT, _CONSULTATION, _EXTENSION = REG(31), REG(33), REG(33, 3), REG(33, 2)


def course_of(case: object, calendar: Calendar, settings: ClockSettings) -> tuple[Course, int | None]:
    """The course of a case told as a JSON object, and the day asked about (ordinal; None: the last date known).

    Raises ``CaseError``: not_an_object (条例 31), missing_field, unknown_field, bad_type, bad_date, unknown_kind,
    unknown_party; and what ``clock.reckon`` raises.
    """
    if not isinstance(case, dict):
        _refuse("not_an_object", "每行应为一个JSON对象", "a line must hold one JSON object", _RECEIPT)
    if not case.keys() <= _CASE_FIELDS:
        _unknown_field(case, _CASE_FIELDS)
    course = Course(_day(case, "received"), calendar, settings)
    steps = case.get("steps", _NO_STEPS)
    if not isinstance(steps, list):
        _refuse("bad_type", "“steps”应为列表", '"steps" must be a list')
    for step in steps:
        _tell(course, step)
    return course, _maybe(case, "as_of")


def _tell(course: Course, step: object) -> None:
    if not isinstance(step, dict):
        _refuse("bad_type", "每个步骤应为一个JSON对象", "each step must be a JSON object")
    kind = step.get("kind")
    found = _KINDS.get(kind) if isinstance(kind, str) else None
    if found is None:
        _unknown_kind(step)
    tell, fields = found
    if not step.keys() <= fields:
        _unknown_field(step, fields)
    tell(course, step)


def _consultation(course: Course, step: Json) -> None:
    who = step.get("who", "")
    party = _PARTIES.get(who) if isinstance(who, str) else None
    if party is None:
        _unknown_party(step)
    course.consultation(_day(step, "issued"), _maybe(step, "received"), _maybe(step, "returned"), party)


def _extension(course: Course, step: Json) -> None:
    days = step.get("days")
    if not isinstance(days, int) or isinstance(days, bool):
        if "days" not in step:
            _missing("days", _EXTENSION)
        _refuse("bad_type", "“days”应为整数", '"days" must be a whole number', _EXTENSION)
    course.extend(_day(step, "on"), days, _maybe(step, "consented"))


def _fee_notice(course: Course, step: Json) -> None:
    course.fee_notice(_day(step, "issued"), _maybe(step, "received"), _maybe(step, "paid"))


#: Kind of step -> how it is told to the clock, and the fields it may have.
_KINDS: Mapping[str, tuple[Callable[[Course, Json], None], frozenset[str]]] = {
    "correction_notice": (
        lambda course, step: course.correction_notice(_day(step, "on")),
        frozenset({"kind", "on"}),
    ),
    "corrected": (lambda course, step: course.correction(_day(step, "on")), frozenset({"kind", "on"})),
    "consultation": (_consultation, frozenset({"kind", "issued", "received", "returned", "who"})),
    "extension": (_extension, frozenset({"kind", "on", "days", "consented"})),
    "agreed_delay": (
        lambda course, step: course.agree_delay(_day(step, "on"), _day(step, "until")),
        frozenset({"kind", "on", "until"}),
    ),
    "fee_notice": (_fee_notice, frozenset({"kind", "issued", "received", "paid"})),
    "delivered": (lambda course, step: course.deliver(_day(step, "on")), frozenset({"kind", "on"})),
}

#: The kinds of step that move the reply limit.
STEP_KINDS: tuple[str, ...] = tuple(_KINDS)


def step_fields(kind: str) -> frozenset[str]:
    """The fields a step of that kind may have; empty for an unknown kind."""
    return _KINDS[kind][1] if kind in _KINDS else frozenset()


# Fields


def _day(told: Json, field: str) -> int:
    found = _maybe(told, field)
    if found is None:
        _missing(field, _RECEIPT if field == "received" else _LIMIT)
    return found


def _maybe(told: Json, field: str) -> int | None:
    value = told.get(field)
    if value is None:
        return None
    try:
        return ordinal(value)  # what is no text fails below
    except (ValueError, TypeError, AttributeError):
        _bad_date(field, value)


@lru_cache(maxsize=40_000)
def ordinal(text: str) -> int:
    """The ordinal of a day written YYYY-MM-DD, no other way; ValueError for any other text."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError(text)
    return dt.date.fromisoformat(text).toordinal()


@lru_cache(maxsize=40_000)
def iso(day: int) -> str:
    """The day of an ordinal, written YYYY-MM-DD."""
    return dt.date.fromordinal(day).isoformat()


# Refusals


def shown(value: object) -> str:
    """A value as a message may show it: short, and without halves of characters."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > _SHOWN:
        text = text[:_SHOWN] + "…"
    return text.encode("utf-8", "replace").decode("utf-8")


def _refuse(code: str, zh: str, en: str, article: Article = _LIMIT) -> NoReturn:
    # A refusal comes out of the handling of another error; that one says nothing more.
    raise CaseError(code, Text(f"{zh}。", f"{en[0].upper()}{en[1:]}."), article) from None


def _missing(field: str, article: Article) -> NoReturn:
    _refuse("missing_field", f"缺少“{field}”", f'"{field}" is missing', article)


def _bad_date(field: str, value: object) -> NoReturn:
    if not isinstance(value, str):
        _refuse("bad_type", f"“{field}”应为日期文本", f'"{field}" must be the text of a date')
    _refuse(
        "bad_date",
        f"“{field}”的值“{shown(value)}”不是日历上的日期（应写作YYYY-MM-DD）",
        f'"{field}" is "{shown(value)}", which is no day of the calendar (write YYYY-MM-DD)',
        _RECEIPT if field == "received" else _LIMIT,
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


def _unknown_party(step: Json) -> NoReturn:
    if "who" not in step:
        _missing("who", _CONSULTATION)
    who = shown(step["who"])
    _refuse(
        "unknown_party",
        f"不认识的征求意见对象“{who}”，只能是：{'、'.join(_PARTIES)}",
        f'unknown party "{who}", only: {", ".join(_PARTIES)}',
        _CONSULTATION,
    )
