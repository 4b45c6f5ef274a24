"""The letters on the way to a reply: receipt (P02), correction (P03), consultation notice (P08)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.applications.letters.consultations import SUBJECT
from gongkai.applications.letters.errors import MissingSlotError
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.wording import cite, contact, contact_note, opening, request, title, you
from gongkai.documents.letter import Block, LetterContent, ListBlock, Paragraph, TableBlock
from gongkai.law.citations import REG
from gongkai.law.clock import Consulted
from gongkai.law.dates import day_text
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS


def receipt(facts: CaseFacts, *, on: dt.date | None = None, draft: bool = False) -> LetterContent:
    """P02 申请接收回执: number, day received, due date and its reckoning, how to follow it, where to ask.

    ``on`` is the day of the paper, by default that of receipt. 条例 31, 33 [C]; the paper is practice [M].
    """
    limit = TIME_LIMITS["reply"].wording.zh
    body: tuple[Block, ...] = (
        Paragraph(f"{you(facts)}提出的政府信息公开申请，本机关已收到并登记。"),
        TableBlock(tuple(_particulars(facts))),
        Paragraph(
            f"根据{cite(REG(33))}的规定，本机关自收到申请之日起{limit}内予以答复，"
            f"答复期限至{day_text(facts.due_on).zh}止（{facts.due_explanation.strip('。（） ')}）。"
            "依法需要补正、征求意见或者延长答复期限的，将另行告知。"
        ),
        Paragraph(_how_to_follow(facts)),
        Paragraph(f"如有疑问，请与本机关政府信息公开工作机构联系：{contact(facts)}。"),
    )
    return to_applicant(facts, "政府信息公开申请接收回执", facts.case_number, on or facts.received_on, body, draft)


def _particulars(facts: CaseFacts) -> Sequence[tuple[str, str]]:
    rows = [
        ("登记编号", facts.case_number),
        ("申请人", facts.applicant_name),
        ("收到日期", day_text(facts.received_on).zh),
        ("提交方式", facts.channel),
        ("申请内容", facts.requested.strip()),
        ("提供形式", facts.form),
        ("获取方式", facts.way),
        ("答复期限", day_text(facts.due_on).zh),
    ]
    return [(label, value) for label, value in rows if value]


def _how_to_follow(facts: CaseFacts) -> str:
    where = f"登录{facts.progress}" if facts.progress else "在本机关政府信息公开栏目"
    return f"{you(facts)}可以凭登记编号和提交申请时取得的查询码，{where}查询办理进度。"


def correction_notice(
    facts: CaseFacts,
    *,
    number: str | None,
    on: dt.date,
    what: Sequence[str],
    correct_by: dt.date,
    draft: bool = False,
) -> LetterContent:
    """P03 补正告知书: the points to correct, by when, and what follows (条例 30 [C]).

    Raises MissingSlotError when no point is named: the applicant is told everything at once (一次性告知).
    """
    points = tuple(point.strip() for point in what if point.strip())
    if not points:
        raise MissingSlotError("what", Text("需要补正的事项", "points to correct"), REG(30))
    body: tuple[Block, ...] = (
        opening(facts),
        *request(facts),
        Paragraph(
            f"经审查，上述申请的内容不明确。根据{cite(REG(30))}的规定，现一次性告知{you(facts)}对下列事项作出补正："
        ),
        ListBlock(points),
        Paragraph(
            f"请于{day_text(correct_by).zh}前（含当日）将补正后的申请提交本机关政府信息公开工作机构（{contact(facts)}）。"
            "补正中需要指导、释明的，请与该机构联系。"
        ),
        Paragraph("答复期限自本机关收到补正的申请之日起计算。"),
        Paragraph("无正当理由逾期不补正的，视为放弃申请，本机关不再处理该政府信息公开申请。"),
    )
    return to_applicant(facts, "政府信息公开申请补正告知书", number, on, body, draft)


def consultation_notice(
    facts: CaseFacts, *, number: str | None, on: dt.date, consulted: Consulted, draft: bool = False
) -> LetterContent:
    """P08 征求意见告知书: opinions are sought, and that time is not counted (条例 33(3) [C]).

    It does not say whose: the third party's name may be what is to be protected.
    """
    body: tuple[Block, ...] = (
        opening(facts),
        *request(facts),
        Paragraph(
            f"经审查，{SUBJECT[consulted].reason}。根据{cite(SUBJECT[consulted].article)}的规定，"
            f"本机关已于{day_text(on).zh}书面征求{SUBJECT[consulted].whom}意见。"
        ),
        Paragraph(f"根据{cite(REG(33, 3))}的规定，征求意见所需时间不计算在答复期限内。特此告知。"),
    )
    return to_applicant(facts, "政府信息公开征求意见告知书", number, on, body, draft)


def to_applicant(
    facts: CaseFacts, paper: str, number: str | None, on: dt.date, body: tuple[Block, ...], draft: bool
) -> LetterContent:
    """A letter to the applicant in the form that all of them have."""
    return LetterContent(
        issuer=facts.agency,
        title=title(facts.agency, paper),
        number=number,
        addressee=facts.applicant_name,
        body=body,
        signature=facts.agency,
        date=on,
        note=contact_note(facts),
        draft=draft,
    )
