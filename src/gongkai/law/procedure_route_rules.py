"""Why a review, a return or a signature may not be given: the approval route (报批路线) of the decision.

Who reviews, and in which order, is the agency's own rule of handling [I]; each decision names its route.
"""

from __future__ import annotations

from gongkai.law.procedure_question import INTERNAL, Question, Refusal
from gongkai.law.procedure_table import STEPS, Role, StepKind
from gongkai.law.texts import Text

#: The roles that may stand on a route.
ON_ROUTE = (Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER)


def route_ends_with_approver(q: Question) -> Refusal | None:
    """A route holds each role at most once and ends with the approver; an empty one is the approver alone."""
    route = q.step.route
    if not route:
        return None
    known = all(role in ON_ROUTE for role in route)
    if known and len(set(route)) == len(route) and route[-1] is Role.APPROVER:
        return None
    names = [role.label for role in ON_ROUTE]
    text = Text(
        f"报批路线只能由{'、'.join(name.zh for name in names)}组成，每个岗位至多一次，最后由{names[-1].zh}签发。",
        f"An approval route holds only: {', '.join(name.en for name in names)}; each at most once, "
        f"the {names[-1].en} last.",
    )
    return Refusal("bad_route", text + INTERNAL)


def it_is_your_turn(q: Question) -> Refusal | None:
    """Reviews and returns come in the order of the route."""
    turn = q.case.turn
    if turn is None or turn is q.step.role:
        return None
    who, role, label = turn.label, q.step.role.label, STEPS[q.step.kind].label
    text = Text(
        f"按报批路线，现在轮到{who.zh}，{role.zh}现在不能“{label.zh}”。",
        f"On the approval route it is the turn of the {who.en}; not possible now for the {role.en}: {label.en}.",
    )
    return Refusal("not_your_turn", text + INTERNAL)


def reviews_come_first(q: Question) -> Refusal | None:
    """The reply is signed when every earlier role of the route has reviewed it."""
    turn = q.case.turn
    if turn is None or turn is Role.APPROVER:
        return None
    text = Text(
        f"按报批路线，须先由{turn.label.zh}审核，再签发。",
        f"On the approval route the {turn.label.en} must review the reply before it is signed.",
    )
    return Refusal("review_first", text + INTERNAL)


def not_your_own_draft(q: Question) -> Refusal | None:
    """Who gave the opinion, or drew the reply up from it, neither reviews nor signs it [I, internal control]."""
    same = q.step.actor is not None and q.step.actor in (q.case.drafter, q.case.drawn_up_by)
    if not (same and q.settings.signer_is_not_drafter):
        return None
    if q.step.kind is StepKind.REVIEW:
        text = Text(
            "审核人不能是提出办理意见或者拟制答复书的人：须由其他人审核。",
            "Who gave the handling opinion or drew up the reply may not review it: another person must.",
        )
        return Refusal("reviewer_is_drafter", text + INTERNAL)
    text = Text(
        "签发人不能是提出办理意见或者拟制答复书的人：须由其他审批人签发。",
        "Who gave the handling opinion or drew up the reply may not sign it: another approver must.",
    )
    return Refusal("signer_is_drafter", text + INTERNAL)
