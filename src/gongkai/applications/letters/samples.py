"""Every paper with invented facts: for the test print, the preview of an agency's wording, and whoever looks at them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from gongkai.applications.letters.catalogue import CATALOGUE, Wording, wording_on
from gongkai.applications.letters.consultations import consultation_letter
from gongkai.applications.letters.facts import CaseFacts
from gongkai.applications.letters.fees import fee_notice
from gongkai.applications.letters.limits import delay_notice, extension_notice, reasons_request
from gongkai.applications.letters.notices import consultation_notice, correction_notice, receipt
from gongkai.applications.letters.own import SHARED, Own
from gongkai.applications.letters.reply import reply
from gongkai.applications.letters.sample_words import MORE_WAYS, REPLY_SAMPLES
from gongkai.applications.letters.sheets import (
    SignOff,
    answer_sheet,
    approval_sheet,
    registration_sheet,
    service_sheet,
)
from gongkai.applications.letters.third_parties import Asked, third_party_notice
from gongkai.documents.letter import LetterContent
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock import Consulted
from gongkai.law.fees import fee_for_items
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Role
from gongkai.law.remedies import AgencyKind, remedy_paragraph

#: The day of every sample.
SAMPLE_DAY = dt.date(2025, 3, 28)
#: An office, a citizen and a case that do not exist. The name has a rare character, as names of living people do.
SAMPLE_FACTS = CaseFacts(
    agency="演示市城市管理局",
    office="演示市城市管理局办公室",
    address="演示市演示路1号",
    telephone="0000-1234567",
    postcode="000000",
    email="xxgk@example.cn",
    case_number="演城公开申〔2025〕12号",
    applicant_name="王䶮",
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    received_on=dt.date(2025, 3, 3),
    channel="网上提交",
    requested="2024年度城市管理专项资金使用情况，含北区环卫站改造项目的合同和付款明细",
    due_on=dt.date(2025, 3, 31),
    due_explanation="自收到之日的次日起计算20个工作日，周末和法定节假日不计，调休上班日计入",
    form="纸质",
    way="邮寄",
)
_REMEDY = ("演示市人民政府", AgencyKind.DEPARTMENT)
_CONTENT = "《北区环卫站改造项目施工合同》"
_COMPANY = "演示建设有限公司"


@dataclass(frozen=True, slots=True)
class Setting:
    """In which case, by which wording, on which day and as what a sample is made."""

    facts: CaseFacts
    wording: Wording
    on: dt.date
    draft: bool

    @property
    def number(self) -> str | None:
        """The number of its series, which a draft has not."""
        return None if self.draft else f"演城公开〔{self.on.year}〕1号"

    def as_it_is(self) -> CaseFacts:
        """The case."""
        return self.facts

    def corrected(self) -> CaseFacts:
        """The case with a correction that came in."""
        return replace(self.facts, corrected_on=self.facts.corrected_on or self.ago(4))

    def earlier(self) -> CaseFacts:
        """The case as one that came long enough ago for a fee to have stayed unpaid."""
        return replace(self.facts, received_on=min(self.facts.received_on, self.ago(46)))

    def ago(self, days: int) -> dt.date:
        """Some days before the sample."""
        return self.on - dt.timedelta(days=days)

    def later(self, days: int) -> dt.date:
        """Some days after it."""
        return self.on + dt.timedelta(days=days)


def sample_letters() -> Iterator[tuple[str, LetterContent]]:
    """Every paper once, and those that can read quite differently in each of their ways (D02, D02b …)."""
    for name in SAMPLES:
        yield name, sample_letter(name)


def sample_letter(
    name: str,
    *,
    facts: CaseFacts = SAMPLE_FACTS,
    own: Own = SHARED,
    on: dt.date = SAMPLE_DAY,
    draft: bool = False,
) -> LetterContent:
    """The sample of this code (or of one of its ways), for the invented case or a real one. Raises KeyError."""
    return SAMPLES[name](Setting(facts, wording_on(name[:3], on, own), on, draft))


def _receipt(s: Setting) -> LetterContent:
    return receipt(s.facts, wording=s.wording, on=s.on, draft=s.draft)


def _correction(s: Setting) -> LetterContent:
    what = ["所需信息的名称、文号或者便于查询的其他特征性描述", "所需信息的起止时间"]
    return correction_notice(
        s.facts, number=s.number, on=s.on, what=what, correct_by=s.later(14), wording=s.wording, draft=s.draft
    )


def _reasons(s: Setting) -> LetterContent:
    volume = "本年1月以来已申请62件，其中40件内容相同或者相近"
    return reasons_request(
        s.facts, number=s.number, on=s.on, volume=volume, until=s.later(14), wording=s.wording, draft=s.draft
    )


def _extension(s: Setting) -> LetterContent:
    return extension_notice(
        s.facts,
        number=s.number,
        on=s.on,
        days=20,
        consented=s.on,
        reason="所涉档案数量大，需要逐件核对",
        before=s.facts.due_on,
        until=s.facts.due_on + dt.timedelta(days=28),
        wording=s.wording,
        draft=s.draft,
    )


def _delay(s: Setting) -> LetterContent:
    return delay_notice(
        s.facts,
        number=s.number,
        on=s.on,
        asked=s.ago(21),
        given=s.ago(10),
        reason="所涉档案数量大，需要逐件核对",
        until=s.later(60),
        wording=s.wording,
        draft=s.draft,
    )


def _asking(consulted: Consulted, addressee: str) -> Callable[[Setting], LetterContent]:
    def make(s: Setting) -> LetterContent:
        return consultation_letter(
            s.facts,
            number=s.number,
            on=s.on,
            consulted=consulted,
            addressee=addressee,
            content=_CONTENT,
            wording=s.wording,
            draft=s.draft,
        )

    return make


def _being_asked(s: Setting) -> LetterContent:
    return consultation_notice(
        s.facts, number=s.number, on=s.on, consulted=Consulted.THIRD_PARTY, wording=s.wording, draft=s.draft
    )


def _telling(*, objected: bool) -> Callable[[Setting], LetterContent]:
    reasons = "该项目使用财政资金建设，合同总价和付款情况涉及公共利益，不公开可能对公共利益造成重大影响。"

    def make(s: Setting) -> LetterContent:
        return third_party_notice(
            s.facts,
            number=s.number,
            on=s.on,
            asked=Asked(4, s.ago(21), _COMPANY, _CONTENT, objected),
            disclosed="合同总价、工期和付款明细" if objected else "",
            reasons=reasons if objected else "",
            remedy=_remedy(Outcome.GRANTED, s.on).replace("本答复", "本告知书"),
            wording=s.wording,
            draft=s.draft,
        )

    return make


def _fee(s: Setting) -> LetterContent:
    how = "持本通知书到演示市城市管理局办公室领取缴款码，通过银行或者手机支付缴入财政专户"
    return fee_notice(
        s.facts, number=s.number, on=s.on, quote=fee_for_items(25, before=8), how_to_pay=how, wording=s.wording,
        draft=s.draft,
    )  # fmt: skip


#: Replies that speak of what had to happen before.
_CASES: Mapping[str, Callable[[Setting], CaseFacts]] = MappingProxyType(
    {"D15": Setting.corrected, "D22": Setting.earlier}
)


def _replying(code: str, way: Mapping[str, str] | None = None) -> Callable[[Setting], LetterContent]:
    sample, outcome = REPLY_SAMPLES[code], CATALOGUE[code].outcome
    assert outcome is not None, "a reply has an outcome"

    def make(s: Setting) -> LetterContent:
        return reply(
            _CASES.get(code, Setting.as_it_is)(s),
            number=s.number,
            on=s.on,
            outcome=outcome,
            findings=sample.findings,
            reasons=sample.reasons,
            extra=way or {name: _said(s, value) for name, value in sample.slots.items()},
            remedy=_remedy(outcome, s.on),
            attachments=() if way else sample.attachments,
            wording=s.wording,
            draft=s.draft,
        )

    return make


def _said(s: Setting, value: str | int) -> str:
    return value if isinstance(value, str) else s.ago(value).isoformat()


def _registration(s: Setting) -> LetterContent:
    applicant = (
        ("申请人", "王*"),
        ("申请人类别", "自然人"),
        ("证件号码", "**************1234"),
        ("联系电话", "*******5678"),
    )
    return registration_sheet(s.facts, on=s.on, applicant=applicant, registered_by="李四")


def _answer(s: Setting) -> LetterContent:
    return answer_sheet(
        s.facts, on=s.on, addressee=_COMPANY, asked_by="演城公开征〔2025〕1号", asked_on=s.ago(10), content=_CONTENT
    )


def _approval(s: Setting) -> LetterContent:
    sample = REPLY_SAMPLES["D03"]
    return approval_sheet(
        s.facts,
        on=s.on,
        outcome=Outcome.PARTIALLY_GRANTED.label.zh,
        basis="《政府信息公开条例》第三十七条",
        opinion=(("查明的情况", sample.findings), ("理由", sample.reasons)),
        signed=(
            SignOff(Role.DRAFTER.label, "李四", s.ago(4), "拟部分公开，请审核。"),
            SignOff(Role.LEGAL_REVIEWER.label, "赵六", s.ago(2), "依据充分，程序合法。"),
            SignOff(Role.APPROVER.label, ""),
        ),
    )


def _service(s: Setting) -> LetterContent:
    return service_sheet(
        s.facts,
        on=s.on,
        addressee=s.facts.applicant_name,
        paper="政府信息公开申请答复书",
        number="演城公开答〔2025〕12号",
    )


def _remedy(outcome: Outcome, on: dt.date) -> str:
    organ, kind = _REMEDY
    return remedy_paragraph(outcome, kind=kind, review_organ=organ, on=on).zh


_REPLIES = {code: _replying(code) for code in REPLY_SAMPLES}
_WAYS = {name: _replying(code, way) for name, (code, way) in MORE_WAYS.items()}
_OTHERS: dict[str, Callable[[Setting], LetterContent]] = {
    "P01": _registration,
    "P02": _receipt,
    "P03": _correction,
    "P04": _reasons,
    "P05": _extension,
    "P05b": _delay,
    "P06": _asking(Consulted.THIRD_PARTY, _COMPANY),
    "P07": _answer,
    "P08": _being_asked,
    "P09": _telling(objected=False),
    "P10": _asking(Consulted.CO_PRODUCER, "演示市财政局"),
    "P11": _asking(Consulted.OTHER, "演示市审计局"),
    "P12": _fee,
    "D23": _telling(objected=True),
    "S01": _approval,
    "S02": _service,
}
#: How each sample is made, by its name: the code, and a letter more for a further way.
SAMPLES: Mapping[str, Callable[[Setting], LetterContent]] = MappingProxyType(
    dict(sorted({**_OTHERS, **_REPLIES, **_WAYS}.items(), key=lambda pair: ("PDS".index(pair[0][0]), pair[0])))
)
