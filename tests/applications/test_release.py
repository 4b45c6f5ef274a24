"""What goes out with a reply is scanned; what the scan holds back goes out only for a reason that the signer has seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.applications import release
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.begin_redaction import begin_redaction, drop_redaction
from gongkai.applications.actions.finish_redaction import carry_out
from gongkai.applications.enclosures import offered, sent_enclosures
from gongkai.applications.models import Application, BoxOrigin, LetterKind, Paper, PaperKind, Redaction, RedactionBox
from gongkai.applications.selectors import case_page
from gongkai.applications.step_words import what_it_says
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.privacy.holding import LOOKED_THROUGH, NotReleased, release_field
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage, StepKind
from tests.applications.originals import contract, original
from tests.applications.scenes import NO_SUCH_CASE, Scene, nothing_written, said, squeezed
from tests.applications.test_redact import an_original, engine, finished
from tests.applications.uploads import a_file
from tests.portal.pages import text_of

__all__ = ["engine"]

OPINE, DECISION, SIGN, DELIVER = StepKind.OPINION, StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER
ATTACHED: dict[str, Any] = {"outcome": Outcome.GRANTED, "findings": "经查。", "slots": {"provision": "attached"}}
REASON = "文件中的号码是申请人本人的，已经核对。"
PARTLY: dict[str, Any] = {
    "outcome": Outcome.PARTIALLY_GRANTED,
    "reasons": "含有内部事务信息和过程性信息。",
    "slots": {
        "given": "合同正文",
        "provision": "attached",
        "withheld": "第2页单价",
        "withheld_ground": "internal_affairs,process_information",
    },
}
FINDING = {
    "rule": "D1", "severity": "block", "message": "居民身份证号码，不得公开。请删除。", "message_en": "An ID number.",
    "sample": "1101************38", "place": {"page": 2},
}  # fmt: skip

Scans = Callable[..., None]


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> Scans:
    """Says what the scan finds in files of this name, and by which version of the rules."""
    found: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(release, "rules_version", lambda: found.get("rules", {"now": "1"})["now"])

    def scan(document: Document) -> PrivacyScan:
        told = found.get(document.name, {})
        row, _ = PrivacyScan.objects.get_or_create(document=document, rules=release.rules_version(), defaults=told)
        return row

    def say(name: str, *findings: Mapping[str, Any], unread: str = "", rules: str = "1") -> None:
        found[name] = {"findings": list(findings), "unread": unread, "worst": "block" if findings else ""}
        found["rules"] = {"now": rules}

    monkeypatch.setattr(release, "scan", scan)
    return say


def digest(name: str) -> str:
    return Document.objects.get(name=name).digest


def proposed(scene: Scene, scans: Scans, **more: Any) -> Application:
    """An opinion that lets out a file with a number in it, for a reason."""
    scans("甲.pdf", FINDING)
    case = scene.at(Stage.OPINE)
    with pytest.raises(NotReleased):
        scene.take(OPINE, case, **ATTACHED, enclosures=[a_file("甲.pdf")])
    reasons = {digest("甲.pdf"): REASON}
    return scene.take(OPINE, case, **{**ATTACHED, **more}, enclosures=[a_file("甲.pdf")], released_for=reasons)


def signed(scene: Scene, case: Application) -> Application:
    return scene.take(SIGN, scene.take(DECISION, case), release_confirmed=[digest("甲.pdf")])


@pytest.mark.article("条例", 15)
def test_a_number_of_a_person_does_not_go_out_just_so(scene: Scene, real_scan: None) -> None:
    """By the scan as it is."""
    case = scene.at(Stage.OPINE)
    steps = case.steps_taken
    with pytest.raises(NotReleased) as refused:
        scene.take(OPINE, case, **ATTACHED, enclosures=[original("合同.pdf")])
    assert "居民身份证号码，不得公开（第1页）" in refused.value.message.zh
    assert "1101" not in refused.value.message.zh
    case.refresh_from_db()
    assert case.steps_taken == steps
    assert not case.papers.exists()


def test_only_for_a_reason_that_the_signer_has_seen(scene: Scene, scans: Scans) -> None:
    case = proposed(scene, scans)
    facts = case.steps.latest("number").facts
    assert facts["release"] == [
        {
            "name": "甲.pdf", "sha256": digest("甲.pdf"), "rules": "1", "unread": False,
            "found": ["居民身份证号码，不得公开（第2页）"], "reason": REASON,
        }
    ]  # fmt: skip
    case = scene.take(DECISION, case)
    for confirmed in ((), ("0" * 64,)):
        with nothing_written(), pytest.raises(Invalid) as refused:
            scene.take(SIGN, case, release_confirmed=confirmed)
        assert refused.value.field == "release_confirmed"
    case = scene.take(SIGN, case, release_confirmed=[digest("甲.pdf")])
    assert case.steps.latest("number").facts["release_confirmed"] == [digest("甲.pdf")]
    case = scene.take(DELIVER, case)
    assert "release" not in case.steps.latest("number").facts, "nothing has changed since"
    assert [paper.name for paper in sent_enclosures(case)] == ["甲.pdf"]


def test_the_case_page_tells_who_reviews(client: Client, scene: Scene, scans: Scans) -> None:
    case = scene.take(DECISION, proposed(scene, scans))
    client.force_login(scene.cast.approver)
    page = client.get(reverse("desk:case", args=[case.pk]))
    assert f"甲.pdf：居民身份证号码，不得公开（第2页）。理由：{REASON}" in text_of(page)
    address = reverse("desk:step", args=[case.pk, "sign"])
    sent = {"seen": case.steps_taken, "on": "2025-03-18"}
    assert "请查看后确认放行" in text_of(client.post(address, sent))
    assert client.post(address, {**sent, "release_confirmed": digest("甲.pdf")}).status_code == 302
    assert ("确认放行的文件", "1 件（扫描有提示，见办理意见）") in what_it_says(
        SIGN, case.steps.latest("number").facts
    )  # fmt: skip


def test_what_nobody_could_read_is_looked_through_by_hand(scene: Scene, scans: Scans) -> None:
    scans("扫描件.pdf", unread="encrypted")
    case = scene.at(Stage.OPINE)
    with pytest.raises(NotReleased) as refused:
        scene.take(OPINE, case, **ATTACHED, enclosures=[a_file("扫描件.pdf")])
    assert "逐页核对" in refused.value.message.zh
    looked = {digest("扫描件.pdf"): LOOKED_THROUGH}
    case = scene.take(OPINE, case, **ATTACHED, enclosures=[a_file("扫描件.pdf")], released_for=looked)
    (fact,) = case.steps.latest("number").facts["release"]
    assert (fact["unread"], fact["found"]) == (True, [])


def test_a_picture_inside_a_file_and_a_number_in_its_name_hold_it_back(scene: Scene, scans: Scans) -> None:
    inside = {"rule": "pictures", "severity": "warn", "message": "文件里有图片。", "message_en": "", "place": {}}
    for name, finding in (("甲.docx", inside), ("乙.docx", {**inside, "rule": "unread_part"})):
        scans(name, finding)
        with pytest.raises(NotReleased, match="逐页核对"):
            scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[a_file(name)])
    scans("某某11010519491231002X.pdf")
    with pytest.raises(NotReleased, match="居民身份证号码"):
        scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[a_file("某某11010519491231002X.pdf")])


@pytest.mark.parametrize("where", ["findings", "information"])
def test_the_letter_itself_holds_no_number_of_a_person(scene: Scene, where: str) -> None:
    def opinion(text: str) -> dict[str, Any]:
        slots = {**ATTACHED["slots"], "provision": "stated", "information": "合同正文"}
        return (
            {**ATTACHED, "slots": {**slots, where: text}}
            if where in slots
            else {**ATTACHED, "slots": slots, where: text}
        )

    case = scene.at(Stage.OPINE)
    with nothing_written(), pytest.raises(Invalid) as refused:
        scene.take(OPINE, case, **opinion("某某，1101 0519 4912 3100 2X"))
    assert refused.value.field == where
    assert "3100" not in refused.value.message.zh
    scene.take(OPINE, case, **opinion("某某，1101************2X"))


def test_a_reason_for_another_file_is_none(scene: Scene, scans: Scans) -> None:
    scans("甲.pdf", FINDING)
    case = scene.at(Stage.OPINE)
    for reasons in ({"0" * 64: REASON}, {digest_of(a_file("甲.pdf").data): "  "}):
        with pytest.raises(NotReleased):
            scene.take(OPINE, case, **ATTACHED, enclosures=[a_file("甲.pdf")], released_for=reasons)
    too_long = {digest("甲.pdf"): "长" * 501}
    with pytest.raises(Invalid) as refused:
        scene.take(OPINE, case, **ATTACHED, enclosures=[a_file("甲.pdf")], released_for=too_long)
    assert refused.value.field == release_field(digest("甲.pdf"))


def digest_of(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def test_nobody_else_has_files_scanned(scene: Scene, scans: Scans) -> None:
    case = scene.at(Stage.OPINE)
    told = {**ATTACHED, "enclosures": [a_file("甲.pdf")]}
    with nothing_written(), pytest.raises(NotAllowed):
        scene.take(OPINE, case, actor=scene.cast.approver, **told)
    with nothing_written(), pytest.raises(Http404):
        scene.take(OPINE, case, actor=scene.cast.stranger, **told)
    with nothing_written(), pytest.raises(Http404):
        scene.take(OPINE, Application(pk=NO_SUCH_CASE), **told)
    assert not PrivacyScan.objects.exists()


# --- the rules change ---


def test_rules_that_changed_before_the_signing(scene: Scene, scans: Scans) -> None:
    scans("甲.pdf")
    case = scene.take(DECISION, scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[a_file("甲.pdf")]))
    scans("甲.pdf", FINDING, rules="2")
    with pytest.raises(Invalid) as refused:
        scene.take(SIGN, case)
    assert "扫描规则有更新" in refused.value.message.zh
    assert not case.letters.filter(kind=LetterKind.REPLY).exists()


def test_rules_that_changed_before_the_sending(client: Client, scene: Scene, scans: Scans) -> None:
    scans("甲.pdf")
    case = scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[a_file("甲.pdf")])
    case = scene.take(SIGN, scene.take(DECISION, case))
    scans("甲.pdf", FINDING, rules="2")
    client.force_login(scene.cast.clerk)
    address = reverse("desk:step", args=[case.pk, "deliver"])
    sent = {"seen": case.steps_taken, "on": "2025-03-19", "way": "online"}
    page = client.post(address, sent)
    assert 'name="release_reason"' in page.content.decode()
    assert client.post(address, {**sent, "release_reason": REASON}).status_code == 302
    (fact,) = case.steps.latest("number").facts["release"]
    assert (fact["rules"], fact["reason"]) == ("2", REASON)


# --- the original stays ---


def test_an_original_does_not_go_out_by_its_own_bytes(scene: Scene, engine: object) -> None:
    """Whatever it is called, and however it lies in the case."""
    case = scene.at(Stage.OPINE)
    drafter = scene.cast.drafter
    (paper,) = add_paper(case_id=case.pk, actor=drafter, kind=PaperKind.ENCLOSURE, uploads=[original()])
    assert offered(case).exists()
    redaction = begin_redaction(paper_id=paper.pk, actor=drafter)
    assert (redaction.paper.kind, redaction.paper.document) == (PaperKind.ORIGINAL, paper.document)
    assert not offered(case).exists()
    for told in ({"enclosures": [original("改名.pdf")]}, {"kept": [paper.document.digest]}):
        with pytest.raises(Invalid) as refused:
            scene.take(OPINE, case, **ATTACHED, **told)
        assert "是原件" in refused.value.message.zh
    with pytest.raises(Invalid):
        add_paper(case_id=case.pk, actor=drafter, kind=PaperKind.ENCLOSURE, uploads=[original("又一次.pdf")])
    drop_redaction(redaction_id=redaction.pk, actor=drafter)
    assert offered(case).exists()


def test_redacted_after_the_opinion(scene: Scene, engine: object) -> None:
    case = scene.take(OPINE, scene.at(Stage.OPINE), **ATTACHED, enclosures=[original()])
    begin_redaction(paper_id=Paper.objects.get().pk, actor=scene.cast.clerk)
    case = scene.take(DECISION, case)
    with pytest.raises(Invalid) as refused:
        scene.take(SIGN, case)
    assert "是原件" in refused.value.message.zh


# --- the form of the opinion ---


def test_what_is_held_back_is_not_chosen_again(client: Client, scene: Scene, scans: Scans) -> None:
    scans("甲.pdf", FINDING)
    case = scene.at(Stage.OPINE)
    client.force_login(scene.cast.drafter)
    address = reverse("desk:step", args=[case.pk, "opinion"])
    typed = {
        "outcome": "granted", "findings": "经查", "slot_provision": "attached", "on": "2025-03-14",
        "seen": case.steps_taken,
    }  # fmt: skip
    page = client.post(address, {**typed, "enclosures": SimpleUploadedFile("甲.pdf", contract(), "application/pdf")})
    field = release_field(digest("甲.pdf"))
    html = page.content.decode()
    assert f'name="{field}"' in html
    assert "居民身份证号码，不得公开（第2页）" in html.split(f'id="id_opinion_{field}_error"')[1].split("</div>")[0]
    kept = html.split('name="kept"')[1].split(">")[0]
    assert digest("甲.pdf") in kept
    assert "checked" in kept
    assert "经查" in html
    answer = client.post(address, {**typed, "kept": digest("甲.pdf"), field: REASON})
    assert answer.status_code == 302, text_of(answer)
    assert case.steps.latest("number").facts["release"][0]["reason"] == REASON


def a_copy(scene: Scene, case: Application, name: str, *boxes: tuple[int, str, str]) -> Paper:
    """The redacted copy of an original, with boxes (page, note, ground)."""
    (paper,) = add_paper(
        case_id=case.pk, actor=scene.cast.drafter, kind=PaperKind.ORIGINAL, uploads=[a_file(name)]
    )  # fmt: skip
    redaction = begin_redaction(paper_id=paper.pk, actor=scene.cast.drafter)
    place = {"left": 0.1, "top": 0.1, "right": 0.2, "bottom": 0.2, "origin": BoxOrigin.HAND}
    for page, note, ground in boxes:
        RedactionBox.objects.create(redaction=redaction, page=page, note=note, ground=ground, **place)
    Redaction.objects.filter(pk=redaction.pk).update(state="waiting", asked_by=scene.cast.drafter)
    carry_out(redaction.pk)
    redaction.refresh_from_db()
    assert redaction.copy is not None, redaction.failure
    return redaction.copy


@pytest.mark.article("条例", 37)
def test_the_opinion_is_filled_in_from_the_boxes(client: Client, scene: Scene, engine: object) -> None:
    case = scene.at(Stage.OPINE)
    copy = a_copy(
        scene, case, "合同.pdf", (2, "报价", "internal_affairs"), (2, "报价", "internal_affairs"),
        (1, "", "process_information"),
    )  # fmt: skip
    client.force_login(scene.cast.drafter)
    html = client.get(reverse("desk:case", args=[case.pk]), {"outcome": "partially_granted"}).content.decode()
    assert "第1页过程性信息内容1处；第2页报价2处" in html
    for ground in ("internal_affairs", "process_information"):
        assert "checked" in html.split(f'value="{ground}"')[1].split(">")[0]
    assert "checked" not in html.split('value="state_secret"')[1].split(">")[0]
    assert f'value="{copy.document.digest}"' in html
    assert copy.redacted_from is not None
    assert f'value="{copy.redacted_from.document.digest}"' not in html
    page = case_page(scene.cast.drafter, case.pk)
    assert page.may.redact
    other = client.get(reverse("desk:case", args=[case.pk]), {"outcome": "granted"}).content.decode()
    assert "报价2处" not in other


@pytest.mark.article("条例", 37)
def test_the_letter_names_each_ground_with_its_article(scene: Scene, engine: object) -> None:
    finished(scene)
    case = Redaction.objects.get().paper.application
    case = scene.take(SIGN, scene.take(DECISION, scene.take(OPINE, case, **PARTLY)))
    text = squeezed(said(case.letters.get(kind=LetterKind.REPLY)))
    several = re.search("该部分内容(.*?)本机关决定不予公开", text)
    assert several is not None
    grounds = several.group(1)
    assert grounds.startswith("分别属于行政机关内部事务信息，依据为")
    assert "第十六条第一款；属于过程性信息，依据为" in grounds
    assert grounds.endswith("第十六条第二款，")
    assert "附件：养护合同（部分公开）.pdf" in text
    case = scene.take(DELIVER, case)
    assert [paper.name for paper in sent_enclosures(case)] == ["养护合同（部分公开）.pdf"]


def test_of_several_copies_the_newest_is_ticked(client: Client, scene: Scene, engine: object) -> None:
    first = finished(scene)
    again = begin_redaction(paper_id=first.paper_id, actor=scene.cast.drafter)
    RedactionBox.objects.create(
        redaction=again, page=2, left=0.1, top=0.1, right=0.2, bottom=0.2, ground="internal_affairs"
    )
    Redaction.objects.filter(pk=again.pk).update(state="waiting", asked_by=scene.cast.drafter)
    carry_out(again.pk)
    again.refresh_from_db()
    assert first.copy is not None
    assert again.copy is not None
    client.force_login(scene.cast.drafter)
    address = reverse("desk:case", args=[first.paper.application_id])
    html = client.get(address, {"outcome": "partially_granted"}).content.decode()
    ticked = {
        copy: "checked" in html.split(f'value="{copy.document.digest}"')[1].split(">")[0]
        for copy in (first.copy, again.copy)
    }
    assert ticked == {first.copy: False, again.copy: True}


def test_an_original_is_never_sent(scene: Scene, engine: object) -> None:
    """It lies in the case, and no reply can name it."""
    paper = an_original(scene)
    case = paper.application
    assert not offered(case).exists()
    with pytest.raises(Invalid):
        scene.take(OPINE, case, **{**ATTACHED, "kept": [paper.document.digest]})
