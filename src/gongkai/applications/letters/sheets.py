"""The sheets of a case, printed and signed by hand: 申请登记表 (P01), 征求意见确认函 (P07), 公开审查呈批单 (S01), 送达回证
(S02). What belongs on them is practice [M/I]; the words about silence are those of 条例 32 [C]."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.locked import LockedText, blocks, clause
from gongkai.applications.letters.wording import cite, contact
from gongkai.documents.letter import ROOM_TO_SIGN, Block, FormBlock, FormCell, LetterContent, PaperForm
from gongkai.law.citations import REG
from gongkai.law.dates import day_text
from gongkai.law.texts import Text
from gongkai.law.time_limits import TIME_LIMITS

Pairs = Sequence[tuple[str, str]]
Row = tuple[FormCell, ...]

_TEXTS = (
    LockedText(code="P01", version="2019.1", paper="政府信息公开申请登记表", parts=(), basis=(REG(29), REG(31))),
    LockedText(
        code="P07",
        version="2019.1",
        paper="政府信息公开征求意见确认函",
        basis=(REG(32),),
        parts=(
            clause(
                f"请自收到征求意见书之日起{TIME_LIMITS['third_party'].wording.zh}内填写本函，签名或者加盖单位公章后送交"
                f"{{contact}}。逾期未提出意见的，由本机关依照{cite(REG(32))}的规定决定是否公开。"
            ),
        ),
    ),
    LockedText(code="S01", version="2019.1", paper="政府信息公开审查呈批单", parts=(), basis=(REG(17), REG(45))),
    LockedText(code="S02", version="2019.1", paper="政府信息公开文书送达回证", parts=()),
)
#: The sheets by code; each also stands in the catalogue.
SHEETS: Mapping[str, LockedText] = MappingProxyType({text.code: text for text in _TEXTS})


@dataclass(frozen=True, slots=True)
class SignOff:
    """Somebody's word on the way of a decision: in which role, who, when, and the remark."""

    label: Text
    name: str
    on: dt.date | None = None
    remark: str = ""

    @property
    def cell(self) -> FormCell:
        """As it stands on the sheet; with room for the pen where nobody has signed yet."""
        if self.on is None:
            return FormCell(self.label.zh, blank=2, foot=ROOM_TO_SIGN)
        return FormCell(self.label.zh, self.remark or "同意", foot=f"{self.name}　{day_text(self.on).zh}")


def registration_sheet(facts: CaseFacts, *, on: dt.date, applicant: Pairs, registered_by: str = "") -> LetterContent:
    """P01 申请登记表: who applies, for what, when it came and when it is due. ``applicant``: what the sheet may show of them,
    as labelled texts."""
    rows: list[Row] = [
        (FormCell("登记编号", facts.case_number), FormCell("收到日期", day_text(facts.received_on).zh)),
        (FormCell("提交方式", facts.channel), FormCell("答复期限", day_text(facts.due_on).zh)),
        *_in_pairs(applicant),
        (FormCell("所需信息", facts.requested.strip()),),
        (FormCell("提供形式", facts.form), FormCell("获取方式", facts.way)),
        (FormCell("登记人", registered_by), FormCell("分办意见", blank=1)),
    ]
    return _sheet(facts.agency, SHEETS["P01"], on, (FormBlock(tuple(rows)),))


def answer_sheet(
    facts: CaseFacts, *, on: dt.date, addressee: str, asked_by: str, asked_on: dt.date, content: str
) -> LetterContent:
    """P07 征求意见确认函, which the third party fills in. ``asked_by`` is the number of the letter it answers. It never says who
    applied."""
    rows: tuple[Row, ...] = (
        (FormCell("征求意见书文号", asked_by), FormCell("发函日期", day_text(asked_on).zh)),
        (FormCell("被征求意见方", addressee),),
        (FormCell("所涉及的政府信息", content.strip()),),
        (FormCell("收到征求意见书的日期", "　　　　年　　月　　日"),),
        (FormCell("意见", "□同意公开　　□不同意公开　　□部分同意公开"),),
        (FormCell("不同意公开的部分、理由及所附证明材料", blank=4),),
        (FormCell("联系人", blank=1), FormCell("联系电话", blank=1)),
        (FormCell("签名或者盖章", blank=2, foot=ROOM_TO_SIGN),),
    )
    text = SHEETS["P07"]
    note = blocks(text.parts, {"contact": contact(facts)}, {})
    return _sheet(facts.agency, text, on, (FormBlock(rows), *note))


def approval_sheet(
    facts: CaseFacts, *, on: dt.date, outcome: str, basis: str, opinion: Pairs, signed: Sequence[SignOff]
) -> LetterContent:
    """S01 公开审查呈批单: what the opinion says, and who found it in order and signed, in the order of the route."""
    head: list[Row] = [
        (FormCell("登记编号", facts.case_number), FormCell("申请人", facts.applicant_name)),
        (FormCell("收到日期", day_text(facts.received_on).zh), FormCell("答复期限", day_text(facts.due_on).zh)),
        (FormCell("所需信息", facts.requested.strip()),),
        (FormCell("拟办结果", outcome),),
        (FormCell("依据", basis),),
        *((FormCell(label, text),) for label, text in opinion),
    ]
    return _sheet(facts.agency, SHEETS["S01"], on, (FormBlock((*head, *((each.cell,) for each in signed))),))


def service_sheet(
    facts: CaseFacts, *, on: dt.date, addressee: str, paper: str, number: str, sent: Pairs = ()
) -> LetterContent:
    """S02 送达回证 of one letter. ``sent``: how and when it was delivered, as far as that is recorded."""
    rows: list[Row] = [
        (FormCell("送达文书", paper), FormCell("文号", number)),
        (FormCell("受送达人", addressee),),
        *(_in_pairs(sent) or [(FormCell("送达方式", blank=1), FormCell("送达地点", blank=1))]),
        (FormCell("受送达人签名或者盖章", blank=2, foot=ROOM_TO_SIGN),),
        (FormCell("代收人签名、与受送达人的关系", blank=2, foot=ROOM_TO_SIGN),),
        (FormCell("拒收的理由、见证人签名", blank=2, foot=ROOM_TO_SIGN),),
        (FormCell("送达人", blank=1), FormCell("备注", blank=1)),
    ]
    return _sheet(facts.agency, SHEETS["S02"], on, (FormBlock(tuple(rows)),))


def _in_pairs(pairs: Pairs) -> list[Row]:
    """Two short ones side by side."""
    cells = [FormCell(label, text) for label, text in pairs]
    return [tuple(cells[place : place + 2]) for place in range(0, len(cells), 2)]


def _sheet(agency: str, text: LockedText, on: dt.date, body: tuple[Block, ...]) -> LetterContent:
    return LetterContent(
        issuer=agency,
        title=text.paper,
        number=None,
        addressee="",
        body=body,
        signature="",
        date=on,
        form=PaperForm.SHEET,
    )
