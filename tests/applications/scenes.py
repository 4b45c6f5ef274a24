"""Cases brought to any stage by the actions themselves, and what every action's tests ask of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.http import Http404

from gongkai.agencies.errors import NotAllowed
from gongkai.agencies.models import Appointment, ApprovalRoute, NumberSeries, Person, ReceiptRule
from gongkai.agencies.selectors import today
from gongkai.applications.actions.accept import accept
from gongkai.applications.actions.archive import archive
from gongkai.applications.actions.consult import consult, receive_opinion
from gongkai.applications.actions.correct import notify_correction, receive_correction
from gongkai.applications.actions.decide import draw_up, review, send_back, sign
from gongkai.applications.actions.decide_due import decide_due
from gongkai.applications.actions.deliver import Delivery, deliver
from gongkai.applications.actions.extend import extend
from gongkai.applications.actions.fee import ask_fee, record_payment
from gongkai.applications.actions.propose import propose
from gongkai.applications.actions.reasons import agree_delay, ask_reasons, receive_reasons
from gongkai.applications.actions.register import register
from gongkai.applications.actions.reopen import reopen
from gongkai.applications.actions.serve import record_service
from gongkai.applications.actions.withdraw import Withdrawal, withdraw
from gongkai.applications.errors import CaseNotFound, Conflict
from gongkai.applications.history import READING_ROLES, derived_columns, take
from gongkai.applications.models import Application, Letter, Step
from gongkai.demonstration.cases import granted_slots
from gongkai.documents.models import Document
from gongkai.documents.store import read
from gongkai.law.clock import Consulted
from gongkai.law.errors import LawError, ProcedureError
from gongkai.law.fees import FeeMethod
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import STEPS, ReopenGround, Role, Stage, StepKind
from gongkai.ledger.digests import sm3
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.cast import SINCE, Cast, make_person

RECEIVED = date(2025, 3, 3)
NO_SUCH_CASE = 987_654_321


@dataclass(frozen=True)
class Act:
    """One action as the tests take it: by whom, on which day, with which data."""

    action: Callable[..., Application]
    role: Role
    on: date
    data: Mapping[str, Any] = field(default_factory=dict)


GRANTED: Mapping[str, Any] = {
    "outcome": Outcome.GRANTED,
    "findings": "经查，本机关保存有该信息，属于可以公开的政府信息。",
    "slots": granted_slots("2020年度城市管理专项资金使用情况"),
}
ACTS: Mapping[StepKind, Act] = {
    StepKind.REGISTER: Act(register, Role.CLERK, RECEIVED),
    StepKind.ACCEPT: Act(accept, Role.CLERK, date(2025, 3, 4)),
    StepKind.CORRECTION_NOTICE: Act(
        notify_correction,
        Role.CLERK,
        date(2025, 3, 5),
        {"points": ["请写明项目名称", "请写明年份"], "correct_by": date(2025, 3, 20)},
    ),
    StepKind.CORRECTED: Act(receive_correction, Role.CLERK, date(2025, 3, 10), {"text": "项目为北区环卫站，2020年。"}),
    StepKind.CONSULTATION: Act(
        consult,
        Role.CLERK,
        date(2025, 3, 6),
        {"consulted": Consulted.THIRD_PARTY, "addressee": "演示建设有限公司", "text": "北区环卫站施工合同"},
    ),
    StepKind.CONSULTATION_REPLY: Act(
        receive_opinion,
        Role.CLERK,
        date(2025, 3, 12),
        {"consultation": 4, "objected": False, "text": "同意公开。"},
    ),
    StepKind.EXTENSION: Act(
        extend,
        Role.APPROVER,
        date(2025, 3, 13),
        {"days": 10, "consented": date(2025, 3, 12), "reason": "所涉档案数量大，需要逐件核对"},
    ),
    StepKind.REASONS_ASKED: Act(
        ask_reasons,
        Role.CLERK,
        date(2025, 3, 5),
        {"volume": "您自2025年1月1日以来已申请62件", "until": date(2025, 3, 12)},
    ),
    StepKind.REASONS_GIVEN: Act(receive_reasons, Role.CLERK, date(2025, 3, 10), {"text": "撰写学位论文需要。"}),
    StepKind.AGREED_DELAY: Act(
        agree_delay, Role.APPROVER, date(2025, 3, 13), {"until": date(2025, 5, 30), "reason": "所涉档案数量大"}
    ),
    StepKind.FEE_NOTICE: Act(
        ask_fee,
        Role.CLERK,
        date(2025, 3, 6),
        {"method": FeeMethod.PAGES, "count": 68, "how_to_pay": "凭本通知书到演示银行营业厅缴纳"},
    ),
    StepKind.FEE_PAID: Act(record_payment, Role.CLERK, date(2025, 3, 11), {"voucher": "豫财0012345"}),
    StepKind.WITHDRAWAL: Act(withdraw, Role.CLERK, date(2025, 3, 13), {"way": Withdrawal.LETTER}),
    StepKind.OPINION: Act(propose, Role.DRAFTER, date(2025, 3, 14), GRANTED),
    StepKind.DECISION: Act(draw_up, Role.CLERK, date(2025, 3, 17)),
    StepKind.REVIEW: Act(review, Role.UNIT_HEAD, date(2025, 3, 18), {"remark": "同意。"}),
    StepKind.RETURN: Act(send_back, Role.APPROVER, date(2025, 3, 18), {"reason": "请补充检索经过。"}),
    StepKind.SIGN: Act(sign, Role.APPROVER, date(2025, 3, 18)),
    StepKind.DELIVER: Act(deliver, Role.CLERK, date(2025, 3, 19), {"way": Delivery.ONLINE}),
    StepKind.SERVED: Act(record_service, Role.CLERK, date(2025, 3, 20), {"received": date(2025, 3, 20)}),
    StepKind.ARCHIVE: Act(archive, Role.CLERK, date(2025, 3, 20)),
    StepKind.REOPEN: Act(
        reopen,
        Role.CLERK,
        date(2025, 6, 3),
        {"ground": ReopenGround.RECONSIDERATION, "document": "演政复决〔2025〕8号"},
    ),
    StepKind.DUE_DECISION: Act(decide_due, Role.CLERK, date(2025, 3, 10), {"kept": True, "reason": "已告知申请人。"}),
}

_ACCEPTED = (StepKind.REGISTER, StepKind.ACCEPT)
#: The straight way through the stages; the two side stages are reached from OPINE.
STRAIGHT = (
    *_ACCEPTED,
    StepKind.OPINION,
    StepKind.DECISION,
    StepKind.SIGN,
    StepKind.DELIVER,
    StepKind.ARCHIVE,
)
WAY_TO: Mapping[Stage, Sequence[StepKind]] = {
    Stage.REGISTER: (),
    Stage.ACCEPT: STRAIGHT[:1],
    Stage.OPINE: STRAIGHT[:2],
    Stage.CORRECT: (*_ACCEPTED, StepKind.CORRECTION_NOTICE),
    Stage.CONSULT: (*_ACCEPTED, StepKind.CONSULTATION),
    Stage.DECIDE: STRAIGHT[:3],
    Stage.APPROVE: STRAIGHT[:4],
    Stage.DELIVER: STRAIGHT[:5],
    Stage.ARCHIVE: STRAIGHT[:6],
    Stage.CLOSED: STRAIGHT,
}
#: Where each action is at home in these tests.
HOME: Mapping[StepKind, Stage] = {
    StepKind.REGISTER: Stage.REGISTER,
    StepKind.ACCEPT: Stage.ACCEPT,
    StepKind.CORRECTION_NOTICE: Stage.OPINE,
    StepKind.CORRECTED: Stage.CORRECT,
    StepKind.CONSULTATION: Stage.OPINE,
    StepKind.CONSULTATION_REPLY: Stage.CONSULT,
    StepKind.EXTENSION: Stage.OPINE,
    StepKind.REASONS_ASKED: Stage.OPINE,
    StepKind.REASONS_GIVEN: Stage.OPINE,
    StepKind.AGREED_DELAY: Stage.OPINE,
    StepKind.FEE_NOTICE: Stage.OPINE,
    StepKind.FEE_PAID: Stage.OPINE,
    StepKind.WITHDRAWAL: Stage.OPINE,
    StepKind.OPINION: Stage.OPINE,
    StepKind.DECISION: Stage.DECIDE,
    StepKind.REVIEW: Stage.APPROVE,
    StepKind.RETURN: Stage.APPROVE,
    StepKind.SIGN: Stage.APPROVE,
    StepKind.DELIVER: Stage.DELIVER,
    StepKind.SERVED: Stage.ARCHIVE,
    StepKind.ARCHIVE: Stage.ARCHIVE,
    StepKind.REOPEN: Stage.CLOSED,
    StepKind.DUE_DECISION: Stage.OPINE,
}
#: What has happened at that stage before the step may be taken.
BEFORE: Mapping[StepKind, Sequence[StepKind]] = {
    StepKind.REASONS_GIVEN: (StepKind.REASONS_ASKED,),
    StepKind.AGREED_DELAY: (StepKind.REASONS_ASKED, StepKind.REASONS_GIVEN),
    StepKind.FEE_PAID: (StepKind.FEE_NOTICE,),
}
#: The longest route of an office.
ROUTE = (Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER)


@dataclass
class Scene:
    """The cast with its cases."""

    cast: Cast

    def apply(self, on: date = RECEIVED, **changes: Any) -> Application:
        return self.cast.apply(on, **changes).application

    def unconfirmed(self) -> Application:
        """An application of an agency that counts from the day both sides confirm (条例 31(三))."""
        self.cast.agency.receipt_rule = ReceiptRule.BOTH_CONFIRM
        self.cast.agency.save(update_fields=["receipt_rule"])
        return self.apply()

    def take(self, kind: StepKind, application: Application, **changes: Any) -> Application:
        """Take one step as its usual person on its usual day; `changes` replace actor, day and data."""
        act = ACTS[kind]
        usual = {"actor": self.usual(kind), "on": act.on, **act.data}
        return act.action(case_id=application.pk, **{**usual, **changes})

    def along(self, application: Application, *kinds: StepKind) -> Application:
        """Take several steps one after the other, each as usual."""
        for kind in kinds:
            application = self.take(kind, application)
        return application

    def at(self, stage: Stage, **changes: Any) -> Application:
        """A case that stands at this stage."""
        application = self.along(self.apply(**changes), *WAY_TO[stage])
        assert application.stage == stage
        return application

    def home(self, kind: StepKind) -> Application:
        """A case in which this step may be taken next."""
        if kind is StepKind.REVIEW:
            self.route()
        application = self.along(self.at(HOME[kind]), *BEFORE.get(kind, ()))
        if kind is StepKind.DUE_DECISION:
            self.recounted(application)
        return application

    def usual(self, kind: StepKind) -> Person:
        """Who usually takes such a step."""
        return getattr(self.cast, ACTS[kind].role.value)  # type: ignore[no-any-return]

    def route(self, *roles: Role, outcome: str = "") -> None:
        """The agency sets a route of approval, by default the longest."""
        kept = [role.value for role in roles or ROUTE]
        ApprovalRoute.objects.update_or_create(
            agency=self.cast.agency, outcome=outcome, defaults={"roles": kept}
        )  # fmt: skip

    def recounted(self, application: Application, told: date = date(2025, 4, 2)) -> Application:
        """The working days were changed, and the limit came nearer than was told."""
        facts = {"before": told.isoformat(), "after": "2025-03-31", "until": told.isoformat()}
        on = last_day(application)
        with transaction.atomic():
            take(application, StepKind.RECOUNT, on=on, actor=None, role=Role.SYSTEM, facts=facts)
        return application

    def everywhere(self) -> Iterator[Application]:
        """A case at each of the ten stages in turn: one goes straight through, two stand aside."""
        application = self.apply()
        yield application
        for kind in STRAIGHT:
            application = self.take(kind, application)
            yield application
        yield self.at(Stage.CORRECT)
        yield self.at(Stage.CONSULT)

    def colleague(self, role: Role) -> Person:
        """A second person with this role at the agency."""
        return make_person(f"{self.cast.agency.slug}-second-{role.value}", self.cast.agency, role)


def everything() -> list[Any]:
    """All that an action could have written: rows, numbers used up, ledger entries."""
    found = []
    with connection.cursor() as cursor:  # as the tables hold them: compared often, and models take ten times as long
        for table in (Application, Step, Letter, Document, NumberSeries, Entry, Chain):
            cursor.execute(f"SELECT * FROM {table._meta.db_table} ORDER BY {table._meta.pk.column}")
            found.append(cursor.fetchall())
    return found


@contextmanager
def nothing_written() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


def last_day(application: Application) -> date:
    last = application.steps.order_by("number").last()
    return last.on if last else RECEIVED


def said(letter: Letter) -> str:
    """The text of a letter as a reader would copy it from the kept PDF, without white space."""
    from tests.documents.papers import text_of

    return text_of(read(letter.document))


def squeezed(text: str) -> str:
    return "".join(text.split())


# --- what every action's tests ask ---


def check_wrong_people(scene: Scene, kind: StepKind) -> None:
    """Each role that may not is told whose step it is; who may read no case is told that there is none."""
    application, rule = scene.home(kind), STEPS[kind]
    colleagues = {role: getattr(scene.cast, role.value) for role in READING_ROLES if role not in rule.roles}
    assert colleagues, "some role of the agency may not take the step"
    for role, person in colleagues.items():
        with nothing_written(), pytest.raises(NotAllowed) as refused:
            scene.take(kind, application, actor=person)
        assert rule.label.zh in refused.value.message.zh, role
        owners = [owner.label.zh for owner in rule.roles if owner is not Role.APPLICANT]
        assert all(owner in refused.value.message.zh for owner in owners), role
    for outsider in outsiders(scene):
        check_hidden(scene, kind, application, outsider)


def outsiders(scene: Scene) -> list[Person]:
    """Everybody for whom this agency's cases do not exist."""
    agency, cast = scene.cast.agency, scene.cast
    former = make_person("former", None)
    for role in (Role.CLERK, Role.DRAFTER, Role.APPROVER):
        Appointment.objects.create(
            person=former, agency=agency, role=role.value, since=SINCE, until=today() - timedelta(days=1)
        )
    locked_out = make_person("locked-out", agency, Role.CLERK, Role.DRAFTER, Role.APPROVER)
    Person.objects.filter(pk=locked_out.pk).update(is_active=False)
    return [cast.other_clerk, cast.stranger, cast.editor, cast.administrator, former, locked_out]


def check_hidden(scene: Scene, kind: StepKind, application: Application, outsider: Person) -> None:
    """An existing case is refused exactly as one that does not exist, whatever step the person claims to have seen."""
    missing = Application(pk=NO_SUCH_CASE)
    answers = []
    for case, seen in ((application, None), (application, 0), (missing, None), (missing, 0)):
        with nothing_written(), pytest.raises(Http404) as hidden:
            scene.take(kind, case, actor=outsider, seen=seen)
        answers.append((type(hidden.value), str(hidden.value)))
    assert set(answers) == {(CaseNotFound, "")}, outsider.username


def check_wrong_stages(scene: Scene, kind: StepKind, expected: Mapping[Stage, str], **data: Any) -> None:
    """At every other stage: refused for the expected reason, with its article or as an internal rule; nothing written."""
    actor, met = scene.usual(kind), set()
    for application in scene.everywhere():
        stage = Stage(application.stage)
        if stage not in expected:
            continue
        changes = {"actor": actor, "on": last_day(application), **data}
        with nothing_written(), pytest.raises(LawError) as refused:
            scene.take(kind, application, **changes)
        assert isinstance(refused.value, ProcedureError), (stage, refused.value)
        assert refused.value.code == expected[stage], stage
        assert refused.value.article or "内部办理规则" in refused.value.message.zh, stage
        met.add(stage)
    assert met == set(expected)
    check_unconfirmed(scene, kind, **data)


def check_unconfirmed(scene: Scene, kind: StepKind, **data: Any) -> None:
    """Before its receipt is confirmed nothing but registering is possible (条例 31(三))."""
    application = scene.unconfirmed()
    with nothing_written(), pytest.raises(ProcedureError) as refused:
        scene.take(kind, application, on=RECEIVED, **data)
    assert (refused.value.code, str(refused.value.article)) == ("no_receipt", str(STEPS[StepKind.RECEIPT].article))


def check_days(scene: Scene, kind: StepKind) -> None:
    """Not before the step before, not after today."""
    application = scene.home(kind)
    for day, code in (
        (last_day(application) - timedelta(days=1), "before_previous_step"),
        (today() + timedelta(days=1), "in_the_future"),
    ):
        with nothing_written(), pytest.raises(ProcedureError) as refused:
            scene.take(kind, application, on=day)
        assert refused.value.code == code


def check_recorded(application: Application, kind: StepKind, *, actor: Person | None, role: Role, on: date) -> Step:
    """The step, its ledger entry with a digest that anybody can compute again, and the derived columns."""
    rows = list(application.steps.order_by("number"))
    step = rows[-1]
    assert (step.kind, step.actor, step.role, step.on) == (kind.value, actor, role.value, on)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    entry = Entry.objects.get(act=f"applications.{kind.value}", subject=f"application:{application.pk}")
    assert entry.actor == (actor.username if actor else "")
    body = {
        "application": application.pk,
        "number": step.number,
        "kind": kind.value,
        "on": on.isoformat(),
        "actor": actor.pk if actor else None,
        "role": role.value,
        "facts": step.facts,
    }
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert entry.facts == {
        "number": application.number,
        "step": step.number,
        "on": on.isoformat(),
        "digest": sm3(canonical.encode()),
    }
    check_derived(application)
    assert list(verify(Chain.objects.get(name=application.agency.slug))) == []
    return step


def check_derived(application: Application) -> None:
    """The stored row says what its steps say, and the returned object says what is stored."""
    stored = Application.objects.get(pk=application.pk)
    for name, value in derived_columns(list(stored.steps.order_by("number"))).items():
        assert getattr(stored, name) == value == getattr(application, name), name


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls at the same moment, each on a connection of its own. Gives what each returned or raised."""
    results: list[Any] = [None] * len(calls)
    barrier = threading.Barrier(len(calls))

    def run(place: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def check_one_wins(scene: Scene, kind: StepKind, *, seen: bool = True) -> None:
    """Two colleagues take the same step at the same moment: one step, and the other learns who took it."""
    application = scene.home(kind)
    first, second = scene.usual(kind), scene.colleague(ACTS[kind].role)
    before, numbers = application.steps_taken, sum(NumberSeries.objects.values_list("last", flat=True))
    looked = {"seen": before} if seen else {}
    results = at_once(
        lambda: scene.take(kind, application, actor=first, **looked),
        lambda: scene.take(kind, application, actor=second, **looked),
    )
    (winner,) = [result for result in results if isinstance(result, Application)]
    (refusal,) = [result for result in results if isinstance(result, LawError)]
    application.refresh_from_db()
    step = application.steps.get(number=before + 1)
    assert winner.steps_taken == application.steps_taken == application.steps.count() == before + 1
    if seen:
        assert isinstance(refusal, Conflict)
        assert step.actor.display_name in refusal.message.zh
        assert kind.label.zh in refusal.message.zh
    else:
        assert isinstance(refusal, ProcedureError)
    made = [letter for letter in step.letters.all() if letter.number != application.number]
    assert sum(NumberSeries.objects.values_list("last", flat=True)) == numbers + len(made)
    assert Entry.objects.filter(act=f"applications.{kind.value}").count() == 1
    check_derived(application)
