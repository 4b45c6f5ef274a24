"""Cases by the hundred thousand: one line of JSON in, one line of JSON out, whatever the line holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NoReturn

from gongkai.law.case_json import course_of, iso, shown
from gongkai.law.citations import REG
from gongkai.law.clock_course import Course
from gongkai.law.clock_events import ClockSettings
from gongkai.law.clock_explanation import ExplanationLine, explanation
from gongkai.law.errors import CaseError, LawError
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar

#: The longest line that is read, in bytes: room for thousands of steps.
LONGEST_LINE = 1 << 20

_encode = json.JSONEncoder(ensure_ascii=False).encode
_TOO_LONG = CaseError(
    "line_too_long",
    Text(f"该行超过{LONGEST_LINE}字节，未读取。", f"The line is longer than {LONGEST_LINE} bytes and was not read."),
    REG(31),
)


class LineReckoner:
    """Answers lines, each a case, with one calendar and one reading of the law."""

    def __init__(
        self, calendar: Calendar, settings: ClockSettings | None = None, *, explain: bool = False, lang: str = "zh"
    ) -> None:
        self._calendar = calendar
        self._settings = settings or ClockSettings()
        self._explain = explain
        self._lang = lang
        # The scanner of the decoder, without the search for white space around each value that ``decode`` adds.
        decoder = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_number)
        self._scan: Callable[[str, int], tuple[object, int]] = decoder.scan_once  # type: ignore[attr-defined]

    def answer(self, line: bytes | None) -> tuple[str, bool]:
        """The line that answers a line, and whether a date could be reckoned. None: a line too long to be read."""
        name: object = None
        try:
            if line is None:
                raise _TOO_LONG
            case = self._case(line)
            if isinstance(case, dict):
                name = _name(case)
            course, as_of = course_of(case, self._calendar, self._settings)
            course.settle(as_of)
            return self._reckoned(_written(name), course), True
        except LawError as error:
            told = {"id": name, "error": error_json(error, self._lang)}
            return _written(told), False

    def _case(self, line: bytes) -> object:
        try:
            text = line.decode("utf-8").strip(" \t\r\n")
            case, end = self._scan(text, 0)
            if end == len(text):
                return case
        except UnicodeDecodeError:
            _unreadable("not_utf8", "该行不是UTF-8文本", "The line is not UTF-8 text")
        except _DuplicateField as error:
            field = shown(str(error))
            _unreadable("duplicate_field", f"字段“{field}”出现两次", f'The field "{field}" stands twice')
        except (ValueError, RecursionError, StopIteration):
            pass
        return _unreadable("not_json", "该行不是JSON", "The line is not JSON")

    def _reckoned(self, name: str, course: Course) -> str:
        why = _written(explanation_json(explanation(course), self._lang)) if self._explain else "[]"
        return (
            f'{{"id": {name}, "due": "{iso(course.last_day)}", "first_due": "{iso(course.first_due)}", '
            f'"state": "{course.state._value_}", "days_used": {course.days_used}, "days_left": {course.days_left}, '
            f'"provisional": {"true" if course.provisional else "false"}, "explanation": {why}}}'
        )


def explanation_json(lines: tuple[ExplanationLine, ...], lang: str) -> list[dict[str, object]]:
    """The lines of an explanation as JSON: first and last day, working days counted, why, and the article."""
    return [
        {
            "from": line.start.isoformat(),
            "to": line.end.isoformat(),
            "days": line.days,
            "text": line.text.of(lang),
            "article": line.article.of(lang) if line.article else None,
        }
        for line in lines
    ]


def error_json(error: LawError, lang: str) -> dict[str, object]:
    """A refusal as JSON: code, message and article."""
    return {
        "code": error.code,
        "message": error.message.of(lang),
        "article": error.article.of(lang) if error.article else None,
    }


def _name(case: Mapping[str, object]) -> str | int:
    """What the line calls the case, so that its answer can be told apart."""
    name = case.get("id")
    if type(name) is str or type(name) is int:
        return name
    code = "bad_type" if "id" in case else "missing_field"
    raise CaseError(code, Text("“id”应为文本或者整数。", '"id" must be a text or a whole number.'), REG(31))


def _written(value: object) -> str:
    """As JSON, in plain characters where they can be written in UTF-8."""
    text = _encode(value)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return json.dumps(value)
    return text


def _unreadable(code: str, zh: str, en: str) -> NoReturn:
    """Such a line tells no receipt, and without receipt there is no limit (条例 31)."""
    article = REG(31)
    raise CaseError(
        code, Text(f"{zh}，读不到收到申请的日期。", f"{en}: no receipt can be read from it."), article
    ) from None


class _DuplicateField(Exception):
    """A field that stands twice in one object."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """JSON leaves open which of two like-named fields holds: such a line is refused, not guessed."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _DuplicateField(next(name for name in names if names.count(name) > 1))
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)  # NaN and Infinity are no JSON
