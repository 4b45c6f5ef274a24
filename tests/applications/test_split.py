"""一事一申请: one case for each matter, linked, with the same receipt and papers, each with its own number and clock."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.receive import Received, receive
from gongkai.applications.actions.split import MOST, split
from gongkai.applications.correspondence import facts_of
from gongkai.applications.errors import CaseNotFound, Conflict
from gongkai.applications.models import Application, Channel, LetterKind, PaperKind
from gongkai.applications.selectors import case_page
from gongkai.documents.upload_fields import Upload
from gongkai.law.errors import LawError, ProcedureError
from gongkai.law.procedure import Stage, StepKind
from gongkai.ledger.models import Chain
from gongkai.ledger.verification import verify
from tests.applications.scenes import RECEIVED, Scene, check_derived, nothing_written, outsiders, said
from tests.at_once import at_once
from tests.cast import application_data

MATTERS = ("北区环卫站施工合同", "2020年城管执法人员名单", "市容整治方案")
SCAN = Upload("来信.pdf", "application/pdf", b"%PDF-1.4 a letter")


def part(scene: Scene, application: Application, **changes: Any) -> list[Application]:
    usual: dict[str, Any] = {"actor": scene.cast.clerk, "on": RECEIVED, "matters": MATTERS}
    return split(case_id=application.pk, **{**usual, **changes})


@pytest.mark.article("条例", 29)
def test_each_matter_is_a_case(scene: Scene) -> None:
    application = scene.apply(content="；".join(MATTERS), document_number="演城〔2020〕3号", features="都在北区")
    first, *others = part(scene, application)
    assert first.pk == application.pk
    assert [case.number for case in (first, *others)] == [f"演城公开申〔2025〕{number}号" for number in (1, 2, 3)]
    for case, matter in zip(others, MATTERS[1:], strict=True):
        stored = Application.objects.get(pk=case.pk)
        assert (stored.split_from, stored.content) == (first, matter)
        assert (stored.document_number, stored.features) == ("", "")
        for name in ("applicant_name", "id_number", "id_index", "name_index", "channel", "submitted_at", "telephone"):
            assert getattr(stored, name) == getattr(application, name), name
        assert (stored.received_on, stored.due_on) == (application.received_on, application.due_on)
        assert [step.kind for step in stored.steps.order_by("number")] == ["receipt", "register"]
        assert stored.stage == Stage.ACCEPT
        check_derived(case)
    assert first.stage == Stage.ACCEPT
    assert not list(verify(Chain.objects.get(name=scene.cast.agency.slug)))


def test_letters_quote_the_matter_of_their_case(scene: Scene) -> None:
    application = scene.apply(content="；".join(MATTERS), document_number="演城〔2020〕3号")
    cases = part(scene, application)
    assert [facts_of(case).requested for case in cases] == list(MATTERS)
    receipt = said(cases[1].letters.get(kind=LetterKind.RECEIPT))
    assert MATTERS[1] in receipt
    assert MATTERS[0] not in receipt
    assert cases[1].number in receipt


def test_the_codes_of_the_parts_are_told_to_nobody(scene: Scene) -> None:
    application = scene.apply()
    cases = part(scene, application)
    assert len({case.query_code_index for case in cases}) == len(cases)
    assert [case.pk for case in application.parts.order_by("pk")] == [case.pk for case in cases[1:]]


def test_papers_lie_in_every_part(scene: Scene) -> None:
    application = scene.apply()
    add_paper(case_id=application.pk, actor=scene.cast.clerk, kind=PaperKind.FORM, uploads=[SCAN])
    cases = part(scene, application)
    papers = [case.papers.get() for case in cases]
    assert {(paper.document_id, paper.kind, paper.name) for paper in papers} == {
        (papers[0].document_id, PaperKind.FORM, "来信.pdf")
    }


def test_the_pages_are_linked_both_ways(scene: Scene) -> None:
    cases = part(scene, scene.apply())
    for case in cases:
        beside = case_page(scene.cast.clerk, case.pk, RECEIVED).beside
        assert [other.pk for other in beside.parts] == [other.pk for other in cases if other.pk != case.pk]
    assert case_page(scene.cast.clerk, cases[0].pk, RECEIVED).matter == MATTERS[0]


@pytest.mark.article("条例", 31)
def test_an_unconfirmed_case_is_confirmed_first(scene: Scene) -> None:
    cases = part(scene, scene.unconfirmed(), on=RECEIVED + timedelta(days=1))
    assert {case.received_on for case in cases} == {date(2025, 3, 4)}


# --- who may not, and what cannot be ---


@pytest.mark.parametrize("who", ["drafter", "approver", "supervisor"])
def test_only_a_clerk_registers(scene: Scene, who: str) -> None:
    application = scene.apply()
    with nothing_written(), pytest.raises(NotAllowed):
        part(scene, application, actor=getattr(scene.cast, who))


def test_for_outsiders_there_is_no_case(scene: Scene) -> None:
    application = scene.apply()
    for outsider in outsiders(scene):
        with nothing_written(), pytest.raises(CaseNotFound):
            part(scene, application, actor=outsider)


@pytest.mark.parametrize("stage", [Stage.ACCEPT, Stage.OPINE, Stage.CLOSED])
def test_registered_is_registered(scene: Scene, stage: Stage) -> None:
    application = scene.at(stage)
    with nothing_written(), pytest.raises(ProcedureError):
        part(scene, application, on=today())


@pytest.mark.parametrize(
    "matters",
    [
        ("甲", "\u202e"),
        (),
        ("一",),
        ("一", "  "),
        ("一", "一"),
        ("一", "字" * 5001),
        tuple(str(number) for number in range(MOST + 1)),
    ],
)
def test_matters_that_cannot_be(scene: Scene, matters: tuple[str, ...]) -> None:
    application = scene.apply()
    with nothing_written(), pytest.raises(Invalid) as refused:
        part(scene, application, matters=matters)
    assert refused.value.field == "matters"


@pytest.mark.django_db(transaction=True)
def test_two_split_at_once(scene: Scene) -> None:
    """One set of parts; the other person is told who was first."""
    application = scene.apply()
    seen = application.steps_taken
    results = at_once(*[lambda: part(scene, application, seen=seen)] * 2)
    (refusal,) = [result for result in results if isinstance(result, LawError)]
    assert isinstance(refusal, Conflict)
    assert Application.objects.count() == len(MATTERS)
    assert application.steps.filter(kind=StepKind.REGISTER.value).count() == 1


def comes_in(scene: Scene, place: int) -> Received:
    time.sleep(0.05 * place)
    token, data = f"token-of-the-split-{place}", application_data()
    return receive(agency=scene.cast.agency, channel=Channel.WEB, data=data, token=token, on=RECEIVED)


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_a_split_and_what_comes_in_meanwhile_do_not_wait_for_each_other(scene: Scene) -> None:
    """Both take a number and write into the ledger. In two different orders, the database would have to throw one of
    them out, and it might be the citizen."""
    first, second = scene.unconfirmed(), scene.unconfirmed()
    results = at_once(
        lambda: part(scene, first),
        *[lambda place=place: comes_in(scene, place) for place in range(3)],
        lambda: part(scene, second),
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    numbers = sorted(int(number[-2:-1]) for number in Application.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 2 * len(MATTERS) + 4))
