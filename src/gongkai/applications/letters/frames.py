"""What several papers share of their locked text: how a letter opens, what stands round a reply's decision."""

from __future__ import annotations

from gongkai.applications.letters.locked import Clause, clause
from gongkai.applications.letters.slots import Condition
from gongkai.applications.letters.wording import cite
from gongkai.law.citations import Article

_CAME = "{you}以{channel}方式提出的政府信息公开申请（登记编号：{case_number}），本机关于{received_on}收到"

#: When and how the application came, and the correction, which starts the limit anew (条例 30, 31); what was asked for.
OPENING = (
    clause(f"{_CAME}。", Condition("corrected_on", "")),
    clause(f"{_CAME}；补正后的申请，本机关于{{corrected_on}}收到。", Condition("corrected_on")),
    clause("{you}申请公开的政府信息为：{requested}"),
)

#: How the applicant wants the information (条例 29, 40), as far as it was said.
WANTED = (
    clause("{you}要求的提供形式为{form}，获取方式为{way}。", Condition("form"), Condition("way")),
    clause("{you}要求的提供形式为{form}。", Condition("form"), Condition("way", "")),
    clause("{you}要求的获取方式为{way}。", Condition("form", ""), Condition("way")),
)

#: Which reply this one replaces, and on which ground: nobody shall have two that hold.
REPLACED = (
    clause(
        "经核查，{replaced}有误，现予更正，重新答复{you}。本答复替代该答复。", Condition("replaced_because", "error")
    ),
    clause(
        "根据行政复议决定（文号：{ordered_by}），本机关对{you}的申请重新作出答复。本答复替代{replaced}。",
        Condition("replaced_because", "reconsideration"),
    ),
    clause(
        "根据人民法院的判决（文号：{ordered_by}），本机关对{you}的申请重新作出答复。本答复替代{replaced}。",
        Condition("replaced_because", "court"),
    ),
)

#: What an agency adds in its own words.
CLOSING = clause("{closing}")

#: The reply before its decision, and after it.
BEFORE_DECISION: tuple[Clause, ...] = (*OPENING, *WANTED, *REPLACED, clause("{findings}"))
AFTER_DECISION: tuple[Clause, ...] = (
    clause("理由如下：{reasons}", Condition("reasons")),
    CLOSING,
    clause("{remedy}"),
)


def basis(*articles: Article) -> str:
    """根据《政府信息公开条例》第三十条的规定，"""
    return f"根据{cite(*articles)}的规定，"
