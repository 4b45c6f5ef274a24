"""Made-up applicants with numbers whose check digits hold."""

from __future__ import annotations

from typing import Any

from stdnum.cn import ric, uscc

from gongkai.applications.models import Form, IdentityDocument, Way
from gongkai.law.applicants import ApplicantKind

PERSONS = "周敏 吴强 郑丽 孙涛 朱琳 胡军 林燕 何平 高峰 罗娟 梁栋 宋佳 唐超 韩雪 冯刚 董洁".split()
ORGANISATIONS = {
    ApplicantKind.BUSINESS: [
        "中原演示机械有限公司",
        "经开演示物流有限公司",
        "豫中演示置业有限公司",
        "黄河演示电子有限公司",
    ],
    ApplicantKind.LEGAL_SERVICE: ["演示一律师事务所", "演示二律师事务所", "演示三律师事务所"],
    ApplicantKind.RESEARCH: ["演示城市研究院"],
}


def resident_id(serial: int) -> str:
    """A well-formed resident number of nobody: region code 410000, order numbers counted up."""
    stem = f"4100001980{serial // 28 % 12 + 1:02}{serial % 28 + 1:02}{serial % 1000:03}"
    return stem + ric.calc_check_digit(f"{stem}?")  # the last place is the digit sought


def credit_code(serial: int) -> str:
    """A well-formed 统一社会信用代码 of nobody."""
    stem = f"91410100MA{serial:07}"
    return stem + uscc.calc_check_digit(stem)


def applicant(kind: ApplicantKind, serial: int) -> dict[str, Any]:
    """The fields of an application that say who applies."""
    telephone = f"1380000{serial:04}"
    if kind is ApplicantKind.NATURAL_PERSON:
        name = PERSONS[serial % len(PERSONS)]
        who = {
            "applicant_name": name,
            "id_type": IdentityDocument.RESIDENT_ID,
            "id_number": resident_id(serial),
        }
    else:
        names = ORGANISATIONS[kind]
        who = {
            "applicant_name": names[serial % len(names)],
            "id_type": IdentityDocument.CREDIT_CODE,
            "id_number": credit_code(serial),
            "contact_person": PERSONS[serial % len(PERSONS)],
        }
    return {
        **who,
        "applicant_kind": kind.value,
        "telephone": telephone,
        "email": f"shenqing{serial}@example.cn",
        "address": "",
        "postcode": "",
        "form_wanted": Form.ELECTRONIC,
        "way_wanted": Way.ONLINE,
        "needs_help": False,
    }
