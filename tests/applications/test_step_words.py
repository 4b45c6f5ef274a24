"""The time line tells what each step says, in both languages, and nothing of what is empty."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from gongkai.applications.step_words import what_it_says
from gongkai.law.procedure import StepKind

S = StepKind
FACTS: dict[StepKind, tuple[dict[str, Any], list[str]]] = {
    S.EXTENSION: (
        {"days": 10, "consented": "2025-03-12", "reason": "档案数量大"},
        ["10", "2025年3月12日", "档案数量大"],
    ),
    S.REASONS_ASKED: ({"volume": "62件", "until": "2025-03-12"}, ["62件", "2025年3月12日"]),
    S.REASONS_GIVEN: ({"text": "论文"}, ["论文"]),
    S.AGREED_DELAY: ({"until": "2025-05-30", "reason": "数量大"}, ["2025年5月30日", "数量大"]),
    S.FEE_NOTICE: (
        {
            "method": "items",
            "count": 2,
            "before": 9,
            "bands": [[10, 10, 0], [11, 11, 100]],
            "amount": 100,
            "how_to_pay": "到银行",
            "received": None,
        },
        ["按件计收", "2", "9", "第10至10，每件（页）0元\n第11至11，每件（页）100元", "100", "到银行"],
    ),
    S.FEE_PAID: ({"voucher": "豫财1", "received": "2025-03-08"}, ["豫财1", "2025年3月8日"]),
    S.WITHDRAWAL: ({"way": "letter", "reason": ""}, ["书面"]),
    S.OPINION: (
        {
            "outcome": "granted",
            "slots": {"provision": "attached"},
            "enclosures": [{"name": "甲.pdf", "sha256": "0"}, {"name": "乙.pdf", "sha256": "1"}],
            "third_party_reasons": "公共安全",
        },
        ["予以公开", "随答复书附上", "甲.pdf\n乙.pdf", "公共安全"],
    ),
    S.DECISION: ({"route": ["unit_head", "approver"]}, ["业务科室负责人 → 审批人"]),
    S.REVIEW: ({"remark": "同意"}, ["同意"]),
    S.DELIVER: ({"way": "post", "received_on": "2025-03-20"}, ["邮寄（邮政企业，以交邮日为准）", "2025年3月20日"]),
    S.SERVED: ({"received": "2025-03-20"}, ["2025年3月20日"]),
    S.REOPEN: (
        {"ground": "court", "document": "（2025）演01行初3号", "reason": "", "until": "2025-06-13"},
        ["人民法院判决重新答复", "（2025）演01行初3号", "2025年6月13日"],
    ),
    S.RECOUNT: ({"before": "2025-04-02", "after": "2025-03-31"}, ["2025年4月2日", "2025年3月31日"]),
    S.DUE_DECISION: ({"kept": False, "reason": "来得及"}, ["改为重新推算的较早日期", "来得及"]),
}


@pytest.mark.parametrize("kind", list(FACTS))
def test_what_it_says(kind: StepKind) -> None:
    facts, texts = FACTS[kind]
    said = what_it_says(kind, facts)
    assert [text for _, text in said] == texts
    assert all(label for label, _ in said)
    with translation.override("en"):
        assert len(what_it_says(kind, facts)) == len(said)


def test_a_decision_of_before_the_routes_says_nothing() -> None:
    assert what_it_says(S.DECISION, {}) == []
    assert what_it_says(S.REGISTER, {}) == []
