"""Every paper of a case (the codes of law.md §4.3): to whom it goes, what gives it, and its text by version.

P13 is not here: its name was cut off in the only list seen [U]. S01 and S02 are ours: 公开审查呈批单 and 送达回证 have
no code there. D24 is ours as well (see `templates`). That P09 goes to a silent third party and D23 to one that
objected is our reading of two entries for the same duty [I].
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.applications.letters import open_places as places
from gongkai.applications.letters.errors import LetterError
from gongkai.applications.letters.locked import LockedText
from gongkai.applications.letters.own import SHARED, Own
from gongkai.applications.letters.papers import PAPERS
from gongkai.applications.letters.sheets import SHEETS
from gongkai.applications.letters.slots import Condition, Slot, effective
from gongkai.applications.letters.templates import REPLIES
from gongkai.law.outcomes import Outcome
from gongkai.law.texts import Text


class GoesTo(StrEnum):
    """Who gets a paper."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    CO_PRODUCER = "co_producer"
    ORGAN = "organ"
    FILE = "file"

    @property
    def label(self) -> Text:
        """In words."""
        return _GOES_TO[self]


_GOES_TO = {
    GoesTo.APPLICANT: Text("申请人", "applicant"),
    GoesTo.THIRD_PARTY: Text("第三方", "third party"),
    GoesTo.CO_PRODUCER: Text("共同制作机关", "co-producing agency"),
    GoesTo.ORGAN: Text("其他机关", "another organ"),
    GoesTo.FILE: Text("存卷", "kept in the file"),
}


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One paper: its name, who gets it, what gives it. ``numbered``: it has a 发文字号 of its own. ``outcome`` and, where
    an outcome has two papers, the choice ``when`` of its form that gives this one."""

    code: str
    name: Text
    to: GoesTo
    gives: Text
    numbered: bool = True
    outcome: Outcome | None = None
    when: Condition | None = None

    @property
    def is_sheet(self) -> bool:
        """A sheet printed from the case, not a letter that is issued."""
        return self.code in SHEETS

    @property
    def to_applicant(self) -> bool:
        """Whether it may say who applied."""
        return self.to in (GoesTo.APPLICANT, GoesTo.FILE)


def _reply(code: str, outcome: Outcome, name: Text | None = None, when: Condition | None = None) -> PaperRule:
    label = name or outcome.label
    gives = Text(f"办理结果为{outcome.label.zh}", f"Outcome: {outcome.label.en}")
    if name:
        gives = Text(f"{gives.zh}，{name.zh}", f"{gives.en}; {name.en}")
    return PaperRule(code, label, GoesTo.APPLICANT, gives, outcome=outcome, when=when)


_ASKED = Text("征求意见", "An opinion is sought")
_RULES: tuple[PaperRule, ...] = (
    PaperRule(
        "P01", Text("申请登记表", "Registration sheet"), GoesTo.FILE, Text("从办件打印", "Printed from the case"), False
    ),
    PaperRule(
        "P02",
        Text("申请接收回执", "Receipt"),
        GoesTo.APPLICANT,
        Text("确认收到申请（使用登记编号）", "Receipt is confirmed (bears the number of the case)"),
        False,
    ),
    PaperRule(
        "P03", Text("补正告知书", "Correction notice"), GoesTo.APPLICANT, Text("告知补正", "Correction is asked")
    ),
    PaperRule(
        "P04",
        Text("说明理由告知书", "Request for reasons"),
        GoesTo.APPLICANT,
        Text("数量、频次明显超过合理范围，要求说明理由", "Number or frequency is beyond reason; reasons are asked"),
    ),
    PaperRule(
        "P05",
        Text("延期答复告知书", "Notice of a later reply"),
        GoesTo.APPLICANT,
        Text("延长答复期限，或者理由合理而确定延迟答复的期限", "Extension, or a delay agreed on for good reasons"),
    ),
    PaperRule("P06", Text("征求意见书（第三方）", "Letter to a third party"), GoesTo.THIRD_PARTY, _ASKED),
    PaperRule(
        "P07",
        Text("征求意见确认函", "Answer sheet"),
        GoesTo.THIRD_PARTY,
        Text("随征求意见书（第三方）附送", "Goes with the letter to a third party"),
        False,
    ),
    PaperRule("P08", Text("征求意见告知书", "Notice that an opinion is sought"), GoesTo.APPLICANT, _ASKED),
    PaperRule(
        "P09",
        Text("决定公开告知书（第三方未提出意见）", "Notice of disclosure (third party was silent)"),
        GoesTo.THIRD_PARTY,
        Text("决定公开，而第三方逾期未提出意见", "Disclosed, and the third party was silent"),
    ),
    PaperRule("P10", Text("征求意见书（共同制作机关）", "Letter to a co-producer"), GoesTo.CO_PRODUCER, _ASKED),
    PaperRule("P11", Text("征求意见函（其他机关）", "Letter to another organ"), GoesTo.ORGAN, _ASKED),
    PaperRule(
        "P12", Text("收费通知书", "Fee notice"), GoesTo.APPLICANT, Text("决定收取信息处理费", "A fee is to be paid")
    ),
    _reply("D01", Outcome.GRANTED, Text("已主动公开", "already published"), places.PUBLISHED),
    PaperRule(
        "D02",
        Outcome.GRANTED.label,
        GoesTo.APPLICANT,
        Text("办理结果为予以公开，尚未主动公开", "Outcome: granted; not published before"),
        outcome=Outcome.GRANTED,
    ),
    _reply("D03", Outcome.PARTIALLY_GRANTED),
    _reply("D04", Outcome.STATE_SECRET),
    _reply("D05", Outcome.PROHIBITED_BY_LAW),
    _reply("D06", Outcome.ENDANGERS_SECURITY),
    _reply("D07", Outcome.THIRD_PARTY_RIGHTS),
    _reply("D08", Outcome.INTERNAL_AFFAIRS),
    _reply("D09", Outcome.PROCESS_INFORMATION),
    _reply("D10", Outcome.ENFORCEMENT_FILE),
    _reply("D11", Outcome.ADMINISTRATIVE_QUERY),
    _reply("D12", Outcome.NOT_HELD, Text("经检索不存在", "searched for and not found"), places.ABSENT),
    _reply("D13", Outcome.NOT_HELD, Text("不属于本机关负责公开", "another agency is responsible")),
    _reply("D14", Outcome.NEEDS_CREATION),
    _reply("D15", Outcome.STILL_UNCLEAR),
    _reply("D16", Outcome.PETITION),
    _reply("D17", Outcome.REPEATED),
    _reply("D18", Outcome.PUBLISHED_MATERIAL),
    _reply("D19", Outcome.ABUSIVE_VOLUME),
    _reply("D20", Outcome.REISSUE),
    _reply("D21", Outcome.CORRECTION_LAPSED),
    _reply("D22", Outcome.FEE_UNPAID),
    PaperRule(
        "D23",
        Text("决定公开告知书（第三方不同意公开）", "Notice of disclosure (third party objected)"),
        GoesTo.THIRD_PARTY,
        Text("第三方不同意公开，而本机关决定公开", "Disclosed although the third party objected"),
    ),
    _reply("D24", Outcome.OTHER),
    PaperRule(
        "S01",
        Text("公开审查呈批单", "Approval sheet"),
        GoesTo.FILE,
        Text("从办件打印，审核、签发的记录随步骤写入", "Printed from the case, with its reviews and signature"),
        False,
    ),
    PaperRule(
        "S02",
        Text("送达回证", "Proof of service"),
        GoesTo.FILE,
        Text("随任一文书打印", "Printed for any letter"),
        False,
    ),
)

#: Every paper by its code.
CATALOGUE: Mapping[str, PaperRule] = MappingProxyType({rule.code: rule for rule in _RULES})
_REPLY_CODES: Mapping[Outcome, tuple[str, ...]] = MappingProxyType(
    {outcome: tuple(rule.code for rule in _RULES if rule.outcome is outcome) for outcome in Outcome}
)


def _by_code() -> dict[str, tuple[LockedText, ...]]:
    texts: dict[str, tuple[LockedText, ...]] = {}
    for text in (*PAPERS, *REPLIES, *SHEETS.values()):
        texts[text.code] = (*texts.get(text.code, ()), text)
    return texts


#: The versions of each paper's locked text, the oldest first.
VERSIONS: Mapping[str, tuple[LockedText, ...]] = MappingProxyType(_by_code())


@dataclass(frozen=True, slots=True)
class Wording:
    """By which texts a letter is made: the locked one of its day, and what the agency adds."""

    locked: LockedText
    own: Own = SHARED

    @property
    def stated(self) -> str:
        """How the letter names them: D02/2019.1, or D02/2019.1+3 with the agency's third version."""
        return f"{self.locked.stated}+{self.own.version}" if self.own.version else self.locked.stated


def template_on(code: str, day: dt.date) -> LockedText:
    """The locked text by which a paper of that day is made. Raises KeyError for no code, LetterError ``no_template`` where
    none was in force yet."""
    for text in VERSIONS[code]:
        if text.holds_on(day):
            return text
    message = Text(f"{day.isoformat()}没有可用的文书模板（{code}）。", f"No template was in force on {day} ({code}).")
    raise LetterError("no_template", "on", message)


def wording_on(code: str, day: dt.date, own: Own = SHARED) -> Wording:
    """The wording of a paper on a day."""
    return Wording(template_on(code, day), own)


def codes_of(outcome: Outcome) -> tuple[str, ...]:
    """The papers that an outcome can give, first those that a choice of its form gives."""
    return _REPLY_CODES[outcome]


def reply_code(outcome: Outcome, slots: Mapping[str, str]) -> str:
    """Which paper the reply for this outcome is, with these places filled."""
    for code in codes_of(outcome):
        when, text = CATALOGUE[code].when, VERSIONS[code][-1]
        if when is None or when.holds(effective(text.slots, slots)):
            return code
    raise AssertionError("the last paper of an outcome needs no choice")


def slots_of(rule: PaperRule, text: LockedText) -> tuple[Slot, ...]:
    """The open places that this very paper has: of a form that two papers share, not those of the other one."""
    others = [CATALOGUE[code].when for code in codes_of(rule.outcome) if code != rule.code] if rule.outcome else []
    kept: dict[str, Slot] = {}
    for slot in text.slots:
        needed = slot.when is None or slot.when.slot in kept or slot.when in (rule.when, *_choices(text))
        if needed and _belongs(slot, rule.when, others):
            kept[slot.name] = slot
    return tuple(kept.values())


def _choices(text: LockedText) -> list[Condition]:
    """The conditions that a choice of the form can fulfil."""
    return [Condition(slot.name, choice.value) for slot in text.slots for choice in slot.choices]


def _belongs(slot: Slot, own: Condition | None, others: list[Condition | None]) -> bool:
    if slot.when is None:
        return own is None or own.slot != slot.name
    if own is not None and slot.when.slot == own.slot:
        return slot.when == own
    return slot.when not in others
