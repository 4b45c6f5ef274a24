"""Cases as lines of JSON: the contract of the batch, and everything a line may hold that is no case."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.case_json import STEP_KINDS, course_of, iso, ordinal, step_fields
from gongkai.law.case_lines import LONGEST_LINE, LineReckoner
from gongkai.law.clock import (
    AgreedDelay,
    ClockEvent,
    ClockSettings,
    Consultation,
    Consulted,
    Corrected,
    CorrectionNotice,
    Delivered,
    Extension,
    FeeClock,
    FeeNotice,
    reckon,
)
from gongkai.law.errors import CaseError, LawError
from gongkai.law.working_days import Calendar

D = dt.date
NATIONAL = Calendar.national()
RECKONER = LineReckoner(NATIONAL)


def told(value: object, reckoner: LineReckoner = RECKONER) -> dict[str, Any]:
    line = value if isinstance(value, bytes) else json.dumps(value).encode()
    text, ok = reckoner.answer(line)
    found: dict[str, Any] = json.loads(text)
    assert ok is ("error" not in found)
    assert "\n" not in text
    return found


def case(received: str, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "a", "received": received, "steps": list(steps), "as_of": None, **more}


def consultation(issued: str, received: str | None, returned: str | None, who: str = "third_party") -> dict[str, Any]:
    return {"kind": "consultation", "issued": issued, "received": received, "returned": returned, "who": who}


def extension(on: str, days: int) -> dict[str, Any]:
    return {"kind": "extension", "on": on, "days": days}


def fee(issued: str, received: str, paid: str | None) -> dict[str, Any]:
    return {"kind": "fee_notice", "issued": issued, "received": received, "paid": paid}


NOTICE = {"kind": "correction_notice", "on": "2025-05-06"}
CORRECTED = {"kind": "corrected", "on": "2025-05-20"}


def test_the_answer_has_the_fields_of_the_contract_in_order() -> None:
    assert list(told(case("2025-03-03"))) == [
        "id",
        "due",
        "first_due",
        "state",
        "days_used",
        "days_left",
        "provisional",
        "explanation",
    ]
    assert told(case("2025-03-03")) == {
        "id": "a",
        "due": "2025-03-31",
        "first_due": "2025-03-31",
        "state": "running",
        "days_used": 0,
        "days_left": 20,
        "provisional": False,
        "explanation": [],
    }


@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("lines", "first_due", "due"),
    [
        pytest.param(case("2025-01-20"), "2025-02-21", "2025-02-21", id="1"),
        pytest.param(case("2026-02-09"), "2026-03-13", "2026-03-13", id="2"),
        pytest.param(case("2025-04-25", NOTICE, CORRECTED), "2025-06-18", "2025-06-18", id="13"),
        pytest.param(case("2025-12-10", extension("2026-01-08", 20)), "2026-01-08", "2026-02-05", id="15"),
        pytest.param(case("2026-01-12", extension("2026-02-09", 10)), "2026-02-09", "2026-02-28", id="16"),
        pytest.param(
            case("2025-03-03", consultation("2025-03-10", "2025-03-12", "2025-03-26")),
            "2025-04-17",
            "2025-04-17",
            id="17",
        ),
        pytest.param(
            case("2025-03-17", consultation("2025-03-21", "2025-03-24", None)), "2025-05-09", "2025-05-09", id="18"
        ),
        pytest.param(
            case("2025-09-15", consultation("2025-09-22", "2025-09-24", None)), "2025-11-11", "2025-11-11", id="19"
        ),
        pytest.param(
            case("2026-04-20", consultation("2026-04-23", "2026-04-24", "2026-05-12", "co_producer")),
            "2026-06-04",
            "2026-06-04",
            id="20a",
        ),
        pytest.param(
            case("2026-04-20", consultation("2026-04-23", "2026-04-24", None, "co_producer")),
            "2026-06-11",
            "2026-06-11",
            id="20b",
        ),
        pytest.param(
            case("2025-11-03", consultation("2025-11-10", None, "2025-11-24"), extension("2025-12-15", 20)),
            "2025-12-15",
            "2026-01-13",
            id="21",
        ),
        pytest.param(
            case("2025-08-01", fee("2025-08-20", "2025-08-22", "2025-09-10")), "2025-10-14", "2025-10-14", id="22"
        ),
        pytest.param(
            case("2025-03-03", {"kind": "agreed_delay", "on": "2025-03-31", "until": "2025-06-30"}),
            "2025-03-31",
            "2025-06-30",
            id="art. 35",
        ),
    ],
)
def test_worked_examples(lines: dict[str, Any], first_due: str, due: str) -> None:
    found = told(lines)
    assert (found["first_due"], found["due"]) == (first_due, due)


def test_the_setting_of_the_fee_clock() -> None:
    pause = LineReckoner(NATIONAL, ClockSettings(fee_clock=FeeClock.PAUSE))
    assert told(case("2025-08-01", fee("2025-08-20", "2025-08-22", "2025-09-10")), pause)["due"] == "2025-09-19"


@pytest.mark.parametrize(
    ("as_of", "state", "used", "left"),
    [
        ("2025-03-03", "running", 0, 20),
        ("2025-03-20", "paused", 5, 15),
        ("2025-04-17", "running", 20, 0),
        ("2025-04-18", "late", 21, -1),
    ],
)
def test_state_on_a_day(as_of: str, state: str, used: int, left: int) -> None:
    found = told(case("2025-03-03", consultation("2025-03-10", "2025-03-12", "2025-03-26"), as_of=as_of))
    assert (found["state"], found["days_used"], found["days_left"]) == (state, used, left)


def test_a_reply_closes() -> None:
    found = told(case("2025-03-03", {"kind": "delivered", "on": "2025-03-28"}, as_of="2026-01-01"))
    assert (found["state"], found["days_left"]) == ("closed", 1)


def test_provisional() -> None:
    assert told(case("2026-12-20"))["provisional"] is True


def test_steps_and_as_of_may_be_left_out() -> None:
    assert told({"id": 7, "received": "2025-03-03"}) == {**told(case("2025-03-03")), "id": 7}


def test_explanations_on_request_in_either_language() -> None:
    lines = case("2025-03-03", extension("2025-03-31", 5))
    zh = told(lines, LineReckoner(NATIONAL, explain=True))["explanation"]
    en = told(lines, LineReckoner(NATIONAL, explain=True, lang="en"))["explanation"]
    assert len(zh) == len(en) == 5
    assert zh[0] == {
        "from": "2025-03-03",
        "to": "2025-03-03",
        "days": 0,
        "text": "2025年3月3日（星期一）收到申请，当日不计。",
        "article": "《政府信息公开条例》第三十一条",
    }
    assert en[0]["article"] == "Regulation, art. 31"
    assert sum(line["days"] for line in zh) == 25


def test_a_line_reckons_what_the_events_reckon() -> None:
    events: list[ClockEvent] = [
        CorrectionNotice(D(2025, 5, 6)),
        Corrected(D(2025, 5, 20)),
        Consultation(D(2025, 5, 22), D(2025, 5, 23), None, Consulted.CO_PRODUCER),
        FeeNotice(D(2025, 5, 26), D(2025, 5, 27), D(2025, 6, 3)),
        Extension(D(2025, 6, 10), 7, D(2025, 6, 9)),
        AgreedDelay(D(2025, 6, 12), D(2025, 9, 30)),
        Delivered(D(2025, 9, 1)),
    ]
    lines = case(
        "2025-04-25",
        NOTICE,
        CORRECTED,
        consultation("2025-05-22", "2025-05-23", None, "co_producer"),
        fee("2025-05-26", "2025-05-27", "2025-06-03"),
        {**extension("2025-06-10", 7), "consented": "2025-06-09"},
        {"kind": "agreed_delay", "on": "2025-06-12", "until": "2025-09-30"},
        {"kind": "delivered", "on": "2025-09-01"},
    )
    result, found = reckon(D(2025, 4, 25), events, NATIONAL), told(lines)
    assert found["due"] == result.due.isoformat() == "2025-09-30"
    assert found["first_due"] == result.first_due.isoformat()
    assert (found["state"], found["days_used"], found["days_left"]) == (
        result.state,
        result.days_used,
        result.days_left,
    )


# Bad lines: each answered in its place, with code, message and article


BAD: list[tuple[object, str, object]] = [
    (b"", "not_json", None),
    (b"   ", "not_json", None),
    (b"nonsense", "not_json", None),
    (b'{"id": "a"', "not_json", None),
    (b'{"id": "a"} {"id": "b"}', "not_json", None),
    (b"[" * 100_000, "not_json", None),
    (b'{"id": NaN}', "not_json", None),
    (b'{"id": "a", "received": -Infinity}', "not_json", None),
    (b'{"id": ' + b"9" * 5000 + b"}", "not_json", None),
    (b"\xff\xfe", "not_utf8", None),
    ('{"id": "乙"}'.encode("gb18030"), "not_utf8", None),
    (b'{"id": "a", "received": "2025-03-03", "received": "2025-03-04"}', "duplicate_field", None),
    (b"null", "not_an_object", None),
    (b'["2025-03-03"]', "not_an_object", None),
    (b'"2025-03-03"', "not_an_object", None),
    ({"received": "2025-03-03"}, "missing_field", None),
    ({"id": ["a"], "received": "2025-03-03"}, "bad_type", None),
    ({"id": True, "received": "2025-03-03"}, "bad_type", None),
    ({"id": "a"}, "missing_field", "a"),
    (case("2025-03-03", recieved=1), "unknown_field", "a"),
    (case("2025-02-30"), "bad_date", "a"),
    (case("2025-13-01"), "bad_date", "a"),
    (case("2025-3-3"), "bad_date", "a"),
    (case("20250303"), "bad_date", "a"),
    (case("2025-W10-1"), "bad_date", "a"),
    (case("2025-03-03T08:00"), "bad_date", "a"),
    (case("２０２５-03-03"), "bad_date", "a"),
    (case("昨天"), "bad_date", "a"),
    (case(20250303), "bad_type", "a"),  # type: ignore[arg-type]
    (case(["2025-03-03"]), "bad_type", "a"),  # type: ignore[arg-type]
    (case(None), "missing_field", "a"),  # type: ignore[arg-type]
    (case("1999-05-04"), "before_calendar", "a"),
    (case("2100-01-01"), "after_calendar", "a"),
    (case("9999-12-31"), "after_calendar", "a"),
    (case("2099-12-25"), "after_calendar", "a"),
    (case("2025-03-03", steps=None), "bad_type", "a"),
    (case("2025-03-03", steps={}), "bad_type", "a"),
    (case("2025-03-03", steps="extension"), "bad_type", "a"),
    (case("2025-03-03", steps=["extension"]), "bad_type", "a"),
    (case("2025-03-03", {"on": "2025-03-04"}), "missing_field", "a"),
    (case("2025-03-03", {"kind": "acceptance", "on": "2025-03-04"}), "unknown_kind", "a"),
    (case("2025-03-03", {"kind": None, "on": "2025-03-04"}), "unknown_kind", "a"),
    (case("2025-03-03", {"kind": ["extension"]}), "unknown_kind", "a"),
    (case("2025-03-03", {"kind": "extension", "days": 5}), "missing_field", "a"),
    (case("2025-03-03", {"kind": "extension", "on": "2025-03-04"}), "missing_field", "a"),
    (case("2025-03-03", {"kind": "extension", "on": "2025-03-04", "days": "5"}), "bad_type", "a"),
    (case("2025-03-03", {"kind": "extension", "on": "2025-03-04", "days": True}), "bad_type", "a"),
    (case("2025-03-03", {"kind": "extension", "on": "2025-03-04", "days": 5.0}), "bad_type", "a"),
    (case("2025-03-03", {"kind": "extension", "on": "2025-03-04", "dayz": 5}), "unknown_field", "a"),
    (case("2025-03-03", extension("2025-03-04", 21)), "extension_days", "a"),
    (case("2025-03-03", extension("2025-03-04", 0)), "extension_days", "a"),
    (case("2025-03-03", extension("2025-02-30", 5)), "bad_date", "a"),
    (case("2025-03-03", extension("2025-04-01", 5)), "extension_after_limit", "a"),
    (case("2025-03-03", extension("2025-03-04", 5), extension("2025-03-05", 5)), "second_extension", "a"),
    (case("2025-03-03", extension("2025-03-01", 5)), "dates_out_of_order", "a"),
    (case("2025-03-03", consultation("2025-03-05", "2025-03-04", None)), "dates_out_of_order", "a"),
    (case("2025-03-03", consultation("2025-03-05", None, None, "neighbour")), "unknown_party", "a"),
    (case("2025-03-03", {"kind": "consultation", "issued": "2025-03-05"}), "missing_field", "a"),
    (case("2025-03-03", {"kind": "consultation", "issued": "2025-03-05", "who": 3}), "unknown_party", "a"),
    (case("2025-04-25", NOTICE, NOTICE), "second_correction_notice", "a"),
    (case("2025-04-25", CORRECTED), "correction_without_notice", "a"),
    (case("2025-04-25", CORRECTED, NOTICE), "correction_without_notice", "a"),
    (case("2025-03-03", as_of="2025-03-02"), "as_of_before_receipt", "a"),
    (case("2025-03-03", as_of="2025-02-29"), "bad_date", "a"),
    (case("2025-03-03", as_of="2150-01-01"), "after_calendar", "a"),
    (case("2025-03-03", fee("2025-04-01", "2025-04-02", None)), "fee_notice_after_limit", "a"),
    (case("2025-03-03", {"kind": "delivered", "on": "2025-03-04"}, extension("2025-03-05", 5)), "after_delivery", "a"),
]


@pytest.mark.article("条例", 31)
@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(("line", "code", "name"), BAD)
def test_a_bad_line_is_answered_with_code_message_and_article(line: object, code: str, name: object) -> None:
    found = told(line)
    assert set(found) == {"id", "error"}
    assert set(found["error"]) == {"code", "message", "article"}
    assert (found["error"]["code"], found["id"]) == (code, name)
    assert found["error"]["message"]
    assert found["error"]["article"]
    english = told(line, LineReckoner(NATIONAL, lang="en"))["error"]
    assert english["code"] == code
    assert english["message"]
    assert english["article"].isascii()


def test_a_line_too_long_to_be_read() -> None:
    text, ok = RECKONER.answer(None)
    assert not ok
    assert json.loads(text)["error"]["code"] == "line_too_long"
    assert str(LONGEST_LINE) in text


def test_messages_stay_short_whatever_the_value() -> None:
    found = told(case("9" * 100_000))
    assert len(found["error"]["message"]) < 200


def test_messages_carry_nothing_that_turns_or_hides_text() -> None:
    found = told(case("2025\x1b[2J\u202e\n\r\x85\u2028\ud800"))
    assert found["error"]["message"].isprintable()


def test_names_come_back_whatever_characters_they_hold() -> None:
    for name in ("甲", 'a"b\\', "\u2028", "\ud800", "", 0, -3):
        assert told({"id": name, "received": "2025-03-03"})["id"] == name
        assert told({"id": name})["id"] == name
    text, _ = RECKONER.answer(json.dumps({"id": "\ud800", "received": "\ud800"}).encode())
    assert text.encode("utf-8")


def test_fields_of_each_kind_are_known() -> None:
    assert set(STEP_KINDS) == {
        "correction_notice",
        "corrected",
        "consultation",
        "extension",
        "agreed_delay",
        "fee_notice",
        "delivered",
    }
    assert step_fields("extension") == {"kind", "on", "days", "consented"}
    assert step_fields("nothing") == frozenset()


def test_days_written_and_read() -> None:
    assert iso(ordinal("2024-02-29")) == "2024-02-29"
    for text in ("2025-02-29", "2025-2-28", "20250228", ""):
        with pytest.raises(ValueError):  # noqa: PT011  (whatever it says)
            ordinal(text)


def test_a_case_that_is_no_object_is_a_named_error_of_the_library_too() -> None:
    with pytest.raises(CaseError) as refused:
        course_of(["2025-03-03"], NATIONAL, ClockSettings())
    assert isinstance(refused.value, LawError)


# Fuzzing


DATES = st.dates(D(2003, 1, 1), D(2101, 1, 1)).map(str) | st.dates(D(2025, 1, 1), D(2025, 6, 1)).map(str)
ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.lists(DATES, max_size=2)
VALUES = DATES | DATES | DATES | ODD
FIELDS = st.sampled_from(["on", "issued", "received", "returned", "paid", "days", "who", "until", "consented", "x"])
STEPS = st.builds(
    lambda kind, fields: {"kind": kind, **fields},
    st.sampled_from(STEP_KINDS) | ODD,
    st.dictionaries(FIELDS, VALUES | st.integers(-2, 30) | st.sampled_from(Consulted), max_size=5),
)
CASES = st.fixed_dictionaries(
    {"id": st.text(max_size=5) | st.integers(), "received": VALUES},
    optional={"steps": st.lists(STEPS, max_size=5) | ODD, "as_of": VALUES, "y": ODD},
)
JSON = st.recursive(ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner))


def sound(text: str, ok: bool) -> None:
    """An answer is one line of UTF-8 JSON: a date of the calendar not before receipt, or a named error with article."""
    assert "\n" not in text
    assert text.encode("utf-8")
    found = json.loads(text)
    if not ok:
        error = found["error"]
        assert error["code"]
        assert error["message"]
        assert error["article"]
        return
    due, first_due = D.fromisoformat(found["due"]), D.fromisoformat(found["first_due"])
    assert due >= first_due
    assert found["state"] in {"running", "paused", "closed", "late"}


@settings(max_examples=400)
@given(st.binary(max_size=200))
def test_any_bytes_get_a_sound_answer(line: bytes) -> None:
    sound(*RECKONER.answer(line))


@settings(max_examples=300)
@given(JSON)
def test_any_json_gets_a_sound_answer(value: object) -> None:
    sound(*RECKONER.answer(json.dumps(value).encode()))


@settings(max_examples=1500)
@given(CASES)
def test_anything_like_a_case_gets_a_sound_answer(value: object) -> None:
    sound(*LineReckoner(NATIONAL, explain=True).answer(json.dumps(value).encode()))


@st.composite
def sound_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Cases whose steps stand in order, some of them unlawful all the same."""
    day = received = draw(st.dates(D(2019, 5, 15), D(2026, 10, 1)))
    steps: list[dict[str, Any]] = []

    def later(least: int = 0, most: int = 12) -> str:
        nonlocal day
        day += dt.timedelta(days=draw(st.integers(least, most)))
        return str(day)

    for kind in draw(st.lists(st.sampled_from(STEP_KINDS), max_size=5)):
        if kind == "consultation":
            issued = later()
            received_there = draw(st.none() | st.just(issued))
            returned = draw(st.none() | st.integers(0, 40).map(lambda n: str(day + dt.timedelta(days=n))))
            steps.append(consultation(issued, received_there, returned, draw(st.sampled_from(Consulted)).value))
        elif kind == "fee_notice":
            issued = later()
            paid = draw(st.none() | st.integers(0, 40).map(lambda n: str(day + dt.timedelta(days=n))))
            steps.append(fee(issued, issued, paid))
        elif kind == "extension":
            steps.append(extension(later(), draw(st.integers(1, 20))))
        elif kind == "agreed_delay":
            steps.append({"kind": kind, "on": later(), "until": str(day + dt.timedelta(days=draw(st.integers(0, 90))))})
        else:
            steps.append({"kind": kind, "on": later()})
    as_of = draw(st.none() | st.integers(0, 200).map(lambda n: str(received + dt.timedelta(days=n))))
    return case(str(received), *steps, as_of=as_of)


@settings(max_examples=600)
@given(sound_cases())
def test_lawful_and_unlawful_cases_in_order_get_a_sound_answer(value: dict[str, Any]) -> None:
    text, ok = LineReckoner(NATIONAL, explain=True).answer(json.dumps(value).encode())
    sound(text, ok)
    if ok:
        found = json.loads(text)
        assert D.fromisoformat(found["first_due"]) > D.fromisoformat(value["received"])
        assert found["explanation"]
