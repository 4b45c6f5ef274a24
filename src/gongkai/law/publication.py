"""How information comes to be published of one's own accord: who may do what when, as a pure table.

The law asks for a review before publishing (条例 17 [C]: 保密审查 and other checks; the agency sets the procedure) and that
it be published within 20 working days (条例 26 [C], see `article20.publish_by`). The three rounds 初审, 复审, 终审 by three
people and the secrecy review on record are the practice that the platform standards report [C, REV-01, REV-02]; which post
holds which round is the office's own order [I].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.citations import REG
from gongkai.law.errors import LawError
from gongkai.law.procedure_table import Role
from gongkai.law.texts import Text
from gongkai.law.working_days import Calendar


class RevisionState(StrEnum):
    """Where a revision of an item stands."""

    DRAFT = "draft"
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    FINAL_REVIEW = "final_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    ABANDONED = "abandoned"

    @property
    def label(self) -> Text:
        """The state in words."""
        return _STATES[self]


_STATES: Mapping[RevisionState, Text] = MappingProxyType(
    {
        RevisionState.DRAFT: Text("草稿", "draft"),
        RevisionState.FIRST_REVIEW: Text("待初审", "before the first review"),
        RevisionState.SECOND_REVIEW: Text("待复审", "before the second review"),
        RevisionState.FINAL_REVIEW: Text("待终审", "before the final review"),
        RevisionState.APPROVED: Text("待发布", "approved, to be published"),
        RevisionState.PUBLISHED: Text("已发布", "published"),
        RevisionState.ABANDONED: Text("已放弃", "given up"),
    }
)


class PublicationAct(StrEnum):
    """What can be done to a revision."""

    BEGIN = "begin"
    SUBMIT = "submit"
    FIRST_REVIEW = "pass_first_review"
    SECOND_REVIEW = "pass_second_review"
    FINAL_REVIEW = "pass_final_review"
    RETURN = "return"
    RECALL = "recall"
    PUBLISH = "publish"
    ABANDON = "abandon"
    TAKE_OVER = "take_over"

    @property
    def label(self) -> Text:
        """The act in words."""
        return ACTS[self].label


@dataclass(frozen=True, slots=True)
class ActRule:
    """From which states an act leads to which, who may do it, and whether it needs a reason in words.

    ``own``: None where it does not matter who wrote the revision; False where its writer and whoever signed another
    round of it may not; True where only a writer of it may.
    """

    label: Text
    before: frozenset[RevisionState | None]
    after: RevisionState
    roles: frozenset[Role]
    reason: bool = False
    own: bool | None = None


WRITERS = frozenset({Role.CLERK, Role.DRAFTER, Role.EDITOR})
#: 初审: the department that made it; 复审: the disclosure office; 终审: the head or who signs for them [C practice].
FIRST, SECOND, FINAL = frozenset({Role.UNIT_HEAD}), frozenset({Role.EDITOR, Role.CLERK}), frozenset({Role.APPROVER})
PUBLISHERS = frozenset({Role.EDITOR, Role.CLERK})
#: 保密审查: that there is one is the law [C, 条例 17]; whose post it is, the agency decides [I]. Never the writer.
SECRECY_REVIEWERS = frozenset({Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.EDITOR, Role.CLERK, Role.APPROVER})
#: 紧急下线: three rounds are too slow where something secret or private stands on the site (条例 14, 15 [C] let it be public
#: at no time). Who may hide it, and how soon it must then be decided on, no rule says: settings of the office [I].
SUSPENDERS = frozenset({Role.UNIT_HEAD, Role.APPROVER, Role.SUPERVISOR})
DECIDE_DAYS = 5
#: The states in which a revision lies before its reviewers.
UNDER_REVIEW = frozenset({RevisionState.FIRST_REVIEW, RevisionState.SECOND_REVIEW, RevisionState.FINAL_REVIEW})
#: The acts with which a revision begins.
BEGINNINGS = frozenset({PublicationAct.BEGIN, PublicationAct.TAKE_OVER})
_D, _1, _2, _3 = (
    RevisionState.DRAFT,
    RevisionState.FIRST_REVIEW,
    RevisionState.SECOND_REVIEW,
    RevisionState.FINAL_REVIEW,
)
_A, _P = RevisionState.APPROVED, RevisionState.PUBLISHED
#: The round that is due in each state, by the act that passes it.
ROUNDS: Mapping[RevisionState, PublicationAct] = MappingProxyType(
    {_1: PublicationAct.FIRST_REVIEW, _2: PublicationAct.SECOND_REVIEW, _3: PublicationAct.FINAL_REVIEW}
)


def _from(*states: RevisionState | None) -> frozenset[RevisionState | None]:
    return frozenset(states)


ACTS: Mapping[PublicationAct, ActRule] = MappingProxyType(
    {
        PublicationAct.BEGIN: ActRule(Text("起草", "begin"), _from(None), _D, WRITERS),
        PublicationAct.SUBMIT: ActRule(Text("送审", "submit for review"), _from(_D), _1, WRITERS),
        PublicationAct.FIRST_REVIEW: ActRule(
            Text("初审通过", "pass the first review"), _from(_1), _2, FIRST, own=False
        ),
        PublicationAct.SECOND_REVIEW: ActRule(
            Text("复审通过", "pass the second review"), _from(_2), _3, SECOND, own=False
        ),
        PublicationAct.FINAL_REVIEW: ActRule(
            Text("终审通过", "pass the final review"), _from(_3), _A, FINAL, own=False
        ),
        # Whoever holds the round that is due sends it back (`_roles`); what is approved may still come back.
        PublicationAct.RETURN: ActRule(
            Text("退回修改", "send back"), _from(_1, _2, _3, _A), _D, FIRST | SECOND | FINAL, reason=True
        ),
        PublicationAct.RECALL: ActRule(Text("撤回送审", "take back"), _from(_1, _2, _3), _D, WRITERS, own=True),
        PublicationAct.PUBLISH: ActRule(Text("发布", "publish"), _from(_A), _P, PUBLISHERS),
        PublicationAct.ABANDON: ActRule(
            Text("放弃", "give up"), _from(_D), RevisionState.ABANDONED, WRITERS, reason=True
        ),
        # What stood on an earlier site was published there already: it is taken over, not published anew [I].
        PublicationAct.TAKE_OVER: ActRule(Text("转入", "take over"), _from(None), _P, frozenset({Role.EDITOR})),
    }
)
#: 退回 is for whoever holds the round that is due; once approved, for who approved and who publishes.
_RETURNERS: Mapping[RevisionState, frozenset[Role]] = MappingProxyType(
    {_1: FIRST, _2: SECOND, _3: FINAL, _A: FINAL | PUBLISHERS}
)


class PublicationRefused(LawError):
    """An act that may not be done to this revision now."""


def check_act(
    act: PublicationAct,
    *,
    state: RevisionState | None,
    roles: frozenset[Role],
    reason: str = "",
    wrote: bool = False,
    signed: bool = False,
) -> Role:
    """The role in which the person acts. ``wrote``: whether they wrote this revision; ``signed``: whether they passed
    an earlier round of it. Raises PublicationRefused (REV-01: no one signs two rounds, nobody their own work)."""
    rule = ACTS[act]
    if state not in rule.before:
        raise _not_now(act, state)
    allowed = _RETURNERS.get(state, rule.roles) if act is PublicationAct.RETURN and state else rule.roles
    fitting = [role for role in Role if role in roles & allowed]
    if not fitting:
        raise _not_for(rule, allowed)
    if rule.reason and not reason.strip():
        raise _refused("no_reason", f"“{rule.label.zh}”要写明理由。", f"A reason is needed to {rule.label.en}.")
    if rule.own is False and wrote:
        raise _refused("own_work", "自己起草的信息，由其他人审核。", "Who wrote it does not review it.")
    if rule.own is False and signed:
        raise _refused("signed_before", "初审、复审、终审由三个人分别进行。", "Each round is another person's.")
    if rule.own is True and not wrote:
        raise _refused("not_own", "只有起草人可以撤回。", "Only its writer takes it back.")
    return fitting[0]


def check_suspension(
    *, public: bool, roles: frozenset[Role], reason: str, holders: frozenset[Role] = SUSPENDERS
) -> Role:
    """The role in which the person takes an item off the site at once. It is one act and lasts until the ordinary way has
    decided: withdrawn for good, or put back by a correction that was submitted after it. Raises PublicationRefused."""
    if not public:
        raise _refused("wrong_state", "只有正在公开的信息可以紧急下线。", "Only what is public is taken down.")
    fitting = [role for role in Role if role in roles & holders]
    if not fitting:
        names = [role.label for role in Role if role in holders]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        raise _refused("wrong_role", f"“紧急下线”由{zh}办理。", f"To take it down at once is for: {en}.")
    if not reason.strip():
        raise _refused("no_reason", "紧急下线要写明理由。", "Say why it is taken down.")
    return fitting[0]


def decide_by(suspended_on: date, calendar: Calendar, days: int = DECIDE_DAYS) -> date:
    """The last day to withdraw what was taken down, or to put it back [I]. Raises CalendarError."""
    return calendar.add_working_days(suspended_on, days).day


def possible(
    *, state: RevisionState | None, roles: frozenset[Role], wrote: bool = False, signed: bool = False
) -> tuple[PublicationAct, ...]:
    """What such a person may do now; where a reason is needed, it is asked for in the act."""

    def allowed(act: PublicationAct) -> bool:
        try:
            check_act(act, state=state, roles=roles, reason="-", wrote=wrote, signed=signed)
        except PublicationRefused:
            return False
        return True

    return tuple(act for act in PublicationAct if allowed(act))


def _not_now(act: PublicationAct, state: RevisionState | None) -> PublicationRefused:
    label = ACTS[act].label
    where = state.label if state else Text("尚未起草", "not begun")
    return _refused(
        "wrong_state",
        f"现在不能“{label.zh}”：该信息处于“{where.zh}”。",
        f"It cannot be done now ({label.en}): the information is {where.en}.",
    )


def _not_for(rule: ActRule, roles: frozenset[Role]) -> PublicationRefused:
    names = [role.label for role in Role if role in roles]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return _refused("wrong_role", f"“{rule.label.zh}”由{zh}办理。", f"To {rule.label.en} is for: {en}.")


def _refused(code: str, zh: str, en: str) -> PublicationRefused:
    return PublicationRefused(code, Text(zh, en), REG(17))
