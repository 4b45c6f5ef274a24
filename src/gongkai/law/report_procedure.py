"""How an annual report comes about: who may do what when, as a pure table.

The law names the result and its dates (条例 49, 50 [C]) and the first person responsible (年度报告格式 [C]); the steps on
the way are the office's own order [I]: written, frozen, put before a leader, signed, published; never signed by who wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.errors import LawError
from gongkai.law.procedure_table import Role
from gongkai.law.report_form import FORM_2021
from gongkai.law.texts import Text


class ReportState(StrEnum):
    """Where a report stands."""

    WRITING = "writing"
    APPROVAL = "approval"
    SIGNED = "signed"
    PUBLISHED = "published"

    @property
    def label(self) -> Text:
        """The state in words."""
        return _STATES[self]


_STATES: Mapping[ReportState, Text] = MappingProxyType(
    {
        ReportState.WRITING: Text("起草", "being written"),
        ReportState.APPROVAL: Text("报批", "before the approver"),
        ReportState.SIGNED: Text("已签发", "signed"),
        ReportState.PUBLISHED: Text("已公布", "published"),
    }
)


class ReportAct(StrEnum):
    """What can be done to a report."""

    BEGIN = "begin"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    PUBLISH = "publish"
    REOPEN = "reopen"

    @property
    def label(self) -> Text:
        """The act in words."""
        return ACTS[self].label


@dataclass(frozen=True, slots=True)
class ActRule:
    """From which states an act leads to which, who may do it, and whether it needs a reason in words.

    ``frozen``: whether the figures must be frozen (True) or open (False) for it; None where it does not matter.
    """

    label: Text
    before: frozenset[ReportState | None]
    after: ReportState
    roles: frozenset[Role]
    reason: bool = False
    frozen: bool | None = None


WRITERS = frozenset({Role.CLERK, Role.EDITOR})
SIGNERS = frozenset({Role.APPROVER})
_W, _A, _S, _P = ReportState.WRITING, ReportState.APPROVAL, ReportState.SIGNED, ReportState.PUBLISHED


def _from(*states: ReportState | None) -> frozenset[ReportState | None]:
    return frozenset(states)


ACTS: Mapping[ReportAct, ActRule] = MappingProxyType(
    {
        ReportAct.BEGIN: ActRule(Text("开始编制", "begin"), _from(None), _W, WRITERS),
        ReportAct.FREEZE: ActRule(Text("冻结数据", "freeze the figures"), _from(_W), _W, WRITERS, frozen=False),
        ReportAct.UNFREEZE: ActRule(
            Text("重新开放数据", "open the figures again"), _from(_W), _W, WRITERS, reason=True, frozen=True
        ),
        ReportAct.SUBMIT: ActRule(Text("报批", "put before the approver"), _from(_W), _A, WRITERS, frozen=True),
        # What is signed may still come back before it is published: a figure was wrong, the agency has another name.
        ReportAct.RETURN: ActRule(Text("退回修改", "send back"), _from(_A, _S), _W, SIGNERS, reason=True),
        ReportAct.SIGN: ActRule(Text("签发", "sign"), _from(_A), _S, SIGNERS, frozen=True),
        ReportAct.PUBLISH: ActRule(Text("公布", "publish"), _from(_S), _P, WRITERS, frozen=True),
        ReportAct.REOPEN: ActRule(Text("重新编制", "open again"), _from(_P), _W, SIGNERS, reason=True),
    }
)


class ReportRefused(LawError):
    """An act that may not be done to this report now."""


def check_act(
    act: ReportAct,
    *,
    state: ReportState | None,
    roles: frozenset[Role],
    frozen: bool,
    reason: str = "",
    wrote: bool = False,
) -> Role:
    """The role in which the person acts. ``wrote``: whether they wrote or submitted this version. Raises ReportRefused."""
    rule = ACTS[act]
    fitting = [role for role in Role if role in roles & rule.roles]
    if not fitting:
        raise _not_for(act, rule)
    if state not in rule.before:
        raise _not_now(act, state)
    if rule.frozen is not None and rule.frozen is not frozen:
        raise _figures(act, rule.frozen)
    if rule.reason and not reason.strip():
        raise _refused("no_reason", f"“{rule.label.zh}”要写明理由。", f"A reason is needed to {rule.label.en}.")
    if act is ReportAct.SIGN and wrote:
        raise _refused(
            "own_work", "自己起草或者报批的年度报告，由其他审批人签发。", "Who wrote or submitted it does not sign it."
        )
    return fitting[0]


def possible(
    *, state: ReportState | None, roles: frozenset[Role], frozen: bool, wrote: bool = False
) -> tuple[ReportAct, ...]:
    """What such a person may do now; where a reason is needed, it is asked for in the act."""

    def allowed(act: ReportAct) -> bool:
        try:
            check_act(act, state=state, roles=roles, frozen=frozen, reason="-", wrote=wrote)
        except ReportRefused:
            return False
        return True

    return tuple(act for act in ReportAct if allowed(act))


def _refused(code: str, zh: str, en: str) -> ReportRefused:
    return ReportRefused(code, Text(zh, en), FORM_2021)


def _not_for(act: ReportAct, rule: ActRule) -> ReportRefused:
    names = [role.label for role in Role if role in rule.roles]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return _refused("wrong_role", f"“{act.label.zh}”由{zh}办理。", f"This is for: {en} ({act.label.en}).")


def _not_now(act: ReportAct, state: ReportState | None) -> ReportRefused:
    now = state.label if state else Text("尚未开始编制", "not begun")
    return _refused(
        "wrong_state",
        f"年度报告现在是“{now.zh}”，不能“{act.label.zh}”。",
        f"The report is {now.en} now: it is not possible to {act.label.en}.",
    )


def _figures(act: ReportAct, needed: bool) -> ReportRefused:
    if needed:
        return _refused(
            "not_frozen", f"数据冻结以后才能“{act.label.zh}”。", f"The figures are frozen before: {act.label.en}."
        )
    return _refused("frozen_already", "数据已经冻结。", "The figures are frozen already.")
