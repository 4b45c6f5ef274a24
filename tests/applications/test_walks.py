"""Random people take random steps on random days in a few cases; what must always hold is checked after each.

This is the room's own check that no way through the actions, however odd, leaves the row, the history, the numbers
and the ledger telling different things.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from gongkai.agencies.actions.set_calendar_day import set_calendar_day
from gongkai.agencies.actions.set_route import set_route
from gongkai.agencies.models import NumberSeries, Person, ReceiptRule
from gongkai.agencies.selectors import calendar, day_of, forget_calendar, today
from gongkai.applications.actions.receive import receive
from gongkai.applications.actions.recount import recount_all
from gongkai.applications.errors import Conflict
from gongkai.applications.history import case_of, rebuild
from gongkai.applications.known_slots import suggested
from gongkai.applications.letters import required_slots
from gongkai.applications.models import Application, CaseFile, Channel, ClockState, Letter, Paper, Step
from gongkai.applications.selectors import VIEWS, CasePage, case_page, inbox, public_case
from gongkai.documents.errors import DocumentError
from gongkai.documents.store import read
from gongkai.law import procedure
from gongkai.law.clock import Consulted
from gongkai.law.errors import LawError
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import ReopenGround, Role, Stage, StepKind
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.applications.scenes import ACTS, GRANTED, NO_SUCH_CASE, Scene, everything, last_day
from tests.applications.test_archive import faulty
from tests.applications.test_correspondence import NOT_HELD, SECRET
from tests.cast import Cast, application_data, make_person

FIRST_DAY = date(2024, 12, 27)
CASES = 3
#: How many walks in the everyday run; `GONGKAI_WALKS=500` is for a night.
WALKS = int(os.environ.get("GONGKAI_WALKS", "3"))
#: Routes that the office may send its decisions on.
ROUTES = [
    (Role.APPROVER,),
    (Role.LEGAL_REVIEWER, Role.APPROVER),
    (Role.UNIT_HEAD, Role.LEGAL_REVIEWER, Role.APPROVER),
]
OPINIONS: list[dict[str, Any]] = [
    dict(GRANTED),
    dict(SECRET),
    dict(NOT_HELD),
    {
        "outcome": Outcome.CORRECTION_LAPSED,
        "slots": {"correction_notice_on": "2025-03-05", "correct_by": "2025-03-20"},
    },
    {"outcome": Outcome.GRANTED, "slots": {}},
    {"outcome": Outcome.FEE_UNPAID, "slots": {}},
]
WORDS = st.sampled_from(["同意。", "", "  ", "请写明年份", "𠮷", "\x07", "{you}", "长" * 300])
DAYS = st.dates(FIRST_DAY, date(2025, 12, 31))
#: How a step's data may differ from the usual: now and then wrong, empty, or of another case.
DATA: dict[StepKind, st.SearchStrategy[dict[str, Any]]] = {
    StepKind.CORRECTION_NOTICE: st.fixed_dictionaries({"points": st.lists(WORDS, max_size=2), "correct_by": DAYS}),
    StepKind.CORRECTED: st.fixed_dictionaries({"text": WORDS}),
    StepKind.CONSULTATION: st.fixed_dictionaries(
        {"consulted": st.sampled_from(Consulted), "addressee": WORDS, "text": WORDS},
        optional={"received": DAYS},
    ),
    StepKind.CONSULTATION_REPLY: st.fixed_dictionaries({"consultation": st.integers(-1, 12), "text": WORDS}),
    StepKind.OPINION: st.sampled_from(OPINIONS),
    StepKind.EXTENSION: st.fixed_dictionaries({"days": st.integers(-1, 25), "consented": DAYS, "reason": WORDS}),
    StepKind.REASONS_ASKED: st.fixed_dictionaries({"volume": WORDS, "until": DAYS}),
    StepKind.REASONS_GIVEN: st.fixed_dictionaries({"text": WORDS}),
    StepKind.AGREED_DELAY: st.fixed_dictionaries({"until": DAYS, "reason": WORDS}),
    StepKind.FEE_NOTICE: st.fixed_dictionaries({"count": st.integers(-1, 200), "how_to_pay": WORDS}),
    StepKind.FEE_PAID: st.fixed_dictionaries({"voucher": WORDS}),
    StepKind.SERVED: st.fixed_dictionaries({"received": DAYS}),
    StepKind.REOPEN: st.fixed_dictionaries(
        {"ground": st.sampled_from(ReopenGround), "document": WORDS, "reason": WORDS}, optional={"until": DAYS}
    ),
    StepKind.DUE_DECISION: st.fixed_dictionaries({"kept": st.booleans(), "reason": WORDS}),
    StepKind.RETURN: st.fixed_dictionaries({"reason": WORDS}),
    StepKind.DELIVER: st.fixed_dictionaries({}, optional={"received_on": DAYS}),
}
GAPS = st.sampled_from([0, 0, 0, 1, 1, 2, 4, 9, 25, -1])


class Walk(RuleBasedStateMachine):
    """The office, its cases, and time that mostly goes on."""

    make_scene: Callable[[], Scene]

    def __init__(self) -> None:
        super().__init__()
        forget_calendar()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.scene = type(self).make_scene()
        self.people = people_of(self.scene.cast)
        self.staff = self.people[:6]
        self.told: dict[int, tuple[date | None, int]] = {}
        self.held = {person.pk: frozenset(person.appointments.values_list("role", flat=True)) for person in self.people}
        self.cases: list[int] = []
        self.touched: set[int] = set()
        self.day = FIRST_DAY
        self.taken = Counter[str]()
        self.looks = self.notices = self.resent = 0

    def teardown(self) -> None:
        try:
            self.everything_holds_at_the_end()
        finally:
            self.leave()

    def leave(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        forget_calendar()

    # --- what people do ---

    @precondition(lambda self: len(self.cases) < CASES)
    @rule(rule_of_receipt=st.sampled_from(ReceiptRule), channel=st.sampled_from(Channel), words=WORDS, gap=GAPS)
    def somebody_applies(self, rule_of_receipt: str, channel: Channel, words: str, gap: int) -> None:
        agency, day = self.scene.cast.agency, self.after(gap)
        agency.receipt_rule = rule_of_receipt
        agency.save(update_fields=["receipt_rule"])
        token = f"token-of-walk-{len(self.cases):06}"
        received = receive(
            agency=agency,
            channel=channel,
            data=application_data(content=f"信息{len(self.cases)}{words}"),
            token=token,
            actor=None if channel is Channel.WEB else self.scene.cast.clerk,
            on=day,
        )
        self.cases.append(received.application.pk)
        self.touched = {received.application.pk}
        self.day = day

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), gaps=st.lists(GAPS, min_size=2, max_size=7), careful=st.booleans())
    def the_office_does_its_duty(self, data: st.DataObject, gaps: list[int], careful: bool) -> None:
        """Mostly the office does what it should; what the page offers must then succeed."""
        application = self.some_case(data)
        for gap in gaps:
            self.next_duty(data, application, self.after(gap), careful)
            self.no_illegal_step_passed()
            application.refresh_from_db()

    def next_duty(self, data: st.DataObject, application: Application, day: date, careful: bool) -> None:
        day = max(day, application.received_on or day_of(application.submitted_at))
        pages = [(person, page_on(person, application, day)) for person in self.staff]
        offers = [(person, page, kind) for person, page in pages for kind in page.allowed]
        if not offers:
            return
        person, page, kind = offers[data.draw(st.integers(0, len(offers) - 1))]
        seen = {"seen": application.steps_taken} if careful else {}
        self.scene.take(kind, application, actor=person, on=day, **usual(kind, page, day), **seen)
        self.taken[kind.value] += 1
        self.day = max(day, self.day)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), kind=st.sampled_from(list(ACTS)), gap=GAPS)
    def anybody_tries_anything(self, data: st.DataObject, kind: StepKind, gap: int) -> None:
        """Refused, nothing changes. Taken, it was offered: the right role, at the right stage."""
        application = self.some_case(data)
        person, day = data.draw(st.sampled_from(self.people)), self.after(gap)
        changes = data.draw(DATA[kind]) if kind in DATA else {}
        offered = () if not_theirs(person, application) else page_on(person, application, day).allowed
        before = everything()
        refused = refusal_of(lambda: self.scene.take(kind, application, actor=person, on=day, **changes))
        if refused:
            assert everything() == before, refused
        else:
            assert kind in offered
            self.taken[kind.value] += 1
            self.day = max(day, self.day)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), kind=st.sampled_from(list(ACTS)), behind=st.integers(1, 3))
    def somebody_acts_on_an_old_page(self, data: st.DataObject, kind: StepKind, behind: int) -> None:
        application = self.some_case(data)
        if not application.steps_taken:
            return
        before, seen = everything(), application.steps_taken - behind
        refused = refusal_of(lambda: self.scene.take(kind, application, on=self.day, seen=seen))
        assert isinstance(refused, Conflict)
        assert everything() == before

    @precondition(lambda self: self.notices < 2 < sum(self.taken.values()))
    @rule(day=st.dates(FIRST_DAY, date(2025, 6, 30)), working=st.booleans())
    def a_notice_changes_the_calendar(self, day: date, working: bool) -> None:
        """The job that follows it counts every open case anew."""
        set_calendar_day(actor=self.scene.cast.administrator, day=day, working=working, source="演示通知")
        forget_calendar()
        recount_all()
        self.notices += 1
        self.touched = set(self.cases)

    @rule(roles=st.sampled_from(ROUTES))
    def the_office_approves_by_another_route(self, roles: tuple[Role, ...]) -> None:
        set_route(actor=self.scene.cast.administrator, agency=self.scene.cast.agency, outcome=None, roles=roles)

    @precondition(lambda self: self.resent < len(self.cases))
    @rule(data=st.data())
    def the_same_form_is_sent_again(self, data: st.DataObject) -> None:
        self.resent += 1
        place = data.draw(st.integers(0, len(self.cases) - 1))
        application = Application.objects.get(pk=self.cases[place])
        before = everything()
        again = receive(
            agency=self.scene.cast.agency,
            channel=Channel.WEB,
            data=application_data(content=application.content),
            token=f"token-of-walk-{place:06}",
            on=today(),
        )
        assert (again.created, again.application.pk) == (False, application.pk)
        assert everything() == before

    # --- what always holds ---

    def cases_touched(self) -> QuerySet[Application]:
        """The cases that the last rule may have changed; at the end of the walk, all."""
        return Application.objects.filter(pk__in=self.touched)

    @invariant()
    def rows_say_what_their_steps_say(self) -> None:
        for application in self.cases_touched():
            assert not rebuild(application.pk), "a derived column differs from the replay"
            numbers = list(application.steps.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, application.steps_taken + 1))

    @invariant()
    def no_illegal_step_passed(self) -> None:
        """The law's own replay, by roles, stages and days; a calendar changed since may only bring limits into doubt."""
        for application in self.cases_touched():
            rows = list(application.steps.order_by("number"))
            case = case_of(rows)
            if case is None:
                assert application.clock_state == "waiting"
                continue
            refused = refusal_of(lambda case=case: procedure.replay(case.history, calendar(), today()))
            assert refused is None or (self.notices and refused.code in LIMITS), refused
            for row in rows:
                assert Role(row.role) in StepKind(row.kind).rule.roles
                assert row.actor_id is None or row.role in self.held[row.actor_id]

    @invariant()
    def no_date_told_comes_nearer_by_itself(self) -> None:
        """Only where a person decided so, or something began anew."""
        for application in self.cases_touched():
            before, seen = self.told.get(application.pk, (None, 0))
            since = set(application.steps.filter(number__gt=seen).values_list("kind", flat=True))
            if before and application.due_on and application.due_on < before:
                assert since & ANEW, (before, application.due_on, since)
            firm = application.clock_state in (ClockState.RUNNING, ClockState.CLOSED)
            self.told[application.pk] = (application.due_on if firm else None, application.steps_taken)

    @invariant()
    def every_number_is_used_once(self) -> None:
        letters = list(Letter.objects.values_list("kind", "number"))
        assert len(letters) == len(set(letters))
        applied = [("application", number) for number in Application.objects.values_list("number", flat=True)]
        for series in NumberSeries.objects.all():
            numbers = {number for kind, number in [*applied, *letters] if kind == series.kind}
            used = sorted(serial(number) for number in numbers if f"〔{series.year}〕" in number)
            assert used == list(range(1, series.last + 1)), series

    @invariant()
    def everything_is_told_to_the_ledger(self) -> None:
        told = Entry.objects.filter(act__startswith="applications.").count()
        kept = sum(table._default_manager.count() for table in (Step, Letter, Paper, CaseFile))
        assert told == kept + len(self.cases)

    @invariant()
    def an_archived_case_is_only_reopened(self) -> None:
        for application in self.cases_touched().filter(stage=Stage.CLOSED.value):
            assert page_on(self.scene.cast.clerk, application, self.day).allowed == (StepKind.REOPEN,)
            assert (application.next_step, application.archived_on) == ("", last_day(application))
            volume = application.case_files.order_by("volume").last()
            assert volume is not None
            assert faulty(read(volume.document)) == []

    @invariant()
    def the_applicant_can_look(self) -> None:
        """The public page opens at any time, and shows no reply that was not sent."""
        for application in self.cases_touched():
            case = public_case(application, max(self.day, last_day(application)))
            shown = Counter(letter.kind for letter in case.letters)
            assert not shown["consultation"]
            assert not shown["third_party_notice"]
            assert shown["reply"] == application.steps.filter(kind=StepKind.DELIVER).count()

    def everything_holds_at_the_end(self) -> None:
        """For all cases, also those that nobody should have touched; every inbox opens; the ledger holds."""
        self.touched = set(self.cases)
        self.rows_say_what_their_steps_say()
        self.no_illegal_step_passed()
        for person in self.people:
            for view in VIEWS:
                inbox(person, view=view, on=self.day)
        for chain in Chain.objects.all():
            assert list(verify(chain)) == []

    # --- drawing ---

    def some_case(self, data: st.DataObject) -> Application:
        pk = data.draw(st.sampled_from(self.cases))
        self.touched = {pk}
        return Application.objects.select_related("agency").get(pk=pk)

    def after(self, gap: int) -> date:
        return min(self.day + timedelta(days=gap), today())


def serial(number: str) -> int:
    """7 of 演城公开答〔2025〕7号."""
    return int(number.partition("〕")[2].removesuffix("号"))


def refusal_of(call: Callable[[], Any]) -> Any:
    """What refused the call, in words; None where it went through. Anything else breaks the test."""
    try:
        call()
    except (LawError, DocumentError, Http404) as refused:
        return refused
    return None


#: Refusals by a limit: what was in time by the calendar of its day may be late by today's.
LIMITS = {
    "correction_notice_late",
    "consultation_open",
    "extension_after_limit",
    "agreed_delay_after_limit",
    "agreed_delay_not_later",
    "fee_notice_after_limit",
    "fee_not_lapsed",
    "until_not_later",
}
#: What may bring a date nearer: a decision, a new beginning.
ANEW = {StepKind.DUE_DECISION.value, StepKind.REOPEN.value}


def people_of(cast: Cast) -> list[Person]:
    both = make_person("walks-both", cast.agency, Role.DRAFTER, Role.APPROVER)
    return [
        cast.clerk, cast.drafter, cast.unit_head, cast.legal_reviewer, cast.approver, both,
        cast.editor, cast.supervisor, cast.other_clerk, cast.stranger,
    ]  # fmt: skip


def page_on(person: Person, application: Application, day: date) -> CasePage:
    """The case page on that day, or on the day of receipt where the case did not exist yet."""
    return case_page(person, application.pk, on=max(day, application.received_on or day))


def not_theirs(person: Person, application: Application) -> bool:
    """Whether this person's page of the case does not open, exactly as for a case that does not exist."""
    try:
        case_page(person, application.pk)
    except Http404 as hidden:
        with pytest.raises(type(hidden)):
            case_page(person, NO_SUCH_CASE)
        return True
    return False


def usual(kind: StepKind, page: CasePage, day: date) -> dict[str, Any]:
    """Data with which an allowed step succeeds on that day."""
    due = page.reckoning.due if page.reckoning else day
    data: dict[StepKind, dict[str, Any]] = {
        StepKind.CORRECTION_NOTICE: {"correct_by": day + timedelta(days=10)},
        StepKind.EXTENSION: {"consented": day},
        StepKind.REASONS_ASKED: {"until": day + timedelta(days=7)},
        StepKind.AGREED_DELAY: {"until": max(due, day) + timedelta(days=10)},
        StepKind.SERVED: {"received": day},
    }
    if kind is StepKind.CONSULTATION_REPLY:
        return {"consultation": page.open_consultations[0].number}
    if kind is StepKind.OPINION:
        return opinion(page)
    return data.get(kind, {})


def opinion(page: CasePage) -> dict[str, Any]:
    """An opinion that the case allows, its places filled as the desk would fill them."""
    if Outcome.GRANTED in page.outcomes:
        return {"third_party_reasons": "公共利益需要。"}
    for outcome in (Outcome.OTHER, Outcome.CORRECTION_LAPSED, Outcome.FEE_UNPAID):
        if outcome in page.outcomes:
            wanted = {slot.name for slot in required_slots(outcome)}
            known = {**suggested(page.application, page.steps)}
            slots = {name: text for name, text in known.items() if name in wanted}
            return {
                "outcome": outcome,
                "slots": {"closing_reason": "申请已撤回", **slots} if outcome is Outcome.OTHER else slots,
            }
    return {}


@pytest.mark.django_db
def test_random_walks(cast: Cast) -> None:
    scene = Scene(cast)
    walk = type("TheWalk", (Walk,), {"make_scene": staticmethod(lambda: scene)})
    run_state_machine_as_test(
        walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=14,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
