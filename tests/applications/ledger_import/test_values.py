"""One cell: what it means, or the sentence that says why it cannot be taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.applications.ledger_import import outcome_words, values
from gongkai.applications.ledger_import.errors import Unclear
from gongkai.applications.ledger_import.outcome_words import outcome_of
from gongkai.applications.ledger_import.sheets import Broken
from gongkai.applications.models import Channel, IdentityDocument
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.texts import Text
from tests.applications.ledger_import.ledgers import RESIDENT_ID, resident_id

BASE = dt.datetime(1899, 12, 30)
DAY = dt.date(2023, 5, 6)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Unclear) as error:
        act()
    assert error.value.message.en
    return error.value.message.zh


# --- days ---


@pytest.mark.parametrize(
    "cell",
    [
        dt.datetime(2023, 5, 6), dt.datetime(2023, 5, 6, 16, 30), DAY, 45052, 45052.0, 45052.75, "45052", 20230506,
        "20230506", "2023-5-6", "2023-05-06", "2023/5/6", "2023.5.6", "2023年5月6日", "2023年5月6", " 2023 年 5 月 6 日 ",
        "２０２３－０５－０６", "2023-05-06 10:20:00", "2023-05-06T00:00:00", "2023/5/6 9:05", "2023。5。6", "2023—5—6",
    ],
)  # fmt: skip
def test_a_day_however_it_is_written(cell: Any) -> None:
    assert values.day_of_cell(cell, BASE) == DAY


def test_serial_numbers_count_from_the_file_s_own_day() -> None:
    assert values.day_of_cell(43590, dt.datetime(1904, 1, 1)) == DAY


@pytest.mark.parametrize("cell", [None, "", " ", "无", "/", "——"])
def test_no_day_is_no_day(cell: Any) -> None:
    assert values.day_of_cell(cell, BASE) is None


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2023-02-30", "没有“2023-02-30”这一天"), ("2023年13月1日", "没有"), ("23.5.6", "不能识别为日期"), ("5月6日", "不能识别"),
        ("2023年5月", "不能识别"), ("五月六日", "不能识别"), (True, "不能识别"), (dt.time(9, 0), "不能识别"), (0, "不能识别"),
        (1e12, "不能识别"), ("1923-05-06", "早于"), (dt.date(2008, 4, 30), "早于"), (float("nan"), "不能识别"),
        (float("inf"), "不能识别"), ("2023-05-06至2023-05-09", "不能识别"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_told(cell: Any, told: str) -> None:
    assert told in refused(lambda: values.day_of_cell(cell, BASE))


@given(st.dates(dt.date(2008, 5, 1), dt.date(2100, 1, 1)))
def test_every_day_survives_every_way_of_writing_it(day: dt.date) -> None:
    serial = (day - BASE.date()).days
    for cell in (serial, f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y.%m.%d}"):
        assert values.day_of_cell(cell, BASE) == day


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans()))
def test_whatever_stands_in_a_cell_it_is_a_day_or_a_sentence(cell: Any) -> None:
    for meaning in (
        lambda: values.day_of_cell(cell, BASE),
        lambda: values.kind_of(cell),
        lambda: values.channel_of(cell),
    ):
        try:
            told = meaning()
        except Unclear as error:
            told = error.message
        assert told is None or isinstance(told, dt.date | ApplicantKind | Channel) or told.zh.endswith("。")


# --- words ---


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("自然人", "natural_person"), ("个人", "natural_person"), ("公民", "natural_person"), ("商业企业", "business"),
        ("公司", "business"), (" 企 业 ", "business"), ("科研机构", "research"), ("社会公益组织", "welfare"),
        ("律师事务所", "legal_service"), ("律所", "legal_service"), ("其他", "other"), ("法人-商业企业", "business"),
    ],
)  # fmt: skip
def test_kinds_of_applicant(cell: str, kind: str) -> None:
    assert values.kind_of(cell) is ApplicantKind(kind)


def test_every_kind_is_known_by_its_own_label() -> None:
    assert [values.kind_of(kind.label.zh) for kind in ApplicantKind] == list(ApplicantKind)


def test_a_kind_that_is_several_is_asked_about() -> None:
    assert "哪一类" in refused(lambda: values.kind_of("法人或其他组织"))
    assert "无法识别" in refused(lambda: values.kind_of("外星人"))
    assert values.kind_of(None) is None


def test_every_channel_is_known_by_its_own_label() -> None:
    assert [values.channel_of(str(channel.label)) for channel in Channel if channel is not Channel.ORAL] == [
        channel for channel in Channel if channel is not Channel.ORAL
    ]
    assert (values.channel_of("EMS"), values.channel_of("ems")) == (Channel.SIGNED_MAIL, Channel.SIGNED_MAIL)
    assert values.channel_of("口头") is Channel.ORAL
    assert values.channel_of("邮寄") is Channel.SIGNED_MAIL
    assert values.is_vague_mail("邮寄")
    assert not values.is_vague_mail("挂号信")
    assert "无法识别" in refused(lambda: values.channel_of("飞鸽"))


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_by_its_label_its_row_its_code_and_its_group(outcome: Outcome) -> None:
    rule = OUTCOMES[outcome]
    short = rule.row.zh.partition(".")[2] or rule.name.zh
    group = rule.group.zh
    for said in (rule.name.zh, rule.row.zh, rule.code, outcome.value, short, f"{rule.name.zh} "):
        assert outcome_of(said) is outcome, said
    if rule.group != rule.row:
        for said in (
            f"{group}{rule.row.zh}",
            f"{group[3:]}-{short}",
            f"{group[3:]}：{short}",
            f"{group[3:]}（{short}）",
        ):
            assert outcome_of(said) is outcome, said
        assert outcome_of(group[3:], short) is outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("公开", "granted"), ("部分公开", "partially_granted"), ("国家秘密", "state_secret"), ("商业秘密", "third_party_rights"),
        ("信息不存在", "not_held"), ("重复申请", "repeated"), ("撤回申请", "other"), ("不予公开（个人隐私）", "third_party_rights"),
        ("过程性信息", "process_information"), ("不予处理-信访", "petition"), ("信访举报投诉类申请", "petition"),
    ],
)  # fmt: skip
def test_what_offices_usually_write(said: str, outcome: str) -> None:
    assert outcome_of(said) is Outcome(outcome)


@pytest.mark.parametrize("said", ["不予公开", "（三）不予公开", "无法提供", "不予处理", "其他处理"])
def test_a_group_is_asked_about(said: str) -> None:
    answer = outcome_of(said)
    assert isinstance(answer, Text)
    assert "写明是哪一种" in answer.zh
    # Particulars of another group do not decide it.
    assert isinstance(outcome_of("不予公开", "重复申请"), Text)


@pytest.mark.parametrize("said", ["转办", "已答复", "见附件", "公开与否待定"])
def test_what_says_nothing_is_asked_about(said: str) -> None:
    assert isinstance(outcome_of(said), Text)


@pytest.mark.parametrize("said", ["办理中", "在办", "未答复"])
def test_at_work_is_no_outcome(said: str) -> None:
    assert outcome_of(said) is None


def test_no_word_is_the_name_of_two_outcomes() -> None:
    meant: dict[str, Outcome] = {}
    for word, outcome in outcome_words._named():
        assert meant.setdefault(word, outcome) is outcome, word
        assert word


# --- numbers of identity ---

NATURAL, FIRM = ApplicantKind.NATURAL_PERSON, ApplicantKind.BUSINESS


def test_a_resident_id_is_known_by_its_form() -> None:
    for cell in (
        RESIDENT_ID,
        f" {RESIDENT_ID[:6]} {RESIDENT_ID[6:]} ",
        "".join(chr(ord(c) + 0xFEE0) for c in RESIDENT_ID),
    ):
        assert values.identity_of(cell, None, None) == (IdentityDocument.RESIDENT_ID, RESIDENT_ID)
    small_x = next(number for serial in range(100) if (number := resident_id(serial)).endswith("X")).lower()
    assert values.identity_of(small_x, None, NATURAL)[1] == small_x.upper()


def test_a_wrong_check_digit_is_an_error() -> None:
    wrong = RESIDENT_ID[:-1] + ("1" if RESIDENT_ID[-1] != "1" else "2")
    assert "身份证号码不正确" in refused(lambda: values.identity_of(wrong, None, NATURAL))
    assert "身份证号码不正确" in refused(lambda: values.identity_of("12345", IdentityDocument.RESIDENT_ID, NATURAL))
    assert "信用代码不正确" in refused(lambda: values.identity_of("91350100M000100Y44", None, FIRM))


@pytest.mark.parametrize("cell", [None, "", "无", "4101**********1234", "410101XXXXXXXX1234", "＊＊＊"])
def test_a_masked_number_is_not_known(cell: Any) -> None:
    for told in (None, IdentityDocument.RESIDENT_ID):
        assert values.identity_of(cell, told, NATURAL) == (IdentityDocument.OTHER, "")


def test_a_number_that_lost_its_digits_is_told() -> None:
    for cell in (410101199001010000, 4.10101199001011e17, "4.10101E+17"):
        assert "末几位已经丢失" in refused(lambda cell=cell: values.identity_of(cell, None, NATURAL))
    assert values.identity_of(int(RESIDENT_ID), None, None)[1] == RESIDENT_ID


def test_other_papers_are_kept_as_they_are() -> None:
    assert values.identity_of("E12345678", None, NATURAL) == (IdentityDocument.OTHER, "E12345678")
    assert values.identity_of("e1234", IdentityDocument.PASSPORT, NATURAL) == (IdentityDocument.PASSPORT, "E1234")
    assert values.identity_of("91350100M000100Y43", None, FIRM) == (IdentityDocument.CREDIT_CODE, "91350100M000100Y43")


# --- texts ---


def test_texts_are_bounded_and_clean() -> None:
    assert values.short("一\u200b二\x00三\r\n四", 10) == "一二三\n四"
    assert "最多3字" in refused(lambda: values.short("一二三四", 3))
    assert "无法显示" in refused(lambda: values.name_of("张\u202e三"))
    assert values.one_line("０３７１－１２\n３４", 20) == "0371-12 34"
    assert (values.email_of("a＠b．cn"), values.email_of(None)) == ("a@b.cn", "")
    assert "电子邮箱" in refused(lambda: values.email_of("没有邮箱"))


def test_a_broken_cell_tells_itself_whatever_it_should_be() -> None:
    broken = Broken(Text("单元格B3是公式。", "Cell B3 is a formula."), "=A1")
    for act in (values.text_of, values.kind_of, lambda cell: values.day_of_cell(cell, BASE), values.email_of):
        assert refused(lambda act=act: act(broken)) == "单元格B3是公式。"
