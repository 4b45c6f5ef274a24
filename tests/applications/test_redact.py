"""遮盖: parts of an original are covered, each for a reason, and a copy is made in which nothing of them is left."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications.actions import begin_redaction as beginning
from gongkai.applications.actions import change_boxes
from gongkai.applications.actions import finish_redaction as finishing
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.begin_redaction import begin_redaction, drop_redaction
from gongkai.applications.actions.change_boxes import (
    Area,
    add_box,
    dismiss_proposals,
    edit_box,
    remove_box,
    take_box,
    take_proposals,
)
from gongkai.applications.actions.finish_redaction import ask_for_copy, carry_out, propose_boxes
from gongkai.applications.errors import Conflict
from gongkai.applications.models import Application, Paper, PaperKind, Redaction, RedactionBox
from gongkai.applications.redaction_engine import Proposed
from gongkai.applications.withheld_parts import grounds_of, withheld_in_words
from gongkai.documents.redaction import Box, Proposal, StillThere
from gongkai.documents.store import read
from gongkai.law.procedure import Stage
from gongkai.law.withholding import WithholdingGround as Ground
from gongkai.ledger.models import Chain, Entry
from gongkai.ledger.verification import verify
from tests.applications.originals import KEPT, PERSON, PHONE, PRICE, contract, original
from tests.applications.scenes import NO_SUCH_CASE, Scene, at_once, outsiders
from tests.applications.uploads import a_file
from tests.documents.papers import text_of
from tests.run_jobs import run_jobs, waiting_jobs

PRICE_PLACE = Area(2, 0.05, 0.12, 0.6, 0.16)
ELSEWHERE = Area(1, 0.5, 0.5, 0.7, 0.6)
FOUND = Proposed((Proposal(Box(1, 0.1, 0.1, 0.4, 0.15), "D1", "1101************38"),
                  Proposal(Box(1, 0.1, 0.2, 0.4, 0.25), "D4", "138****8000"),
                  Proposal(Box(2, 0.1, 0.2, 0.4, 0.25), "D4", "139****8000"),
                  Proposal(Box(2, 0.3, 0.3, 0.4, 0.35), "D15", "机密")))  # fmt: skip


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The engine as it would be, in no time: three proposals, and a copy that passes its check."""
    monkeypatch.setattr(beginning, "count_pages", lambda document: 2)
    monkeypatch.setattr(finishing, "proposals", lambda document: FOUND)
    monkeypatch.setattr(finishing, "make_copy", lambda data, boxes, on_page: f"%PDF {len(boxes)}".encode())
    monkeypatch.setattr(finishing, "check_copy", lambda data, copy, boxes: {"strings": len(boxes)})

    def change(name: str, does: Any) -> None:
        monkeypatch.setattr(finishing, name, does)

    return change


def an_original(scene: Scene, case: Application | None = None) -> Paper:
    case = case or scene.at(Stage.OPINE)
    (paper,) = add_paper(case_id=case.pk, actor=scene.cast.drafter, kind=PaperKind.ORIGINAL, uploads=[original()])
    return paper


def begun(scene: Scene, *, scanned: bool = True, case: Application | None = None) -> Redaction:
    redaction = begin_redaction(paper_id=an_original(scene, case).pk, actor=scene.cast.drafter)
    if scanned:
        propose_boxes(redaction.pk)
        redaction.refresh_from_db()
    return redaction


def decided(scene: Scene, case: Application | None = None) -> Redaction:
    """All proposals dismissed, one box by hand."""
    redaction = begun(scene, case=case)
    dismiss_proposals(redaction_id=redaction.pk, actor=scene.cast.drafter)
    add_box(redaction_id=redaction.pk, actor=scene.cast.drafter, area=ELSEWHERE, ground=Ground.INTERNAL_AFFAIRS)
    return redaction


def finished(scene: Scene, case: Application | None = None) -> Redaction:
    redaction = decided(scene, case)
    ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter)
    carry_out(redaction.pk)
    redaction.refresh_from_db()
    return redaction


@pytest.mark.article("条例", 37)
def test_from_the_original_to_the_copy(scene: Scene) -> None:
    """With the scan and the engine as they are: nothing of what was covered is left, the rest can be read and searched."""
    paper, drafter = an_original(scene), scene.cast.drafter
    redaction = begin_redaction(paper_id=paper.pk, actor=drafter)
    assert redaction.pages == 2
    run_jobs()
    assert sorted(redaction.boxes.values_list("rule", "taken", "sample")) == [
        ("D1", False, "1101************38"), ("D4", False, "138****8000"),
    ]  # fmt: skip
    take_proposals(redaction_id=redaction.pk, actor=drafter)
    add_box(redaction_id=redaction.pk, actor=drafter, area=PRICE_PLACE, ground=Ground.THIRD_PARTY_RIGHTS, note="单价")
    ask_for_copy(redaction_id=redaction.pk, actor=drafter)
    run_jobs()
    redaction.refresh_from_db()
    copy = redaction.copy
    assert copy is not None, redaction.failure
    assert (copy.kind, copy.redacted_from, copy.name) == (PaperKind.ENCLOSURE, paper, "养护合同（部分公开）.pdf")
    data = read(copy.document)
    text = text_of(data)
    assert KEPT in text
    for secret in (PERSON, PHONE, PRICE):
        assert secret not in text
        assert secret.encode() not in data
    assert (redaction.finished_by, redaction.state) == (drafter, "done")
    assert redaction.checked
    assert read(paper.document) == contract(), "the original stays as it was"
    acts = [entry.act for entry in Entry.objects.filter(act__contains="redaction").order_by("pk")]
    assert acts == ["applications.redaction_begun", "applications.redaction"]
    chain = Chain.objects.get(name=scene.cast.agency.slug)
    assert list(verify(chain)) == []
    RedactionBox.objects.filter(redaction=redaction, note="单价").delete()
    assert len(list(verify(chain))) == 1, "the ledger's witness sees a box that went afterwards"


# --- who, when ---


def acts_on(redaction: Redaction) -> list[Callable[..., Any]]:
    pk, ground = redaction.pk, Ground.INTERNAL_AFFAIRS
    return [
        lambda actor: begin_redaction(paper_id=redaction.paper_id, actor=actor),
        lambda actor: add_box(redaction_id=pk, actor=actor, area=ELSEWHERE, ground=ground),
        lambda actor: edit_box(redaction_id=pk, actor=actor, box_id=0, ground=ground),
        lambda actor: remove_box(redaction_id=pk, actor=actor, box_id=0),
        lambda actor: take_box(redaction_id=pk, actor=actor, box_id=0),
        lambda actor: take_proposals(redaction_id=pk, actor=actor),
        lambda actor: dismiss_proposals(redaction_id=pk, actor=actor),
        lambda actor: ask_for_copy(redaction_id=pk, actor=actor),
        lambda actor: drop_redaction(redaction_id=pk, actor=actor),
    ]


def test_wrong_people(scene: Scene, engine: object) -> None:
    redaction = begun(scene)
    before = list(redaction.boxes.values())
    strangers = outsiders(scene)
    for act in acts_on(redaction):
        for colleague in (scene.cast.approver, scene.cast.supervisor):
            with pytest.raises(NotAllowed):
                act(colleague)
        for stranger in strangers:
            with pytest.raises(Http404):
                act(stranger)
    assert list(redaction.boxes.values()) == before
    with pytest.raises(Http404):
        begin_redaction(paper_id=NO_SUCH_CASE, actor=scene.cast.drafter)
    with pytest.raises(Http404):
        ask_for_copy(redaction_id=NO_SUCH_CASE, actor=scene.cast.drafter)


def test_a_closed_case_is_closed(scene: Scene, engine: object) -> None:
    redaction = begun(scene)
    Application.objects.filter(pk=redaction.paper.application_id).update(stage=Stage.CLOSED)
    for act in acts_on(redaction):
        with pytest.raises(Invalid) as refused:
            act(scene.cast.drafter)
        assert "归档" in refused.value.message.zh


def test_only_what_is_to_be_given(scene: Scene, engine: object) -> None:
    case = scene.at(Stage.OPINE)
    (internal,) = add_paper(case_id=case.pk, actor=scene.cast.clerk, kind=PaperKind.MATERIAL, uploads=[a_file()])
    copy = finished(scene).copy
    for paper in (internal, copy):
        assert paper is not None
        with pytest.raises(Invalid) as refused:
            begin_redaction(paper_id=paper.pk, actor=scene.cast.drafter)
        assert refused.value.field == "paper"


def test_what_is_finished_stays(scene: Scene, engine: object) -> None:
    redaction = finished(scene)
    for act in acts_on(redaction)[1:]:
        if act is not None and "ask_for_copy" not in act.__code__.co_names:
            with pytest.raises(Invalid) as refused:
                act(scene.cast.drafter)
            assert "重新遮盖" in refused.value.message.zh
    assert ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter).copy == redaction.copy


# --- boxes ---


@pytest.mark.parametrize(
    ("area", "field"),
    [
        (Area(1, math.nan, 0.1, 0.2, 0.2), "left"),
        (Area(1, -0.1, 0.1, 0.2, 0.2), "left"),
        (Area(1, 0.1, 0.1, 1e9, 0.2), "left"),
        (Area(1, 0.1, 0.1, math.inf, 0.2), "left"),
        (Area(1, 0.5, 0.1, 0.2, 0.2), "right"),
        (Area(1, 0.1, 0.1, 0.2, 0.1005), "right"),
        (Area(0, 0.1, 0.1, 0.2, 0.2), "page"),
        (Area(3, 0.1, 0.1, 0.2, 0.2), "page"),
    ],
)
def test_no_box(scene: Scene, engine: object, area: Area, field: str) -> None:
    redaction = begun(scene, scanned=False)
    with pytest.raises(Invalid) as refused:
        add_box(redaction_id=redaction.pk, actor=scene.cast.drafter, area=area, ground=Ground.INTERNAL_AFFAIRS)
    assert refused.value.field == field
    assert not redaction.boxes.exists()


def test_limits(scene: Scene, engine: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_boxes, "MOST_BOXES", 1)
    redaction, ground = begun(scene, scanned=False), Ground.INTERNAL_AFFAIRS
    told = {"redaction_id": redaction.pk, "actor": scene.cast.drafter, "ground": ground}
    with pytest.raises(Invalid) as refused:
        add_box(**told, area=ELSEWHERE, note="长" * 101)  # type: ignore[arg-type]
    assert refused.value.field == "note"
    box = add_box(**told, area=ELSEWHERE, note="  两\n行 ")  # type: ignore[arg-type]
    assert box.note == "两 行"
    with pytest.raises(Invalid) as refused:
        add_box(**told, area=PRICE_PLACE)  # type: ignore[arg-type]
    assert "最多1个" in refused.value.message.zh


def test_proposals_are_decided_one_by_one_or_by_kind(scene: Scene, engine: object) -> None:
    redaction, drafter = begun(scene), scene.cast.drafter
    told: dict[str, Any] = {"redaction_id": redaction.pk, "actor": drafter}
    assert redaction.boxes.count() == 3, "a mark of secrecy is not mended by covering it"
    first = redaction.boxes.get(rule="D1")
    assert (first.note, first.ground) == ("居民身份证号码", "third_party_rights")
    with pytest.raises(Invalid) as refused:
        ask_for_copy(**told)
    assert "3处" in refused.value.message.zh
    take_box(**told, box_id=first.pk)
    assert take_proposals(**told, rule="D1") == 0
    assert dismiss_proposals(**told, rule="D4") == 2
    assert list(redaction.boxes.values_list("rule", "taken")) == [("D1", True)]
    edit_box(**told, box_id=first.pk, ground=Ground.INTERNAL_AFFAIRS, note="编号", area=ELSEWHERE)
    first.refresh_from_db()
    assert (first.ground, first.note, first.left, first.origin) == ("internal_affairs", "编号", 0.5, "scan")
    remove_box(**told, box_id=first.pk)
    with pytest.raises(Invalid) as refused:
        remove_box(**told, box_id=first.pk)
    assert "已经删除" in refused.value.message.zh
    with pytest.raises(Invalid) as refused:
        ask_for_copy(**told)
    assert "还没有遮盖" in refused.value.message.zh


def test_no_copy_before_the_scan(scene: Scene, engine: object) -> None:
    redaction = begun(scene, scanned=False)
    add_box(redaction_id=redaction.pk, actor=scene.cast.drafter, area=ELSEWHERE, ground=Ground.INTERNAL_AFFAIRS)
    with pytest.raises(Invalid) as refused:
        ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter)
    assert "扫描还没有完成" in refused.value.message.zh


def test_a_page_from_before_somebody_else_changed_it(scene: Scene, engine: object) -> None:
    redaction, ground = begun(scene), Ground.INTERNAL_AFFAIRS
    seen = redaction.changes
    add_box(redaction_id=redaction.pk, actor=scene.cast.clerk, area=ELSEWHERE, ground=ground, seen=seen)
    told: dict[str, Any] = {"redaction_id": redaction.pk, "actor": scene.cast.drafter, "seen": seen}
    with pytest.raises(Conflict) as refused:
        add_box(**told, area=PRICE_PLACE, ground=ground)
    assert scene.cast.clerk.display_name in refused.value.message.zh
    for act in (take_proposals, dismiss_proposals, ask_for_copy, drop_redaction):
        with pytest.raises(Conflict):
            act(**told)
    assert redaction.boxes.count() == 4
    add_box(**told, area=ELSEWHERE, ground=ground)
    assert redaction.boxes.count() == 4, "the same box sent twice is one"


def test_a_draft_is_given_up(scene: Scene, engine: object) -> None:
    redaction = begun(scene)
    paper = drop_redaction(redaction_id=redaction.pk, actor=scene.cast.clerk)
    assert not Redaction.objects.exists()
    assert Paper.objects.filter(pk=paper.pk).exists()
    propose_boxes(redaction.pk)
    carry_out(redaction.pk)


# --- the copy ---


def test_a_job_may_run_twice(scene: Scene, engine: object) -> None:
    redaction = finished(scene)
    carry_out(redaction.pk)
    assert Paper.objects.filter(redacted_from=redaction.paper).count() == 1
    propose_boxes(redaction.pk)
    assert redaction.boxes.count() == 1


def still_there(data: bytes, copy: bytes, boxes: object) -> dict[str, Any]:
    raise StillThere.at("text", page=1)


def broken(data: bytes, boxes: object, on_page: object) -> bytes:
    raise MemoryError


@pytest.mark.parametrize(
    ("what", "does", "words"), [("check_copy", still_there, "没有通过检查"), ("make_copy", broken, "再试一次")]
)
def test_no_copy_that_is_not_clean(
    scene: Scene, engine: Callable[..., None], what: str, does: Any, words: str
) -> None:  # fmt: skip
    redaction = decided(scene)
    engine(what, does)
    ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter)
    carry_out(redaction.pk)
    redaction.refresh_from_db()
    assert (redaction.state, redaction.copy) == ("draft", None)
    assert words in redaction.failure["zh"]
    assert redaction.boxes.count() == 1, "the boxes are kept"
    assert not Paper.objects.filter(kind=PaperKind.ENCLOSURE).exists()


def test_nothing_changes_while_it_is_made(scene: Scene, engine: object) -> None:
    redaction = decided(scene)
    ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter)
    with pytest.raises(Invalid) as refused:
        dismiss_proposals(redaction_id=redaction.pk, actor=scene.cast.drafter)
    assert "正在生成" in refused.value.message.zh
    assert ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.clerk).pk == redaction.pk
    assert [job for job, _ in waiting_jobs()].count("gongkai.applications.jobs.make_redacted_copy") == 1


def test_cut_off_too_often(scene: Scene, engine: object) -> None:
    redaction = decided(scene)
    ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter)
    Redaction.objects.filter(pk=redaction.pk).update(attempts=finishing.MOST_ATTEMPTS)
    carry_out(redaction.pk)
    redaction.refresh_from_db()
    assert "拆分" in redaction.failure["zh"]


def test_archived_meanwhile(scene: Scene, engine: object) -> None:
    redaction = decided(scene)
    ask_for_copy(redaction_id=redaction.pk, actor=scene.cast.drafter)
    Application.objects.filter(pk=redaction.paper.application_id).update(stage=Stage.CLOSED)
    carry_out(redaction.pk)
    redaction.refresh_from_db()
    assert redaction.copy is None
    assert "归档" in redaction.failure["zh"]


def test_begun_again(scene: Scene, engine: object) -> None:
    """Another redaction with the boxes of the one before; a copy that would be the same is no other."""
    first = finished(scene)
    again = begin_redaction(paper_id=first.paper_id, actor=scene.cast.clerk)
    assert again.pk != first.pk
    assert begin_redaction(paper_id=first.paper_id, actor=scene.cast.drafter).pk == again.pk, "one at a time"
    assert again.boxes.count() == first.boxes.count() == 1
    ask_for_copy(redaction_id=again.pk, actor=scene.cast.clerk)
    carry_out(again.pk)
    again.refresh_from_db()
    assert "完全相同" in again.failure["zh"]
    add_box(redaction_id=again.pk, actor=scene.cast.clerk, area=PRICE_PLACE, ground=Ground.INTERNAL_AFFAIRS)
    ask_for_copy(redaction_id=again.pk, actor=scene.cast.clerk)
    carry_out(again.pk)
    again.refresh_from_db()
    assert again.copy not in (None, first.copy)


def test_a_file_that_nobody_could_scan(scene: Scene, engine: Callable[..., None]) -> None:
    """Nothing is proposed, and the page says so."""
    redaction = begun(scene, scanned=False)
    engine("proposals", lambda document: Proposed((), StillThere.at("unreadable").message))
    propose_boxes(redaction.pk)
    redaction.refresh_from_db()
    assert redaction.proposed_at is not None
    assert redaction.failure["scan"] == "unread"


# --- twice at once ---


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_at_once(scene: Scene, engine: object) -> None:
    paper, (first, second) = an_original(scene), (scene.cast.drafter, scene.cast.clerk)
    both = at_once(*(lambda actor=actor: begin_redaction(paper_id=paper.pk, actor=actor) for actor in (first, second)))
    assert both[0] == both[1] == Redaction.objects.get()
    redaction = both[0]
    propose_boxes(redaction.pk)
    redaction.refresh_from_db()
    told: dict[str, Any] = {"redaction_id": redaction.pk, "seen": redaction.changes, "ground": Ground.INTERNAL_AFFAIRS}
    drawn = at_once(
        lambda: add_box(**told, actor=first, area=ELSEWHERE), lambda: add_box(**told, actor=second, area=PRICE_PLACE)
    )
    assert sorted(type(each).__name__ for each in drawn) == ["Conflict", "RedactionBox"]
    dismiss_proposals(redaction_id=redaction.pk, actor=first)
    asked = at_once(
        *(lambda actor=actor: ask_for_copy(redaction_id=redaction.pk, actor=actor) for actor in (first, second))
    )
    assert {each.state for each in asked} == {"waiting"}
    assert [job for job, _ in waiting_jobs()].count("gongkai.applications.jobs.make_redacted_copy") == 1


# --- in words ---


def test_the_name_of_the_copy_tells_no_number() -> None:
    assert finishing.copy_name("某某11010519491231002X材料.docx") == f"某某{'×' * 18}材料（部分公开）.pdf"
    assert finishing.copy_name("演政办〔2020〕12号") == "演政办〔2020〕12号（部分公开）.pdf"


def test_what_is_withheld_in_words() -> None:
    def box(page: int, note: str = "", ground: str = "third_party_rights") -> RedactionBox:
        return RedactionBox(page=page, note=note, ground=ground)

    number = "居民身份证号码"
    boxes = [box(5, "单价"), *(box(page, number) for page in (2, 2, 2)), box(6, "单价"), box(9, "单价")]
    boxes.append(box(3, ground="internal_affairs"))
    assert withheld_in_words(boxes) == "第2页居民身份证号码3处；第3页内部事务信息内容1处；第5—6、9页单价3处"
    assert grounds_of(boxes) == (Ground.THIRD_PARTY_RIGHTS, Ground.INTERNAL_AFFAIRS)
    assert withheld_in_words([]) == ""
