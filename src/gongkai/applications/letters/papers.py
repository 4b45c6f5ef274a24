"""The locked text of the papers on the way to a reply (P kinds) and of those to third parties (P06, P09, D23).

Silence means opposite things: a third party's leaves the decision to the agency (条例 32), a co-producer's is consent
(条例 34). Each paper says which. None of those that go to others says who applied.
"""

from __future__ import annotations

from gongkai.applications.letters.frames import CLOSING, OPENING, basis
from gongkai.applications.letters.locked import Line, LockedText, Points, Table, clause
from gongkai.applications.letters.slots import Condition
from gongkai.applications.letters.wording import cite
from gongkai.law.citations import REG, Article
from gongkai.law.time_limits import TIME_LIMITS

_ASK = clause("如有疑问，请与本机关政府信息公开工作机构联系：{contact}。")
_REPLY_LIMIT = TIME_LIMITS["reply"].wording.zh
_PAY_LIMIT = f"自收到本通知书次日起{TIME_LIMITS['fee_payment'].wording.zh}内"

RECEIPT = LockedText(
    code="P02",
    version="2019.1",
    paper="政府信息公开申请接收回执",
    # The paper itself is practice [M].
    basis=(REG(31), REG(33)),
    parts=(
        clause("{you}提出的政府信息公开申请，本机关已收到并登记。"),
        Table(
            (
                Line("登记编号", "{case_number}"),
                Line("申请人", "{applicant}"),
                Line("收到日期", "{received_on}"),
                Line("提交方式", "{channel}"),
                Line("申请内容", "{requested_whole}"),
                Line("提供形式", "{form}"),
                Line("获取方式", "{way}"),
                Line("答复期限", "{due_on}"),
            )
        ),
        clause(
            f"{basis(REG(33))}本机关自收到申请之日起{_REPLY_LIMIT}内予以答复，答复期限至{{due_on}}止（{{due_explanation}}）。"
            "依法需要补正、征求意见或者延长答复期限的，将另行告知。"
        ),
        clause("{you}可以凭登记编号和提交申请时取得的查询码，登录{progress}查询办理进度。", Condition("progress")),
        clause(
            "{you}可以凭登记编号和提交申请时取得的查询码，在本机关政府信息公开栏目查询办理进度。",
            Condition("progress", ""),
        ),
        CLOSING,
        _ASK,
    ),
)

CORRECTION = LockedText(
    code="P03",
    version="2019.1",
    paper="政府信息公开申请补正告知书",
    basis=(REG(30),),
    parts=(
        *OPENING,
        clause(f"经审查，上述申请的内容不明确。{basis(REG(30))}现一次性告知{{you}}对下列事项作出补正："),
        Points(),
        clause(
            "请于{correct_by}前（含当日）将补正后的申请提交本机关政府信息公开工作机构（{contact}）。"
            "补正中需要指导、释明的，请与该机构联系。"
        ),
        clause("答复期限自本机关收到补正的申请之日起计算。"),
        clause("无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
        CLOSING,
    ),
)

REASONS = LockedText(
    code="P04",
    version="2019.1",
    paper="政府信息公开申请说明理由告知书",
    basis=(REG(35),),
    parts=(
        *OPENING,
        clause("经审查，{you}申请公开政府信息的数量、频次明显超过合理范围：{volume}。"),
        clause(
            f"{basis(REG(35))}请{{you}}说明申请的理由，于{{until}}前（含当日）以书面形式提交"
            "本机关政府信息公开工作机构（{contact}）。"
        ),
        clause(
            "本机关认为申请理由不合理的，将告知不予处理；认为申请理由合理，但是无法在规定的期限内答复的，"
            "可以确定延迟答复的合理期限并予以告知。"
        ),
        CLOSING,
    ),
)

_EXTENDED, _DELAYED = Condition("asked_on", ""), Condition("asked_on")
_CONSENTED = (
    f"{basis(REG(33, 2))}经本机关政府信息公开工作机构负责人于{{consented_on}}同意，本机关将答复期限延长{{days}}个工作日"
)

#: An extension (条例 33(2)), or a delay agreed on after reasons were asked for (条例 35).
LATER = LockedText(
    code="P05",
    version="2019.1",
    paper="政府信息公开申请延期答复告知书",
    basis=(REG(33, 2), REG(35)),
    parts=(
        *OPENING,
        clause("因{reason}，本机关不能在原答复期限内（至{before}止）作出答复。", _EXTENDED, Condition("before")),
        clause("因{reason}，本机关不能在原答复期限内作出答复。", _EXTENDED, Condition("before", "")),
        clause(_CONSENTED + "，延长后的答复期限至{until}止。特此告知。", _EXTENDED, Condition("until")),
        clause(_CONSENTED + "，自原答复期限届满的次日起算。特此告知。", _EXTENDED, Condition("until", "")),
        clause(
            "{you}申请公开政府信息的数量、频次明显超过合理范围，本机关于{asked_on}要求{you}说明理由，"
            "{you}于{given_on}说明了理由。",
            _DELAYED,
        ),
        clause(
            f"经审查，申请理由合理，但是因{{reason}}，无法在{cite(REG(33))}规定的期限内答复。{basis(REG(35))}"
            "本机关确定延迟答复的期限至{until}止。特此告知。",
            _DELAYED,
        ),
        CLOSING,
    ),
)

#: How to answer is practice [I].
_HOW_TO_ANSWER = clause(
    "书面意见请写明是否同意公开；不同意公开或者只同意部分公开的，请写明理由并附相关证明材料。"
    "书面意见由本人签名或者加盖单位公章后，送交本机关政府信息公开工作机构（{contact}）。"
)

ASK_THIRD_PARTY = LockedText(
    code="P06",
    version="2019.1",
    paper="政府信息公开征求意见书",
    basis=(REG(15), REG(32)),
    parts=(
        clause(
            "本机关收到一件政府信息公开申请，所申请公开的政府信息涉及您（单位），公开可能损害您（单位）的合法权益。"
            "所涉及的政府信息为：{content}"
        ),
        clause(
            f"{basis(REG(15), REG(32))}现书面征求您（单位）的意见。请自收到本征求意见书之日起"
            f"{TIME_LIMITS['third_party'].wording.zh}内提出意见。"
        ),
        clause(_HOW_TO_ANSWER.text + "也可以填写所附的征求意见确认函。"),
        clause("逾期未提出意见的，由本机关依照《政府信息公开条例》的规定决定是否公开。"),
        clause(
            "您（单位）不同意公开且有合理理由的，本机关不予公开；本机关认为不公开可能对公共利益造成重大影响的，"
            "可以决定予以公开，并将决定公开的政府信息内容和理由书面告知您（单位）。"
        ),
        CLOSING,
    ),
)

ASK_CO_PRODUCER = LockedText(
    code="P10",
    version="2019.1",
    paper="政府信息公开征求意见书",
    basis=(REG(34),),
    parts=(
        clause(
            "本机关收到一件政府信息公开申请，所申请公开的政府信息由本机关牵头、与贵单位共同制作。"
            "所涉及的政府信息为：{content}"
        ),
        clause(
            f"{basis(REG(34))}现征求贵单位的意见。请自收到本征求意见书之日起"
            f"{TIME_LIMITS['co_producer'].wording.zh}内提出意见，逾期未提出意见的视为同意公开。"
        ),
        _HOW_TO_ANSWER,
        CLOSING,
    ),
)

ASK_ORGAN = LockedText(
    code="P11",
    version="2019.1",
    paper="政府信息公开征求意见函",
    basis=(REG(33, 3),),
    parts=(
        clause("本机关收到一件政府信息公开申请，所申请公开的政府信息与贵单位职责有关。所涉及的政府信息为：{content}"),
        clause(f"{basis(REG(33, 3))}现征求贵单位的意见，请尽快书面函复。征求意见所需时间不计算在本机关的答复期限内。"),
        _HOW_TO_ANSWER,
        CLOSING,
    ),
)

_BEING_ASKED = "本机关已于{asked_on}书面征求"

#: It does not say whose opinion is sought: the third party's name may be what is to be protected.
BEING_ASKED = LockedText(
    code="P08",
    version="2019.1",
    paper="政府信息公开征求意见告知书",
    basis=(REG(33, 3), REG(32), REG(34)),
    parts=(
        *OPENING,
        clause(
            f"经审查，公开上述政府信息可能损害第三方合法权益。{basis(REG(32))}{_BEING_ASKED}第三方意见。",
            Condition("consulted", "third_party"),
        ),
        clause(
            f"经审查，上述政府信息由本机关与其他行政机关共同制作。{basis(REG(34))}{_BEING_ASKED}该行政机关意见。",
            Condition("consulted", "co_producer"),
        ),
        clause(
            f"经审查，上述政府信息的公开需要征求其他机关意见。{basis(REG(33, 3))}{_BEING_ASKED}有关机关意见。",
            Condition("consulted", "other"),
        ),
        clause(f"{basis(REG(33, 3))}征求意见所需时间不计算在答复期限内。特此告知。"),
        CLOSING,
    ),
)

_ASKED_BEFORE = clause("本机关于{asked_on}书面征求您（单位）对公开下列政府信息的意见：\n{content}")
_DECIDED = f"经审查，{basis(REG(15), REG(32))}本机关决定予以公开。"
_PART = clause("决定公开的内容为：{disclosed}。", Condition("disclosed"))
_WHY = clause("决定公开的理由为：{reasons}", Condition("reasons"))

#: To a third party that was silent: that it is told as well is our reading [I].
TELL_SILENT = LockedText(
    code="P09",
    version="2019.1",
    paper="政府信息决定公开告知书",
    basis=(REG(15), REG(32)),
    parts=(
        _ASKED_BEFORE,
        clause(f"您（单位）在规定的期限内未提出意见。{_DECIDED}"),
        _PART,
        _WHY,
        clause("逾期未提出意见的，依法由本机关决定是否公开。", Condition("reasons", "")),
        CLOSING,
        clause("{remedy}"),
    ),
)

#: To a third party that objected: the law wants what is disclosed and why in writing (条例 32 [C]).
TELL_OBJECTING = LockedText(
    code="D23",
    version="2019.1",
    paper="政府信息决定公开告知书",
    basis=(REG(15), REG(32)),
    reasons=True,
    parts=(
        _ASKED_BEFORE,
        clause(f"您（单位）不同意公开。{_DECIDED}"),
        _PART,
        _WHY,
        CLOSING,
        clause("{remedy}"),
    ),
)

#: The notice says 依据、标准、数额、缴纳方式 [M/S]; that the limit starts anew with the payment is [U], so a setting.
FEE = LockedText(
    code="P12",
    version="2019.1",
    paper="政府信息公开信息处理费收费通知书",
    basis=(REG(42), Article("收费办法", 4, certainty="M"), Article("收费办法", 5, certainty="M")),
    parts=(
        *OPENING,
        clause(
            "{you}申请公开政府信息的数量、频次明显超过合理范围。根据{fee_basis}的规定，"
            "本机关决定收取信息处理费。计收的方式、标准、数额和缴纳方式如下："
        ),
        Table(
            (
                Line("应缴金额", "人民币{amount}元"),
                Line("缴费期限", _PAY_LIMIT + "{pay_by_said}"),
                Line("缴纳方式", "{how_to_pay}"),
            ),
            reckoned=True,
        ),
        clause(f"请{{you}}{_PAY_LIMIT}缴纳。逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
        clause("答复期限自{you}完成缴费的次日起重新计算。", Condition("fee_clock", "restart")),
        clause("答复期限自{you}完成缴费的次日起继续计算。", Condition("fee_clock", "go_on")),
        CLOSING,
        _ASK,
    ),
)

#: Every paper with a text of its own, by code.
PAPERS = (
    RECEIPT,
    CORRECTION,
    REASONS,
    LATER,
    ASK_THIRD_PARTY,
    BEING_ASKED,
    TELL_SILENT,
    ASK_CO_PRODUCER,
    ASK_ORGAN,
    FEE,
    TELL_OBJECTING,
)
