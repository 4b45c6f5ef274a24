"""Ways around the reviews that a hostile or careless person might find: each is closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions import release_due as clock
from gongkai.disclosure.actions.attach_file import arrange_attachment, remove_attachment
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.edit_revision import edit_revision
from gongkai.disclosure.actions.publish_revision import publish_revision
from gongkai.disclosure.actions.record_consent import record_consent
from gongkai.disclosure.actions.return_revision import recall_revision, return_revision
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.errors import RevisionChanged
from gongkai.disclosure.models import Attachment, ContentScan, Item, NormativeDocument, Revision
from gongkai.disclosure.names import distinct, key_of, tidy_name
from gongkai.disclosure.reviewing import scanning
from gongkai.disclosure.reviewing.gate import standing
from gongkai.disclosure.reviewing.requirements import Incomplete
from gongkai.documents.privacy.files import Scanned
from gongkai.documents.store import keep
from gongkai.law.publication import PublicationRefused, RevisionState
from gongkai.notifications.models import Notification
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column
from tests.disclosure.reviewing import approved, drafted, passed, scans, secret_checked, signed_in, submitted
from tests.run_jobs import run_jobs

POLICY = {"document_class": "normative_documents", "document_number": "演城〔2025〕3号", "genre": "通知"}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch)


def attached(revision: Revision, name: str = "名单.txt") -> Attachment:
    document = keep(name.encode(), name=name, media_type="text/plain")
    return Attachment.objects.create(revision=revision, document=document, name=name, position=9)


# --- The secrecy review of somebody who wrote ---------------------------------------------------------------


@pytest.mark.article("条例", 17)
def test_a_secrecy_reviewer_who_writes_later_reviewed_nothing(cast: Cast) -> None:
    """Taken back and changed to and fro the content is the same, and so is its digest."""
    revision = submitted(cast)
    secret_checked(cast, revision, actor=cast.clerk)
    recall_revision(actor=cast.drafter, revision_id=revision.pk)
    edit_revision(actor=cast.clerk, revision_id=revision.pk, values={"keywords": "防汛"})
    edit_revision(actor=cast.clerk, revision_id=revision.pk, values={"keywords": ""})
    submit_revision(actor=cast.drafter, revision_id=revision.pk)
    for _round in range(2):
        passed(cast, revision)
    with pytest.raises(PublicationRefused) as refused:
        passed(cast, revision)
    assert (refused.value.code, "后来参与了起草" in refused.value.message.zh) == ("secrecy", True)
    secret_checked(cast, revision)
    assert passed(cast, revision).state == RevisionState.APPROVED


def test_who_submits_it_has_written_it(cast: Cast) -> None:
    revision = submitted(cast)
    secret_checked(cast, revision, actor=cast.editor)
    recall_revision(actor=cast.drafter, revision_id=revision.pk)
    submit_revision(actor=cast.editor, revision_id=revision.pk)
    revision.refresh_from_db()
    assert [code for code, _text in standing(revision).obstacles] == ["secrecy"]


def test_an_earlier_yes_does_not_stand_in_for_a_writers_no(cast: Cast) -> None:
    revision = submitted(cast)
    secret_checked(cast, revision)
    secret_checked(cast, revision, actor=cast.clerk, result="withhold", reason="涉密")
    revision.writers.add(cast.clerk)
    assert "secrecy" in [code for code, _text in standing(revision).obstacles]


def test_nothing_goes_out_that_a_reviewer_has_written_in(cast: Cast) -> None:
    """As a fault elsewhere would leave it: a reviewer among the writers after the approval."""
    revision = approved(cast)
    revision.writers.add(cast.unit_head)
    with pytest.raises(PublicationRefused) as refused:
        publish_revision(actor=cast.editor, revision_id=revision.pk)
    assert refused.value.code == "not_reviewed"


def test_who_overrules_a_no_says_why_and_everybody_sees_it(cast: Cast) -> None:
    revision = submitted(cast)
    secret_checked(cast, revision, result="withhold", reason="涉及未公开的案件")
    with pytest.raises(Invalid) as refused:
        secret_checked(cast, revision, actor=cast.clerk)
    assert refused.value.field == "reason"
    secret_checked(cast, revision, actor=cast.clerk, reason="案件已经结案并公开")
    secret_checked(cast, revision, actor=cast.editor)  # a yes after a yes
    page = signed_in(cast.approver).get(f"/desk/reviews/{revision.pk}/").content.decode()
    sheet = signed_in(cast.approver).get(f"/desk/reviews/{revision.pk}/sheet/").content.decode()
    assert "涉及未公开的案件" in page
    assert "涉及未公开的案件" in sheet


def test_a_scan_is_of_the_row_whose_digest_it_bears(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed when the scan read it first, and changed back before it looked at the digest."""
    revision = submitted(cast, scanned=False, body="<p>秘密正文。</p>")
    looked: list[bytes] = []
    begun = scanning._begun

    def first_another(scan_id: int) -> ContentScan | None:
        Revision.objects.filter(pk=revision.pk).update(body="<p>无害。</p>")
        scan = begun(scan_id)
        Revision.objects.filter(pk=revision.pk).update(body="<p>秘密正文。</p>")
        return scan

    monkeypatch.setattr(scanning, "_begun", first_another)
    monkeypatch.setattr(scanning, "scan_words", lambda data, *_, **__: looked.append(data) or Scanned(()))
    run_jobs()
    assert ["秘密正文" in data.decode() for data in looked] == [True]


def test_nothing_reads_otherwise_than_it_is_scanned(cast: Cast) -> None:
    """Digits turned round by a hidden character; words for who sees no pictures; the number behind a link."""
    revision = drafted(cast)
    turned = "\u202eX200132194950101\u202c"
    values = {"title": f"公示{turned}", "body": f"<p>{turned}&#x202e;1</p><p><a href='tel:13800138000'>电话</a></p>"}
    edited = edit_revision(actor=cast.drafter, revision_id=revision.pk, values=values)
    assert [("隐藏字符" in note.zh) for note in edited.notes] == [True, True]
    assert "\u202e" not in edited.revision.title + edited.revision.body
    picture = attached(revision, "图.png")
    body = f'{edited.revision.body}<p><img src="attachment:{picture.document.digest}" alt="证号{turned[1:-1]}"></p>'
    revision = edit_revision(actor=cast.drafter, revision_id=revision.pk, values={"body": body}).revision
    said = scanning.words_of(revision).decode()
    assert "<p>证号X200132194950101</p>" in said
    assert "<p>13800138000</p>" in said


# --- The register -------------------------------------------------------------------------------------------


@pytest.mark.article("条例", 20)
def test_a_correction_does_not_lose_the_entry_of_table_two(cast: Cast) -> None:
    column = a_column("policy", content_class="policy")
    item = publish_revision(actor=cast.editor, revision_id=approved(cast, column=column, **POLICY).pk)
    correction = begin_correction(actor=cast.drafter, item_id=item.pk, reason="不是文件")
    general = {"column": a_column("notices"), "document_class": "", "document_number": ""}
    edit_revision(actor=cast.drafter, revision_id=correction.pk, values=general)
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=correction.pk)
    assert set(refused.value.fields) == {"document_class"}
    assert "其他政策文件" in refused.value.fields["document_class"].zh
    NormativeDocument.objects.create(
        agency=cast.agency, document_class="normative_documents", title="另一份", document_number="演城〔2025〕9号",
        made_on=dt.date(2025, 3, 3),
    )  # fmt: skip
    edit_revision(
        actor=cast.drafter, revision_id=correction.pk, values={**POLICY, "document_number": "演城〔2025〕9号"}
    )
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=correction.pk)
    assert set(refused.value.fields) == {"document_number"}
    other = {"column": column, "document_class": "other_policy", "document_number": POLICY["document_number"]}
    edit_revision(actor=cast.drafter, revision_id=correction.pk, values=other)
    submit_revision(actor=cast.drafter, revision_id=correction.pk)
    run_jobs()
    publish_revision(actor=cast.editor, revision_id=approved(cast, correction).pk)
    assert Item.objects.get().document == NormativeDocument.objects.get(document_class="other_policy")


@pytest.mark.parametrize(
    ("field", "day"),
    [("made_on", dt.date(1948, 12, 31)), ("formed_on", dt.date.min), ("in_force_from", dt.date(2203, 5, 1)),
     ("last_day", dt.date.max), ("review_due", dt.date(206, 5, 1))],
)  # fmt: skip
def test_a_year_that_cannot_be_right_is_not_submitted(cast: Cast, field: str, day: dt.date) -> None:
    revision = drafted(cast, **{field: day})
    with pytest.raises(Incomplete) as refused:
        submit_revision(actor=cast.drafter, revision_id=revision.pk)
    assert set(refused.value.fields) == {field}
    assert ("有效期不填" in refused.value.message.zh) == (field == "last_day")
    edit_revision(actor=cast.drafter, revision_id=revision.pk, values={field: dt.date(2025, 3, 3)})
    submit_revision(actor=cast.drafter, revision_id=revision.pk)


# --- Consents -----------------------------------------------------------------------------------------------


def test_a_consent_is_to_what_was_seen(cast: Cast) -> None:
    revision = drafted(cast, joint_issuers=["演示市财政局"])
    told: dict[str, Any] = {"revision_id": revision.pk, "body": "演示市财政局", "agrees": True, "on": today()}
    seen = digest_of(revision)
    edit_revision(actor=cast.drafter, revision_id=revision.pk, values={"body": "<p>另一份正文。</p>"})
    with pytest.raises(RevisionChanged):
        record_consent(actor=cast.clerk, digest=seen, **told)
    assert not revision.consents.exists()
    page = signed_in(cast.clerk).get(f"/desk/reviews/{revision.pk}/")
    revision.refresh_from_db()
    assert page.context["forms"]["consent"].initial["digest"] == digest_of(revision)
    record_consent(actor=cast.clerk, digest=digest_of(revision), **told)


def test_names_typed_differently_are_one(cast: Cast) -> None:
    assert distinct(["演示市  财政局", "演示市财政局", " ", "演示市财政局 ", "ACME Ltd", "acme  ltd"]) == [
        "演示市财政局",
        "ACME Ltd",
    ]
    assert (tidy_name(" 演示市\u3000财政局 "), key_of("财政局（国资办）")) == ("演示市财政局", key_of("财政局(国资办)"))
    revision = submitted(cast, joint_issuers=["演示市  财政局", "演示市财政局", "演示市城市 管理局"])
    secret_checked(cast, revision)
    passed(cast, revision)
    passed(cast, revision)
    revision.refresh_from_db()
    assert [text.zh for code, text in standing(revision).obstacles if code == "consent"] == [
        "还没有“演示市财政局”同意公开的意见。"
    ]
    record_consent(
        actor=cast.clerk, revision_id=revision.pk, body="演示市 财政局", agrees=True, on=today(), digest=revision.digest
    )
    assert passed(cast, revision).state == RevisionState.APPROVED


# --- What is submitted is what was shown --------------------------------------------------------------------


def typed(revision: Revision, **changes: Any) -> dict[str, Any]:
    revision.refresh_from_db()
    files = {f"name-{row.pk}": row.name for row in revision.attachments.all()}
    return {
        "changes": revision.changes, "column": revision.column_id, "title": revision.title, "body": "<p>正文。</p>",
        "summary": "概述。", "subject": "综合政务", "source": "本局", "made_on": "2025-03-03", "open_type": "proactive",
        "issuer_name": "演示市城市管理局", "submit": "1", **files, **changes,
    }  # fmt: skip


def pressed(cast: Cast, revision: Revision, data: dict[str, Any]) -> Any:
    return signed_in(cast.drafter).post(f"/desk/items/{revision.item_id}/edit/", data)


def test_a_file_that_the_page_did_not_show_is_not_submitted(cast: Cast) -> None:
    revision = drafted(cast)
    first = attached(revision)
    data = typed(revision)
    second = attached(revision, "别人加的.txt")
    answer = pressed(cast, revision, data)
    assert "已有改动" in str(answer.context["form"].errors)
    assert second in [row for row, _address in answer.context["files"]]
    revision.refresh_from_db()
    assert (revision.state, revision.summary) == ("draft", "部署防汛工作。")
    data = typed(revision)
    Attachment.objects.filter(pk=first.pk).delete()
    assert pressed(cast, revision, data).status_code == 200
    assert pressed(cast, revision, typed(revision)).status_code == 302
    revision.refresh_from_db()
    assert revision.state == "first_review"


def test_the_order_and_the_names_of_the_files_are_those_of_the_page(cast: Cast) -> None:
    revision = drafted(cast)
    attached(revision)
    second = attached(revision, "二.txt")
    data = typed(revision)
    arrange_attachment(actor=cast.clerk, revision_id=revision.pk, attachment_id=second.pk, up=True)
    assert pressed(cast, revision, data).status_code == 200
    data = typed(revision)
    arrange_attachment(actor=cast.clerk, revision_id=revision.pk, attachment_id=second.pk, name="改名.txt")
    assert pressed(cast, revision, data).status_code == 302
    assert [row.name for row in revision.attachments.all()] == ["二.txt", "名单.txt"]


def test_a_picture_of_the_text_and_ones_own_new_file_were_seen(cast: Cast) -> None:
    revision = drafted(cast)
    data = typed(revision)
    picture = attached(revision, "图.png")
    shown = f'<p>正文。<img src="/desk/revisions/{revision.pk}/files/{picture.document.digest}/" alt="图"></p>'
    new = SimpleUploadedFile("新.txt", "新附件".encode())
    assert pressed(cast, revision, {**data, "body": shown, "new_files": new}).status_code == 302
    revision.refresh_from_db()
    assert (revision.state, revision.attachments.count()) == ("first_review", 2)


def test_what_was_mended_or_read_in_is_looked_at_before_it_is_submitted(cast: Cast) -> None:
    revision = drafted(cast)
    answer = pressed(cast, revision, typed(revision, body="<p>正文。</p><script>alert(1)</script>"))
    assert answer["Location"] == f"/desk/items/{revision.item_id}/edit/"
    revision.refresh_from_db()
    assert (revision.state, revision.body) == ("draft", "<p>正文。</p>")
    file = SimpleUploadedFile("文.txt", "没有人看过的一段".encode())
    pressed(cast, revision, typed(revision, file_text=file))
    revision.refresh_from_db()
    assert (revision.state, "没有人看过的一段" in revision.body) == ("draft", True)


def test_the_review_page_submits_what_it_showed(cast: Cast) -> None:
    revision = drafted(cast)
    page = signed_in(cast.drafter).get(f"/desk/reviews/{revision.pk}/")
    seen = page.context["forms"]["submit"].initial
    attached(revision)  # counts as no change of the words
    answer = signed_in(cast.drafter).post(f"/desk/reviews/{revision.pk}/submit/", seen)
    assert answer.context["refusal"].code == "conflict"
    revision.refresh_from_db()
    assert revision.state == "draft"


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_nobody_comes_between_keeping_and_submitting(cast: Cast) -> None:
    """Whoever is first: the reviewers have what the page showed, or nothing yet."""
    revision = drafted(cast)
    data = typed(revision)
    values = {"body": "<p>别人的话。</p>"}
    edit = lambda: edit_revision(actor=cast.clerk, revision_id=revision.pk, values=values)  # noqa: E731
    at_once(lambda: pressed(cast, revision, data), edit)
    found = Revision.objects.get()
    assert (found.state, found.body) in (("first_review", "<p>正文。</p>"), ("draft", "<p>别人的话。</p>"))


def test_a_withdrawal_keeps_the_files_it_takes_down(cast: Cast) -> None:
    revision = approved(cast, files=(("名单.txt", "名单".encode(), "text/plain"),))
    item = publish_revision(actor=cast.editor, revision_id=revision.pk)
    withdrawal = begin_withdrawal(actor=cast.drafter, item_id=item.pk, reason="有误")
    row = withdrawal.attachments.get()
    for act in (remove_attachment, arrange_attachment):
        with pytest.raises(Exception, match="撤下"):
            act(actor=cast.drafter, revision_id=withdrawal.pk, attachment_id=row.pk)


# --- The clock ----------------------------------------------------------------------------------------------


def test_one_that_breaks_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, good = approved(cast, title="坏的"), approved(cast, title="好的")
    Revision.objects.update(publish_from=timezone.now() - dt.timedelta(minutes=1))
    monkeypatch.setattr(clock, "AT_ONCE", 1)
    real = clock.put_out

    def put_out(revision: Revision, actor: None) -> Item:
        if revision.pk == broken.pk:
            raise ZeroDivisionError
        return real(revision, actor)

    monkeypatch.setattr(clock, "put_out", put_out)
    assert [clock.release_due(), clock.release_due()] == [1, 0]
    good.refresh_from_db()
    assert good.state == RevisionState.PUBLISHED
    texts = Notification.objects.filter(person=cast.editor, text_zh__contains="系统发生错误")
    assert texts.count() == 1
    assert "坏的" in texts.get().text_zh
    monkeypatch.setattr(clock, "_told", put_out)  # nor does one that cannot even be told of
    assert clock.release_due() == 0


def test_a_reviewers_return_after_the_hour_keeps_it_back(cast: Cast) -> None:
    revision = approved(cast)
    Revision.objects.update(publish_from=timezone.now() - dt.timedelta(minutes=1))
    return_revision(actor=cast.approver, revision_id=revision.pk, reason="暂缓")
    assert clock.release_due() == 0
