"""The locked legal text of the reply for each of the 21 outcomes, and its open slots (one table).

Each clause is a paragraph; one with a condition belongs to the letter only where the condition holds. What
a reply must say is in 条例 35–39; the wording follows the articles as closely as a letter can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.applications.letters import open_places as places
from gongkai.applications.letters.slots import Condition, Slot
from gongkai.applications.letters.wording import cite
from gongkai.law.citations import REG, Article
from gongkai.law.outcomes import Outcome

REPLY = "政府信息公开申请答复书"
NOTICE = "政府信息公开申请告知书"


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph of locked text; ``{you}`` and the names of slots in braces are filled in."""

    text: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """The reply for one outcome: the name of the paper, its clauses in order, its slots.

    ``reasons``: whether the law wants reasons (条例 35, 36(3), 37). ``attached``: while it holds, the
    letter has attachments.
    """

    paper: str
    clauses: tuple[Clause, ...]
    slots: tuple[Slot, ...] = ()
    reasons: bool = False
    attached: Condition | None = None


def _basis(*articles: Article) -> str:
    return f"根据{cite(*articles)}的规定，"


def _refusal(
    ground: str, *articles: Article, slots: tuple[Slot, ...] = (), more: tuple[Clause, ...] = ()
) -> ReplyTemplate:
    """A refusal to disclose: ground, decision, basis; reasons are always given (36(3))."""
    decision = f"{ground}{_basis(*articles, REG(36, item=3))}本机关决定不予公开。"
    return ReplyTemplate(REPLY, (Clause(decision), *more), slots, reasons=True)


_GIVING = (
    Clause("该政府信息随本答复书一并提供（见附件）。", places.ATTACHED),
    Clause("该政府信息的内容如下：\n{information}", places.STATED),
    Clause("获取该政府信息的方式、途径为：{obtain_way}；时间为：{obtain_time}。", places.ARRANGED),
)
_DISCLOSED = f"经审查，{{you}}申请公开的政府信息可以公开。{_basis(REG(36, item=2))}本机关决定予以公开。"

_GRANTED = ReplyTemplate(
    REPLY,
    (
        *(Clause(_DISCLOSED + clause.text, clause.when) for clause in _GIVING),
        Clause(
            f"{{you}}申请公开的政府信息已经主动公开。{_basis(REG(36, item=1))}"
            "现告知获取该政府信息的方式、途径：{published_at}。",
            places.PUBLISHED,
        ),
    ),
    places.PROVISION_OR_PUBLISHED,
    attached=places.ATTACHED,
)

_PARTLY = ReplyTemplate(
    REPLY,
    (
        Clause(
            "经审查，{you}申请公开的信息中含有不应当公开或者不属于政府信息的内容，但能够作区分处理。"
            f"{_basis(REG(37), REG(36, item=2), REG(36, item=3))}本机关决定部分公开。"
        ),
        Clause("予以公开的内容为：{given}。"),
        *_GIVING,
        Clause("不予公开的内容为：{withheld}。该部分内容{withheld_ground}，本机关决定不予公开。"),
    ),
    (places.GIVEN, *places.PROVISION, places.WITHHELD, places.WITHHELD_GROUND),
    reasons=True,
    attached=places.ATTACHED,
)

_NOT_HELD = ReplyTemplate(
    REPLY,
    (
        Clause(
            f"经检索，没有找到{{you}}申请公开的政府信息。检索情况为：{{search}}。{_basis(REG(36, item=4))}"
            "现告知{you}该政府信息不存在。",
            places.ABSENT,
        ),
        Clause(
            f"经审查，{{you}}申请公开的政府信息不属于本机关负责公开，理由是：{{not_ours_because}}。"
            f"{_basis(REG(36, item=5))}现予告知。",
            places.ELSEWHERE,
        ),
        Clause(
            "负责公开该政府信息的行政机关为：{competent_agency}，联系方式为：{competent_contact}。"
            "{you}可以向该行政机关提出申请。",
            Condition("competent_agency"),
        ),
    ),
    places.NOT_HELD,
)

_TEMPLATES: dict[Outcome, ReplyTemplate] = {
    Outcome.GRANTED: _GRANTED,
    Outcome.PARTIALLY_GRANTED: _PARTLY,
    Outcome.STATE_SECRET: _refusal(
        "经审查，{you}申请公开的政府信息依法确定为国家秘密，确定的依据为：{classification}。",
        REG(14),
        slots=(places.CLASSIFICATION,),
    ),
    Outcome.PROHIBITED_BY_LAW: _refusal(
        "经审查，{you}申请公开的政府信息属于法律、行政法规禁止公开的政府信息，"
        "禁止公开的法律、行政法规条款为：{prohibiting_law}。",
        REG(14),
        slots=(places.PROHIBITING_LAW,),
    ),
    Outcome.ENDANGERS_SECURITY: _refusal(
        "经审查，{you}申请公开的政府信息公开后可能危及{interest}。", REG(14), slots=(places.INTEREST,)
    ),
    Outcome.THIRD_PARTY_RIGHTS: _refusal(
        "经审查，{you}申请公开的政府信息涉及{private_matter}，公开会对第三方合法权益造成损害。{third_party_position}",
        REG(15),
        REG(32),
        slots=places.THIRD_PARTY,
    ),
    Outcome.INTERNAL_AFFAIRS: _refusal(
        "经审查，{you}申请公开的信息属于行政机关内部事务信息中的{internal_kind}信息。",
        REG(16, 1),
        slots=(places.INTERNAL_KIND,),
    ),
    Outcome.PROCESS_INFORMATION: _refusal(
        "经审查，{you}申请公开的信息属于行政机关在履行行政管理职能过程中形成的过程性信息中的{process_kind}，"
        "没有法律、法规、规章规定应当公开。",
        REG(16, 2),
        slots=(places.PROCESS_KIND,),
    ),
    Outcome.ENFORCEMENT_FILE: _refusal(
        "经审查，{you}申请公开的信息属于行政执法案卷信息，没有法律、法规、规章规定应当公开。",
        REG(16, 2),
        slots=(places.FILE_ACCESS,),
        more=(Clause("{you}可以依照有关法律规定查阅案卷：{file_access}。", Condition("file_access")),),
    ),
    Outcome.ADMINISTRATIVE_QUERY: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "经审查，{you}申请公开的信息，其获取由{query_law}作出特别规定。"
                f"{_basis(REG(36, item=7))}请依照上述法律、行政法规的规定办理，"
                "查询的机构和途径为：{query_place}。"
            ),
        ),
        places.QUERY,
    ),
    Outcome.NOT_HELD: _NOT_HELD,
    Outcome.NEEDS_CREATION: ReplyTemplate(
        REPLY,
        (
            Clause(
                "经审查，本机关没有{you}申请公开的现成信息，需要对现有政府信息进行加工、分析：{work_needed}。"
                f"{_basis(REG(38))}本机关不予提供。"
            ),
        ),
        (places.WORK_NEEDED,),
    ),
    Outcome.STILL_UNCLEAR: ReplyTemplate(
        REPLY,
        (
            Clause(
                "本机关于{correction_notice_on}告知{you}对申请内容作出补正。经审查，{you}补正后的申请内容仍不明确："
                f"{{unclear}}。{_basis(REG(30))}本机关无法提供{{you}}所申请的政府信息。"
            ),
        ),
        (places.CORRECTION_NOTICE_ON, places.UNCLEAR),
    ),
    Outcome.PETITION: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "经审查，{you}以政府信息公开申请的形式进行{activity}活动。"
                f"{_basis(REG(39, 1))}本机关不作为政府信息公开申请处理。"
            ),
            Clause("{you}可以通过下列渠道提出：{proper_channel}。", Condition("proper_channel")),
        ),
        (places.ACTIVITY, places.PROPER_CHANNEL),
    ),
    Outcome.REPEATED: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "经审查，本机关已于{earlier_on}就{you}提出的相同申请作出答复（文号：{earlier_number}）。"
                f"{_basis(REG(36, item=6))}本机关对{{you}}的申请不予重复处理。"
            ),
        ),
        (places.EARLIER_NUMBER, places.EARLIER_ON),
    ),
    Outcome.PUBLISHED_MATERIAL: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "经审查，{you}的申请内容为要求提供公开出版物。"
                f"{_basis(REG(39, 2))}本机关不予处理，现告知获取的途径：{{publication_source}}。"
            ),
        ),
        (places.PUBLICATION_SOURCE,),
    ),
    Outcome.ABUSIVE_VOLUME: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "{you}申请公开政府信息的数量、频次明显超过合理范围：{volume}。"
                "本机关于{reasons_asked_on}要求{you}说明理由，经审查，申请理由不合理。"
                f"{_basis(REG(35))}本机关不予处理。"
            ),
        ),
        (places.VOLUME, places.REASONS_ASKED_ON),
        reasons=True,
    ),
    Outcome.REISSUE: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "经审查，{you}要求确认或者重新出具的信息，此前已经获取：{obtained}。"
                "参照{legal_basis}的规定，本机关不予处理。"
            ),
        ),
        (places.OBTAINED, places.REISSUE_BASIS),
    ),
    Outcome.CORRECTION_LAPSED: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "本机关于{correction_notice_on}告知{you}对申请内容作出补正，补正期限至{correct_by}止。"
                f"{{you}}无正当理由逾期未补正。{_basis(REG(30))}视为放弃申请，本机关不再处理该政府信息公开申请。"
            ),
        ),
        (places.CORRECTION_NOTICE_ON, places.CORRECT_BY),
    ),
    Outcome.FEE_UNPAID: ReplyTemplate(
        NOTICE,
        (
            Clause(
                "本机关于{fee_notice_on}通知{you}缴纳信息处理费，缴费期限至{pay_by}止，{you}逾期未缴纳。"
                f"{_basis(REG(42), Article('收费办法', None, certainty='M'))}"
                "视为放弃申请，本机关不再处理该政府信息公开申请。"
            ),
        ),
        (places.FEE_NOTICE_ON, places.PAY_BY),
    ),
    # The residual row has no article of its own [U]: the basis is written where there is one.
    Outcome.OTHER: ReplyTemplate(
        NOTICE,
        (
            Clause("{closing_reason}。本机关不再处理该政府信息公开申请。", Condition("legal_basis", "")),
            Clause(
                "{closing_reason}。根据{legal_basis}的规定，本机关不再处理该政府信息公开申请。",
                Condition("legal_basis"),
            ),
        ),
        (places.CLOSING_REASON, places.CLOSING_BASIS),
    ),
}

#: The reply of each outcome.
TEMPLATES: Mapping[Outcome, ReplyTemplate] = MappingProxyType(_TEMPLATES)
