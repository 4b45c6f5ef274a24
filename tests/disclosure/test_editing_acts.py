"""Writing an item: begun, changed, given files, corrected, withdrawn, given up; by whom, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.disclosure.acting import take, wrote
from gongkai.disclosure.actions.abandon_revision import abandon_revision
from gongkai.disclosure.actions.attach_file import arrange_attachment, attach_files, remove_attachment
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.begin_item import begin_item
from gongkai.disclosure.actions.draft_item import discard_draft, draft_item
from gongkai.disclosure.actions.edit_revision import Edited, edit_revision
from gongkai.disclosure.errors import ItemNotFound, RevisionChanged, RevisionNotFound
from gongkai.disclosure.models import Column, ColumnKind, DraftState, Item, Revision
from gongkai.documents.models import Document
from gongkai.documents.store import keep
from gongkai.law.publication import PublicationAct, PublicationRefused
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column, publish, withdraw

ACTS = ["clerk", "drafter", "editor"]
NOT_WRITERS = ["unit_head", "approver", "supervisor", "administrator", "legal_reviewer"]


@dataclass
class File:
    name: str
    document: Document


def a_file(name: str = "附件.txt", data: bytes = b"text") -> File:
    return File(name, keep(data, name=name, media_type="text/plain"))


def begun(cast: Cast, **changes: Any) -> Revision:
    return begin_item(**{"actor": cast.editor, "agency": cast.agency, "title": "关于停车的通知", **changes})


def edited(cast: Cast, revision: Revision, **values: Any) -> Edited:
    return edit_revision(actor=cast.editor, revision_id=revision.pk, values=values)


# --- begun --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ACTS)
def test_an_item_is_begun(cast: Cast, who: str) -> None:
    revision = begun(cast, actor=getattr(cast, who), column=a_column("gz"))
    assert (revision.state, revision.number, revision.item.state) == ("draft", 1, "unpublished")
    assert revision.issuer_name == cast.agency.name
    assert Entry.objects.get(act="disclosure.begin").actor == who


@pytest.mark.parametrize("who", [*NOT_WRITERS, "other_clerk", "stranger"])
def test_who_does_not_begin(cast: Cast, who: str) -> None:
    with pytest.raises(PublicationRefused):
        begun(cast, actor=getattr(cast, who))
    assert not Item.objects.exists()


def test_columns_that_take_no_items(cast: Cast) -> None:
    folder = a_column("folder", kind=ColumnKind.FOLDER)
    parent, away = a_column("parent"), a_column("away", active=False)
    child = a_column("child", parent=parent)
    theirs = a_column("theirs", owner=cast.other_agency)
    for column in (folder, parent, away, theirs, Column(pk=987_654_321)):
        with pytest.raises(Invalid) as refused:
            begun(cast, column=column)
        assert refused.value.field == "column"
    assert begun(cast, column=child).column == child


def test_a_suggestion_becomes_an_item(cast: Cast) -> None:
    draft = draft_item(
        actor=cast.clerk, agency=cast.agency, title="停车收费", body="甲<b>\n\n乙", source="application:7"
    )
    revision = begun(cast, draft_id=draft.pk, title="")
    draft.refresh_from_db()
    assert (draft.state, draft.item) == (DraftState.TAKEN, revision.item)
    assert (revision.title, revision.body) == ("停车收费", "<p>甲&lt;b&gt;</p>\n<p>乙</p>")
    for again in (lambda: begun(cast, draft_id=draft.pk), lambda: discard_draft(actor=cast.editor, draft_id=draft.pk)):
        with pytest.raises(Invalid):
            again()
    assert Item.objects.count() == 1


@pytest.mark.article("条例", 17)
def test_nobody_reviews_their_own_suggestion(cast: Cast) -> None:
    """The editor takes over what the head of the unit wrote: to that head it is own work."""
    draft = draft_item(actor=cast.unit_head, agency=cast.agency, title="停车收费", body="甲", source="application:7")
    revision = begun(cast, draft_id=draft.pk, title="")
    assert [wrote(revision, one) for one in (cast.unit_head, cast.editor, cast.approver)] == [True, True, False]


# --- changed ------------------------------------------------------------------------------------------------


def test_a_draft_is_changed_and_told(cast: Cast) -> None:
    revision = begun(cast)
    notes = edited(
        cast, revision, title=" 标题 ", document_number="演城[2024]03号", body="<p onclick=x>文<script>y</script></p>",
        made_on=date(2024, 5, 6), joint_issuers=["甲局", " 甲局", ""],
    ).notes  # fmt: skip
    revision.refresh_from_db()
    assert (revision.title, revision.document_number, revision.body) == ("标题", "演城〔2024〕3号", "<p>文</p>")
    assert revision.joint_issuers == ["甲局"]
    assert revision.changes == 2
    assert [("脚本" in note.zh, "规范" in note.zh) for note in notes] == [(True, False), (False, True)]
    fields = Entry.objects.get(act="disclosure.edit_item").facts["fields"]
    assert fields == ["body", "document_number", "joint_issuers", "made_on", "title"]


def test_who_changed_it_is_a_writer_and_reviews_none_of_it(cast: Cast) -> None:
    revision = begun(cast)
    edit_revision(actor=cast.clerk, revision_id=revision.pk, values={"title": "别名"})
    assert set(revision.writers.all()) >= {cast.clerk}


def test_nothing_changed_is_no_change(cast: Cast) -> None:
    revision = begun(cast)
    edited(cast, revision, title=revision.title)
    revision.refresh_from_db()
    assert revision.changes == 1
    assert not Entry.objects.filter(act="disclosure.edit_item").exists()


@pytest.mark.parametrize("who", NOT_WRITERS)
def test_who_does_not_change(cast: Cast, who: str) -> None:
    revision = begun(cast)
    with pytest.raises(NotAllowed):
        edit_revision(actor=getattr(cast, who), revision_id=revision.pk, values={"title": "x"})


@pytest.mark.parametrize("who", ["other_clerk", "stranger"])
def test_nobody_elsewhere_knows_of_it(cast: Cast, who: str) -> None:
    revision, person = begun(cast), getattr(cast, who)
    for act in (
        lambda: edit_revision(actor=person, revision_id=revision.pk, values={"title": "x"}),
        lambda: attach_files(actor=person, revision_id=revision.pk, files=[a_file()]),
        lambda: abandon_revision(actor=person, revision_id=revision.pk, reason="x"),
    ):
        with pytest.raises(RevisionNotFound):
            act()


def test_what_is_submitted_is_not_changed(cast: Cast) -> None:
    revision = begun(cast)
    take(revision, PublicationAct.SUBMIT, actor=cast.editor)
    for act in (
        lambda: edited(cast, revision, title="x"),
        lambda: attach_files(actor=cast.editor, revision_id=revision.pk, files=[a_file()]),
        lambda: abandon_revision(actor=cast.editor, revision_id=revision.pk, reason="x"),
    ):
        with pytest.raises(PublicationRefused) as refused:
            act()
        assert refused.value.code == "wrong_state"


def test_an_older_page_writes_nothing_over(cast: Cast) -> None:
    revision = begun(cast)
    edited(cast, revision, title="别人的")
    with pytest.raises(RevisionChanged):
        edit_revision(actor=cast.clerk, revision_id=revision.pk, values={"title": "我的"}, changes=1)
    revision.refresh_from_db()
    assert revision.title == "别人的"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_is_told(cast: Cast) -> None:
    revision = begun(cast)
    results = at_once(*[
        lambda title=title: edit_revision(
            actor=cast.editor, revision_id=revision.pk, values={"title": title}, changes=1
        )
        for title in ("甲", "乙")
    ])  # fmt: skip
    assert sorted(type(result).__name__ for result in results) == ["Edited", "RevisionChanged"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("subject", "天文"), ("genre", "诗"), ("document_class", "law"), ("summary", "长" * 101), ("title", "长" * 301),
     ("state", "published"), ("digest", "x"), ("joint_issuers", ["局"] * 1 + [f"局{n}" for n in range(40)]),
     ("body", "<div>" * 5000), ("open_type", "secret"), ("last_day", date(2020, 1, 1))],
)  # fmt: skip
def test_what_not_even_a_draft_holds(cast: Cast, field: str, value: Any) -> None:
    revision = begun(cast)
    edited(cast, revision, made_on=date(2024, 1, 1))
    with pytest.raises(Invalid) as refused:
        edited(cast, revision, **{field: value})
    assert refused.value.field == field


def test_what_it_interprets(cast: Cast) -> None:
    revision, policy = begun(cast), publish(cast.other_agency, a_column("gz"))
    hidden = begin_item(actor=cast.other_clerk, agency=cast.other_agency).item
    edit_revision(actor=cast.editor, revision_id=revision.pk, values={}, interprets=[policy.pk])
    assert list(revision.interprets.all()) == [policy]
    for bad in (hidden.pk, revision.item_id, 987_654_321):
        with pytest.raises(Invalid) as refused:
            edit_revision(actor=cast.editor, revision_id=revision.pk, values={}, interprets=[bad])
        assert refused.value.field == "interprets"


# --- files --------------------------------------------------------------------------------------------------


def test_files_come_in_order_and_go(cast: Cast) -> None:
    revision = begun(cast)
    one, two = attach_files(actor=cast.editor, revision_id=revision.pk, files=[a_file(), a_file("乙.txt", b"b")])
    attach_files(actor=cast.editor, revision_id=revision.pk, files=[a_file("再次.txt")])
    arrange_attachment(actor=cast.editor, revision_id=revision.pk, attachment_id=two.pk, name="说明", up=True)
    assert [row.name for row in revision.attachments.all()] == ["说明.txt", "附件.txt"]
    remove_attachment(actor=cast.editor, revision_id=revision.pk, attachment_id=one.pk)
    remove_attachment(actor=cast.editor, revision_id=revision.pk, attachment_id=one.pk)
    assert [row.name for row in revision.attachments.all()] == ["说明.txt"]
    assert Entry.objects.filter(act="disclosure.attach_file").count() == 2


def test_a_picture_of_the_text_stays(cast: Cast) -> None:
    revision = begun(cast)
    (file,) = attach_files(actor=cast.editor, revision_id=revision.pk, files=[a_file()])
    edited(cast, revision, body=f'<p><img src="attachment:{file.document.digest}" alt="图">字</p>')
    with pytest.raises(Invalid):
        remove_attachment(actor=cast.editor, revision_id=revision.pk, attachment_id=file.pk)
    assert revision.attachments.exists()


def test_the_file_of_another_item_is_none(cast: Cast) -> None:
    mine, other = begun(cast), begun(cast)
    (file,) = attach_files(actor=cast.editor, revision_id=other.pk, files=[a_file()])
    remove_attachment(actor=cast.editor, revision_id=mine.pk, attachment_id=file.pk)
    with pytest.raises(Invalid):
        arrange_attachment(actor=cast.editor, revision_id=mine.pk, attachment_id=file.pk, up=True)
    assert other.attachments.count() == 1


# --- corrected, withdrawn, given up -------------------------------------------------------------------------


def test_a_correction_begins_with_what_is_public(cast: Cast) -> None:
    files = [("附.txt", b"x", "text/plain")]
    item = publish(cast.agency, a_column("gz"), title="公开的", files=files, document_number="演城〔2024〕1号")
    revision = begin_correction(actor=cast.editor, item_id=item.pk, reason="数字有误")
    assert (revision.number, revision.purpose, revision.title, revision.digest) == (2, "correct", "公开的", "")
    assert [row.name for row in revision.attachments.all()] == ["附.txt"]
    item.refresh_from_db()
    assert item.current.title == "公开的"
    with pytest.raises(Invalid):
        begin_withdrawal(actor=cast.editor, item_id=item.pk, reason="撤")


def test_of_a_withdrawal_only_the_reason_changes(cast: Cast) -> None:
    item = publish(cast.agency, a_column("gz"))
    revision = begin_withdrawal(actor=cast.clerk, item_id=item.pk, reason="含个人信息")
    edited(cast, revision, reason="含有个人信息")
    with pytest.raises(Invalid):
        edited(cast, revision, title="x")
    with pytest.raises(Invalid):
        edited(cast, revision, reason=" ")


def test_what_was_withdrawn_can_come_back_by_a_correction(cast: Cast) -> None:
    item = publish(cast.agency, a_column("gz"), title="撤错的")
    withdraw(item)
    with pytest.raises(Invalid):
        begin_withdrawal(actor=cast.editor, item_id=item.pk, reason="再撤")
    assert begin_correction(actor=cast.editor, item_id=item.pk, reason="撤错了").title == "撤错的"


def test_what_is_not_corrected(cast: Cast) -> None:
    item = publish(cast.agency, a_column("gz"))
    unpublished = begun(cast).item
    for act in (begin_correction, begin_withdrawal):
        with pytest.raises(Invalid):
            act(actor=cast.editor, item_id=item.pk, reason=" ")
        with pytest.raises(Invalid):
            act(actor=cast.editor, item_id=unpublished.pk, reason="x")
        with pytest.raises(ItemNotFound):
            act(actor=cast.other_clerk, item_id=item.pk, reason="x")
        with pytest.raises(PublicationRefused):
            act(actor=cast.approver, item_id=item.pk, reason="x")
    assert item.revisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_are_one(cast: Cast) -> None:
    item = publish(cast.agency, a_column("gz"))
    results = at_once(*[lambda: begin_correction(actor=cast.editor, item_id=item.pk, reason="错") for _ in range(2)])
    assert sorted(type(result).__name__ for result in results) == ["Invalid", "Revision"]


def test_given_up_it_can_be_begun_again(cast: Cast) -> None:
    item = publish(cast.agency, a_column("gz"))
    revision = begin_correction(actor=cast.editor, item_id=item.pk, reason="错")
    with pytest.raises(PublicationRefused):
        abandon_revision(actor=cast.editor, revision_id=revision.pk, reason=" ")
    assert abandon_revision(actor=cast.editor, revision_id=revision.pk, reason="没有错").state == "abandoned"
    assert begin_correction(actor=cast.editor, item_id=item.pk, reason="又错").number == 3
