"""A report is written, put before the approver, sent back, signed, published and opened again."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.annual_report.actions.publish import publish
from gongkai.annual_report.actions.reopen import reopen
from gongkai.annual_report.actions.return_ import return_
from gongkai.annual_report.actions.sign import sign
from gongkai.annual_report.actions.submit import submit
from gongkai.annual_report.actions.unfreeze import unfreeze
from gongkai.annual_report.actions.write_section import LONGEST, WrittenMeanwhile, write_section
from gongkai.annual_report.content import ReportContent
from gongkai.annual_report.errors import ReportChanged
from gongkai.annual_report.figures import content_of
from gongkai.annual_report.models import Publication, Report, SectionText
from gongkai.annual_report.writing.checks import Note, notes_of
from gongkai.law.procedure import Role
from gongkai.law.report_procedure import ReportAct, ReportRefused, ReportState
from gongkai.ledger.models import Entry
from gongkai.notifications.models import Notification
from tests.annual_report.written_reports import WORDS, also, another, answers, begun, brought_to, digest
from tests.at_once import at_once
from tests.cast import Cast

pytestmark = pytest.mark.django_db
STATES = list(ReportState)


def refusal(act: Any) -> str:
    with pytest.raises(ReportRefused) as refused:
        act()
    return refused.value.code


def ledger(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"annual_report.{act}"))


# --- Writing ------------------------------------------------------------------------------------------------


def test_every_save_is_a_version_and_the_same_words_are_none(cast: Cast) -> None:
    report = begun(cast)
    before = report.revision
    row = write_section(actor=cast.editor, report_id=report.pk, section="5", text="别的问题。  \r\n\r\n", seen=1)
    again = write_section(actor=cast.editor, report_id=report.pk, section="5", text="别的问题。", seen=2)
    assert row is not None
    assert again == row
    assert list(report.texts.filter(section="5").values_list("number", "text")) == [(1, WORDS["5"]), (2, "别的问题。")]
    report.refresh_from_db()
    assert report.revision == before + 1
    assert content_of(report).sections["5"] == "别的问题。"
    entry = ledger("write")[-1]
    assert (entry.actor, entry.subject) == ("editor", f"report:{report.pk}")


def test_who_wrote_on_an_older_version_is_shown_the_newer(cast: Cast) -> None:
    report = begun(cast)
    write_section(actor=cast.editor, report_id=report.pk, section="6", text="编辑写的。", seen=1)
    with pytest.raises(WrittenMeanwhile) as refused:
        write_section(actor=cast.clerk, report_id=report.pk, section="6", text="经办人写的。", seen=1)
    assert refused.value.theirs.text == "编辑写的。"
    assert "Editor" in refused.value.message.zh


@pytest.mark.parametrize("role", ["drafter", "approver", "supervisor", "administrator"])
def test_other_roles_do_not_write(cast: Cast, role: str) -> None:
    report = begun(cast)
    with pytest.raises(NotAllowed):
        write_section(actor=getattr(cast, role), report_id=report.pk, section="5", text="……", seen=1)


@pytest.mark.parametrize("who", ["other_clerk", "stranger"])
def test_for_strangers_there_is_no_report(cast: Cast, who: str) -> None:
    report, person = brought_to(cast, ReportState.APPROVAL), getattr(cast, who)
    for act in (
        lambda: write_section(actor=person, report_id=report.pk, section="5", text="", seen=1),
        lambda: submit(actor=person, report_id=report.pk),
        lambda: return_(actor=person, report_id=report.pk, reason="退回"),
        lambda: sign(actor=person, report_id=report.pk, digest=digest(report.pk)),
        lambda: publish(actor=person, report_id=report.pk),
        lambda: reopen(actor=person, report_id=report.pk, reason="更正"),
    ):
        with pytest.raises(Http404):
            act()


@pytest.mark.parametrize(("section", "text"), [("7", "……"), ("1.6", "……"), ("5", "字" * (LONGEST + 1))])
def test_what_cannot_be_kept_is_refused(cast: Cast, section: str, text: str) -> None:
    with pytest.raises(Invalid):
        write_section(actor=cast.clerk, report_id=begun(cast).pk, section=section, text=text, seen=1)


def test_what_was_put_before_the_approver_is_not_written_any_more(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    assert refusal(lambda: write_section(actor=cast.clerk, report_id=report.pk, section="5", text="新", seen=1)) == (
        "wrong_state"
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_shown_the_other(cast: Cast) -> None:
    report = begun(cast)

    def save(actor: Any, text: str) -> Any:
        return lambda: write_section(actor=actor, report_id=report.pk, section="6", text=text, seen=1)

    done = at_once(save(cast.clerk, "甲。"), save(cast.editor, "乙。"))
    assert sorted(type(one).__name__ for one in done) == ["SectionText", "WrittenMeanwhile"]
    assert report.texts.filter(section="6").count() == 2


# --- Submitting ---------------------------------------------------------------------------------------------


def test_a_submission_keeps_the_content_and_the_answers_and_tells_the_approver(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    step = report.steps.get(kind=ReportAct.SUBMIT)
    assert ReportContent.from_data(step.facts["content"]).unsigned_digest == step.digest == digest(report.pk)
    assert report.state == ReportState.APPROVAL
    assert ledger("submit")[0].actor == "clerk"
    told = Notification.objects.filter(kind="report_step")
    assert [one.person for one in told] == [cast.approver]
    assert told[0].link == f"/desk/report-writing/{report.pk}/"


def test_doubts_need_an_answer(cast: Cast) -> None:
    report = brought_to(
        cast, ReportState.WRITING, begun(cast, s6="2024年未收费。另有一件，其中30条和20条共60条。新收5件。")
    )
    report.refresh_from_db()
    wanted = answers(report)
    assert wanted
    with pytest.raises(Invalid) as refused:
        submit(actor=cast.clerk, report_id=report.pk, answers={})
    assert refused.value.field in wanted
    submit(actor=cast.clerk, report_id=report.pk, answers=wanted)
    kept = report.steps.get(kind=ReportAct.SUBMIT).facts["answers"]
    assert {one["key"]: one["answer"] for one in kept} == wanted


@pytest.mark.article("年度报告格式", None)
@pytest.mark.parametrize(
    ("section", "text", "said"),
    [
        ("5", "", "还没有内容"),
        ("1.5", "〔请填写：业务培训〕", "请填写"),
        ("1.2", "新收{{ t3.nothing.total }}件。", "t3.nothing.total"),
        ("1.2", "新收申请比上年{{ change t3.received.total }}。", "没有上年的数据"),
        ("1", "本报告的统计期限为2023年1月1日至2023年12月31日。", "2023"),
    ],
)
def test_what_is_certainly_wrong_is_not_submitted(cast: Cast, section: str, text: str, said: str) -> None:
    report = begun(cast, **{f"s{section.replace('.', '_')}": text or " "})
    report = brought_to(cast, ReportState.WRITING, report)
    with pytest.raises(ReportRefused) as refused:
        submit(actor=cast.clerk, report_id=report.pk, answers=answers(report))
    assert refused.value.code == "errors"
    assert said in refused.value.message.zh


def test_figures_are_frozen_before(cast: Cast) -> None:
    report = begun(cast)
    assert refusal(lambda: submit(actor=cast.clerk, report_id=report.pk, answers=answers(report))) == "not_frozen"


def test_a_submission_on_the_strength_of_an_older_page_is_refused(cast: Cast) -> None:
    report = brought_to(cast, ReportState.WRITING)
    write_section(actor=cast.editor, report_id=report.pk, section="1.4", text="改版专栏，增设栏目3个。", seen=1)
    with pytest.raises(ReportChanged):
        submit(actor=cast.clerk, report_id=report.pk, answers=answers(report), revision=report.revision)


def test_words_written_while_it_is_audited_are_not_submitted_unread(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = brought_to(cast, ReportState.WRITING)
    given = answers(report)

    def slowly(content: ReportContent, about: Report) -> tuple[Note, ...]:
        found = notes_of(content, about)
        write_section(actor=cast.editor, report_id=report.pk, section="1.4", text="改版专栏，增设栏目3个。", seen=1)
        return found

    monkeypatch.setattr("gongkai.annual_report.actions.submit.notes_of", slowly)
    with pytest.raises(ReportChanged):
        submit(actor=cast.clerk, report_id=report.pk, answers=given)
    report.refresh_from_db()
    assert (report.state, ledger("submit"), Notification.objects.count()) == (ReportState.WRITING, [], 0)


def test_figures_are_not_opened_with_a_reason_that_is_too_long(cast: Cast) -> None:
    report = brought_to(cast, ReportState.WRITING)
    with pytest.raises(Invalid) as refused:
        unfreeze(actor=cast.clerk, report_id=report.pk, reason="因" * 501)
    assert refused.value.field == "reason"


@pytest.mark.django_db(transaction=True)
def test_submitted_twice_at_once_it_is_submitted_once(cast: Cast) -> None:
    report = brought_to(cast, ReportState.WRITING)
    given = answers(report)
    done = at_once(*[lambda: submit(actor=cast.clerk, report_id=report.pk, answers=given)] * 2)
    assert sorted(type(one).__name__ for one in done) == ["Report", "ReportRefused"]
    assert report.steps.filter(kind=ReportAct.SUBMIT).count() == 1


# --- Sent back, signed --------------------------------------------------------------------------------------


def test_it_is_sent_back_with_reasons_and_can_be_written_again(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    return_(actor=cast.approver, report_id=report.pk, reason="第五部分请写具体。")
    report.refresh_from_db()
    assert report.state == ReportState.WRITING
    told = Notification.objects.filter(kind="report_step", text_zh__contains="第五部分请写具体")
    assert {one.person for one in told} == {cast.clerk, cast.editor}
    assert write_section(actor=cast.clerk, report_id=report.pk, section="5", text="具体的问题。", seen=1) is not None


def test_without_reasons_it_is_not_sent_back(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    assert refusal(lambda: return_(actor=cast.approver, report_id=report.pk, reason=" ")) == "no_reason"
    with pytest.raises(Invalid):
        return_(actor=cast.approver, report_id=report.pk, reason="字" * 501)


def test_the_approver_signs_what_was_submitted(cast: Cast) -> None:
    report = brought_to(cast, ReportState.SIGNED)
    step = report.steps.get(kind=ReportAct.SIGN)
    assert (report.state, step.actor, step.digest) == (ReportState.SIGNED, cast.approver, digest(report.pk))
    assert content_of(report).signed_by == "Approver"
    assert ledger("sign")[0].actor == "approver"


@pytest.mark.parametrize("role", ["clerk", "editor", "supervisor", "administrator"])
def test_nobody_else_signs_or_sends_back(cast: Cast, role: str) -> None:
    report, person = brought_to(cast, ReportState.APPROVAL), getattr(cast, role)
    assert refusal(lambda: sign(actor=person, report_id=report.pk, digest=digest(report.pk))) == "wrong_role"
    assert refusal(lambda: return_(actor=person, report_id=report.pk, reason="退回")) == "wrong_role"


def test_who_wrote_or_submitted_it_does_not_sign_it(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    also(cast.clerk, cast, Role.APPROVER)
    assert refusal(lambda: sign(actor=cast.clerk, report_id=report.pk, digest=digest(report.pk))) == "own_work"
    return_(actor=cast.clerk, report_id=report.pk, reason="再改。")
    also(cast.editor, cast, Role.APPROVER)
    write_section(actor=cast.editor, report_id=report.pk, section="1.4", text="改版专栏，增设栏目4个。", seen=1)
    brought_to(cast, ReportState.APPROVAL, Report.objects.get(pk=report.pk))
    assert refusal(lambda: sign(actor=cast.editor, report_id=report.pk, digest=digest(report.pk))) == "own_work"
    sign(actor=cast.approver, report_id=report.pk, digest=digest(report.pk))


def test_another_content_than_was_read_is_not_signed(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    assert refusal(lambda: sign(actor=cast.approver, report_id=report.pk, digest="0" * 64)) == "content_changed"
    # Past the actions, as no page can do it.
    SectionText.objects.create(report=report, section="5", number=2, text="另写的。", by=cast.clerk)
    assert (
        refusal(lambda: sign(actor=cast.approver, report_id=report.pk, digest=digest(report.pk))) == "content_changed"
    )


@pytest.mark.django_db(transaction=True)
def test_signed_and_sent_back_at_once_only_one_is_done(cast: Cast) -> None:
    report = brought_to(cast, ReportState.APPROVAL)
    second, told, seen = another(cast, "second", Role.APPROVER), digest(report.pk), report.revision
    done = at_once(
        lambda: sign(actor=cast.approver, report_id=report.pk, digest=told, revision=seen),
        lambda: return_(actor=second, report_id=report.pk, reason="请再核对。", revision=seen),
    )
    assert sum(isinstance(one, Report) for one in done) == 1
    assert sum(isinstance(one, ReportRefused | ReportChanged) for one in done) == 1


def test_what_is_signed_comes_back_before_it_is_published(cast: Cast) -> None:
    """Else a report whose content changed after the signature could never be published."""
    report = brought_to(cast, ReportState.SIGNED)
    return_(actor=cast.approver, report_id=report.pk, reason="机关名称变更。")
    report.refresh_from_db()
    assert report.state == ReportState.WRITING
    assert content_of(report).signed_by == ""


# --- Published, opened again --------------------------------------------------------------------------------


def test_what_is_published_is_what_was_signed(cast: Cast) -> None:
    report = brought_to(cast, ReportState.PUBLISHED)
    row = Publication.objects.get(report=report)
    content = ReportContent.from_data(row.content)
    assert (row.number, row.reason, row.by) == (1, "", cast.clerk)
    assert content.digest == row.digest
    assert (content.unsigned_digest, content.signed_by) == (digest(report.pk), "Approver")
    assert report.first_published_at is not None
    assert ledger("publish")[0].actor == "clerk"


def test_a_change_after_the_signature_voids_it(cast: Cast) -> None:
    report = brought_to(cast, ReportState.SIGNED)
    SectionText.objects.create(report=report, section="5", number=2, text="另写的。", by=cast.clerk)
    assert refusal(lambda: publish(actor=cast.clerk, report_id=report.pk)) == "content_changed"
    assert not Publication.objects.exists()
    report.refresh_from_db()
    assert (report.state, report.first_published_at) == (ReportState.SIGNED, None)


@pytest.mark.parametrize("role", ["approver", "supervisor", "administrator", "drafter"])
def test_the_writers_publish(cast: Cast, role: str) -> None:
    report = brought_to(cast, ReportState.SIGNED)
    assert refusal(lambda: publish(actor=getattr(cast, role), report_id=report.pk)) == "wrong_role"


def test_a_later_change_is_a_version_with_its_reason_and_the_first_time_stays(cast: Cast) -> None:
    report = brought_to(cast, ReportState.PUBLISHED)
    first = report.first_published_at
    reopen(actor=cast.approver, report_id=report.pk, reason="更正第六部分。")
    report.refresh_from_db()
    assert (report.state, report.frozen is None) == (ReportState.WRITING, False)
    write_section(
        actor=cast.clerk, report_id=report.pk, section="6", text="2024年，本机关未收取信息处理费。无其他事项。", seen=1
    )
    report = brought_to(cast, ReportState.PUBLISHED, Report.objects.get(pk=report.pk))
    assert report.first_published_at == first
    assert list(report.publications.values_list("number", "reason")) == [(1, ""), (2, "更正第六部分。")]


def test_who_wrote_the_version_before_may_sign_the_next(cast: Cast) -> None:
    report = brought_to(cast, ReportState.PUBLISHED)
    reopen(actor=cast.approver, report_id=report.pk, reason="更正。")
    also(cast.clerk, cast, Role.APPROVER)
    write_section(actor=cast.editor, report_id=report.pk, section="6", text="未收取信息处理费。", seen=1)
    submit(actor=cast.editor, report_id=report.pk, answers=answers(Report.objects.get(pk=report.pk)))
    sign(actor=cast.clerk, report_id=report.pk, digest=digest(report.pk))


@pytest.mark.parametrize("role", ["clerk", "editor", "administrator"])
def test_only_the_approver_opens_again_and_says_why(cast: Cast, role: str) -> None:
    report = brought_to(cast, ReportState.PUBLISHED)
    assert refusal(lambda: reopen(actor=getattr(cast, role), report_id=report.pk, reason="更正")) == "wrong_role"
    assert refusal(lambda: reopen(actor=cast.approver, report_id=report.pk, reason="")) == "no_reason"


def test_each_act_has_its_state(cast: Cast) -> None:
    report = brought_to(cast, ReportState.WRITING)
    pk = report.pk
    acts = {
        ReportState.APPROVAL: lambda: sign(actor=cast.approver, report_id=pk, digest=digest(pk)),
        ReportState.SIGNED: lambda: publish(actor=cast.clerk, report_id=pk),
        ReportState.PUBLISHED: lambda: reopen(actor=cast.approver, report_id=pk, reason="更正"),
    }
    for state in (ReportState.WRITING, ReportState.APPROVAL, ReportState.SIGNED):
        Report.objects.filter(pk=pk).update(state=state)
        for needed, act in acts.items():
            if needed is not state:
                assert refusal(act) == "wrong_state", (state, needed)
    assert refusal(lambda: submit(actor=cast.clerk, report_id=pk)) == "wrong_state"
    assert refusal(lambda: unfreeze(actor=cast.clerk, report_id=pk, reason="更正")) == "wrong_state"


@pytest.mark.django_db(transaction=True)
def test_published_twice_at_once_it_is_published_once(cast: Cast) -> None:
    report = brought_to(cast, ReportState.SIGNED)
    done = at_once(*[lambda: publish(actor=cast.clerk, report_id=report.pk)] * 2)
    assert sorted(type(one).__name__ for one in done) == ["Publication", "ReportRefused"]
    assert report.publications.count() == 1
