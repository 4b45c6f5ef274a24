"""What a ledger calls the 21 outcomes (办理结果): the form's own rows, our labels, and what offices usually write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from gongkai.law.outcomes import OUTCOMES, Outcome
from gongkai.law.texts import Text

_USUAL: Mapping[Outcome, str] = {
    Outcome.GRANTED: "公开 全部公开 同意公开 完全公开 主动公开 已主动公开 属于主动公开 属于主动公开范围 告知获取途径 提供信息 予以提供",
    Outcome.PARTIALLY_GRANTED: "部分公开 部分予以公开 部分提供 区分处理 予以部分公开",
    Outcome.STATE_SECRET: "国家秘密 涉密 涉及国家秘密 涉及国家机密",
    Outcome.PROHIBITED_BY_LAW: "法律行政法规禁止公开 法律法规禁止公开 其他法律法规禁止公开",
    Outcome.ENDANGERS_SECURITY: "三安全一稳定 涉及三安全一稳定 可能危及三安全一稳定",
    Outcome.THIRD_PARTY_RIGHTS: "第三方合法权益 商业秘密 涉及商业秘密 个人隐私 涉及个人隐私 第三方不同意公开 损害第三方合法权益",
    Outcome.INTERNAL_AFFAIRS: "三类内部事务信息 内部事务信息 内部事务 内部管理信息",
    Outcome.PROCESS_INFORMATION: "四类过程性信息 过程性信息 过程信息",
    Outcome.ENFORCEMENT_FILE: "行政执法案卷 行政执法案卷信息 执法案卷 执法案卷信息",
    Outcome.ADMINISTRATIVE_QUERY: "行政查询事项 行政查询",
    Outcome.NOT_HELD: (
        "不掌握 本机关不掌握 本机关不掌握该信息 信息不存在 政府信息不存在 不存在 非本机关公开 非本机关信息 不属于本机关公开 "
        "不属于本机关负责公开 不属于本机关职责 不属于本机关职责范围 不属于本行政机关公开 非本机关职责 非本行政机关公开"
    ),
    Outcome.NEEDS_CREATION: "没有现成信息 需要另行制作 需另行制作 需加工分析 需要加工分析 没有现成信息需另行制作",
    Outcome.STILL_UNCLEAR: "补正后仍不明确 补正后内容仍不明确 补正后申请仍不明确",
    Outcome.PETITION: "信访 举报 投诉 信访举报投诉 信访投诉举报 信访举报投诉类 信访类 投诉举报 信访投诉举报类申请",
    Outcome.REPEATED: "重复申请 重复 不予重复处理 重复提交",
    Outcome.PUBLISHED_MATERIAL: "公开出版物 要求提供公开出版物",
    Outcome.ABUSIVE_VOLUME: "大量反复申请 无正当理由大量反复申请",
    Outcome.REISSUE: "确认或重新出具 确认或重新出具已获取信息 重新出具已获取信息 要求确认或重新出具已获取信息",
    Outcome.CORRECTION_LAPSED: "逾期不补正 逾期未补正 未补正 补正逾期 无正当理由逾期不补正 逾期不补正视为放弃",
    Outcome.FEE_UNPAID: "逾期未缴费 逾期不缴费 逾期未缴纳费用 未缴费",
    Outcome.OTHER: "撤回 撤回申请 申请人撤回 申请人撤回申请 主动撤回 申请人主动撤回 撤销申请 申请人撤销 其他",
}
#: Names of a whole group: which of its rows is meant has to be asked.
_GROUPS: Mapping[str, str] = {"不予公开": "B", "不公开": "B", "无法提供": "C", "不予处理": "D", "其他处理": "E"}
#: Said of an answer whose content is not told.
_VAGUE = frozenset({"答复", "已答复", "办结", "已办结", "已办理", "已回复", "回复", "完成", "已完成", "办理完毕"})
#: Said of a case that is still at work.
OPEN = frozenset(
    {
        "办理中",
        "在办",
        "正在办理",
        "处理中",
        "未办结",
        "未答复",
        "待答复",
        "待办",
        "待办理",
        "尚未答复",
        "未到期",
        "审核中",
    }
)

_SIGNS = re.compile(r"[\s()（）\[\]【】\"'“”‘’《》、，,。.;；:：\-—_/]+")
_NUMBERING = re.compile(r"^(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[.、．)）]|[A-Ea-e]\d\s)\s*")


def key_of(text: str) -> str:
    """A result without numbering, signs and blanks."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return _SIGNS.sub("", _NUMBERING.sub("", _NUMBERING.sub("", plain))).removesuffix("类申请")


def _named() -> Iterator[tuple[str, Outcome]]:
    for outcome, rule in OUTCOMES.items():
        yield rule.code.lower(), outcome
        yield outcome.value, outcome
        yield key_of(outcome.value), outcome
        for text in (rule.name.zh, rule.row.zh, *_USUAL[outcome].split()):
            yield key_of(text), outcome
            yield key_of(text).removeprefix("属于"), outcome


#: Every name by its key. A name of two outcomes would be a mistake of this table; a test looks.
NAMED: Mapping[str, Outcome] = dict(_named())


def outcome_of(text: str, detail: str = "") -> Outcome | Text | None:
    """The outcome that is meant; None where the case is still at work; or the sentence that asks what is meant.

    `detail`: what stands in a column of particulars beside it (不予公开 | 国家秘密).
    """
    key, more = key_of(text), key_of(detail)
    if key in OPEN:
        return None
    for candidate in (key, text.strip().lower()):
        if candidate in NAMED and candidate not in _GROUPS:
            return NAMED[candidate]
    if key in _GROUPS:
        found = _within(_GROUPS[key], more)
        return found if found is not None else _which(text, _GROUPS[key])
    for group, letter in _GROUPS.items():
        found = _within(letter, key.removeprefix(group)) if key.startswith(group) else None
        if found is not None:
            return found
    if key in _VAGUE:
        return NAMED[more] if more in NAMED else _vague(text)
    return _unknown(text)


def _within(letter: str, key: str) -> Outcome | None:
    """The outcome of this group that the particulars name."""
    key = key.lstrip("0123456789")
    found = NAMED.get(key) or NAMED.get(key.removeprefix("属于")) or NAMED.get(key.removeprefix("因"))
    return found if found is not None and found.rule.code.startswith(letter) else None


def _which(text: str, letter: str) -> Text:
    rules = [rule for rule in OUTCOMES.values() if rule.code.startswith(letter)]
    zh = "、".join(rule.row.zh.partition(".")[2] for rule in rules)
    en = "; ".join(rule.row.en.partition(". ")[2] for rule in rules)
    return Text(f"“{text}”有几种情形，请写明是哪一种：{zh}。", f"“{text}” can be several things; say which: {en}.")


def _vague(text: str) -> Text:
    return Text(
        f"“{text}”没有说明答复的类型，请写明，例如：予以公开、部分公开、国家秘密、不掌握、重复申请。",
        f"“{text}” does not say how it was answered; write e.g. 予以公开, 部分公开, 国家秘密, 不掌握, 重复申请.",
    )


def _unknown(text: str) -> Text:
    shown = text if len(text) <= 30 else text[:29] + "…"
    return Text(
        f"办理结果“{shown}”不在年度报告的21类之中，请改为其中一类（运行 gongkai outcomes 可以列出）。",
        f"“{shown}” is none of the 21 outcomes of the annual report; `gongkai outcomes` lists them.",
    )
