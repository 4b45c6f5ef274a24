"""The application form: the closed list of 条例 29, kind to what people type, and no question about any purpose."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from gongkai.applications.actions.receive import AGENT_FIELDS, FIELDS
from gongkai.applications.forms import PAPER_FIELDS, ApplicationForm, is_resident_number, new_token
from gongkai.applications.models import Form, IdentityDocument, PaperKind, Way
from gongkai.demonstration.applicants import applicant, credit_code, resident_id
from gongkai.law.applicants import ApplicantKind
from tests.documents.uploads import pdf

NUL, BELL, TURN = "\x00", "\x07", "\u202e"


def typed(**changes: Any) -> dict[str, Any]:
    """What a browser sends for a natural person; `changes` replace fields, None leaves one out."""
    usual = {
        **applicant(ApplicantKind.NATURAL_PERSON, 7),
        "content": "2020年度城市管理专项资金使用情况",
        "document_number": "",
        "features": "",
        "token": new_token(),
    }
    sent = {name: value for name, value in {**usual, **changes}.items() if value not in (None, False)}
    return {name: "on" if value is True else str(value) for name, value in sent.items()}


def organisation(**changes: Any) -> dict[str, Any]:
    return typed(**{**applicant(ApplicantKind.BUSINESS, 3), **changes})


def errors_of(data: dict[str, Any]) -> dict[str, list[str]]:
    form = ApplicationForm(data)
    return {} if form.is_valid() else {field: [str(error) for error in errors] for field, errors in form.errors.items()}


def cleaned(data: dict[str, Any]) -> dict[str, Any]:
    form = ApplicationForm(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data


# --- the closed list ---


@pytest.mark.article("条例", 29)
def test_the_form_asks_for_the_closed_list_and_nothing_else() -> None:
    assert set(ApplicationForm.base_fields) == {*FIELDS, *AGENT_FIELDS, *PAPER_FIELDS, "token"}
    assert set(FIELDS) == {
        "applicant_kind", "applicant_name", "id_type", "id_number", "contact_person", "telephone", "email", "address",
        "postcode", "content", "document_number", "features", "form_wanted", "way_wanted", "needs_help",
    }  # fmt: skip


@pytest.mark.article("条例", 29)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_field_asks_a_purpose(language: str) -> None:
    """„三需要“ were abolished in 2019: why somebody wants to know is nobody's business."""
    with translation.override(language):
        shown = str(ApplicationForm())
    for word in ("用途", "目的", "三需要", "为什么", "用于何", "purpose", "intended use", "why do you", "reason for"):
        assert word not in shown.lower(), word


def test_no_field_asks_more_of_the_person_than_the_law() -> None:
    shown = str(ApplicationForm())
    for word in ("性别", "年龄", "工作单位", "职业", "民族", "出生"):
        assert word not in shown, word


# --- what is right passes ---


@pytest.mark.parametrize("kind", list(ApplicantKind))
def test_each_of_the_six_kinds_can_apply(kind: ApplicantKind) -> None:
    person = kind is ApplicantKind.NATURAL_PERSON
    data = typed() if person else organisation(applicant_kind=kind.value)
    assert cleaned(data)["applicant_kind"] == kind.value


@pytest.mark.parametrize("form_wanted", list(Form))
@pytest.mark.parametrize("way_wanted", list(Way))
def test_each_form_and_way_can_be_wished(form_wanted: Form, way_wanted: Way) -> None:
    data = typed(form_wanted=form_wanted, way_wanted=way_wanted, email="a@example.cn", address="演示路9号")
    assert errors_of(data) == {}


@pytest.mark.article("条例", 43)
def test_who_needs_help_says_so() -> None:
    assert cleaned(typed(needs_help=True))["needs_help"] is True
    assert cleaned(typed())["needs_help"] is False


# --- what is missing or wrong is said beside the field, in Chinese ---


@pytest.mark.parametrize(
    "field",
    ["applicant_kind", "applicant_name", "id_type", "id_number", "telephone", "content", "form_wanted", "way_wanted",
     "token"],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, "", "   ", "\u3000", "\r\n"])
def test_what_must_be_filled_in(field: str, value: str | None) -> None:
    errors = errors_of(typed(**{field: value}))
    assert field in errors
    assert_chinese(errors)


WRONG = {
    "applicant_kind": ["martian", "total", "自然人"],
    "applicant_name": ["长" * 101, f"王{BELL}芳", f"王{TURN}芳", "王\n芳", f"王{NUL}芳"],
    "id_type": ["library_card", "resident_id,passport"],
    "id_number": ["长" * 41, "4100001980010100", "abc", "41000019800101007"],
    "contact_person": ["长" * 51, f"李{BELL}"],
    "telephone": ["1", "123456", "电话13800000007", "1380000000７x", "1" * 21, "13800000007;rm", "<13800000007>"],
    "email": ["nobody", "a@b", "a b@example.cn", "@example.cn", "a@example.cn\nb@example.cn", "长" * 121],
    "address": ["长" * 201],
    "postcode": ["45001", "4500166", "45001a", "４５００１", "٤٥٠٠١٦"],
    "content": ["长" * 5001, f"a{NUL}b"],
    "document_number": ["长" * 101],
    "features": ["长" * 2001],
    "form_wanted": ["telepathy"],
    "way_wanted": ["pigeon"],
    "token": ["short", "x" * 65],
}


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in WRONG.items() for value in values])
def test_what_is_wrong_is_said_beside_its_field(field: str, value: str) -> None:
    errors = errors_of(typed(**{field: value}))
    assert set(errors) == {field}
    assert_chinese(errors)


def test_every_field_has_its_wrong_cases() -> None:
    assert set(WRONG) == set(ApplicationForm.base_fields) - {"needs_help", *AGENT_FIELDS, *PAPER_FIELDS}


def assert_chinese(errors: dict[str, list[str]]) -> None:
    for messages in errors.values():
        assert messages
        for message in messages:
            assert re.search(r"[一-鿿]{4}", message), message
            assert not re.search(r"[A-Za-z]{4}", message.replace("Email", "")), message


def test_all_errors_are_shown_at_once() -> None:
    """Nobody corrects one field only to learn of the next."""
    errors = errors_of({"token": "x" * 20})
    assert set(errors) == {
        "applicant_kind", "applicant_name", "id_type", "id_number", "telephone", "content", "form_wanted", "way_wanted",
    }  # fmt: skip


# --- identity numbers ---


def test_a_wrong_check_digit_is_found() -> None:
    right = resident_id(7)
    for digit in set("0123456789X") - {right[-1]}:
        assert set(errors_of(typed(id_number=right[:-1] + digit))) == {"id_number"}


def test_two_digits_exchanged_are_found() -> None:
    right = resident_id(123)
    for place in range(16):
        wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        assert wrong == right or not is_resident_number(wrong)


@pytest.mark.parametrize(
    "stem",
    [
        "44030119600101001",  # 深圳, a city since 1979, holder born 1960
        "44030519600101001",  # 南山区, since 1990
        "31011519600101001",  # 浦东新区, since 1992
        "41018419550101001",  # 新郑, a city since 1994
        "50010119600101001",  # 重庆, directly under the centre since 1997
        "33078219500101001",  # 义乌
        "83000019800101001",  # 台湾居民居住证
    ],
)
@pytest.mark.article("条例", 27)
def test_a_region_younger_than_its_holder_is_no_mistake(stem: str) -> None:
    """Numbers were given out from the 1980s on, to the old as to the young, with the codes of that day."""
    number = stem + ric.calc_check_digit(stem + "0")
    assert errors_of(typed(id_number=number)) == {}


@pytest.mark.parametrize("born", ["19800230", "19801301", "19800001", "00000000"])
def test_a_day_of_birth_exists(born: str) -> None:
    stem = f"410000{born}001"
    assert "id_number" in errors_of(typed(id_number=stem + ric.calc_check_digit(stem + "0")))


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_as_an_identity_number_is_answered(text: str) -> None:
    for id_type in IdentityDocument:
        errors = errors_of(organisation(id_type=id_type.value, id_number=text))
        assert set(errors) <= {"id_number"}


@pytest.mark.parametrize("text", ["𐩀" * 18, "²" * 18, "①" * 18, "१२३" * 6, "٤" * 17 + "X"])
def test_digits_that_are_none_of_ours(text: str) -> None:
    """Characters that Python calls digits but cannot always count with."""
    assert set(errors_of(typed(id_number=text))) == {"id_number"}


def test_numbers_may_be_typed_as_keyboards_give_them() -> None:
    number = resident_id(7)
    wide = number.translate({ord("0") + digit: ord("０") + digit for digit in range(10)} | {ord("X"): "Ｘ"})
    for shown in (
        number.lower(),
        f" {number} ",
        f"{number[:6]} {number[6:14]} {number[14:]}",
        f"{number[:6]}-{number[6:14]}-{number[14:]}",
        f"{number[:6]}\u3000{number[6:]}",
        wide,
    ):
        assert cleaned(typed(id_number=shown))["id_number"] == number


def test_the_letter_at_the_end_may_be_small_or_full_width() -> None:
    number = next(resident_id(serial) for serial in range(99) if resident_id(serial).endswith("X"))
    for last in "xXｘＸ":
        assert cleaned(typed(id_number=number[:-1] + last))["id_number"] == number


def test_a_credit_code_is_checked() -> None:
    right = credit_code(3)
    assert cleaned(organisation(id_number=f" {right.lower()} "))["id_number"] == right
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    assert set(errors_of(organisation(id_number=wrong))) == {"id_number"}
    for hostile in ("91410100MAIOZSV000", "9" * 18, "统" * 18, uscc.format(right)[:17]):
        assert "id_number" in errors_of(organisation(id_number=hostile))


@pytest.mark.parametrize("id_type", [IdentityDocument.PASSPORT, IdentityDocument.PERMIT, IdentityDocument.OTHER])
def test_other_papers_have_numbers_of_their_own(id_type: IdentityDocument) -> None:
    assert cleaned(typed(id_type=id_type.value, id_number="h 1234-5678"))["id_number"] == "H1234-5678"


def test_a_person_has_no_credit_code() -> None:
    errors = errors_of(typed(id_type="credit_code", id_number=credit_code(1)))
    assert set(errors) == {"id_type"}
    assert_chinese(errors)


# --- names, telephones, addresses ---


@pytest.mark.parametrize("name", ["王𠮷", "买买提·艾合买提", "О'Коннор", "Müller-Lüdenscheidt", "丁", "䶮"])
def test_people_are_called_as_they_are_called(name: str) -> None:
    assert cleaned(typed(applicant_name=name))["applicant_name"] == name


def test_marks_that_came_along_with_a_copied_name_fall_away() -> None:
    assert cleaned(typed(applicant_name="\ufeff王\u200b芳\t "))["applicant_name"] == "王芳"


@pytest.mark.parametrize("content", [TURN, f" {TURN}\n\u2066", "\u200b\u3000"])
def test_a_description_in_which_nothing_is_to_be_seen_is_none(content: str) -> None:
    """条例 29(二): the information must be described."""
    errors = errors_of(typed(content=content))
    assert set(errors) == {"content"}
    assert_chinese(errors)


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        ("13800000007", "13800000007"),
        ("１３８００００００７７", "13800000077"),
        ("0371-6666 8888", "0371-6666 8888"),
        ("（0371）66668888", "(0371)66668888"),
        ("0371－66668888", "0371-66668888"),
        ("+86 138 0000 0007", "+86 138 0000 0007"),
        ("0371-66668888转801", "0371-66668888转801"),
        ("138\u30000000\u30000007", "138 0000 0007"),
    ],
)
def test_telephones_may_be_written_as_people_write_them(shown: str, kept: str) -> None:
    assert cleaned(typed(telephone=shown))["telephone"] == kept


def test_postcodes_and_addresses_of_mail_full_width() -> None:
    data = cleaned(typed(postcode="４５００１６", email="ａ＠example．cn"))
    assert (data["postcode"], data["email"]) == ("450016", "a@example.cn")


def test_an_organisation_names_a_contact_person() -> None:
    for kind in ApplicantKind:
        errors = errors_of(organisation(applicant_kind=kind.value, contact_person=" ", id_type="other"))
        expected = set() if kind is ApplicantKind.NATURAL_PERSON else {"contact_person"}
        assert set(errors) == expected
        assert_chinese(errors)


@pytest.mark.parametrize(("way", "field"), [(Way.POST, "address"), (Way.EMAIL, "email")])
def test_a_way_needs_where_to(way: Way, field: str) -> None:
    errors = errors_of(typed(way_wanted=way, **{field: "  "}))
    assert set(errors) == {field}
    assert_chinese(errors)
    assert errors_of(typed(way_wanted=way, **{field: {"address": "演示路9号", "email": "a@example.cn"}[field]})) == {}


def test_a_wrong_address_is_told_once() -> None:
    assert len(errors_of(typed(way_wanted=Way.EMAIL, email="nobody"))["email"]) == 1


def test_lines_of_a_text_area_stay_lines() -> None:
    assert cleaned(typed(content=" 一\r\n二\r三\t四 "))["content"] == "一\n二\n三 四"


# --- an agent, files ---


def with_files(data: dict[str, Any], **files: list[SimpleUploadedFile]) -> ApplicationForm:
    return ApplicationForm(data, MultiValueDict(files))


def paper(name: str = "委托书.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf())


def test_without_agent_and_files_nothing_is_said_of_them() -> None:
    form = with_files(typed())
    assert form.is_valid()
    assert form.papers == []
    assert set(form.given) == {*FIELDS, *AGENT_FIELDS}


def test_files_are_given_with_what_they_are() -> None:
    form = with_files(typed(agent_name="陈代理"), authority=[paper()], attachments=[paper("一.pdf"), paper("二.pdf")])
    assert form.is_valid(), form.errors
    assert [(kind, upload.name) for kind, upload in form.papers] == [
        (PaperKind.AUTHORITY, "委托书.pdf"),
        (PaperKind.ATTACHMENT, "一.pdf"),
        (PaperKind.ATTACHMENT, "二.pdf"),
    ]
    assert not set(form.given) & {"token", *PAPER_FIELDS}


@pytest.mark.parametrize("said", [{"agent_telephone": "13900001111"}, {"agent_id_number": "H1234567"}])
def test_an_agent_has_a_name_and_an_authority(said: dict[str, str]) -> None:
    assert set(errors_of(typed(**said))) == {"agent_name"}
    assert set(errors_of(typed(agent_name="陈代理", **said))) == {"authority"}
    assert with_files(typed(agent_name="陈代理", **said), authority=[paper()]).is_valid()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("agent_id_number", "110105194912310021"),
        ("agent_telephone", "call me"),
        ("agent_name", "名" * 51),
        ("agent_name", "陈\u202e代理"),
    ],
)
def test_what_is_wrong_with_an_agent_is_said_beside_its_field(field: str, value: str) -> None:
    form = with_files(typed(**{"agent_name": "陈代理", field: value}), authority=[paper()])
    assert not form.is_valid()
    assert set(form.errors) == {field}
    assert_chinese({field: [str(error) for error in form.errors[field]]})


def test_a_refused_authority_is_not_called_missing_too() -> None:
    form = with_files(typed(agent_name="陈代理"), authority=[SimpleUploadedFile("委托书.pdf", b"")])
    assert len(form.errors["authority"]) == 1


# --- hostile and enormous ---


@given(
    st.dictionaries(
        st.sampled_from([*ApplicationForm.base_fields, "用途", "is_staff"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    )
)
@settings(max_examples=150, deadline=None)
def test_any_form_at_all_is_answered(data: dict[str, str]) -> None:
    form = ApplicationForm({**typed(), **data})
    if form.is_valid():
        assert set(form.cleaned_data) == set(ApplicationForm.base_fields)
        assert all(form.cleaned_data[name] for name in ("applicant_name", "id_number", "telephone", "content"))
    else:
        assert_chinese({field: [str(error) for error in errors] for field, errors in form.errors.items()})


def test_enormous_input_is_refused_and_not_echoed() -> None:
    """A megabyte in every field (more the server does not read)."""
    errors = errors_of(dict.fromkeys(ApplicationForm.base_fields, "９" * 1000000))
    assert {"applicant_name", "id_number", "telephone", "content", "token"} <= set(errors)
    assert sum(len(message) for messages in errors.values() for message in messages) < 1000


def test_resident_numbers_of_the_demonstration_are_of_nobody_born_after_today() -> None:
    assert all(
        date.fromisoformat(f"{n[6:10]}-{n[10:12]}-{n[12:14]}") < date(2000, 1, 1) for n in map(resident_id, range(400))
    )
