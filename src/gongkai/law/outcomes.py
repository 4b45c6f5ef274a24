"""The 21 outcomes (办理结果): what each stands on, what its reply must say, where it is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import REG, Article
from gongkai.law.texts import Text

#: From this day a refusal to disclose goes to review before it can go to court (行政复议法 23) [C].
REVIEW_FIRST_SINCE = dt.date(2024, 1, 1)


class Outcome(StrEnum):
    """The 21 leaf rows of table 3 of the annual report, in official order [M: N30]."""

    GRANTED = "granted"
    PARTIALLY_GRANTED = "partially_granted"
    STATE_SECRET = "state_secret"
    PROHIBITED_BY_LAW = "prohibited_by_law"
    ENDANGERS_SECURITY = "endangers_security"
    THIRD_PARTY_RIGHTS = "third_party_rights"
    INTERNAL_AFFAIRS = "internal_affairs"
    PROCESS_INFORMATION = "process_information"
    ENFORCEMENT_FILE = "enforcement_file"
    ADMINISTRATIVE_QUERY = "administrative_query"
    NOT_HELD = "not_held"
    NEEDS_CREATION = "needs_creation"
    STILL_UNCLEAR = "still_unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLISHED_MATERIAL = "published_material"
    ABUSIVE_VOLUME = "abusive_volume"
    REISSUE = "reissue"
    CORRECTION_LAPSED = "correction_lapsed"
    FEE_UNPAID = "fee_unpaid"
    OTHER = "other"

    @property
    def rule(self) -> OutcomeRule:
        """The row of ``OUTCOMES`` for this outcome."""
        return OUTCOMES[self]

    @property
    def label(self) -> Text:
        """A name that stands alone, e.g. 不予公开（属于国家秘密）."""
        return OUTCOMES[self].name


@dataclass(frozen=True, slots=True)
class ReviewFirstSettings:
    """Two readings that are not settled: does the duty to go to review first cover …

    ``partially_granted``: the withheld part of a partial disclosure (default yes [I]);
    ``administrative_query``: a reply under art. 36(7) (default no [I]).
    """

    partially_granted: bool = True
    administrative_query: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """One outcome.

    ``code`` is ours (A1 … E3); ``row`` the official row label of the report form, ``group`` the label of its
    group (for A1 and A2 the row itself), ``name`` a name that stands alone; ``articles`` the basis;
    ``reply`` what the reply must say; ``review_first_from`` since when review comes first, None if never:
    for A2 and B8 that day holds only as ``ReviewFirstSettings`` say.
    """

    code: str
    outcome: Outcome
    group: Text
    row: Text
    name: Text
    articles: tuple[Article, ...]
    reply: Text
    review_first_from: dt.date | None = None

    @property
    def discloses(self) -> bool:
        """Whether the applicant gets information (A1, A2)."""
        return self.code.startswith("A")

    @property
    def refuses(self) -> bool:
        """Whether the reply is a refusal to disclose (不予公开, B1–B8)."""
        return self.code.startswith("B")

    def review_first(self, on: dt.date, settings: ReviewFirstSettings | None = None) -> bool:
        """Whether a reply made ``on`` that day must send the applicant to review first (行政复议法 23)."""
        if self.review_first_from is None or on < self.review_first_from:
            return False
        chosen = settings or ReviewFirstSettings()
        if self.outcome is Outcome.PARTIALLY_GRANTED:
            return chosen.partially_granted
        if self.outcome is Outcome.ADMINISTRATIVE_QUERY:
            return chosen.administrative_query
        return True


_GRANTED = Text("（一）予以公开", "(1) Granted")
_PARTIAL = Text(
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "(2) Partially granted (where content was separated, only this row is counted)",
)
_REFUSED = Text("（三）不予公开", "(3) Disclosure refused")
_UNABLE = Text("（四）无法提供", "(4) Unable to provide")
_NOT_PROCESSED = Text("（五）不予处理", "(5) Not processed")
_OTHERWISE = Text("（六）其他处理", "(6) Otherwise closed")


def _in_group(group: Text, zh: str, en: str) -> Text:
    """The standing-alone name of a numbered row: 不予公开（属于国家秘密）."""
    head, head_en = group.zh.partition("）")[2], group.en.partition(") ")[2]
    return Text(f"{head}（{zh}）", f"{head_en}: {en[0].lower()}{en[1:]}")


def _row(
    code: str,
    outcome: Outcome,
    group: Text,
    label: tuple[str, str],
    articles: tuple[Article, ...],
    reply: Text,
    review_first_from: dt.date | None = None,
) -> OutcomeRule:
    zh, en = label
    number = code[1:]
    return OutcomeRule(
        code=code,
        outcome=outcome,
        group=group,
        row=Text(f"{number}.{zh}", f"{number}. {en}"),
        name=_in_group(group, zh, en),
        articles=articles,
        reply=reply,
        review_first_from=review_first_from,
    )


_ROWS: tuple[OutcomeRule, ...] = (
    OutcomeRule(
        "A1",
        Outcome.GRANTED,
        _GRANTED,
        _GRANTED,
        Text("予以公开", "Granted"),
        (REG(36, item=1), REG(36, item=2)),
        Text(
            "提供该政府信息，或者告知获取该政府信息的方式、途径和时间；已主动公开的，告知获取的方式、途径。",
            "Gives the information, or says how, where and when to obtain it; if already published, how and where.",
        ),
    ),
    OutcomeRule(
        "A2",
        Outcome.PARTIALLY_GRANTED,
        _PARTIAL,
        _PARTIAL,
        Text("部分公开", "Partially granted"),
        (REG(37), REG(36, item=2), REG(36, item=3)),
        Text(
            "写明提供的内容；对不予公开的部分说明理由和依据。",
            "Says what is given; states the reasons and basis for the part withheld.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B1",
        Outcome.STATE_SECRET,
        _REFUSED,
        ("属于国家秘密", "State secret"),
        (REG(14), REG(36, item=3)),
        Text(
            "说明该信息依法确定为国家秘密的依据，不得透露其内容。",
            "States the basis of its classification as a state secret without revealing the content.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B2",
        Outcome.PROHIBITED_BY_LAW,
        _REFUSED,
        ("其他法律行政法规禁止公开", "Disclosure prohibited by another law or administrative regulation"),
        (REG(14), REG(36, item=3)),
        Text(
            "写明禁止公开的法律、行政法规名称和条款（地方性法规、规章不足为据）。",
            "Names the law or administrative regulation and its article (local rules do not suffice).",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B3",
        Outcome.ENDANGERS_SECURITY,
        _REFUSED,
        ("危及“三安全一稳定”", "Endangers national, public or economic security or social stability"),
        (REG(14), REG(36, item=3)),
        Text(
            "写明公开后可能危及国家安全、公共安全、经济安全、社会稳定中的哪一项及其理由。",
            "Says which of national, public or economic security or social stability is endangered, and why.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B4",
        Outcome.THIRD_PARTY_RIGHTS,
        _REFUSED,
        ("保护第三方合法权益", "Protects the lawful rights of a third party"),
        (REG(15), REG(32), REG(36, item=3)),
        Text(
            "说明已征求第三方意见，第三方不同意公开且有合理理由，或者本机关认定公开会损害其合法权益。",
            "Says that the third party was consulted and objected with good reason, "
            "or what harm the agency itself found.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B5",
        Outcome.INTERNAL_AFFAIRS,
        _REFUSED,
        ("属于三类内部事务信息", "One of the three kinds of internal affairs information"),
        (REG(16, 1), REG(36, item=3)),
        Text(
            "写明属于人事管理、后勤管理、内部工作流程中的哪一类。",
            "Says which it is: personnel management, logistics management or internal work flow.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B6",
        Outcome.PROCESS_INFORMATION,
        _REFUSED,
        ("属于四类过程性信息", "One of the four kinds of process information"),
        (REG(16, 2), REG(36, item=3)),
        Text(
            "写明属于讨论记录、过程稿、磋商信函、请示报告中的哪一类，且没有法律、法规、规章规定应当公开。",
            "Says which it is: record of discussion, draft, letter of negotiation, or request and report; "
            "and that no law, regulation or rule requires its disclosure.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B7",
        Outcome.ENFORCEMENT_FILE,
        _REFUSED,
        ("属于行政执法案卷", "Administrative enforcement case file"),
        (REG(16, 2), REG(36, item=3)),
        Text(
            "说明属于行政执法案卷信息；其他法律规定有查阅权的，一并告知查阅途径。",
            "Says that it belongs to an enforcement case file; names any right of access under another law.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "B8",
        Outcome.ADMINISTRATIVE_QUERY,
        _REFUSED,
        ("属于行政查询事项", "Matter of an administrative query"),
        (REG(36, item=7, certainty="I"),),
        Text(
            "写明规定该项查询的法律、行政法规以及办理查询的机构和途径。",
            "Names the law or administrative regulation that governs the query, and where to make it.",
        ),
        REVIEW_FIRST_SINCE,
    ),
    _row(
        "C1",
        Outcome.NOT_HELD,
        _UNABLE,
        ("本机关不掌握相关政府信息", "Information not held by this agency"),
        (REG(36, item=4), REG(36, item=5)),
        Text(
            "说明经检索该政府信息不存在；或者不属于本机关负责公开并说明理由，能够确定负责机关的，告知其名称、联系方式。",
            "Says that a search was made and found nothing; or that another agency is responsible and why, "
            "with its name and contact where they can be determined.",
        ),
    ),
    _row(
        "C2",
        Outcome.NEEDS_CREATION,
        _UNABLE,
        ("没有现成信息需要另行制作", "No existing information; would have to be created"),
        (REG(38),),
        Text(
            "说明需要对现有政府信息进行加工、分析，依法不予提供。",
            "Says that existing information would have to be processed or analysed; the agency need not do so.",
        ),
    ),
    _row(
        "C3",
        Outcome.STILL_UNCLEAR,
        _UNABLE,
        ("补正后申请内容仍不明确", "Application still unclear after correction"),
        (REG(30),),
        Text(
            "写明何时告知补正、何时收到补正以及补正后仍不明确之处。",
            "Says when correction was asked for and received, and what remains unclear.",
        ),
    ),
    _row(
        "D1",
        Outcome.PETITION,
        _NOT_PROCESSED,
        ("信访举报投诉类申请", "Petition, report or complaint in the form of an application"),
        (REG(39, 1),),
        Text(
            "告知不作为政府信息公开申请处理，可以告知通过相应渠道提出。",
            "Says that it is not processed as an application; may name the proper channel.",
        ),
    ),
    _row(
        "D2",
        Outcome.REPEATED,
        _NOT_PROCESSED,
        ("重复申请", "Repeated application"),
        (REG(36, item=6),),
        Text(
            "写明此前答复的文号和日期，告知不予重复处理。",
            "Gives number and date of the earlier reply; says the application is not processed again.",
        ),
    ),
    _row(
        "D3",
        Outcome.PUBLISHED_MATERIAL,
        _NOT_PROCESSED,
        ("要求提供公开出版物", "Asks for a public publication"),
        (REG(39, 2),),
        Text("告知获取该公开出版物的途径。", "Says how the publication can be obtained."),
    ),
    _row(
        "D4",
        Outcome.ABUSIVE_VOLUME,
        _NOT_PROCESSED,
        ("无正当理由大量反复申请", "Many or repeated applications without good reason"),
        (REG(35),),
        Text(
            "写明已要求说明理由以及理由不合理之处。",
            "Says that reasons were asked for and why they are not reasonable.",
        ),
    ),
    _row(
        "D5",
        Outcome.REISSUE,
        _NOT_PROCESSED,
        (
            "要求行政机关确认或重新出具已获取信息",
            "Asks the agency to confirm or reissue information already obtained",
        ),
        # No article names this outcome [U]; 36(6) is the nearest [I].
        (REG(36, item=6, certainty="I"),),
        Text("说明申请人此前已经获取该信息。", "Says that the applicant already obtained the information."),
    ),
    _row(
        "E1",
        Outcome.CORRECTION_LAPSED,
        _OTHERWISE,
        (
            "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "Not corrected in time without proper reason; no longer processed",
        ),
        (REG(30),),
        Text(
            "写明补正告知的日期、补正期限，以及视为放弃申请、不再处理。",
            "Gives date and period of the correction notice; says the application counts as abandoned "
            "and is no longer processed.",
        ),
    ),
    _row(
        "E2",
        Outcome.FEE_UNPAID,
        _OTHERWISE,
        (
            "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "Fee not paid in time as notified; no longer processed",
        ),
        (Article("收费办法", None, certainty="M"), REG(42)),
        Text(
            "写明收费通知的日期、缴费期限，以及视为放弃申请、不再处理。",
            "Gives date and period of the fee notice; says the application counts as abandoned "
            "and is no longer processed.",
        ),
    ),
    _row(
        "E3",
        Outcome.OTHER,
        _OTHERWISE,
        ("其他", "Other"),
        # Residual row, e.g. withdrawal by the applicant [I]: no article of its own.
        (),
        Text(
            "写明办结的原因，如申请人撤回申请。",
            "States why the case is closed, such as withdrawal by the applicant.",
        ),
    ),
)

#: Every outcome with its rule, in official row order.
OUTCOMES: Mapping[Outcome, OutcomeRule] = MappingProxyType({rule.outcome: rule for rule in _ROWS})
