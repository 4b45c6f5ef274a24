"""Numbers that identify an applicant. None of them is anybody's: made up, or the examples of the standards."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import IdentifierError
from gongkai.law.identifiers import credit_code, organisation_code, resident_id

STANDARD = "11010519491231002X"  # the example of GB 11643


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize(
    "text",
    [
        STANDARD,
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105491231002",  # the same in the 15 digits of an old card
    ],
)
def test_resident_ids(text: str) -> None:
    assert resident_id(text) == STANDARD


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "110105194912310020",  # check digit
        "110105194902300021",  # 30 February
        "990105194912310028",  # no such place
        "11010517491231002X",  # born in 1749
        "1101051949123100",
        "11010519491231002XX",
        "１１０１０５１９４９１２３１００２X",
        "abcdefghijklmnopqr",
        "张三",
    ],
)
def test_no_resident_ids(text: str) -> None:
    refused_as("resident_id", text)


def test_nobody_is_born_tomorrow() -> None:
    born = dt.date(1949, 12, 31)
    assert resident_id(STANDARD, today=born) == STANDARD
    with pytest.raises(IdentifierError):
        resident_id(STANDARD, today=born - dt.timedelta(days=1))


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize("text", ["91110000600037341L", "9111 0000 6000 37341l", "91110000-600037341-L"])
def test_credit_codes(text: str) -> None:
    assert credit_code(text) == "91110000600037341L"


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize("text", ["", "91110000600037341M", "A1110000600037341L", "91110000600037341", "没有代码"])
def test_no_credit_codes(text: str) -> None:
    refused_as("credit_code", text)


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize("text", ["D2143569-X", "d2143569x", "600037341"])
def test_organisation_codes(text: str) -> None:
    assert organisation_code(text) == text.replace("-", "").upper()


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize("text", ["", "D2143569-1", "D2143569", "D2143569-XX", "６０００３７３４１"])
def test_no_organisation_codes(text: str) -> None:
    refused_as("organisation_code", text)


CHECKS = {"resident_id": resident_id, "credit_code": credit_code, "organisation_code": organisation_code}


def refused_as(code: str, text: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        CHECKS[code](text)
    assert refused.value.code == code
    assert refused.value.article is not None
    assert refused.value.article.number == 29
    assert refused.value.message.en.isascii()
    assert not text or text not in refused.value.message.zh  # an error must not carry the number into a log


@given(st.sampled_from(sorted(CHECKS)), st.text() | st.text("0123456789X", min_size=8, max_size=18))
def test_any_text_is_a_number_or_a_named_error(code: str, text: str) -> None:
    try:
        found = CHECKS[code](text)
    except IdentifierError:
        return
    assert found.isascii()
    assert CHECKS[code](found) == found


@given(st.integers(0, 99_999_999))
def test_every_organisation_code_has_one_check_digit(number: int) -> None:
    right = [digit for digit in "0123456789X" if holds(f"{number:08}{digit}")]
    assert len(right) == 1


def holds(number: str) -> bool:
    try:
        return bool(organisation_code(number))
    except IdentifierError:
        return False


def test_the_package_stands_without_the_library() -> None:
    script = (
        "import sys; sys.modules['stdnum'] = None; from gongkai import law; print(law.organisation_code('D2143569X'))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "D2143569X")
