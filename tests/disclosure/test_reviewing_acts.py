"""From the draft to the public: submit, three rounds, secrecy, consent, scan, publish, withdraw, the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.publish_revision import publish_revision, schedule_release
from gongkai.disclosure.actions.record_consent import record_consent
from gongkai.disclosure.actions.release_due import release_due
from gongkai.disclosure.actions.return_revision import recall_revision, return_revision
from gongkai.disclosure.actions.scan_again import scan_again
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.errors import RevisionChanged, RevisionNotFound
from gongkai.disclosure.models import ContentScan, Item, ItemState, NormativeDocument, Revision
from gongkai.disclosure.publicly import public_version
from gongkai.disclosure.reviewing import scanning
from gongkai.disclosure.reviewing.requirements import Incomplete
from gongkai.documents.models import CheckState
from gongkai.documents.privacy import kept
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.holding import release_field
from gongkai.documents.reading.normal import Place
from gongkai.law.publication import PublicationRefused, RevisionState
from gongkai.law.texts import Text
from gongkai.ledger.models import Entry
from gongkai.notifications.models import Notification
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column
from tests.disclosure.reviewing import (
    BASIS,
    approved,
    drafted,
    passed,
    reviewer,
    scans,
    secret_checked,
    submitted,
)
from tests.run_jobs import run_jobs, waiting_jobs

ID_NUMBER = Finding("D1", Severity.BLOCK, Text("居民身份证号码。", "ID number."), "1101************2X", Place(line=3))
OTHER = Finding("D2", Severity.BLOCK, Text("银行账号。", "Account."), "6222****", Place(line=4))
SECRET = Finding("D15", Severity.BLOCK, Text("有密级标志。", "A mark of secrecy."), "秘密★", Place(line=1))
FILE = (("名单.txt", "公示名单".encode(), "text/plain"),)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch)


def told(person: Any) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("text_zh", flat=True))


# --- Submitting ---------------------------------------------------------------------------------------------


def test_submitted(cast: Cast) -> None:
    revision = submitted(cast, scanned=False)
    assert (revision.state, len(revision.digest)) == (RevisionState.FIRST_REVIEW, 64)
    assert [job for job, _args in waiting_jobs()][:1] == ["gongkai.disclosure.reviewing.jobs.scan"]
    assert Entry.objects.get(act="disclosure.submit").facts["digest"] == revision.digest
    assert "送审" in told(cast.unit_head)[0]
    assert not told(cast.drafter)


def test_every_gap_is_said_at_once(cast: Cast) -> None:
    revision = drafted(cast, title="", subject="", made_on=today() + dt.timedelta(days=1), source="", body="<p> </p>")
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=revision.pk)
    assert set(refused.value.fields) == {"title", "subject", "made_on", "source", "body"}
    revision.refresh_from_db()
    assert (revision.state, revision.digest) == ("draft", "")


@pytest.mark.parametrize(
    ("content_class", "missing"),
    [("policy", {"document_class", "document_number", "genre"}), ("interpretation", {"form", "interprets"})],
)
def test_what_its_class_of_content_asks_for(cast: Cast, content_class: str, missing: set[str]) -> None:
    revision = drafted(cast, column=a_column("special", content_class=content_class))
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=revision.pk)
    assert set(refused.value.fields) == missing


def test_only_what_is_open_proactively_and_in_a_leaf(cast: Cast) -> None:
    parent = a_column("parent")
    a_column("child", parent=parent)
    revision = drafted(cast, column=parent, open_type="on_request")
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=revision.pk)
    assert set(refused.value.fields) == {"column", "open_type"}


@pytest.mark.parametrize("who", ["approver", "supervisor", "administrator"])
def test_who_does_not_submit(cast: Cast, who: str) -> None:
    with pytest.raises(PublicationRefused):
        submit_revision(actor=getattr(cast, who), revision_id=drafted(cast).pk)


@pytest.mark.parametrize("who", ["other_clerk", "stranger"])
def test_who_knows_nothing_of_it(cast: Cast, who: str) -> None:
    with pytest.raises(RevisionNotFound):
        submit_revision(actor=getattr(cast, who), revision_id=drafted(cast).pk)


# --- The rounds ---------------------------------------------------------------------------------------------


@pytest.mark.article("条例", 17)
def test_three_people_and_then_the_public(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    revision = approved(cast)
    assert revision.state == RevisionState.APPROVED
    before = public_version()
    with django_capture_on_commit_callbacks(execute=True):
        item = publish_revision(actor=cast.editor, revision_id=revision.pk)
    item.refresh_from_db()
    assert (item.state, item.current_id, item.title) == (ItemState.PUBLISHED, revision.pk, revision.title)
    assert item.index_number
    assert item.index_number.startswith("ours/")
    assert item.published_at is not None
    assert abs(timezone.now() - item.published_at) < dt.timedelta(minutes=1)
    assert public_version() == before + 1
    assert ("gongkai.disclosure.publicly.index", (str(item.pk),)) in waiting_jobs()
    people = [step.actor for step in revision.steps.order_by("number")]
    assert people == [cast.drafter, cast.drafter, cast.unit_head, cast.editor, cast.approver, cast.editor]
    assert "已发布" in told(cast.drafter)[-1]


def test_nobody_reviews_what_they_wrote_or_twice(cast: Cast) -> None:
    revision = submitted(cast)
    revision.writers.add(cast.unit_head)
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert refused.value.code == "own_work"
    revision.writers.clear()
    passed(cast, revision)
    cast.unit_head.appointments.create(agency=cast.agency, role="editor", since=dt.date(2020, 1, 1))
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision, actor=cast.unit_head)
    assert refused.value.code == "signed_before"


def test_the_list_is_gone_through(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        passed(cast, submitted(cast), proofread=["wording"])
    assert refused.value.field == "proofread"


@pytest.mark.parametrize("where", ["seen", "database"])
def test_a_changed_content_is_not_passed(cast: Cast, where: str) -> None:
    """REV-03: what the page showed is what was submitted and what stands there."""
    revision = submitted(cast)
    if where == "database":
        Revision.objects.filter(pk=revision.pk).update(body="<p>另一份正文</p>")
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision, **({"digest": "0" * 64} if where == "seen" else {}))
    assert refused.value.code == "content_changed"


def test_the_final_review_waits_for_scan_and_secrecy(cast: Cast) -> None:
    revision = submitted(cast, scanned=False)
    passed(cast, revision)
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert refused.value.code == "scan"
    run_jobs()
    passed(cast, revision)
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert refused.value.code == "secrecy"
    secret_checked(cast, revision, result="ask", reason="密级不明确")
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert refused.value.code == "secrecy"
    secret_checked(cast, revision)
    assert passed(cast, revision).state == RevisionState.APPROVED
    assert revision.secrecy_reviews.count() == 2


def test_sent_back_everybody_looks_anew(cast: Cast) -> None:
    revision = submitted(cast)
    passed(cast, revision)
    with pytest.raises(PublicationRefused):
        return_revision(actor=cast.editor, revision_id=revision.pk, reason=" ")
    return_revision(actor=cast.editor, revision_id=revision.pk, reason="附件缺页")
    assert "附件缺页" in told(cast.drafter)[-1]
    submit_revision(actor=cast.drafter, revision_id=revision.pk)
    assert approved(cast, revision).state == RevisionState.APPROVED
    assert return_revision(actor=cast.approver, revision_id=revision.pk, reason="暂缓").state == RevisionState.DRAFT


def test_only_its_writer_takes_it_back(cast: Cast) -> None:
    revision = submitted(cast)
    with pytest.raises(PublicationRefused):
        recall_revision(actor=cast.clerk, revision_id=revision.pk)
    assert recall_revision(actor=cast.drafter, revision_id=revision.pk).state == RevisionState.DRAFT
    with pytest.raises(PublicationRefused):
        recall_revision(actor=cast.drafter, revision_id=revision.pk)


def test_an_older_page_is_told(cast: Cast) -> None:
    revision = submitted(cast)
    with pytest.raises(RevisionChanged):
        passed(cast, revision, changes=revision.changes - 1)


# --- Secrecy and consent ------------------------------------------------------------------------------------


def test_secrecy_is_anothers_word_with_its_basis(cast: Cast) -> None:
    draft = drafted(cast)
    with pytest.raises(PublicationRefused):
        secret_checked(cast, draft)
    revision = submitted(cast)
    for who, wrong in ((cast.drafter, NotAllowed), (cast.supervisor, NotAllowed)):
        with pytest.raises(wrong):
            secret_checked(cast, revision, actor=who)
    revision.writers.add(cast.editor)
    with pytest.raises(PublicationRefused):
        secret_checked(cast, revision, actor=cast.editor)
    for changes, field in (({"basis": " "}, "basis"), ({"result": "withhold"}, "reason"), ({"result": "x"}, "result")):
        with pytest.raises(Invalid) as refused:
            secret_checked(cast, revision, **changes)
        assert refused.value.field == field
    secret_checked(cast, revision)
    assert Entry.objects.get(act="disclosure.review_secrecy").facts["basis"] == BASIS


def test_joint_issuers_agree(cast: Cast) -> None:
    revision = submitted(cast, joint_issuers=["演示市财政局"])
    secret_checked(cast, revision)
    for _round in range(2):
        passed(cast, revision)
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert refused.value.code == "consent"
    common: dict[str, Any] = {
        "actor": cast.clerk, "revision_id": revision.pk, "body": "演示市财政局", "on": today(), "digest": revision.digest,
    }  # fmt: skip
    record_consent(**common, agrees=False)
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert "不同意" in refused.value.message.zh
    record_consent(**common, agrees=True)
    passed(cast, revision)
    with pytest.raises(PublicationRefused):
        record_consent(**common, agrees=False)
    with pytest.raises(NotAllowed):
        record_consent(**{**common, "actor": cast.approver}, agrees=True)


# --- The scan -----------------------------------------------------------------------------------------------


def test_what_the_scan_holds_back_needs_a_reason_and_another_who_confirms(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans(monkeypatch, files=(ID_NUMBER,))
    revision = submitted(cast, files=FILE)
    digest = revision.attachments.get().document.digest
    secret_checked(cast, revision)
    passed(cast, revision)
    passed(cast, revision, reasons={digest: "法定公示内容"})
    with pytest.raises(Invalid) as refused:
        passed(cast, revision)
    assert refused.value.field == "confirmed"
    passed(cast, revision, confirmed=[digest])
    step = revision.steps.get(act="pass_second_review")
    assert [each["reason"] for each in step.facts["release"]] == ["法定公示内容"]
    publish_revision(actor=cast.clerk, revision_id=revision.pk)


def test_without_a_reason_it_stops_at_the_last_who_could_give_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch, ID_NUMBER)
    revision = submitted(cast)
    secret_checked(cast, revision)
    passed(cast, revision)
    for reasons in ({}, {revision.digest: " "}, {"0" * 64: "别的文件"}):
        with pytest.raises(Invalid) as refused:
            passed(cast, revision, reasons=reasons)
        assert refused.value.field == release_field(revision.digest)
    passed(cast, revision, reasons={revision.digest: "法定公示内容"})
    monkeypatch.setattr(kept, "RULES", "newer")
    scans(monkeypatch, ID_NUMBER, OTHER)
    scan_again(actor=cast.editor, revision_id=revision.pk)
    run_jobs()
    with pytest.raises(PublicationRefused) as stopped:
        passed(cast, revision, confirmed=[revision.digest])
    assert stopped.value.code == "held"


@pytest.mark.article("条例", 14)
def test_a_mark_of_secrecy_is_the_secrecy_reviewers(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """No reason of the rounds lets it out; only a review made after the scan that says why."""
    scans(monkeypatch, SECRET)
    revision = submitted(cast)
    secret_checked(cast, revision)
    for _round in range(2):
        passed(cast, revision, reasons={revision.digest: "没有问题"})
    for reason in ("", "已按程序解密"):
        if reason:
            secret_checked(cast, revision, reason=reason)
            assert passed(cast, revision).state == RevisionState.APPROVED
            return
        with pytest.raises(PublicationRefused) as refused:
            passed(cast, revision, confirmed=[revision.digest])
        assert refused.value.code == "secret_mark"


def test_newer_rules_ask_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = approved(cast)
    monkeypatch.setattr(kept, "RULES", "newer")
    with pytest.raises(PublicationRefused) as refused:
        publish_revision(actor=cast.editor, revision_id=revision.pk)
    assert refused.value.code == "scan"
    scan_again(actor=cast.editor, revision_id=revision.pk)
    scan_again(actor=cast.clerk, revision_id=revision.pk)
    assert ContentScan.objects.count() == 2
    run_jobs()
    publish_revision(actor=cast.editor, revision_id=revision.pk)


def test_a_scan_that_fails_is_told_and_asked_for_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_told: object, **_options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(scanning, "scan_words", fail)
    revision = submitted(cast)
    assert revision.scans.get().state == CheckState.FAILED
    scans(monkeypatch)
    scan_again(actor=cast.drafter, revision_id=revision.pk)
    run_jobs()
    assert revision.scans.get().state == CheckState.DONE


def test_a_late_scan_is_not_of_what_was_written_since(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken back and changed while the scan waits, then put back as it was: it is scanned then."""
    revision = submitted(cast, scanned=False)
    first = revision.scans.get()
    recall_revision(actor=cast.drafter, revision_id=revision.pk)
    Revision.objects.filter(pk=revision.pk).update(body="<p>另一份正文。</p>")
    run_jobs()
    first.refresh_from_db()
    assert first.state == CheckState.FAILED
    Revision.objects.filter(pk=revision.pk).update(body=revision.body)
    scans(monkeypatch, ID_NUMBER)
    submit_revision(actor=cast.drafter, revision_id=revision.pk)
    run_jobs()
    first.refresh_from_db()
    assert (first.state, len(first.findings)) == (CheckState.DONE, 1)


def test_the_scan_itself_finds_a_number_in_a_table(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    body = "<table><tr><th>姓名</th><th>身份证号</th></tr><tr><td>某某</td><td>11010519491231002X</td></tr></table>"
    revision = submitted(cast, body=body)
    scan = revision.scans.get()
    assert scan.state == CheckState.DONE
    assert {"D1", "D14"} <= {each["rule"] for each in scan.findings}
    assert "11010519491231002X" not in str(scan.findings)


# --- Publishing ---------------------------------------------------------------------------------------------


def test_who_publishes_and_when(cast: Cast) -> None:
    revision = submitted(cast)
    for who in (cast.editor, cast.approver):
        with pytest.raises(PublicationRefused):
            publish_revision(actor=who, revision_id=revision.pk)
    approved(cast, revision)
    with pytest.raises(PublicationRefused):
        publish_revision(actor=cast.approver, revision_id=revision.pk)
    publish_revision(actor=cast.clerk, revision_id=revision.pk)
    with pytest.raises(PublicationRefused):
        publish_revision(actor=cast.clerk, revision_id=revision.pk)


def test_a_content_changed_after_approval_does_not_go_out(cast: Cast) -> None:
    revision = approved(cast)
    Revision.objects.filter(pk=revision.pk).update(title="另一个标题")
    with pytest.raises(PublicationRefused):
        publish_revision(actor=cast.editor, revision_id=revision.pk)
    assert Item.objects.get().state == ItemState.UNPUBLISHED


POLICY = {"document_class": "normative_documents", "document_number": "演城〔2025〕3号", "genre": "通知"}


def test_a_policy_document_stands_on_the_register(cast: Cast) -> None:
    revision = approved(cast, column=a_column("policy", content_class="policy"), **POLICY, last_day=dt.date(2030, 3, 2))
    item = publish_revision(actor=cast.editor, revision_id=revision.pk)
    entry = NormativeDocument.objects.get()
    assert (item.document, entry.document_number, entry.last_day) == (entry, "演城〔2025〕3号", dt.date(2030, 3, 2))
    again = drafted(cast, column=a_column("policy"), **POLICY)
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=again.pk)
    assert set(refused.value.fields) == {"document_number"}


def test_an_entry_of_that_number_is_tied(cast: Cast) -> None:
    entry = NormativeDocument.objects.create(
        agency=cast.agency, document_class="normative_documents", title="旧题", document_number="演城〔2025〕3号",
        made_on=dt.date(2025, 3, 3), repealed_on=dt.date(2025, 6, 1), repeal_basis="某决定",
    )  # fmt: skip
    revision = approved(cast, column=a_column("policy", content_class="policy"), **POLICY)
    item = publish_revision(actor=cast.editor, revision_id=revision.pk)
    entry.refresh_from_db()
    assert (item.document, entry.title, entry.repealed_on) == (entry, revision.title, dt.date(2025, 6, 1))


def test_corrected_and_withdrawn_by_the_same_reviews(cast: Cast) -> None:
    item = publish_revision(actor=cast.editor, revision_id=approved(cast).pk)
    first = Item.objects.get()
    correction = begin_correction(actor=cast.drafter, item_id=item.pk, reason="数字有误")
    Revision.objects.filter(pk=correction.pk).update(title="更正后的标题")
    submit_revision(actor=cast.drafter, revision_id=correction.pk)
    run_jobs()
    publish_revision(actor=cast.editor, revision_id=approved(cast, correction).pk)
    now = Item.objects.get()
    assert (now.title, now.published_at, now.index_number) == ("更正后的标题", first.published_at, first.index_number)
    assert now.changed_at is not None
    withdrawal = begin_withdrawal(actor=cast.drafter, item_id=item.pk, reason="内容已被替代")
    submit_revision(actor=cast.drafter, revision_id=withdrawal.pk)
    run_jobs()
    publish_revision(actor=cast.editor, revision_id=approved(cast, withdrawal).pk)
    now = Item.objects.get()
    assert (now.state, now.withdrawal_reason, now.current_id) == ("withdrawn", "内容已被替代", correction.pk)


def test_a_withdrawal_is_not_held_up_by_what_it_takes_down(cast: Cast) -> None:
    item = publish_revision(actor=cast.editor, revision_id=approved(cast, files=FILE).pk)
    withdrawal = begin_withdrawal(actor=cast.drafter, item_id=item.pk, reason="公开了不应公开的名单")
    said = scanning.words_of(withdrawal).decode()
    assert "不应公开的名单" in said
    assert withdrawal.body
    assert withdrawal.body not in said


# --- The clock ----------------------------------------------------------------------------------------------


def scheduled(cast: Cast, minutes: int, **changes: Any) -> Revision:
    revision = approved(cast, **changes)
    schedule_release(actor=cast.editor, revision_id=revision.pk, at=timezone.now() + dt.timedelta(minutes=60))
    Revision.objects.filter(pk=revision.pk).update(publish_from=timezone.now() + dt.timedelta(minutes=minutes))
    return revision


def test_the_clock_releases_in_order_and_once(cast: Cast) -> None:
    later, sooner, not_yet = scheduled(cast, -1, title="后"), scheduled(cast, -5, title="先"), scheduled(cast, 30)
    with pytest.raises(PublicationRefused):
        publish_revision(actor=cast.editor, revision_id=not_yet.pk)
    assert (release_due(), release_due()) == (2, 0)
    published = Item.objects.filter(state="published").order_by("published_at").values_list("title", flat=True)
    assert list(published) == ["先", "后"]
    for revision in (later, sooner):
        revision.refresh_from_db()
        assert revision.steps.get(act="publish").actor is None
    schedule_release(actor=cast.clerk, revision_id=not_yet.pk, at=None)
    publish_revision(actor=cast.editor, revision_id=not_yet.pk)


def test_what_cannot_go_out_holds_up_no_other(cast: Cast) -> None:
    bad, _good = scheduled(cast, -5), scheduled(cast, -1)
    Revision.objects.filter(pk=bad.pk).update(title="改过")
    assert (release_due(), release_due()) == (1, 0)
    bad.refresh_from_db()
    assert bad.state == RevisionState.APPROVED
    assert len([text for text in told(cast.editor) if "定时发布未能完成" in text]) == 1


def test_no_hour_that_is_past_and_none_before_approval(cast: Cast) -> None:
    revision = submitted(cast)
    hour = timezone.now() + dt.timedelta(hours=1)
    with pytest.raises(PublicationRefused):
        schedule_release(actor=cast.editor, revision_id=revision.pk, at=hour)
    approved(cast, revision)
    with pytest.raises(Invalid) as refused:
        schedule_release(actor=cast.editor, revision_id=revision.pk, at=timezone.now() - dt.timedelta(days=1))
    assert refused.value.field == "at"
    with pytest.raises(NotAllowed):
        schedule_release(actor=cast.approver, revision_id=revision.pk, at=hour)


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_publish_once(cast: Cast) -> None:
    scheduled(cast, -1)
    assert sorted(at_once(release_due, release_due)) == [0, 1]  # type: ignore[type-var]
    assert Revision.objects.get().steps.filter(act="publish").count() == 1


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_pass_one_round(cast: Cast) -> None:
    revision = submitted(cast)
    seen = {"changes": Revision.objects.get().changes}
    outcomes = at_once(lambda: passed(cast, revision, **seen), lambda: passed(cast, revision, **seen))
    assert sorted(type(one).__name__ for one in outcomes) in (
        ["Revision", "RevisionChanged"],
        ["PublicationRefused", "Revision"],
    )
    assert Revision.objects.get().state == RevisionState.SECOND_REVIEW
    assert reviewer(cast, RevisionState.SECOND_REVIEW) == cast.editor
