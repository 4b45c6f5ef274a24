"""`gongkai deadline | fee | workdays | outcomes | limits`: what they print, refuse and return."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.cli import main, parser
from gongkai.law.case_json import STEP_KINDS
from gongkai.law_commands.deadline import run

Capture = pytest.CaptureFixture[str]


def lines(capsys: Capture, *arguments: str) -> list[str]:
    assert main(arguments) == 0
    return capsys.readouterr().out.splitlines()


def refused(capsys: Capture, *arguments: str) -> str:
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    return printed.err


# deadline


@pytest.mark.article("条例", 33)
def test_a_plain_case(capsys: Capture) -> None:
    assert lines(capsys, "deadline", "--received", "2025-03-03") == [
        "答复期限：2025-03-31（星期一）",
        "截至2025-03-03：计时中，已用0个工作日，剩余20个工作日",
    ]


def test_in_english(capsys: Capture) -> None:
    assert lines(capsys, "deadline", "--received", "2025-03-03", "--as-of", "2025-04-01", "--lang", "en") == [
        "Reply due: 2025-03-31 (Mon)",
        "On 2025-04-01: late, 21 working days used, -1 left",
    ]


# The worked examples, each step as KIND:DATE with its further fields.
@pytest.mark.article("条例", 33)
@pytest.mark.parametrize(
    ("received", "steps", "first_due", "due"),
    [
        pytest.param("2025-01-20", "", "2025-02-21", "2025-02-21", id="1"),
        pytest.param(
            "2025-04-25", "correction_notice:2025-05-06 corrected:2025-05-20", "2025-06-18", "2025-06-18", id="13"
        ),
        pytest.param("2025-12-10", "extension:2026-01-08", "2026-01-08", "2026-02-05", id="15"),
        pytest.param("2026-01-12", "extension:2026-02-09,days=10", "2026-02-09", "2026-02-28", id="16"),
        pytest.param(
            "2025-03-03",
            "consultation:2025-03-10,received=2025-03-12,returned=2025-03-26",
            "2025-04-17",
            "2025-04-17",
            id="17",
        ),
        pytest.param("2025-03-17", "consultation:2025-03-21,received=2025-03-24", "2025-05-09", "2025-05-09", id="18"),
        pytest.param(
            "2026-04-20",
            "consultation:2026-04-23,received=2026-04-24,who=co_producer",
            "2026-06-11",
            "2026-06-11",
            id="20b",
        ),
        pytest.param(
            "2025-11-03",
            "consultation:2025-11-10,returned=2025-11-24 extension:2025-12-15,days=20",
            "2025-12-15",
            "2026-01-13",
            id="21",
        ),
        pytest.param(
            "2025-08-01",
            "fee_notice:2025-08-20,received=2025-08-22,paid=2025-09-10",
            "2025-10-14",
            "2025-10-14",
            id="22",
        ),
        pytest.param("2025-03-03", "agreed_delay:2025-03-31,until=2025-06-30", "2025-03-31", "2025-06-30", id="35"),
    ],
)
def test_the_worked_examples(capsys: Capture, received: str, steps: str, first_due: str, due: str) -> None:
    given = [word for step in steps.split() for word in ("--step", step)]
    told = json.loads("\n".join(lines(capsys, "deadline", "--received", received, *given, "--json")))
    assert (told["first_due"], told["due"]) == (first_due, due)
    in_a_row = ["--step", *steps.split()] if steps else []
    assert json.loads("\n".join(lines(capsys, "deadline", "--received", received, *in_a_row, "--json"))) == told


def test_the_json_of_one_case(capsys: Capture) -> None:
    told = json.loads("\n".join(lines(capsys, "deadline", "--received", "2025-03-03", "--explain", "--json")))
    assert told["explanation"][0]["article"] == "《政府信息公开条例》第三十一条"
    assert {key: value for key, value in told.items() if key != "explanation"} == {
        "received": "2025-03-03",
        "due": "2025-03-31",
        "first_due": "2025-03-31",
        "state": "running",
        "days_used": 0,
        "days_left": 20,
        "provisional": False,
        "firm": True,
        "as_of": "2025-03-03",
    }


def test_the_explanation_in_words(capsys: Capture) -> None:
    printed = lines(capsys, "deadline", "--received", "2025-01-20", "--explain")
    assert printed[2] == (
        "  2025-01-20 – 2025-01-20  2025年1月20日（星期一）收到申请，当日不计。 [《政府信息公开条例》第三十一条]"
    )
    assert "1月26日、2月8日调休上班计入" in printed[3]


def test_what_cannot_be_known_yet_is_not_called_a_due_date(capsys: Capture) -> None:
    case = ("--received", "2025-04-25", "--step", "correction_notice:2025-05-06")
    assert lines(capsys, "deadline", *case)[0] == "答复期限尚不能确定，暂推算至：2025-05-27（星期二）"


def test_the_settings(capsys: Capture) -> None:
    case = ("--received", "2025-08-01", "--step", "fee_notice:2025-08-20,received=2025-08-22,paid=2025-09-10")
    assert "2025-09-19" in lines(capsys, "deadline", *case, "--fee-clock", "pause")[0]
    late = ("--received", "2025-03-17", "--step", "consultation:2025-03-21,received=2025-03-24,returned=2025-04-30")
    assert "2025-05-27" in lines(capsys, "deadline", *late)[0]
    assert "2025-05-09" in lines(capsys, "deadline", *late, "--late-answer", "limit")[0]


@pytest.mark.parametrize(
    ("arguments", "code", "article"),
    [
        ("--received 2025-02-30", "bad_date", "第三十一条"),
        ("--received yesterday", "bad_date", "第三十一条"),
        ("--received 1999-05-04", "before_calendar", "《全国年节及纪念日放假办法》"),
        ("--received 2031-05-06", "after_calendar", "《全国年节及纪念日放假办法》"),
        ("--received 2025-03-03 --as-of 2025-03-02", "as_of_before_receipt", "第三十一条"),
        ("--received 2025-03-03 --as-of 2025-13-02", "bad_date", "第三十三条"),
        ("--received 2025-03-03 --step extension", "bad_step", "第三十三条"),
        ("--received 2025-03-03 --step extension:2025-03-10,20", "bad_step", "第三十三条"),
        ("--received 2025-03-03 --step extension:2025-03-10,days=5,days=6", "bad_step", "第三十三条"),
        ("--received 2025-03-03 --step extension:2025-03-10,on=2025-03-11", "bad_step", "第三十三条"),
        ("--received 2025-03-03 --step extension:2025-02-30", "bad_date", "第三十三条"),
        ("--received 2025-03-03 --step extension:2025-03-10,days=x", "bad_type", "第三十三条第二款"),
        ("--received 2025-03-03 --step extension:2025-03-10,days=21", "extension_days", "第三十三条第二款"),
        ("--received 2025-03-03 --step extension:2025-03-10,dayz=2", "unknown_field", "第三十三条"),
        ("--received 2025-03-03 --step extension:2025-04-01", "extension_after_limit", "第三十三条第二款"),
        ("--received 2025-03-03 --step acceptance:2025-03-04", "unknown_kind", "第三十三条"),
        ("--received 2025-03-03 --step consultation:2025-03-04,who=me", "unknown_party", "第三十三条第三款"),
        ("--received 2025-03-03 --step agreed_delay:2025-03-04", "missing_field", "第三十三条"),
        (
            "--received 2025-03-03 --step correction_notice:2025-03-04 correction_notice:2025-03-05",
            "second_correction_notice",
            "第三十条",
        ),
        ("--received 2025-03-03 --step corrected:2025-03-02", "dates_out_of_order", "第三十三条"),
        ("--received 2025-03-03 --known-on soon", "bad_date", "《全国年节及纪念日放假办法》"),
        ("--received 2025-03-03 --calendar /nowhere/at/all.csv", "calendar_unreadable", "《全国年节及纪念日放假办法》"),
    ],
)
def test_bad_input_is_a_named_error_with_its_article(capsys: Capture, arguments: str, code: str, article: str) -> None:
    printed = refused(capsys, "deadline", *arguments.split())
    assert printed.startswith(f"{code}: ")
    assert article in printed
    assert main(["deadline", *arguments.split(), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert article in error["article"]


def test_a_refusal_in_english(capsys: Capture) -> None:
    printed = refused(capsys, "deadline", "--received", "2025-02-30", "--lang", "en")
    assert printed == (
        'bad_date: "received" is "2025-02-30", which is no day of the calendar (write YYYY-MM-DD). (Regulation, art. 31)\n'
    )


def test_one_case_or_a_batch_and_not_both(capsys: Capture) -> None:
    for arguments in ([], ["--received", "2025-03-03", "--batch"]):
        with pytest.raises(SystemExit) as stopped:
            main(["deadline", *arguments])
        assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


WORDS = st.text(max_size=30) | st.builds(
    "{}:{}{}".format,
    st.sampled_from(STEP_KINDS),
    st.sampled_from(["2025-03-10", "2025-02-30", "", "x"]),
    st.sampled_from(
        ["", ",days=3", ",days=", ",returned=2025-03-20", ",who=other", ",until=2025-06-30", ",,", ",=", ",on=1"]
    ),
)


@given(st.lists(WORDS, max_size=3), st.booleans())
def test_any_words_for_steps_are_answered_or_refused_by_name(words: list[str], as_json: bool) -> None:
    arguments = parser().parse_args(["deadline", "--received", "2025-03-03", *(["--json"] if as_json else [])])
    arguments.step = words
    out = StringIO()
    with redirect_stderr(StringIO()) as err:
        status = run(arguments, out)
    if as_json:
        assert ("error" in json.loads(out.getvalue())) is (status == 1)
    else:
        assert bool(out.getvalue()) is (status == 0)
        assert len(err.getvalue().splitlines()) == status


# Calendars


@pytest.mark.article("放假办法", 6)
def test_x1_the_old_and_the_new_reckoning(capsys: Capture) -> None:
    assert "2020-02-17" in lines(capsys, "deadline", "--received", "2020-01-13")[0]
    assert "2020-02-13" in lines(capsys, "deadline", "--received", "2020-01-13", "--known-on", "2020-01-20")[0]


def test_the_next_year_is_provisional_and_the_one_after_refused(capsys: Capture) -> None:
    assert lines(capsys, "deadline", "--received", "2026-12-20")[-1].startswith("暂定：")
    assert refused(capsys, "deadline", "--received", "2027-12-20").startswith("after_calendar: ")


@pytest.mark.article("放假办法", 4)
def test_notices_laid_over_for_a_region(capsys: Capture, tmp_path: Path) -> None:
    notices = tmp_path / "notices.csv"
    notices.write_text(
        "day,working,source,issued,region\n2027,,2027年通知,2026-11-05,\n2027-01-01,0,2027年通知,2026-11-05,\n"
        "2027-01-04,0,自治区通知,2026-12-01,65\n",
        encoding="utf-8",
    )
    case = ("deadline", "--received", "2026-12-01", "--step", "extension:2026-12-29,days=3", "--calendar", str(notices))
    assert lines(capsys, *case)[0].startswith("答复期限：2027-01-04")
    assert "暂定" not in "".join(lines(capsys, *case))
    assert lines(capsys, *case, "--region", "6501")[0].startswith("答复期限：2027-01-05")
    assert lines(capsys, *case, "--known-on", "2026-11-01")[0].startswith("答复期限：2027-01-01")
    notices.write_bytes(b"\xff\xff")
    assert refused(capsys, *case).startswith("calendar_unreadable: ")


# Numbers


@pytest.mark.article("收费办法", 4)
@pytest.mark.parametrize(
    ("items", "yuan"), [(10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (47, 6100), (100, 37000)]
)
def test_fee_by_item(capsys: Capture, items: int, yuan: int) -> None:
    assert lines(capsys, "fee", "--items", str(items)) == [str(yuan)]


@pytest.mark.article("收费办法", 5)
@pytest.mark.parametrize(
    ("pages", "yuan"), [(30, 0), (31, 10), (68, 380), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)]
)
def test_fee_by_page(capsys: Capture, pages: int, yuan: int) -> None:
    assert lines(capsys, "fee", "--pages", str(pages)) == [str(yuan)]


def test_the_reasons_of_a_fee(capsys: Capture) -> None:
    assert lines(capsys, "fee", "--pages", "31", "--explain") == [
        "10",
        "  第1至30页，每页0元：0元",
        "  第31至31页，每页10元：10元",
        "  按量计收（《政府信息公开信息处理费管理办法》第五条）",
    ]
    told = json.loads(lines(capsys, "fee", "--items", "11", "--json")[0])
    assert (told["amount"], told["count"], told["method"], told["bands"][1]) == (
        100,
        11,
        "items",
        {"first": 11, "last": 11, "rate": 100, "amount": 100},
    )


@pytest.mark.parametrize("count", ["0", "-1", "1.5", "x", "１", "9" * 30, "1000001"])
def test_a_count_that_is_none(capsys: Capture, count: str) -> None:
    printed = refused(capsys, "fee", f"--items={count}")
    assert printed.startswith("fee_count: ")
    assert "《政府信息公开信息处理费管理办法》" in printed


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-02-09", "2026-03-13", 20),
        ("2025-01-20", "2025-02-21", 20),
        ("2025-01-26", "2025-01-26", 0),
        ("2025-01-25", "2025-01-26", 1),
        ("2018-12-31", "2019-12-31", 250),
    ],
)
def test_workdays(capsys: Capture, start: str, end: str, days: int) -> None:
    assert lines(capsys, "workdays", start, end) == [str(days)]


def test_the_reasons_of_workdays(capsys: Capture) -> None:
    assert lines(capsys, "workdays", "2026-02-09", "2026-03-13", "--explain") == [
        "20",
        "  其间2026年2月15日至23日放假（春节）不计；2月14日、2月28日调休上班计入。",
    ]
    assert main(["workdays", "2026-12-31", "2027-01-08", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err.startswith("Provisional")) == ("6\n", True)
    told = json.loads(lines(capsys, "workdays", "2026-12-31", "2027-01-08", "--json")[0])
    assert (told["days"], told["provisional"], told["explanation"]) == (6, True, [])


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2026-03-13", "2026-02-09", "dates_out_of_order"),
        ("2026-02-30", "2026-03-13", "bad_date"),
        ("2026-02-09", "13.3.2026", "bad_date"),
        ("2003-02-09", "2026-03-13", "before_calendar"),
        ("2026-02-09", "2050-03-13", "after_calendar"),
    ],
)
def test_workdays_refused(capsys: Capture, start: str, end: str, code: str) -> None:
    printed = refused(capsys, "workdays", start, end)
    assert printed.startswith(f"{code}: ")
    assert "《" in printed


# Tables


@pytest.mark.article("条例", 36)
def test_outcomes(capsys: Capture) -> None:
    rows = json.loads("\n".join(lines(capsys, "outcomes", "--json", "--on", "2025-01-02")))
    assert [row["code"] for row in rows][:3] == ["A1", "A2", "B1"]
    assert len(rows) == 21
    assert rows[2] == {
        "code": "B1",
        "outcome": "state_secret",
        "name": "不予公开（属于国家秘密）",
        "articles": ["《政府信息公开条例》第十四条", "《政府信息公开条例》第三十六条第（三）项"],
        "reply": "说明该信息依法确定为国家秘密的依据，不得透露其内容。",
        "report_year": 2025,
        "report_row": "state_secret",
        "group": "（三）不予公开",
        "row": "1.属于国家秘密",
        "on": "2025-01-02",
        "review_first": True,
        "review_first_from": "2024-01-01",
        "remedy": "review_first",
    }


def test_outcomes_of_a_report_on_2020(capsys: Capture) -> None:
    rows = json.loads("\n".join(lines(capsys, "outcomes", "--json", "--on", "2020-06-01", "--lang", "en")))
    assert {row["row"] for row in rows[18:]} == {"(6) Otherwise closed"}
    assert {row["remedy"] for row in rows} == {"choice"}
    assert refused(capsys, "outcomes", "--year", "2018").startswith("no_national_form: ")
    assert refused(capsys, "outcomes", "--on", "2025-02-30").startswith("bad_date: ")


def test_tables_in_words(capsys: Capture) -> None:
    for lang in ("zh", "en"):
        assert sum(line[:1].isalpha() for line in lines(capsys, "outcomes", "--lang", lang)) == 21
        assert sum(not line.startswith("    ") for line in lines(capsys, "limits", "--lang", lang)) == 36


@pytest.mark.article("条例", 33)
def test_limits(capsys: Capture) -> None:
    rows = json.loads("\n".join(lines(capsys, "limits", "--json")))
    assert [row["number"] for row in rows] == list(range(1, 37))
    by_key = {row["key"]: row for row in rows}
    assert by_key["reply"]["length"] == 20
    assert by_key["reply"]["unit"] == "working_days"
    assert by_key["department_report"]["date"] == "01-31"
    assert [variant["length"] for variant in by_key["review_decision"]["variants"]] == [30, 60]


# Alone


@pytest.mark.parametrize(
    "arguments",
    ["deadline --received 2025-03-03", "fee --items 1", "workdays 2026-02-09 2026-03-13", "outcomes", "limits"],
)
def test_no_command_of_the_law_needs_django(arguments: str) -> None:
    script = (
        "import sys; sys.modules['django'] = None; from gongkai.cli import main; "
        f"status = main({arguments.split()!r}); assert not [m for m in sys.modules if m.startswith('django.')]; sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_whoever_reads_may_stop_reading() -> None:
    script = "from gongkai.cli import main; import sys; sys.exit(main(['limits', '--json']))"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
