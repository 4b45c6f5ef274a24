"""Every open place of the replies: what it is called, how to fill it, and the article that wants it."""

from __future__ import annotations

from gongkai.applications.letters.slots import Choice, Condition, Slot, SlotKind
from gongkai.applications.letters.wording import cite
from gongkai.law.citations import REG
from gongkai.law.texts import Text
from gongkai.law.withholding import WithholdingGround

# --- 予以公开, 部分公开: how the information reaches the applicant (条例 36(1)(2)) ---
ATTACHED = Condition("provision", "attached")
STATED = Condition("provision", "stated")
ARRANGED = Condition("provision", "arranged")
PUBLISHED = Condition("provision", "published")

_PROVISION_CHOICES = (
    Choice("attached", Text("随答复书附上", "Attached to the reply")),
    Choice("stated", Text("写在答复书中", "Stated in the reply")),
    Choice("arranged", Text("告知获取的方式、途径和时间", "How, where and when to obtain it")),
)
_PUBLISHED_CHOICE = Choice("published", Text("已主动公开", "Already published"))


def _provision(*choices: Choice) -> Slot:
    return Slot(
        "provision",
        Text("提供方式", "How it is provided"),
        Text(
            "提供该政府信息，或者告知获取的方式、途径和时间。",
            "Give the information, or say how, where and when to get it.",
        ),
        kind=SlotKind.CHOICE,
        choices=choices,
        article=REG(36, item=2),
    )


_PROVISION_DETAILS = (
    Slot(
        "information",
        Text("政府信息的内容", "The information"),
        Text("写入答复书正文的政府信息。", "The information itself, as it stands in the reply."),
        kind=SlotKind.PASSAGE,
        when=STATED,
        article=REG(36, item=2),
    ),
    Slot(
        "obtain_way",
        Text("获取的方式、途径", "How and where to obtain it"),
        Text(
            "如：凭身份证件到政府信息公开工作机构领取复印件。",
            "Such as: collect a copy at the office with an ID card.",
        ),
        when=ARRANGED,
        article=REG(36, item=2),
    ),
    Slot(
        "obtain_time",
        Text("获取的时间", "When to obtain it"),
        Text("如：2021年6月1日起的工作日上午。", "Such as: on working mornings from 1 June 2021."),
        when=ARRANGED,
        article=REG(36, item=2),
    ),
)
PROVISION = (_provision(*_PROVISION_CHOICES), *_PROVISION_DETAILS)
PROVISION_OR_PUBLISHED = (
    _provision(*_PROVISION_CHOICES, _PUBLISHED_CHOICE),
    *_PROVISION_DETAILS,
    Slot(
        "published_at",
        Text("获取的方式、途径", "How and where to find it"),
        Text("如：网址、栏目名称、文号。", "Such as: address, column, document number."),
        when=PUBLISHED,
        article=REG(36, item=1),
    ),
)

GIVEN = Slot(
    "given",
    Text("予以公开的内容", "What is given"),
    Text("逐项写明。", "Item by item."),
    article=REG(37),
)
WITHHELD = Slot(
    "withheld",
    Text("不予公开的内容", "What is withheld"),
    Text("写明是哪一部分，不得透露其内容。", "Which part it is, without revealing it."),
    article=REG(37),
)


def _ground(ground: WithholdingGround) -> Choice:
    label = Text(ground.clause, ground.label.en)
    return Choice(ground.value, label, f"{ground.clause}，依据为{cite(ground.article)}")


WITHHELD_GROUND = Slot(
    "withheld_ground",
    Text("不予公开的依据", "Ground for withholding"),
    Text(
        "不同部分依据不同的，可以选几项；理由在“理由”一栏写明。",
        "Several where parts are withheld on different grounds; give the reasons in the field for reasons.",
    ),
    kind=SlotKind.CHOICES,
    choices=tuple(_ground(ground) for ground in WithholdingGround),
    article=REG(37),
)

# --- 不予公开 (条例 14–16, 36(3)(7)) ---
CLASSIFICATION = Slot(
    "classification",
    Text("确定为国家秘密的依据", "Basis of the classification"),
    Text(
        "如：保密事项范围的名称和条款、定密机关；不得透露内容。",
        "Such as the list of secrets and its item, the authority; never the content.",
    ),
    article=REG(14),
)
PROHIBITING_LAW = Slot(
    "prohibiting_law",
    Text("禁止公开的法律、行政法规条款", "Law or administrative regulation that prohibits it"),
    Text(
        "写明名称和条款；地方性法规、规章不足为据。",
        "Name and article; local regulations and rules do not suffice.",
    ),
    article=REG(14),
)
INTEREST = Slot(
    "interest",
    Text("可能危及的利益", "Interest endangered"),
    Text("选择其中一项。", "Choose one."),
    kind=SlotKind.CHOICE,
    choices=(
        Choice("national_security", Text("国家安全", "National security")),
        Choice("public_security", Text("公共安全", "Public security")),
        Choice("economic_security", Text("经济安全", "Economic security")),
        Choice("social_stability", Text("社会稳定", "Social stability")),
    ),
    article=REG(14),
)
THIRD_PARTY = (
    Slot(
        "private_matter",
        Text("所涉权益", "Right concerned"),
        Text("选择其中一项。", "Choose one."),
        kind=SlotKind.CHOICE,
        choices=(
            Choice("trade_secret", Text("商业秘密", "Trade secret")),
            Choice("privacy", Text("个人隐私", "Personal privacy")),
            Choice("other", Text("第三方其他合法权益", "Other lawful right of a third party")),
        ),
        article=REG(15),
    ),
    Slot(
        "third_party_position",
        Text("第三方意见", "The third party's position"),
        Text("第三方逾期未答复的，由本机关认定。", "Where the third party was silent, the agency decides."),
        kind=SlotKind.CHOICE,
        choices=(
            Choice(
                "objected",
                Text("不同意公开且理由合理", "Objected with good reason"),
                "本机关已书面征求第三方意见，第三方不同意公开且有合理理由。",
            ),
            Choice(
                "agency_found",
                Text("未在期限内提出意见，由本机关认定", "Silent; found by the agency"),
                "本机关已书面征求第三方意见，第三方逾期未提出意见，本机关依法作出认定。",
            ),
        ),
        article=REG(32),
    ),
)
INTERNAL_KIND = Slot(
    "internal_kind",
    Text("内部事务信息的种类", "Kind of internal affairs"),
    Text("选择其中一类。", "Choose one."),
    kind=SlotKind.CHOICE,
    choices=(
        Choice("personnel", Text("人事管理", "Personnel management")),
        Choice("logistics", Text("后勤管理", "Logistics management")),
        Choice("work_flow", Text("内部工作流程", "Internal work flow")),
    ),
    article=REG(16, 1),
)
PROCESS_KIND = Slot(
    "process_kind",
    Text("过程性信息的种类", "Kind of process information"),
    Text(
        "选择其中一类；法律、法规、规章规定应当公开的不在此列。",
        "Choose one; not where a law, regulation or rule requires disclosure.",
    ),
    kind=SlotKind.CHOICE,
    choices=(
        Choice("discussion_record", Text("讨论记录", "Record of discussion")),
        Choice("draft", Text("过程稿", "Draft")),
        Choice("negotiation_letter", Text("磋商信函", "Letter of negotiation")),
        Choice("request_report", Text("请示报告", "Request and report")),
    ),
    article=REG(16, 2),
)
FILE_ACCESS = Slot(
    "file_access",
    Text("查阅案卷的途径", "Access to the case file"),
    Text("其他法律规定有查阅权的，写明法律和途径。", "Where another law gives access: which law, and how."),
    required=False,
)
QUERY = (
    Slot(
        "query_law",
        Text("规定该项查询的法律、行政法规", "Law that governs the query"),
        Text("写明名称和条款，如《不动产登记暂行条例》。", "Name and article."),
        article=REG(36, item=7),
    ),
    Slot(
        "query_place",
        Text("办理查询的机构和途径", "Where and how to make the query"),
        Text("写明机构名称、地址或者网址。", "Name and address of the office or site."),
        article=REG(36, item=7),
    ),
)

# --- 无法提供 (条例 30, 36(4)(5), 38) ---
ABSENT = Condition("not_held_ground", "absent")
ELSEWHERE = Condition("not_held_ground", "elsewhere")
NOT_HELD = (
    Slot(
        "not_held_ground",
        Text("不掌握的情形", "Why it is not held"),
        Text("选择其中一种。", "Choose one."),
        kind=SlotKind.CHOICE,
        choices=(
            Choice("absent", Text("经检索不存在", "Searched for and not found")),
            Choice("elsewhere", Text("不属于本机关负责公开", "Another agency is responsible")),
        ),
        article=REG(36, item=4),
    ),
    Slot(
        "search",
        Text("检索情况", "The search made"),
        Text("在何处、以何关键词、由何人、何时检索。", "Where, with which words, by whom and when."),
        when=ABSENT,
        article=REG(36, item=4),
    ),
    Slot(
        "not_ours_because",
        Text("不属于本机关负责公开的理由", "Why another agency is responsible"),
        Text("法律要求说明理由。", "The law requires reasons."),
        when=ELSEWHERE,
        article=REG(36, item=5),
    ),
    Slot(
        "competent_agency",
        Text("负责公开的行政机关", "The responsible agency"),
        Text("能够确定的，应当告知。", "Required where it can be determined."),
        required=False,
        when=ELSEWHERE,
        article=REG(36, item=5),
    ),
    Slot(
        "competent_contact",
        Text("该机关的联系方式", "Its contact"),
        Text("告知机关名称的，一并告知联系方式。", "Goes with the agency's name."),
        when=Condition("competent_agency"),
        article=REG(36, item=5),
    ),
)
WORK_NEEDED = Slot(
    "work_needed",
    Text("需要作何加工、分析", "Processing that would be needed"),
    Text("写明现有信息是什么、需要如何加工。", "Say what exists and what would have to be made of it."),
    article=REG(38),
)
CORRECTION_NOTICE_ON = Slot(
    "correction_notice_on",
    Text("告知补正的日期", "Date of the correction notice"),
    Text("补正告知书的日期。", "The date of the notice."),
    kind=SlotKind.DATE,
    article=REG(30),
)
UNCLEAR = Slot(
    "unclear",
    Text("仍不明确之处", "What remains unclear"),
    Text("写明哪一点不明确，为何无法检索。", "Which point, and why no search is possible."),
    article=REG(30),
)

# --- 不予处理 (条例 35, 36(6), 39) ---
ACTIVITY = Slot(
    "activity",
    Text("活动的性质", "Nature of the application"),
    Text("选择其中一项。", "Choose one."),
    kind=SlotKind.CHOICE,
    choices=(
        Choice("petition", Text("信访", "Petition")),
        Choice("complaint", Text("投诉", "Complaint")),
        Choice("report", Text("举报", "Report of an offence")),
    ),
    article=REG(39, 1),
)
PROPER_CHANNEL = Slot(
    "proper_channel",
    Text("相应渠道", "The proper channel"),
    Text(
        "可以告知，如信访部门的名称、地址、电话。",
        "May be named, such as the petition office with its address.",
    ),
    required=False,
    article=REG(39, 1),
)
EARLIER_NUMBER = Slot(
    "earlier_number",
    Text("此前答复的文号", "Number of the earlier reply"),
    Text("如：郑经开公复〔2021〕3号。", "Such as 郑经开公复〔2021〕3号."),
    article=REG(36, item=6),
)
EARLIER_ON = Slot(
    "earlier_on",
    Text("此前答复的日期", "Date of the earlier reply"),
    Text("答复书的日期。", "The date of that reply."),
    kind=SlotKind.DATE,
    article=REG(36, item=6),
)
PUBLICATION_SOURCE = Slot(
    "publication_source",
    Text("获取公开出版物的途径", "How to obtain the publication"),
    Text(
        "如：图书馆、档案馆、网上公报、出版单位。",
        "Such as a library, an archive, the gazette on line, the publisher.",
    ),
    article=REG(39, 2),
)
VOLUME = Slot(
    "volume",
    Text("数量、频次", "Number and frequency"),
    Text("写明期间和件数。", "The period and the count."),
    article=REG(35),
)
REASONS_ASKED_ON = Slot(
    "reasons_asked_on",
    Text("要求说明理由的日期", "When reasons were asked for"),
    Text("说明理由告知书的日期。", "The date of that letter."),
    kind=SlotKind.DATE,
    article=REG(35),
)
OBTAINED = Slot(
    "obtained",
    Text("此前获取的情况", "How it was obtained before"),
    Text("何时、以何方式获取。", "When and how."),
)
REISSUE_BASIS = Slot(
    "legal_basis",
    Text("依据", "Legal basis"),
    # No article names this outcome [U]; 36(6) is the nearest [I], and the letter says 参照.
    Text(
        "没有专门条款；默认参照第三十六条第（六）项。",
        "No article names this case; by default 36(6) by analogy.",
    ),
    required=False,
    default=cite(REG(36, item=6, certainty="I")),
)

# --- 其他处理 (条例 30, 42) ---
CORRECT_BY = Slot(
    "correct_by",
    Text("补正期限", "Last day for correction"),
    Text("补正告知书所定的最后一日。", "The last day that the notice gave."),
    kind=SlotKind.DATE,
    article=REG(30),
)
FEE_NOTICE_ON = Slot(
    "fee_notice_on",
    Text("收费通知的日期", "Date of the fee notice"),
    Text("收费通知书的日期。", "The date of the notice."),
    kind=SlotKind.DATE,
    article=REG(42),
)
PAY_BY = Slot(
    "pay_by",
    Text("缴费期限", "Last day for payment"),
    Text("缴费的最后一日。", "The last day to pay."),
    kind=SlotKind.DATE,
    article=REG(42),
)
CLOSING_REASON = Slot(
    "closing_reason",
    Text("办结的原因", "Why the case is closed"),
    Text(
        "完整的一句，如：您于2021年6月1日书面撤回申请。",
        "A whole sentence, such as the withdrawal and its date.",
    ),
)
CLOSING_BASIS = Slot(
    "legal_basis",
    Text("依据", "Legal basis"),
    Text("有法律依据的，写明条款。", "The article, where there is one."),
    required=False,
)
