"""Every row: sound, or everything that is wrong with it, at its column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from gongkai.applications.ledger_import.columns import layout_of
from gongkai.applications.ledger_import.errors import Problem
from gongkai.applications.ledger_import.fields import Field
from gongkai.applications.ledger_import.rows import LedgerRow, RowReader, read_rows
from gongkai.applications.ledger_import.sheets import read_sheets
from gongkai.applications.models import Channel, Form, IdentityDocument, Way
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from tests.applications.ledger_import.ledgers import FAULTS, HEAD, RESIDENT_ID, row, xlsx

TODAY = date(2026, 11, 24)


def read(
    *rows: list[Any], defaults: Mapping[Field, str] | None = None, head: Any = HEAD
) -> list[LedgerRow | list[Problem]]:
    layout = layout_of(read_sheets(xlsx(rows, head=head), "a.xlsx"))
    return [found for _line, found in read_rows(RowReader(layout, TODAY, defaults), layout.lines)]


def sound(*rows: list[Any], **more: Any) -> list[LedgerRow]:
    found = read(*rows, **more)
    assert all(isinstance(each, LedgerRow) for each in found), found
    return [each for each in found if isinstance(each, LedgerRow)]


def problems(*rows: list[Any], **more: Any) -> list[tuple[int, str | None, str]]:
    wrong = [problem for each in read(*rows, **more) if isinstance(each, list) for problem in each]
    return [(p.line, HEAD[p.place] if p.place is not None else None, p.message.zh) for p in wrong]


def test_a_sound_row_in_our_terms() -> None:
    (found,) = sound(
        row(7, 证件号码=RESIDENT_ID, 邮箱="a@b.cn", 备注="已电话告知", 申请方式="EMS", 办理结果="不予公开（国家秘密）")
    )
    assert found == LedgerRow(
        line=2, number="演城旧〔2020〕7号", applicant_kind=ApplicantKind.NATURAL_PERSON, applicant_name="申请人7",
        id_type=IdentityDocument.RESIDENT_ID, id_number=RESIDENT_ID, contact_person="", telephone="0371-1234567",
        email="a@b.cn", address="演示路1号", postcode="", channel=Channel.SIGNED_MAIL, received_on=date(2020, 1, 13),
        content="第7号地块的土地出让合同", document_number="", features="", form_wanted=Form.ELECTRONIC, way_wanted=Way.EMAIL,
        answered_on=date(2020, 1, 23), outcome=Outcome.STATE_SECRET, reply_number="演城公开答〔2020〕7号", remark="已电话告知",
        assumed=("form_wanted", "way_wanted"),
    )  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), FAULTS)
def test_each_fault_is_told_at_its_column(changes: dict[str, Any], told: str) -> None:
    (only,) = problems(row(1, **changes))
    line, column, message = only
    assert line == 2
    assert told in message
    assert column in (*changes, "办理结果", "答复日期")


def test_everything_wrong_in_a_row_is_told_at_once() -> None:
    found = problems(row(1, 收到日期="昨天", 申请内容="", 办理结果="转办", 邮箱="x"))
    assert {column for _line, column, _told in found} == {"收到日期", "申请内容", "办理结果", "邮箱"}


def test_one_fault_is_not_told_twice() -> None:
    """A day that cannot be read is not also missing; an unknown outcome is not also an absent one."""
    assert len(problems(row(1, 收到日期="昨天"))) == 1
    assert len(problems(row(1, 答复日期="昨天"))) == 1
    assert len(problems(row(1, 办理结果="转办"))) == 1


def test_answered_on_the_day_of_receipt_is_sound() -> None:
    sound(row(1, 答复日期=row(1)[HEAD.index("收到日期")]))


def test_not_answered_yet_is_sound_whatever_it_is_called() -> None:
    for said in ("", "办理中", None):
        (found,) = sound(row(1, 答复日期="", 办理结果=said))
        assert (found.answered_on, found.outcome) == (None, None)


# --- numbers ---


def test_a_number_twice_in_the_file() -> None:
    (only,) = problems(row(1, 登记编号="甲1"), row(2, 登记编号="甲1"), row(3, 登记编号="甲3"))
    assert only == (3, "登记编号", "编号“甲1”与第2行重复。")


def test_bare_serial_numbers_get_the_year_of_receipt() -> None:
    """They begin anew every year: a bare 1 would make this year's first case the same as last year's."""
    first, second = sound(row(1, 登记编号=1), row(2, 登记编号="001", 收到日期="2021-02-01", 答复日期="2021-02-03"))
    assert (first.number, second.number) == ("台账〔2020〕1号", "台账〔2021〕1号")


def test_the_same_row_twice_without_numbers_is_asked_about() -> None:
    one = row(1, 登记编号="")
    (only,) = problems(one, row(2, 登记编号=""), one)
    assert only[:2] == (4, None)
    assert "与第2行完全相同" in only[2]


# --- rows that are no applications ---


@pytest.mark.parametrize(
    "foot",
    [["合计", None, 3], ["填表人：甲"], ["注：本表为内部资料"], [5], [6, None, None, None, None], ["总计", 1, 2, 3]],
)
def test_sums_notes_and_numbers_prepared_in_advance_are_passed_over(foot: list[Any]) -> None:
    assert len(sound(row(1), foot, head=HEAD)) == 1


# --- what the ledger does not tell ---


def test_the_kind_follows_from_a_resident_id_and_from_nothing_else() -> None:
    (found,) = sound(row(1, 申请人类型="", 证件号码=RESIDENT_ID))
    assert found.applicant_kind is ApplicantKind.NATURAL_PERSON
    (only,) = problems(row(1, 申请人类型=""))
    assert "没有填写申请人类型" in only[2]


def test_a_person_can_say_it_for_the_whole_file() -> None:
    defaults = {Field.APPLICANT_KIND: "business", Field.CHANNEL: "fax"}
    (found, told) = sound(row(1, 申请人类型="", 申请方式=""), row(2), defaults=defaults)
    assert (found.applicant_kind, found.channel) == (ApplicantKind.BUSINESS, Channel.FAX)
    assert {"applicant_kind", "channel"} <= set(found.assumed)
    assert (told.applicant_kind, told.channel) == (ApplicantKind.NATURAL_PERSON, Channel.SIGNED_MAIL)
    # Only where it is empty: what is there but wrong stays wrong.
    assert problems(row(1, 申请方式="飞鸽"), defaults=defaults)


def test_mail_that_may_be_either_is_noted() -> None:
    (found,) = sound(row(1, 申请方式="邮寄"))
    assert (found.channel, "channel" in found.assumed) == (Channel.SIGNED_MAIL, True)


def test_a_natural_person_has_no_credit_code() -> None:
    assert problems(row(1, 证件号码="91350100M000100Y43"))


def test_the_way_follows_the_address_there_is() -> None:
    ways = [
        sound(row(1, 邮箱=mail, 通讯地址=place))[0].way_wanted for mail, place in (("a@b.cn", ""), ("", "路"), ("", ""))
    ]
    assert ways == [Way.EMAIL, Way.POST, Way.PICK_UP]
