"""`gongkai deadline --received D`: one case."""

from __future__ import annotations

import argparse
import json
from typing import TextIO

from gongkai.law.case_json import course_of, shown, step_fields
from gongkai.law.case_lines import explanation_json
from gongkai.law.citations import REG
from gongkai.law.clock import ExplanationLine, Reckoning, reckoned
from gongkai.law.clock_events import ClockSettings, FeeClock, LateAnswer
from gongkai.law.dates import iso_weekday_text
from gongkai.law.errors import CaseError
from gongkai.law.texts import Text
from gongkai.law_commands.asking import answering, calendar_of

# What a step means that does not say more. The JSON of a batch leaves nothing out; at the keyboard it may be.
_DEFAULTS: dict[str, dict[str, object]] = {"consultation": {"who": "third_party"}, "extension": {"days": 20}}


def settings_of(arguments: argparse.Namespace) -> ClockSettings:
    """The readings of the law that the arguments choose."""
    return ClockSettings(fee_clock=FeeClock(arguments.fee_clock), late_answer=LateAnswer(arguments.late_answer))


def step_of(text: str) -> dict[str, object]:
    """The step of `KIND:DATE[,FIELD=VALUE…]`, as the JSON would tell it. Raises ``CaseError`` ("bad_step")."""
    head, *rest = text.split(",")
    kind, colon, day = head.partition(":")
    if not colon:
        raise _bad_step(text)
    main = "issued" if "issued" in step_fields(kind) else "on"
    step: dict[str, object] = {"kind": kind, **_DEFAULTS.get(kind, {}), main: day}
    given = {"kind", main}
    for part in rest:
        field, equals, value = part.partition("=")
        if not equals or field in given:
            raise _bad_step(text)
        given.add(field)
        step[field] = _days(value) if field == "days" else value
    return step


def _days(value: str) -> object:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else value


def _bad_step(text: str) -> CaseError:
    found = shown(text)
    form = "KIND:DATE[,FIELD=VALUE…]"
    return CaseError("bad_step", Text(f"步骤“{found}”应写作 {form}。", f'Write the step "{found}" as {form}.'), REG(33))


@answering
def run(arguments: argparse.Namespace, out: TextIO) -> None:
    """Reckons the case of the arguments and writes the answer."""
    case = {
        "received": arguments.received,
        "steps": [step_of(text) for text in arguments.step],
        "as_of": arguments.as_of,
    }
    course, as_of = course_of(case, calendar_of(arguments), settings_of(arguments))
    course.settle(as_of)
    result = reckoned(course, explain=arguments.explain)
    out.write(_as_json(result, arguments.lang) if arguments.json else _in_words(result, arguments.lang))


def _as_json(result: Reckoning, lang: str) -> str:
    told = {
        "received": result.received.isoformat(),
        "due": result.due.isoformat(),
        "first_due": result.first_due.isoformat(),
        "state": result.state.value,
        "days_used": result.days_used,
        "days_left": result.days_left,
        "provisional": result.provisional,
        "firm": result.firm,
        "as_of": result.as_of.isoformat(),
        "explanation": explanation_json(result.explanation, lang),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _in_words(result: Reckoning, lang: str) -> str:
    lines = [_due(result)]
    if result.first_due != result.due:
        day = iso_weekday_text(result.first_due)
        lines.append(Text(f"延长之前：{day.zh}", f"Before it was extended: {day.en}"))
    state = result.state.label
    lines.append(
        Text(
            f"截至{result.as_of}：{state.zh}，已用{result.days_used}个工作日，剩余{result.days_left}个工作日",
            f"On {result.as_of}: {state.en}, {result.days_used} working days used, {result.days_left} left",
        )
    )
    if result.provisional:
        zh, en = (
            "暂定：推算涉及放假安排尚未公布的年份",
            "Provisional: a year without a published schedule was counted in",
        )
        lines.append(Text(zh, en))
    return "\n".join([line.of(lang) for line in lines] + [_why(line, lang) for line in result.explanation]) + "\n"


def _due(result: Reckoning) -> Text:
    day = iso_weekday_text(result.due)
    if result.firm:
        return Text(f"答复期限：{day.zh}", f"Reply due: {day.en}")
    return Text(f"答复期限尚不能确定，暂推算至：{day.zh}", f"Not yet known when due; reckoned so far: {day.en}")


def _why(line: ExplanationLine, lang: str) -> str:
    basis = f" [{line.article.of(lang)}]" if line.article else ""
    return f"  {line.start} – {line.end}  {line.text.of(lang)}{basis}"
