"""A case, and what its letters need, for the tests of the letters."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from gongkai.applications.letters import CaseFacts, SlotKind, reply, required_slots
from gongkai.documents.letter import LetterContent, ListBlock, Paragraph, TableBlock
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome

REMEDY = "如不服本决定，可以自收到本决定之日起60日内向郑州市人民政府申请行政复议。"

FACTS = CaseFacts(
    agency="郑州经济技术开发区管理委员会",
    office="政府信息公开办公室",
    address="郑州市航海东路1508号",
    telephone="0371-66781234",
    postcode="450016",
    email="xxgk@example.gov.cn",
    case_number="JKQ-2021-0012",
    applicant_name="王𫖯",
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    received_on=dt.date(2021, 5, 6),
    corrected_on=dt.date(2021, 5, 20),
    channel="网上提交",
    requested="2020年度某村征地补偿安置方案",
    form="纸质",
    way="邮寄",
    due_on=dt.date(2021, 6, 18),
    due_explanation="自2021年5月21日起第20个工作日，端午节放假不计",
)


def facts(**changes: Any) -> CaseFacts:
    """The case with changes."""
    return dataclasses.replace(FACTS, **changes)


def filled(outcome: Outcome, **chosen: str) -> dict[str, str]:
    """Something in every place that this outcome's reply has: the first choice, a date, a phrase that names the place."""
    values: dict[str, str] = {}
    for slot in required_slots(outcome):
        if not slot.applies({**values, **chosen}) or (slot.default and slot.name not in chosen):
            continue
        if slot.kind in (SlotKind.CHOICE, SlotKind.CHOICES):
            values[slot.name] = slot.choices[0].value
        elif slot.kind is SlotKind.DATE:
            values[slot.name] = "2021-05-07"
        else:
            values[slot.name] = f"此处写明{slot.label.zh}"
        values |= {name: value for name, value in chosen.items() if name == slot.name}
    return values


def a_reply(outcome: Outcome, **changes: Any) -> LetterContent:
    """The reply for this outcome, complete unless changed."""
    arguments: dict[str, Any] = {
        "facts": FACTS,
        "number": "郑经开公复〔2021〕12号",
        "on": dt.date(2021, 6, 15),
        "outcome": outcome,
        "findings": "本机关对档案作了核对。",
        "reasons": "公开后影响依法履职。",
        "extra": filled(outcome),
        "remedy": REMEDY,
        "attachments": ("征地补偿安置方案",),
    }
    arguments |= changes
    return reply(arguments.pop("facts"), **arguments)


def said(content: LetterContent) -> str:
    """All that the body says."""
    return "\n".join(line for block in content.body for line in _lines(block))


def _lines(block: Paragraph | ListBlock | TableBlock) -> list[str]:
    match block:
        case Paragraph(text):
            return [text]
        case ListBlock(items):
            return list(items)
        case TableBlock(rows):
            return [f"{label}：{value}" for label, value in rows]
