"""The locked legal text of the replies (D01–D22, D24) and their open slots, one version each.

What a reply must say is in 条例 35–39; the wording follows the articles as closely as a letter can. Which outcome gives
which reply stands in `catalogue`. D24 is ours: the residual row of the report form has no paper in the lists seen [U].
"""

from __future__ import annotations

from gongkai.applications.letters import open_places as places
from gongkai.applications.letters.frames import AFTER_DECISION, BEFORE_DECISION, basis
from gongkai.applications.letters.locked import Clause, LockedText, clause
from gongkai.applications.letters.slots import Condition, Slot
from gongkai.law.citations import REG, Article

REPLY = "政府信息公开申请答复书"
NOTICE = "政府信息公开申请告知书"
_FEE = Article("收费办法", None, certainty="M")


def _reply(
    code: str,
    paper: str,
    *clauses: Clause,
    slots: tuple[Slot, ...] = (),
    articles: tuple[Article, ...] = (),
    reasons: bool = False,
    attached: Condition | None = None,
) -> LockedText:
    return LockedText(
        code=code,
        version="2019.1",
        paper=paper,
        parts=(*BEFORE_DECISION, *clauses, *AFTER_DECISION),
        basis=articles,
        slots=slots,
        reasons=reasons,
        attached=attached,
    )


def _refusal(
    code: str, ground: str, *articles: Article, slots: tuple[Slot, ...] = (), more: tuple[Clause, ...] = ()
) -> LockedText:
    """A refusal to disclose: ground, decision, basis; reasons are always given (36(3))."""
    cited = (*articles, REG(36, item=3))
    decision = f"{ground}{basis(*cited)}本机关决定不予公开。"
    return _reply(code, REPLY, clause(decision), *more, slots=slots, articles=cited, reasons=True)


_GIVING = (
    clause("该政府信息随本答复书一并提供（见附件）。", places.ATTACHED),
    clause("该政府信息的内容如下：\n{information}", places.STATED),
    clause("获取该政府信息的方式、途径为：{obtain_way}；时间为：{obtain_time}。", places.ARRANGED),
)
_DISCLOSED = f"经审查，{{you}}申请公开的政府信息可以公开。{basis(REG(36, item=2))}本机关决定予以公开。"
_LAPSED = "视为放弃申请，本机关不再处理该政府信息公开申请。"

#: Every reply, in the order of the codes. Two outcomes have two each: their forms share the places (see `catalogue`).
REPLIES: tuple[LockedText, ...] = (
    _reply(
        "D01",
        REPLY,
        clause(
            f"{{you}}申请公开的政府信息已经主动公开。{basis(REG(36, item=1))}"
            "现告知获取该政府信息的方式、途径：{published_at}。"
        ),
        slots=places.PROVISION_OR_PUBLISHED,
        articles=(REG(36, item=1),),
    ),
    _reply(
        "D02",
        REPLY,
        *(clause(_DISCLOSED + giving.text, *giving.when) for giving in _GIVING),
        slots=places.PROVISION_OR_PUBLISHED,
        articles=(REG(36, item=2),),
        attached=places.ATTACHED,
    ),
    _reply(
        "D03",
        REPLY,
        clause(
            "经审查，{you}申请公开的信息中含有不应当公开或者不属于政府信息的内容，但能够作区分处理。"
            f"{basis(REG(37), REG(36, item=2), REG(36, item=3))}本机关决定部分公开。"
        ),
        clause("予以公开的内容为：{given}。"),
        *_GIVING,
        clause("不予公开的内容为：{withheld}。该部分内容{withheld_ground}，本机关决定不予公开。"),
        slots=(places.GIVEN, *places.PROVISION, places.WITHHELD, places.WITHHELD_GROUND),
        articles=(REG(37), REG(36, item=2), REG(36, item=3)),
        reasons=True,
        attached=places.ATTACHED,
    ),
    _refusal(
        "D04",
        "经审查，{you}申请公开的政府信息依法确定为国家秘密，确定的依据为：{classification}。",
        REG(14),
        slots=(places.CLASSIFICATION,),
    ),
    _refusal(
        "D05",
        "经审查，{you}申请公开的政府信息属于法律、行政法规禁止公开的政府信息，"
        "禁止公开的法律、行政法规条款为：{prohibiting_law}。",
        REG(14),
        slots=(places.PROHIBITING_LAW,),
    ),
    _refusal("D06", "经审查，{you}申请公开的政府信息公开后可能危及{interest}。", REG(14), slots=(places.INTEREST,)),
    _refusal(
        "D07",
        "经审查，{you}申请公开的政府信息涉及{private_matter}，公开会对第三方合法权益造成损害。{third_party_position}",
        REG(15),
        REG(32),
        slots=places.THIRD_PARTY,
    ),
    _refusal(
        "D08",
        "经审查，{you}申请公开的信息属于行政机关内部事务信息中的{internal_kind}信息。",
        REG(16, 1),
        slots=(places.INTERNAL_KIND,),
    ),
    _refusal(
        "D09",
        "经审查，{you}申请公开的信息属于行政机关在履行行政管理职能过程中形成的过程性信息中的{process_kind}，"
        "没有法律、法规、规章规定应当公开。",
        REG(16, 2),
        slots=(places.PROCESS_KIND,),
    ),
    _refusal(
        "D10",
        "经审查，{you}申请公开的信息属于行政执法案卷信息，没有法律、法规、规章规定应当公开。",
        REG(16, 2),
        slots=(places.FILE_ACCESS,),
        more=(clause("{you}可以依照有关法律规定查阅案卷：{file_access}。", Condition("file_access")),),
    ),
    _reply(
        "D11",
        NOTICE,
        clause(
            "经审查，{you}申请公开的信息，其获取由{query_law}作出特别规定。"
            f"{basis(REG(36, item=7))}请依照上述法律、行政法规的规定办理，"
            "查询的机构和途径为：{query_place}。"
        ),
        slots=places.QUERY,
        articles=(REG(36, item=7),),
    ),
    _reply(
        "D12",
        REPLY,
        clause(
            f"经检索，没有找到{{you}}申请公开的政府信息。检索情况为：{{search}}。{basis(REG(36, item=4))}"
            "现告知{you}该政府信息不存在。"
        ),
        slots=places.NOT_HELD,
        articles=(REG(36, item=4),),
    ),
    _reply(
        "D13",
        REPLY,
        clause(
            f"经审查，{{you}}申请公开的政府信息不属于本机关负责公开，理由是：{{not_ours_because}}。"
            f"{basis(REG(36, item=5))}现予告知。"
        ),
        clause(
            "负责公开该政府信息的行政机关为：{competent_agency}，联系方式为：{competent_contact}。"
            "{you}可以向该行政机关提出申请。",
            Condition("competent_agency"),
        ),
        slots=places.NOT_HELD,
        articles=(REG(36, item=5),),
    ),
    _reply(
        "D14",
        REPLY,
        clause(
            "经审查，本机关没有{you}申请公开的现成信息，需要对现有政府信息进行加工、分析：{work_needed}。"
            f"{basis(REG(38))}本机关不予提供。"
        ),
        slots=(places.WORK_NEEDED,),
        articles=(REG(38),),
    ),
    _reply(
        "D15",
        REPLY,
        clause(
            "本机关于{correction_notice_on}告知{you}对申请内容作出补正。经审查，{you}补正后的申请内容仍不明确："
            f"{{unclear}}。{basis(REG(30))}本机关无法提供{{you}}所申请的政府信息。"
        ),
        slots=(places.CORRECTION_NOTICE_ON, places.UNCLEAR),
        articles=(REG(30),),
    ),
    _reply(
        "D16",
        NOTICE,
        clause(
            "经审查，{you}以政府信息公开申请的形式进行{activity}活动。"
            f"{basis(REG(39, 1))}本机关不作为政府信息公开申请处理。"
        ),
        clause("{you}可以通过下列渠道提出：{proper_channel}。", Condition("proper_channel")),
        slots=(places.ACTIVITY, places.PROPER_CHANNEL),
        articles=(REG(39, 1),),
    ),
    _reply(
        "D17",
        NOTICE,
        clause(
            "经审查，本机关已于{earlier_on}就{you}提出的相同申请作出答复（文号：{earlier_number}）。"
            f"{basis(REG(36, item=6))}本机关对{{you}}的申请不予重复处理。"
        ),
        slots=(places.EARLIER_NUMBER, places.EARLIER_ON),
        articles=(REG(36, item=6),),
    ),
    _reply(
        "D18",
        NOTICE,
        clause(
            "经审查，{you}的申请内容为要求提供公开出版物。"
            f"{basis(REG(39, 2))}本机关不予处理，现告知获取的途径：{{publication_source}}。"
        ),
        slots=(places.PUBLICATION_SOURCE,),
        articles=(REG(39, 2),),
    ),
    _reply(
        "D19",
        NOTICE,
        clause(
            "{you}申请公开政府信息的数量、频次明显超过合理范围：{volume}。"
            "本机关于{reasons_asked_on}要求{you}说明理由，经审查，申请理由不合理。"
            f"{basis(REG(35))}本机关不予处理。"
        ),
        slots=(places.VOLUME, places.REASONS_ASKED_ON),
        articles=(REG(35),),
        reasons=True,
    ),
    _reply(
        "D20",
        NOTICE,
        clause(
            "经审查，{you}要求确认或者重新出具的信息，此前已经获取：{obtained}。参照{legal_basis}的规定，本机关不予处理。"
        ),
        slots=(places.OBTAINED, places.REISSUE_BASIS),
    ),
    _reply(
        "D21",
        NOTICE,
        clause(
            "本机关于{correction_notice_on}告知{you}对申请内容作出补正，补正期限至{correct_by}止。"
            f"{{you}}无正当理由逾期未补正。{basis(REG(30))}{_LAPSED}"
        ),
        slots=(places.CORRECTION_NOTICE_ON, places.CORRECT_BY),
        articles=(REG(30),),
    ),
    _reply(
        "D22",
        NOTICE,
        clause(
            "本机关于{fee_notice_on}通知{you}缴纳信息处理费，缴费期限至{pay_by}止，{you}逾期未缴纳。"
            f"{basis(REG(42), _FEE)}{_LAPSED}"
        ),
        slots=(places.FEE_NOTICE_ON, places.PAY_BY),
        articles=(REG(42), _FEE),
    ),
    # The residual row has no article of its own [U]: the basis is written where there is one.
    _reply(
        "D24",
        NOTICE,
        clause("{closing_reason}。本机关不再处理该政府信息公开申请。", Condition("legal_basis", "")),
        clause(
            "{closing_reason}。根据{legal_basis}的规定，本机关不再处理该政府信息公开申请。", Condition("legal_basis")
        ),
        slots=(places.CLOSING_REASON, places.CLOSING_BASIS),
    ),
)
