"""The reviews at the desk: what waits for whom, the review page and its acts, the sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.begin_correction import begin_correction
from gongkai.disclosure.actions.publish_revision import publish_revision
from gongkai.disclosure.content import digest_of
from gongkai.disclosure.models import Item, Revision
from gongkai.disclosure.reviewing.due_digest import reviews_due
from gongkai.disclosure.reviewing.proofreading import PROOF_READINGS
from gongkai.disclosure.reviewing.sheet import review_sheet
from gongkai.documents.letter import FormBlock
from gongkai.documents.privacy.finding import Finding, Severity
from gongkai.documents.privacy.holding import release_field
from gongkai.documents.reading.normal import Place
from gongkai.law.publication import ROUNDS, RevisionState
from gongkai.law.texts import Text
from tests.cast import Cast
from tests.disclosure.published import a_column
from tests.disclosure.reviewing import (
    BASIS,
    approved,
    drafted,
    passed,
    scans,
    secret_checked,
    signed_in,
    submitted,
)
from tests.run_jobs import run_jobs

INBOX = "/desk/reviews/"
PHONES = Finding(
    "D4", Severity.BLOCK, Text("手机号码名单。", "A list of mobile numbers."), "138****5678", Place(line=4)
)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch)


def page_of(revision: Revision) -> str:
    return f"{INBOX}{revision.pk}/"


def seen(person: Person, address: str) -> str:
    response = signed_in(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def post(person: Person, revision: Revision, act: str, **told: Any) -> Any:
    revision.refresh_from_db()
    seen = digest_of(revision) if revision.state == "draft" else revision.digest
    data = {"changes": revision.changes, "digest": seen, **told}
    return signed_in(person).post(f"{page_of(revision)}{act}/", data)


def listed(state: RevisionState) -> list[str]:
    return [one.key for one in PROOF_READINGS[ROUNDS[state]].points]


# --- The inbox ----------------------------------------------------------------------------------------------


def test_what_waits_for_whom(cast: Cast) -> None:
    revision = submitted(cast, title="防汛通知")
    assert "防汛通知" in seen(cast.unit_head, INBOX)
    for person in (cast.drafter, cast.editor, cast.approver, cast.other_clerk):
        assert "防汛通知" not in seen(person, INBOX)
    assert "防汛通知" in seen(cast.editor, f"{INBOX}?others=1")
    assert "防汛通知" not in seen(cast.other_clerk, f"{INBOX}?others=1")
    passed(cast, revision)
    assert "防汛通知" not in seen(cast.unit_head, INBOX)
    assert "防汛通知" in seen(cast.clerk, INBOX)


@pytest.mark.article("条例", 26)
def test_due_first_and_late_ones_marked(cast: Cast) -> None:
    submitted(cast, title="刚刚形成的", made_on=today())
    submitted(cast, title="早已到期的", made_on=dt.date(2025, 3, 3))
    page = seen(cast.unit_head, INBOX)
    assert page.index("早已到期的") < page.index("刚刚形成的")
    assert page.count("已超期") == 1
    lines = reviews_due(cast.unit_head, today())
    assert [line.due_on for line in lines] == sorted(line.due_on or today() for line in lines)


def test_the_inbox_asks_few_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        submitted(cast, title=f"第{number}条", scanned=False)
    client = signed_in(cast.unit_head)
    with django_assert_max_num_queries(13):
        client.get(INBOX)


# --- The page and its acts ----------------------------------------------------------------------------------


def test_from_the_draft_to_the_public_by_hand(cast: Cast) -> None:
    revision = drafted(cast)
    assert post(cast.drafter, revision, "submit", remark="请审").status_code == 302
    run_jobs()
    for person, state in (
        (cast.unit_head, RevisionState.FIRST_REVIEW),
        (cast.editor, RevisionState.SECOND_REVIEW),
        (cast.approver, RevisionState.FINAL_REVIEW),
    ):
        page = seen(person, page_of(revision))
        assert "请做好防汛工作" in page
        if state is RevisionState.SECOND_REVIEW:
            told = {"result": "publish", "basis": BASIS}
            assert post(cast.legal_reviewer, revision, "secrecy", **told).status_code == 302
        assert post(person, revision, "pass", proofread=listed(state)).status_code == 302
    assert post(cast.editor, revision, "publish").status_code == 302
    assert Item.objects.get().state == "published"
    page = seen(cast.drafter, page_of(revision))
    assert "已发布" in page
    assert "现在发布" not in page


def test_what_is_missing_is_listed_and_refused(cast: Cast) -> None:
    revision = drafted(cast, subject="", summary="")
    page = seen(cast.drafter, page_of(revision))
    assert "请填写主题分类" in page
    assert "请填写内容概述" in page
    refused = post(cast.drafter, revision, "submit", remark="写好的说明")
    assert refused.status_code == 200
    assert "写好的说明" in refused.content.decode()


def test_a_refused_pass_keeps_what_was_typed(cast: Cast) -> None:
    revision = submitted(cast)
    response = post(cast.unit_head, revision, "pass", proofread=["wording"], remark="同意公开")
    page = response.content.decode()
    assert "还没有勾选" in page
    assert "同意公开" in page
    assert 'value="wording"' in page
    assert "checked" in page
    stale = post(cast.unit_head, revision, "pass", proofread=listed(RevisionState.FIRST_REVIEW), digest="0" * 64)
    assert "原来的审核无效" in stale.content.decode()


def test_why_one_may_not_is_said(cast: Cast) -> None:
    revision = submitted(cast)
    page = seen(cast.editor, page_of(revision))
    assert "“初审通过”由业务科室负责人办理" in page
    assert f'action="{page_of(revision)}pass/"' not in page
    assert "还没有保密审查记录" in page
    refused = post(cast.drafter, revision, "pass", proofread=listed(RevisionState.FIRST_REVIEW))
    assert refused.status_code == 200
    revision.refresh_from_db()
    assert revision.state == RevisionState.FIRST_REVIEW


def test_findings_and_their_reasons(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch, files=(PHONES,))
    revision = submitted(cast, files=(("名单.txt", b"x", "text/plain"),))
    digest = revision.attachments.get().document.digest
    page = seen(cast.unit_head, page_of(revision))
    for words in ("手机号码", "第4段", "138****5678", "名单.txt", "可以公开的理由"):
        assert words in page
    told = {"proofread": listed(RevisionState.FIRST_REVIEW), release_field(digest): "已取得本人同意"}
    assert post(cast.unit_head, revision, "pass", **told).status_code == 302
    secret_checked(cast, revision)
    passed(cast, revision)
    final = seen(cast.approver, page_of(revision))
    assert "已取得本人同意" in final
    assert "逐项确认" in final
    told = {"proofread": listed(RevisionState.FINAL_REVIEW), "confirmed": [digest]}
    assert post(cast.approver, revision, "pass", **told).status_code == 302


def test_while_the_scan_runs_the_page_says_so(cast: Cast) -> None:
    revision = submitted(cast, scanned=False)
    page = seen(cast.unit_head, page_of(revision))
    assert "data-unfinished" in page
    assert "共 1 项" in page
    run_jobs()
    assert "data-unfinished" not in seen(cast.unit_head, page_of(revision))


def test_what_a_correction_changes(cast: Cast) -> None:
    item = publish_revision(actor=cast.editor, revision_id=approved(cast, body="<p>原有一百人。其余不变。</p>").pk)
    correction = begin_correction(actor=cast.drafter, item_id=item.pk, reason="数字有误")
    Revision.objects.filter(pk=correction.pk).update(body="<p>现有九十人。其余不变。</p>", summary="新的概述")
    page = seen(cast.unit_head, page_of(correction))
    assert "<del>原有一百人。</del><ins>现有九十人。</ins>其余不变。" in page
    assert "<ins>新的概述</ins>" in page


def test_consents_with_their_paper(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    revision = submitted(cast, joint_issuers=["演示市财政局"])
    paper = SimpleUploadedFile("复函.txt", "同意公开。".encode())
    told = {"body": "演示市财政局", "agrees": "yes", "on": today().isoformat(), "paper": paper}
    assert post(cast.clerk, revision, "consent", **told).status_code == 302
    consent = revision.consents.get()
    got = signed_in(cast.unit_head).get(f"{page_of(revision)}papers/{consent.pk}/")
    assert b"".join(got) == "同意公开。".encode()
    assert signed_in(cast.other_clerk).get(f"{page_of(revision)}papers/{consent.pk}/").status_code == 404


def test_an_hour_is_set_and_cancelled(cast: Cast) -> None:
    revision = approved(cast)
    hour = timezone.localtime() + dt.timedelta(hours=2)
    assert post(cast.editor, revision, "schedule", at=f"{hour:%Y-%m-%dT%H:%M}").status_code == 302
    page = seen(cast.editor, page_of(revision))
    assert "取消定时" in page
    assert "现在发布" not in page
    past = post(cast.editor, revision, "schedule", at="2025-03-03T08:00")
    assert "应在现在以后" in past.content.decode()
    assert post(cast.clerk, revision, "unschedule").status_code == 302
    assert "现在发布" in seen(cast.editor, page_of(revision))


@pytest.mark.parametrize("who", ["other_clerk", "stranger"])
def test_nobody_else_meets_it(cast: Cast, who: str) -> None:
    revision = submitted(cast, files=(("a.txt", b"x", "text/plain"),))
    client = signed_in(getattr(cast, who))
    file = revision.attachments.get().pk
    for tail in ("", "sheet/", "sheet.pdf", f"files/{file}/"):
        assert client.get(page_of(revision) + tail).status_code == 404
    assert client.post(f"{page_of(revision)}pass/", {}).status_code == 404
    assert client.get(f"{page_of(revision)}nothing/").status_code == 404


def test_a_file_of_another_revision_is_not_served_here(cast: Cast) -> None:
    one, other = submitted(cast, files=(("a.txt", b"x", "text/plain"),)), submitted(cast)
    file = one.attachments.get().pk
    assert signed_in(cast.clerk).get(f"{page_of(one)}files/{file}/").status_code == 200
    assert signed_in(cast.clerk).get(f"{page_of(other)}files/{file}/").status_code == 404


# --- The sheet ----------------------------------------------------------------------------------------------


def said(revision: Revision) -> str:
    blocks = [block for block in review_sheet(revision).body if isinstance(block, FormBlock)]
    return "\n".join(f"{cell.label} {cell.value} {cell.foot}" for b in blocks for row in b.rows for cell in row)


def test_the_sheet_says_who_said_what_of_which_content(cast: Cast) -> None:
    revision = submitted(cast)
    assert "签名：" in said(revision)
    secret_checked(cast, revision)
    for _round in ROUNDS:
        passed(cast, revision, remark="可以公开。")
    text = said(revision)
    for words in ("Unit_Head", "Editor", "Approver", "Legal_Reviewer", BASIS, "可以公开", "没有发现不应公开的内容"):
        assert words in text
    revision.refresh_from_db()
    assert revision.digest in text
    assert "非公文" in text
    page = seen(cast.clerk, f"{page_of(revision)}sheet/")
    assert revision.digest in page


def test_the_sheet_as_pdf(cast: Cast) -> None:
    response = signed_in(cast.clerk).get(f"{page_of(submitted(cast, column=a_column('x')))}sheet.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
