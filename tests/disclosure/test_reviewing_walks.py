"""Random people do random things to one item. Whatever the way: nothing stands on the site that was not reviewed by three
people who wrote none of it, reviewed for secrecy and scanned, all over the very content that stands there."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongkai.agencies.models import Person
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.edit_revision import edit_revision
from gongkai.disclosure.actions.pass_round import pass_round
from gongkai.disclosure.actions.publish_revision import publish_revision, schedule_release
from gongkai.disclosure.actions.release_due import release_due
from gongkai.disclosure.actions.return_revision import recall_revision, return_revision
from gongkai.disclosure.actions.review_secrecy import review_secrecy
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.actions.suspend_item import suspend_item
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.models import ContentScan, Item, ItemState, Revision, Suspension
from gongkai.disclosure.reviewing.proofreading import PROOF_READINGS
from gongkai.disclosure.reviewing.scanning import carry_out
from gongkai.law.errors import LawError
from gongkai.law.publication import ROUNDS, PublicationAct
from tests.cast import Cast
from tests.disclosure.reviewing import BASIS, drafted, scans

#: How many walks in the everyday run; `GONGKAI_WALKS=500` is for a night.
WALKS = int(os.environ.get("GONGKAI_WALKS", "3"))
WHO = ("drafter", "drafter", "clerk", "editor", "unit_head", "unit_head", "approver", "approver", "legal_reviewer")
POINTS = [point.key for reading in PROOF_READINGS.values() for point in reading.points]
people = st.sampled_from(WHO)
rarely = st.sampled_from([False, False, False, False, True])
#: What was reached in all walks together: a check that nothing ever passes checks nothing.
REACHED: Counter[str] = Counter()


class Review(RuleBasedStateMachine):
    """One item; an act that is refused leaves everything as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.cast = Cast.assemble()
        self.item = drafted(self.cast).item
        # One person with two posts, as small offices have.
        self.cast.editor.appointments.create(agency=self.cast.agency, role="unit_head", since=dt.date(2020, 1, 1))
        self.out = 0

    def teardown(self) -> None:
        REACHED["published"] += self.out
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def person(self, who: str) -> Person:
        person: Person = getattr(self.cast, who)
        return person

    @property
    def revision(self) -> Revision:
        return self.item.revisions.order_by("-number")[0]

    def attempt(self, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
            REACHED["done"] += 1
        except LawError:
            REACHED["refused"] += 1

    @rule(who=people)
    def submit(self, who: str) -> None:
        self.submit_as(who)

    def submit_as(self, who: str) -> None:
        self.attempt(lambda: submit_revision(actor=self.person(who), revision_id=self.revision.pk))

    @rule(who=people, other=rarely)
    def passes(self, who: str, other: bool) -> None:
        self.passed(who, "0" * 64 if other else self.revision.digest)

    @rule(many=st.integers(1, 4))
    def a_good_day(self, many: int) -> None:
        """As an office works: who is due does what is due."""
        self.submit_as("drafter")
        self.scan()
        self.secrecy("legal_reviewer", withheld=False)
        for who in ("unit_head", "editor", "approver")[:many]:
            self.passed(who, self.revision.digest)
        if many > len(ROUNDS):
            self.publish_as("editor")

    def passed(self, who: str, digest: str) -> None:
        told: dict[str, Any] = {
            "actor": self.person(who),
            "revision_id": self.revision.pk,
            "digest": digest,
            "proofread": POINTS,
        }
        self.attempt(lambda: pass_round(**told))

    @rule(who=people, withheld=rarely)
    def secrecy_is_reviewed(self, who: str, withheld: bool) -> None:
        self.secrecy(who, withheld=withheld)

    def secrecy(self, who: str, *, withheld: bool) -> None:
        revision = self.revision
        told = {"result": "withhold" if withheld else "publish", "basis": BASIS, "reason": "涉密" if withheld else ""}
        self.attempt(
            lambda: review_secrecy(actor=self.person(who), revision_id=revision.pk, digest=revision.digest, **told)
        )

    @rule()
    def the_worker_scans(self) -> None:
        self.scan()

    def scan(self) -> None:
        for scan in ContentScan.objects.filter(revision__item=self.item):
            carry_out(scan.pk)

    @rule(who=people, back=st.booleans())
    def back(self, who: str, back: bool) -> None:
        if back:
            self.attempt(lambda: return_revision(actor=self.person(who), revision_id=self.revision.pk, reason="改"))
        else:
            self.attempt(lambda: recall_revision(actor=self.person("editor"), revision_id=self.revision.pk))

    @rule(who=people, number=st.integers(0, 3))
    def edit(self, who: str, number: int) -> None:
        values = {"body": f"<p>第{number}稿。</p>"}
        if self.revision.purpose == "withdraw":
            values = {"reason": f"理由{number}"}
        self.attempt(lambda: edit_revision(actor=self.person(who), revision_id=self.revision.pk, values=values))

    @rule(number=st.integers(0, 3), indeed=rarely)
    def slip_something_in(self, number: int, indeed: bool) -> None:
        """Past every action, as a fault of ours or a hand in the database would."""
        if not indeed:
            return
        Revision.objects.filter(pk=self.revision.pk).exclude(state="published").update(summary=f"概述{number}")

    @rule(who=people)
    def publish(self, who: str) -> None:
        self.publish_as(who)

    def publish_as(self, who: str) -> None:
        self.attempt(lambda: publish_revision(actor=self.person(who), revision_id=self.revision.pk))

    @rule(who=people)
    def by_the_clock(self, who: str) -> None:
        hour = timezone.now() + dt.timedelta(hours=1)
        self.attempt(lambda: schedule_release(actor=self.person(who), revision_id=self.revision.pk, at=hour))
        Revision.objects.filter(item=self.item, publish_from__isnull=False).update(publish_from=timezone.now())
        release_due()

    @rule(who=people, withdrawn=st.booleans())
    def another(self, who: str, withdrawn: bool) -> None:
        act = begin_withdrawal if withdrawn else begin_correction
        self.attempt(lambda: act(actor=self.person(who), item_id=self.item.pk, reason="情况变化"))

    @rule(who=people)
    def taken_down(self, who: str) -> None:
        self.attempt(lambda: suspend_item(actor=self.person(who), item_id=self.item.pk, reason="泄露"))

    @invariant()
    def what_was_taken_down_came_back_by_what_was_submitted_later(self) -> None:
        item, last = Item.objects.get(pk=self.item.pk), Suspension.objects.filter(item=self.item.pk).first()
        if last is not None and item.state == ItemState.PUBLISHED:
            assert item.current is not None
            assert item.current.submitted_at is not None
            assert item.current.submitted_at > last.at

    @invariant()
    def what_stands_there_was_reviewed(self) -> None:
        item = Item.objects.get(pk=self.item.pk)
        for revision in item.revisions.filter(state="published"):
            self.out += 1
            self.reviewed(revision)
        assert (item.state == ItemState.UNPUBLISHED) == (item.current is None)

    def reviewed(self, revision: Revision) -> None:
        digest = digest_of(revision)
        assert revision.digest == digest
        steps = list(revision.steps.order_by("number"))
        sent = max(step.number for step in steps if step.act == PublicationAct.SUBMIT)
        rounds = [step for step in steps if step.number > sent and step.act in list(ROUNDS.values())]
        assert [step.act for step in rounds] == list(ROUNDS.values())
        assert {step.digest for step in rounds} == {digest}
        reviewers = {step.actor_id for step in rounds}
        writers = {revision.made_by_id, *revision.writers.values_list("pk", flat=True)}
        writers |= {step.actor_id for step in steps if step.act in (PublicationAct.BEGIN, PublicationAct.SUBMIT)}
        assert len(reviewers) == len(ROUNDS)
        assert not reviewers & writers
        secrecy = revision.secrecy_reviews.filter(digest=digest).order_by("pk").last()
        assert secrecy is not None
        assert secrecy.result == "publish"
        assert secrecy.reviewer_id not in writers
        assert revision.scans.filter(digest=digest, state="done").exists()


@pytest.mark.django_db
def test_no_way_leads_around_the_reviews(monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch)
    REACHED.clear()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Review,
        settings=settings(
            max_examples=WALKS, stateful_step_count=60, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert REACHED["published"]
    assert REACHED["refused"] > REACHED["done"] / 10
