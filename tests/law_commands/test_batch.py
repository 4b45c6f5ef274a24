"""`gongkai deadline --batch`: a stream of cases, each answered in its place."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.case_lines import LONGEST_LINE, LineReckoner
from gongkai.law.working_days import Calendar
from gongkai.law_commands.batch import answer_all, pieces

RECKONER = LineReckoner(Calendar.national())
GOOD = b'{"id": "a", "received": "2025-03-03", "steps": [], "as_of": null}'


class Piecewise(BytesIO):
    """A stream that gives its bytes in pieces of a few, as a slow pipe does."""

    def __init__(self, content: bytes, most: int) -> None:
        super().__init__(content)
        self.most = most

    def read1(self, size: int = -1, /) -> bytes:
        return super().read1(self.most)


def batch(content: bytes, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Runs the real command with the real pipes; no Django may be imported."""
    script = (
        "import sys; sys.modules['django'] = None; from gongkai.cli import main; "
        f"sys.exit(main(['deadline', '--batch', *{arguments!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], input=content, capture_output=True, check=False)
    answers = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return done.returncode, answers, done.stderr.decode()


def test_every_line_is_answered_in_its_place() -> None:
    later = GOOD.replace(b'"a"', b'"b"').replace(b"03-03", b"03-04")
    status, answers, said = batch(b"\n".join([GOOD, b"nonsense", b'{"id": "x"}', later]) + b"\n")
    assert (status, said) == (1, "")
    assert [answer["id"] for answer in answers] == ["a", None, "x", "b"]
    assert [answer.get("due") for answer in answers] == ["2025-03-31", None, None, "2025-04-01"]
    assert [answer.get("error", {}).get("code") for answer in answers] == [None, "not_json", "missing_field", None]


def test_without_a_bad_line_the_status_is_0() -> None:
    assert batch(GOOD + b"\n" + GOOD)[0] == 0
    assert batch(b"") == (0, [], "")


def test_explanation_and_language_are_asked_for() -> None:
    _, (plain,), _ = batch(GOOD)
    assert plain["explanation"] == []
    _, (told,), _ = batch(GOOD, "--explain", "--lang", "en")
    assert told["explanation"][0]["text"] == "Mon 2025-03-03: application received; that day is not counted."


def test_the_calendar_and_the_settings_hold_for_every_line() -> None:
    x1 = GOOD.replace(b"2025-03-03", b"2020-01-13")
    assert batch(x1, "--known-on", "2020-01-20")[1][0]["due"] == "2020-02-13"
    beyond = GOOD.replace(b"2025-03-03", b"2028-03-03")
    assert batch(beyond)[1][0]["error"]["code"] == "after_calendar"
    status, answers, said = batch(GOOD, "--calendar", "/nowhere/at/all.csv")
    assert (status, answers, said.startswith("calendar_unreadable: ")) == (1, [], True)


def test_windows_lines_and_a_byte_order_mark() -> None:
    status, answers, _ = batch(b"\xef\xbb\xbf" + GOOD + b"\r\n" + GOOD + b"\r\n")
    assert (status, len(answers)) == (0, 2)


def test_a_line_is_answered_before_the_next_is_there() -> None:
    script = "import sys; from gongkai.cli import main; sys.exit(main(['deadline', '--batch']))"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for name in ("a", "b"):
            running.stdin.write(GOOD.replace(b'"a"', f'"{name}"'.encode()) + b"\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == name
        running.stdin.close()
        assert running.wait(10) == 0


@pytest.mark.parametrize("most", [7, 1000, 1 << 16])
def test_an_enormous_line_is_named_and_the_run_goes_on(most: int) -> None:
    enormous = b'{"id": "' + b"x" * (LONGEST_LINE + 1) + b'"}'
    content = b"\n".join([GOOD, enormous, GOOD, enormous])
    if most == 7:
        content = content.replace(b"x" * LONGEST_LINE, b"x" * 10)
    target = BytesIO()
    bad = answer_all(RECKONER, Piecewise(content, most), target)
    answers = [json.loads(line) for line in target.getvalue().splitlines()]
    assert (bad, len(answers)) == (2, 4)
    expected = "missing_field" if most == 7 else "line_too_long"
    assert [answer.get("error", {}).get("code") for answer in answers] == [None, expected, None, expected]


def test_a_line_of_the_greatest_length_is_read() -> None:
    line = GOOD + b" " * (LONGEST_LINE - len(GOOD))
    assert [found for piece in pieces(BytesIO(line + b"\n" + line + b" ")) for found in piece] == [line, None]


@settings(max_examples=200)
@given(st.lists(st.sampled_from([GOOD, b"", b"\xff", b'{"id": 3}', b"x" * 30]), max_size=12), st.integers(1, 40))
def test_however_the_bytes_arrive_there_is_one_answer_a_line(given_lines: list[bytes], most: int) -> None:
    content = b"".join(line + b"\n" for line in given_lines)
    assert [line for piece in pieces(Piecewise(content, most)) for line in piece] == given_lines
    target = BytesIO()
    bad = answer_all(RECKONER, Piecewise(content, most), target)
    assert bad == sum(line is not GOOD for line in given_lines)
    assert target.getvalue().count(b"\n") == len(given_lines)


@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes_are_answered_line_by_line(content: bytes, most: int) -> None:
    target = BytesIO()
    answer_all(RECKONER, Piecewise(content, most), target)
    answers = target.getvalue().splitlines()
    assert len(answers) == content.count(b"\n") + (not content.endswith(b"\n") and content != b"")
    for answer in answers:
        json.loads(answer)
