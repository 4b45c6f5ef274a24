"""What the open places of the locked texts are called where a text is shown with them still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from gongkai.applications.letters.slots import Condition, Slot
from gongkai.law.texts import Text

_LABELS: dict[str, Text] = {
    "you": Text("您／贵单位", "you"),
    "applicant": Text("申请人", "applicant"),
    "channel": Text("提交方式", "channel"),
    "case_number": Text("登记编号", "number of the case"),
    "received_on": Text("收到日期", "day received"),
    "corrected_on": Text("收到补正的日期", "day the correction was received"),
    "requested": Text("申请内容", "what was asked for"),
    "requested_whole": Text("申请内容", "what was asked for"),
    "form": Text("提供形式", "form wanted"),
    "way": Text("获取方式", "way wanted"),
    "due_on": Text("答复期限", "due date"),
    "due_explanation": Text("期限的算法", "how it is reckoned"),
    "progress": Text("查询进度的网址", "address of the progress page"),
    "contact": Text("工作机构的联系方式", "contact of the office"),
    "closing": Text("本机关的结尾段落", "the agency's own closing"),
    "findings": Text("查明的情况", "findings"),
    "reasons": Text("理由", "reasons"),
    "remedy": Text("救济途径", "remedies"),
    "replaced": Text("被替代的答复", "the reply that is replaced"),
    "replaced_because": Text("重新办理的原因", "why it was reopened"),
    "ordered_by": Text("决定书、判决书文号", "number of the decision or judgment"),
    "correct_by": Text("补正期限", "last day for correction"),
    "volume": Text("数量、频次", "number and frequency"),
    "until": Text("期限", "last day"),
    "before": Text("原答复期限", "the due date before"),
    "days": Text("延长的工作日数", "working days added"),
    "consented_on": Text("同意延期的日期", "day of consent"),
    "reason": Text("延期的理由", "why it comes later"),
    "asked_on": Text("告知、征求的日期", "day it was asked"),
    "given_on": Text("说明理由的日期", "day reasons were given"),
    "content": Text("所涉及的政府信息", "the information meant"),
    "consulted": Text("征求谁的意见", "whose opinion"),
    "disclosed": Text("决定公开的内容", "what is disclosed"),
    "fee_basis": Text("收费依据", "basis of the fee"),
    "amount": Text("应缴金额", "amount"),
    "pay_by_said": Text("缴费的最后一日", "last day to pay"),
    "how_to_pay": Text("缴纳方式", "how to pay"),
    "fee_clock": Text("缴费后的期限", "the limit after payment"),
}
#: What places beside a form's own hold besides words of their own, where a condition asks for it.
_VALUES: dict[str, Text] = {
    "third_party": Text("第三方", "third party"),
    "co_producer": Text("共同制作机关", "co-producer"),
    "other": Text("其他机关", "another organ"),
    "error": Text("原答复有误", "the reply was wrong"),
    "reconsideration": Text("行政复议决定", "reconsideration"),
    "court": Text("人民法院判决", "judgment"),
    "restart": Text("重新计算", "starts anew"),
    "go_on": Text("继续计算", "runs on"),
}
PLACE_LABELS: Mapping[str, Text] = MappingProxyType(_LABELS)


def place_label(place: str, slots: Iterable[Slot]) -> Text:
    """What a place is called: by the form where it has it, else by the house."""
    slot = next((slot for slot in slots if slot.name == place), None)
    return slot.label if slot else PLACE_LABELS[place]


def condition_label(condition: Condition, slots: Iterable[Slot]) -> Text:
    """When a clause belongs to the letter: 提供方式为“写在答复书中”."""
    places = tuple(slots)
    label = place_label(condition.slot, places)
    if not condition.value:
        known = condition.value is None
        return Text(f"{'有' if known else '无'}“{label.zh}”", f"{'with' if known else 'without'} “{label.en}”")
    choices = {choice.value: choice.label for slot in places if slot.name == condition.slot for choice in slot.choices}
    value = choices.get(condition.value) or _VALUES[condition.value]
    return Text(f"“{label.zh}”为“{value.zh}”", f"“{label.en}” is “{value.en}”")
