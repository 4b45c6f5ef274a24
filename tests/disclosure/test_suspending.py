"""紧急下线: what leaked is gone from everywhere at once, by one act; it comes back only through the reviews."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.begin_correction import begin_correction, begin_withdrawal
from gongkai.disclosure.actions.publish_revision import publish_revision, schedule_release
from gongkai.disclosure.actions.release_due import release_due
from gongkai.disclosure.actions.return_revision import return_revision
from gongkai.disclosure.actions.submit_revision import submit_revision
from gongkai.disclosure.actions.suspend_item import suspend_item
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.models import Item, OldAddress, Revision, Suspension
from gongkai.disclosure.reviewing.due_digest import reviews_due
from gongkai.disclosure.searching import ItemSource, titles_with
from gongkai.disclosure.suspensions import to_decide_by
from gongkai.disclosure.visibility import is_public, item_at_old_address, public_items
from gongkai.law.publication import PublicationRefused
from gongkai.ledger.models import Entry
from gongkai.notifications.models import Notification
from gongkai.oversight.suspended import suspended
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column, correct, publish
from tests.disclosure.reviewing import approved, scans, signed_in
from tests.run_jobs import run_jobs, waiting_jobs

WHY = "附件表二泄露手机号码"
TITLE = "张某某低保公示"
FILE = (("表二.txt", b"13800000000", "text/plain"),)


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    scans(monkeypatch)


def leaked(cast: Cast) -> Item:
    return publish_revision(actor=cast.editor, revision_id=approved(cast, title=TITLE, files=FILE).pk)


def gone(cast: Cast, item: Item) -> Suspension:
    return suspend_item(actor=cast.approver, item_id=item.pk, reason=WHY)


def reviewed(cast: Cast, revision: Revision) -> Revision:
    submit_revision(actor=cast.drafter, revision_id=revision.pk)
    run_jobs()
    return approved(cast, revision)


def test_one_act_hides_every_form_of_it(cast: Cast) -> None:
    item = leaked(cast)
    correct(item, body="<p>第二版，表二已更正。</p>", title=TITLE)
    item.refresh_from_db()
    older, newer = (revision.attachments.first() for revision in item.revisions.order_by("number"))
    assert newer is None
    OldAddress.objects.create(path="/old/1.html", item=item)
    visitor, page = Client(), f"/items/{item.pk}/"
    agency = f"/{cast.agency.slug}/"
    assert TITLE in visitor.get(page).content.decode()
    gone(cast, item)
    assert (is_public(Item.objects.get()), public_items().exists()) == (False, False)
    for address in (
        page,
        f"{page}item.pdf",
        f"{page}item.docx",
        f"{page}qr.svg",
        f"{page}files/{older.pk}/表二.txt",
    ):
        answer = visitor.get(address)
        assert answer.status_code in (404, 410), address
        told = answer.content.decode()
        assert not any(word in told for word in (TITLE, "张某某", "表二", "手机", "更正")), address
    assert "已暂时下线，正在核查" in visitor.get(page).content.decode()
    assert item_at_old_address("/old/1.html", "") == item.pk
    assert not ItemSource().shown([item.pk])
    assert not titles_with(["低保"])
    for address in ("/", "/sitemap.xml", f"{agency}", "/search/?q=低保"):
        assert TITLE not in b"".join(visitor.get(address, follow=True)).decode(), address
    assert ("gongkai.disclosure.publicly.index", (str(item.pk),)) in waiting_jobs()


def test_who_when_and_why_is_on_record_and_told(cast: Cast) -> None:
    item = leaked(cast)
    row = gone(cast, item)
    assert (row.actor, row.role, row.reason, row.revision) == (cast.approver, "approver", WHY, item.current)
    entry = Entry.objects.get(act="disclosure.suspend")
    assert (entry.subject, entry.facts["reason"]) == (f"item:{item.pk}", WHY)
    for person in (cast.drafter, cast.unit_head, cast.editor, cast.legal_reviewer, cast.clerk):
        text = Notification.objects.filter(person=person).order_by("-pk")[0].text_zh
        assert "紧急下线" in text
        assert item.index_number
        assert item.index_number in text
        assert TITLE not in text, "the title may be what leaked"
    assert not Notification.objects.filter(person=cast.approver, text_zh__contains="紧急下线").exists()
    page = signed_in(cast.unit_head).get(f"/desk/items/{item.pk}/").content.decode()
    assert WHY in page
    assert TITLE in signed_in(cast.editor).get("/desk/items/?tab=suspended").content.decode()


@pytest.mark.parametrize("who", ["clerk", "drafter", "editor", "legal_reviewer", "administrator"])
def test_who_may_not(cast: Cast, who: str) -> None:
    item = leaked(cast)
    with pytest.raises(PublicationRefused) as refused:
        suspend_item(actor=getattr(cast, who), item_id=item.pk, reason=WHY)
    assert refused.value.code == "wrong_role"
    assert is_public(Item.objects.get())


def test_the_office_says_who_may(cast: Cast, settings: Any) -> None:
    item = leaked(cast)
    for who in (cast.other_clerk, cast.stranger):
        with pytest.raises(ItemNotFound):
            suspend_item(actor=who, item_id=item.pk, reason=WHY)
    settings.SUSPENDERS = ["editor", "nobody"]
    with pytest.raises(PublicationRefused):
        gone(cast, item)
    suspend_item(actor=cast.editor, item_id=item.pk, reason=WHY)


def test_wrong_state_and_bad_input(cast: Cast) -> None:
    item = leaked(cast)
    for reason, wrong in (("  ", PublicationRefused), ("长" * 301, Invalid)):
        with pytest.raises(wrong):
            suspend_item(actor=cast.unit_head, item_id=item.pk, reason=reason)
    gone(cast, item)
    with pytest.raises(PublicationRefused) as refused:
        gone(cast, item)
    assert refused.value.code == "wrong_state"
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(suspended_at=None)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Suspension.objects.update(reason="别的理由")


def test_the_page_of_the_desk(cast: Cast) -> None:
    item = leaked(cast)
    address = f"/desk/items/{item.pk}/suspend/"
    assert address in signed_in(cast.unit_head).get(f"/desk/items/{item.pk}/").content.decode()
    assert address not in signed_in(cast.editor).get(f"/desk/items/{item.pk}/").content.decode()
    assert signed_in(cast.editor).post(address, {"reason": WHY}).status_code == 200
    assert is_public(Item.objects.get())
    assert signed_in(cast.unit_head).post(address, {"reason": WHY}).status_code == 302
    assert not is_public(Item.objects.get())
    page = signed_in(cast.editor).get(f"/desk/items/{item.pk}/").content.decode()
    assert f"/desk/items/{item.pk}/correct/" in page
    assert f"/desk/items/{item.pk}/withdraw/" in page


# --- What becomes of it -------------------------------------------------------------------------------------


def test_put_back_by_a_correction(cast: Cast) -> None:
    item = leaked(cast)
    gone(cast, item)
    correction = begin_correction(actor=cast.drafter, item_id=item.pk, reason="表二已遮盖")
    page = signed_in(cast.unit_head).get(f"/desk/reviews/{correction.pk}/").content.decode()
    assert WHY in page
    publish_revision(actor=cast.editor, revision_id=reviewed(cast, correction).pk)
    now = Item.objects.get()
    assert (is_public(now), now.suspended_at, now.published_at) == (True, None, item.published_at)
    gone(cast, item)  # and again, should it have to be
    assert now.suspensions.count() == 2


def test_withdrawn_for_good(cast: Cast) -> None:
    item = leaked(cast)
    withdrawal = begin_withdrawal(actor=cast.drafter, item_id=item.pk, reason="公示期满")
    gone(cast, item)  # while it is under way: it only takes down, so it goes on
    publish_revision(actor=cast.editor, revision_id=reviewed(cast, withdrawal).pk)
    now = Item.objects.get()
    assert (now.state, now.suspended_at, now.withdrawal_reason) == ("withdrawn", None, "公示期满")
    assert "公示期满" in Client().get(f"/items/{item.pk}/").content.decode()


def test_what_was_reviewed_before_does_not_put_it_back(cast: Cast) -> None:
    """Neither by hand nor by the clock: its reviewers knew nothing of the leak."""
    item = leaked(cast)
    correction = begin_correction(actor=cast.drafter, item_id=item.pk, reason="改日期")
    reviewed(cast, correction)
    hour = timezone.now() + dt.timedelta(hours=1)
    gone(cast, item)
    with pytest.raises(PublicationRefused) as refused:
        publish_revision(actor=cast.editor, revision_id=correction.pk)
    assert refused.value.code == "suspended"
    schedule_release(actor=cast.editor, revision_id=correction.pk, at=hour)
    Revision.objects.filter(pk=correction.pk).update(publish_from=timezone.now())
    assert release_due() == 0
    assert not is_public(Item.objects.get())
    return_revision(actor=cast.approver, revision_id=correction.pk, reason="先核查")
    publish_revision(actor=cast.editor, revision_id=reviewed(cast, correction).pk)
    assert is_public(Item.objects.get())


def test_the_monitor_says_until_when_and_when_it_is_late(cast: Cast) -> None:
    assert suspended(cast.agency, today()) is None
    row = gone(cast, leaked(cast))
    by = to_decide_by(row.at)
    assert by is not None
    found = suspended(cast.agency, by)
    assert found is not None
    assert (found.broken, found.fails_on, found.number) == (False, by + dt.timedelta(days=1), 1)
    assert TITLE not in found.lines[0].name
    lines = [(line.text.zh, line.due_on) for line in reviews_due(cast.editor, today())]
    assert [(row.item.index_number in text, due) for text, due in lines] == [(True, by)]
    assert not reviews_due(cast.supervisor, today())
    late = suspended(None, by + dt.timedelta(days=1))
    assert late is not None
    assert late.broken
    assert suspended(cast.other_agency, today()) is None


def test_a_column_is_not_put_away_from_under_it(cast: Cast) -> None:
    from gongkai.disclosure.actions.arrange_columns import put_away_column

    column = a_column("notices")
    publish(cast.agency, column)
    gone(cast, Item.objects.get())
    with pytest.raises(Invalid):
        put_away_column(actor=cast.administrator, column_id=column.pk)


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_two_at_once_and_one_publishing_meanwhile(cast: Cast) -> None:
    """Whichever comes first, what was reviewed before the leak was known does not stand there at the end."""
    item = leaked(cast)
    correction = begin_correction(actor=cast.drafter, item_id=item.pk, reason="改日期")
    reviewed(cast, correction)
    outcomes = at_once(
        lambda: gone(cast, item),
        lambda: suspend_item(actor=cast.unit_head, item_id=item.pk, reason=WHY),
        lambda: publish_revision(actor=cast.editor, revision_id=correction.pk),
    )
    assert not is_public(Item.objects.get()), outcomes
    assert Suspension.objects.count() == 1, "the second heard of the first"


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_an_address_that_no_item_can_have(cast: Cast, number: int) -> None:
    leaked(cast)
    for address in (f"/items/{number}/", f"/items/{number}/item.pdf", f"/items/{number}/files/{number}/x"):
        assert Client().get(address).status_code == 404
