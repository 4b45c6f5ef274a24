"""Write docs/procedure.md from the table of the procedure and from trying every step in every state.

python scripts/procedure_diagram.py           write it
python scripts/procedure_diagram.py --check   fail if it is stale
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from gongkai.law.clock_events import Consulted  # noqa: E402
from gongkai.law.outcomes import Outcome  # noqa: E402
from gongkai.law.procedure import STEPS, Case, ReopenGround, Role, Stage, Step, StepKind, refusal  # noqa: E402
from gongkai.law.procedure_case import advanced, opened  # noqa: E402
from gongkai.law.working_days import Calendar  # noqa: E402

TARGET = ROOT / "docs/procedure.md"
BEGUN = dt.date(2025, 3, 3)
NATIONAL = Calendar.national()
# Days after the last step on which steps are tried: the same day, and long after every period is over.
WAITS = (0, 90)

Transition = tuple[Stage, StepKind, Stage]


@cache
def transitions() -> list[Transition]:
    """Every step from stage to stage that is allowed in some case, found by trying, in the order of the stages."""
    first = opened(Step(StepKind.RECEIPT, BEGUN, Role.APPLICANT))
    found: set[Transition] = set()
    seen, waiting = {_state(first)}, deque([first])
    while waiting:
        case = waiting.popleft()
        for step in _tries(case):
            after = advanced(case, step)
            found.add((case.stage, step.kind, after.stage))
            if _state(after) not in seen:
                seen.add(_state(after))
                waiting.append(after)
    stages, kinds = list(Stage), list(StepKind)
    return sorted(found, key=lambda t: (stages.index(t[0]), kinds.index(t[1]), stages.index(t[2])))


def _state(case: Case) -> tuple[object, ...]:
    """What decides about stages, dates left out but for the limit; two consultations stand for any number.

    The shortest way to a state is tried first, so that what may be taken once has mostly not been taken yet.
    """
    asked = tuple(case.history[index].consulted for index in case.open_consultations[:2])
    reasons = case.reasons_by is not None, case.reasons_given is not None
    early = case.last_day == BEGUN
    if case.delivered is not None:
        return case.stage, case.correction, case.served is not None
    waiting = case.fee_awaited, reasons, case.withdrawn is not None, case.turn
    if case.due_question:
        return case.stage, case.due_question
    return case.stage, case.correction, asked, waiting, early


def _tries(case: Case) -> Iterator[Step]:
    # A due date in question moves nothing else, so that the rest is tried once, without one.
    kinds = (StepKind.DUE_DECISION,) if case.due_question else tuple(STEPS)
    for wait in WAITS:
        today = case.last_day + dt.timedelta(days=wait)
        for kind in kinds:
            rule = STEPS[kind]
            for step in _filled(case, Step(kind, today, rule.roles[-1])):
                many = kind is StepKind.CONSULTATION and len(case.open_consultations) > 1
                if not many and refusal(case, step, NATIONAL) is None:
                    yield step


def _filled(case: Case, step: Step) -> list[Step]:
    if step.kind is StepKind.CORRECTION_NOTICE:
        return [replace(step, correct_by=step.on + dt.timedelta(days=10))]
    if step.kind is StepKind.CONSULTATION:
        return [replace(step, consulted=who) for who in Consulted]
    if step.kind is StepKind.CONSULTATION_REPLY:
        return [replace(step, consultation=index) for index in case.open_consultations]
    if step.kind is StepKind.EXTENSION:
        return [replace(step, days=20, consented=step.on)]
    if step.kind is StepKind.REASONS_ASKED:
        return [replace(step, until=step.on + dt.timedelta(days=10))]
    if step.kind is StepKind.AGREED_DELAY:
        return [replace(step, until=step.on + dt.timedelta(days=200))]
    if step.kind is StepKind.OPINION:
        outcomes = (Outcome.GRANTED, Outcome.CORRECTION_LAPSED, Outcome.FEE_UNPAID, Outcome.OTHER)
        return [replace(step, outcome=outcome) for outcome in outcomes]
    return _filled_later(step)


def _filled_later(step: Step) -> list[Step]:
    if step.kind is StepKind.DECISION:
        return [step, replace(step, route=(Role.LEGAL_REVIEWER, Role.APPROVER))]
    if step.kind is StepKind.SERVED:
        return [replace(step, received=step.on)]
    if step.kind is StepKind.REOPEN:
        return [replace(step, ground=ReopenGround.COURT)]
    if step.kind is StepKind.TAKEN_OVER:
        return [replace(step, outcome=Outcome.GRANTED)]
    if step.kind is StepKind.RECOUNT:
        return [step, replace(step, until=step.on + dt.timedelta(days=400))]
    if step.kind is StepKind.DUE_DECISION:
        return [replace(step, kept=True)]
    return [step]


def diagram(found: list[Transition]) -> str:
    """The state diagram, in the language that forges and editors draw."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{stage.label.zh} {stage.label.en}" as {stage.value}' for stage in Stage]
    lines.append(f"    [*] --> {Stage.REGISTER.value} : {StepKind.RECEIPT.label.zh}")
    arrows: dict[tuple[Stage, Stage], list[str]] = {}
    for before, kind, after in found:
        arrows.setdefault((before, after), []).append(kind.label.zh)
    lines += [f"    {before.value} --> {after.value} : {'、'.join(kinds)}" for (before, after), kinds in arrows.items()]
    lines.append(f"    {Stage.CLOSED.value} --> [*]")
    return "\n".join(lines)


def table() -> str:
    """The steps: who, from which stages, what must precede, what it produces, what it does to the clock, article."""
    rows = [
        "| 步骤 Step | 由谁 By | 环节 At | 前提 Needs | 文书 Produces | 对答复期限的影响 Clock | 依据 Basis |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in STEPS.values():
        stages = "、".join(stage.label.zh for stage in Stage if stage in rule.stages) or "–"
        cells = (
            f"{rule.label.zh}<br>{rule.label.en}",
            "、".join(role.label.zh for role in rule.roles),
            stages,
            f"{rule.needs.zh}<br>{rule.needs.en}",
            rule.letter.zh if rule.letter else "–",
            f"{rule.clock.zh}<br>{rule.clock.en}",
            rule.article.zh if rule.article else "内部办理规则 internal",
        )
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def moves(found: list[Transition]) -> str:
    """The diagram once more, in words."""
    lines = []
    for stage in Stage:
        from_here = [f"{kind.label.zh} → {after.label.zh}" for before, kind, after in found if before is stage]
        lines.append(f"- **{stage.label.zh}** ({stage.label.en}): " + ("；".join(from_here) or "终点 the end"))
    return "\n".join(lines)


def page() -> str:
    """The whole page."""
    found = transitions()
    return f"""# 办理程序 · The procedure of an application

Generated by `python scripts/procedure_diagram.py` from `gongkai.law.procedure`: the table below is its table, the
diagram was found by trying every step in every state. Do not edit.

受理不起算期限，收到之日才起算（条例第三十一条、第三十三条）。The reply limit runs from receipt, never from acceptance.
移送（告知向其他机关申请）不是步骤：不属于本机关负责公开的，以“本机关不掌握相关政府信息”答复，并告知负责机关（条例第三十六条第五项）。
Transfer is no step: where another agency is responsible the outcome is "not held", and the reply names that agency
(art. 36(5)). 要求说明理由不暂停期限；撤回没有专门条文，以“其他”办结（本系统的理解）。A request for reasons pauses nothing;
withdrawal has no article of its own and closes the case as "other" (our reading).

```mermaid
{diagram(found)}
```

{moves(found)}

## 步骤 · Steps

{table()}
"""


def main() -> int:
    """Writes the page, or with --check says whether it is fresh."""
    if "--check" in sys.argv[1:]:
        fresh = TARGET.exists() and TARGET.read_text(encoding="utf-8") == page()
        print(
            "docs/procedure.md is fresh" if fresh else "docs/procedure.md is stale: python scripts/procedure_diagram.py"
        )
        return 0 if fresh else 1
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
