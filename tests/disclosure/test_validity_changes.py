"""What acts do to documents: entered one by one or together, struck, told in time; and the clean-ups."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Appointment
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.campaigns import begin_campaign, close_campaign, find
from gongkai.disclosure.actions.change_documents import change_documents
from gongkai.disclosure.actions.normative_documents import issue_document
from gongkai.disclosure.actions.note_lapses import note_lapses
from gongkai.disclosure.actions.strike_change import strike_change
from gongkai.disclosure.errors import DocumentNotFound
from gongkai.disclosure.models import DocumentChange, DocumentClass, Finding, NormativeDocument
from gongkai.disclosure.publicly import public_version
from gongkai.disclosure.register.validity import validity_of
from gongkai.law.procedure import Role
from gongkai.law.validity import Validity
from gongkai.ledger.models import Entry
from gongkai.notifications.models import Notification
from tests.at_once import at_once
from tests.cast import SINCE, Cast, make_person
from tests.disclosure.published import a_column, publish

pytestmark = pytest.mark.django_db

MADE, ON = date(2021, 3, 1), date(2022, 6, 1)


def issue(cast: Cast, number: int = 1, **changes: Any) -> NormativeDocument:
    values: dict[str, Any] = {
        "actor": cast.editor, "agency": cast.agency, "document_class": DocumentClass.NORMATIVE, "title": "市容管理办法",
        "document_number": f"演城〔2021〕{number}号", "made_on": MADE,
    }  # fmt: skip
    return issue_document(**{**values, **changes})


def change(cast: Cast, *documents: NormativeDocument, **changes: Any) -> list[DocumentChange]:
    values: dict[str, Any] = {
        "actor": cast.editor, "document_ids": [each.pk for each in documents], "kind": Validity.REPEALED, "on": ON,
        "basis": "清理结果",
    }  # fmt: skip
    return change_documents(**{**values, **changes})


def refused(field: str, cast: Cast, *documents: NormativeDocument, **changes: Any) -> Invalid:
    with pytest.raises(Invalid) as caught:
        change(cast, *documents, **changes)
    assert caught.value.field == field
    return caught.value


def entries(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=f"disclosure.{act}"))


def test_one_act_changes_many_documents_or_none(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    first, second, act = issue(cast, 1), issue(cast, 2), issue(cast, 3)
    page, before = publish(cast.agency, a_column("normative"), document=first), public_version()
    with pytest.raises(Invalid, match="没有这份文件"):
        change(cast, first, second, document_ids=[first.pk, 10**9])
    with django_capture_on_commit_callbacks(execute=True):
        change(cast, first, second, by_id=act.pk, basis="", note="全文")
    first.refresh_from_db()
    assert (first.repealed_on, first.repeal_basis) == (ON, "市容管理办法（演城〔2021〕3号）")
    assert validity_of(first, ON) is Validity.REPEALED
    assert [entry.facts["number"] for entry in entries("change_document")] == ["演城〔2021〕1号", "演城〔2021〕2号"]
    assert list(act.changed.values_list("document", flat=True)) == [first.pk, second.pk]
    assert public_version() > before, page


def test_what_the_register_refuses(cast: Cast) -> None:
    document, other = issue(cast), issue(cast, 2)
    refused("basis", cast, document, basis=" ")
    refused("on", cast, document, on=MADE - timedelta(days=1))
    refused("on", cast, document, on=today() + timedelta(days=366 * 11))
    refused("kind", cast, document, kind=Validity.EXPIRED)
    refused("by", cast, document, by_id=document.pk)
    refused("by", cast, document, by_id=10**9)
    refused("document", cast, document_ids=[])
    change(cast, document)
    assert "届时已经废止" in str(refused("document", cast, document, kind=Validity.AMENDED, on=ON).message)
    assert "先更正" in str(refused("document", cast, document, on=ON - timedelta(days=9)).message)
    change(cast, document, kind=Validity.AMENDED, on=ON - timedelta(days=1))
    lapsed = issue(cast, 3, last_day=date(2021, 12, 31))
    refused("document", cast, lapsed, kind=Validity.DECLARED_INVALID)
    assert not other.changes.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentChange.objects.create(document=other, kind="lost", on=ON, basis="x", made_by=cast.editor)


@pytest.mark.article("条例", 15)
def test_what_is_said_of_an_act_tells_of_nobody(cast: Cast) -> None:
    """It stands on the document's page at once, without the reviews."""
    document = issue(cast)
    for field in ("basis", "note"):
        with pytest.raises(Invalid) as refused:
            change(cast, document, **{field: "见张三11010519491231002X的案卷"})
        assert refused.value.field == field
        assert "110105" not in refused.value.message.zh
    assert not DocumentChange.objects.exists()
    change(cast, document, note="第三条、第五条继续有效")


def test_who_may(cast: Cast) -> None:
    document = issue(cast)
    with pytest.raises(NotAllowed):
        change(cast, document, actor=cast.clerk)
    refused("document", cast, document, actor=cast.other_clerk)
    Appointment.objects.create(person=cast.editor, agency=cast.other_agency, role=Role.EDITOR.value, since=SINCE)
    theirs = issue(cast, 9, agency=cast.other_agency)
    refused("document", cast, document, theirs)
    [row] = change(cast, document)
    with pytest.raises(NotAllowed):
        strike_change(actor=cast.clerk, change_id=row.pk, reason="有误")
    with pytest.raises(DocumentNotFound):
        strike_change(actor=cast.other_clerk, change_id=row.pk, reason="有误")


def test_a_struck_change_is_as_if_it_had_not_been(cast: Cast) -> None:
    document = issue(cast)
    [row] = change(cast, document)
    with pytest.raises(Invalid, match="理由"):
        strike_change(actor=cast.editor, change_id=row.pk, reason=" ")
    again = strike_change(actor=cast.editor, change_id=row.pk, reason="文号有误")
    assert (again.repealed_on, again.repeal_basis) == (None, "")
    assert validity_of(again, ON) is Validity.IN_FORCE
    assert entries("strike_change")[0].facts["reason"] == "文号有误"
    for key in (row.pk, row.struck_by.pk):
        with pytest.raises(Invalid, match="已经更正"):
            strike_change(actor=cast.editor, change_id=key, reason="又")
    [later] = change(cast, document, kind=Validity.DECLARED_INVALID, on=ON + timedelta(days=30))
    document.refresh_from_db()
    assert document.repealed_on == later.on


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_struck_twice_at_once_it_is_struck_once() -> None:
    cast = Cast.assemble()
    [row] = change(cast, issue(cast))
    strike = lambda: strike_change(actor=cast.editor, change_id=row.pk, reason="有误")  # noqa: E731
    found = at_once(strike, strike, strike)
    assert sorted(type(result).__name__ for result in found) == ["Invalid", "Invalid", "NormativeDocument"], found


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"in_force_from": MADE - timedelta(days=1)}, "in_force_from"),
        ({"in_force_from": date(2021, 5, 1), "last_day": date(2021, 4, 1)}, "last_day"),
        ({"last_day": MADE - timedelta(days=1)}, "last_day"),
    ],
)
def test_a_document_lasts_from_when_it_begins(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        issue(cast, **changes)
    assert caught.value.field == field


def test_the_night_notes_a_lapse_once_and_warns_in_time(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    day = today()
    lapsed = issue(cast, 1, last_day=day - timedelta(days=1))
    old = issue(cast, 2, last_day=date(2022, 1, 1))
    issue(cast, 3, last_day=day + timedelta(days=80))
    soon = issue(cast, 4, last_day=day + timedelta(days=29))
    issue(cast, 5, last_day=day + timedelta(days=91))
    ended = issue(cast, 6, last_day=day - timedelta(days=1))
    change(cast, ended)
    publish(cast.agency, a_column("normative"), document=lapsed)
    before = public_version()
    with django_capture_on_commit_callbacks(execute=True):
        assert note_lapses() == 2
    assert public_version() > before
    assert {entry.facts["number"] for entry in entries("lapse_document")} == {
        old.document_number,
        lapsed.document_number,
    }
    told = Notification.objects.filter(person=cast.editor)
    assert {row.key.split(":", 2)[2] for row in told} == {
        f"lapsed:{lapsed.last_day}", f"ends:{day + timedelta(days=80)}:90", f"ends:{soon.last_day}:30",
    }  # fmt: skip
    assert not Notification.objects.exclude(person=cast.editor).exists()
    assert note_lapses() == 0
    assert Notification.objects.count() == 3


# --- 文件清理 -------------------------------------------------------------------------------------------------


def test_a_clean_up_goes_through_what_is_in_force_and_closes_when_all_is_said(cast: Cast) -> None:
    first, second, third = issue(cast, 1), issue(cast, 2), issue(cast, 3)
    change(cast, third)
    campaign = begin_campaign(actor=cast.editor, agency=cast.agency, title="2025年清理", until=today())
    rows = list(campaign.documents.order_by("pk"))
    assert [row.document for row in rows] == [first, second]
    find(actor=cast.editor, row_id=rows[0].pk, finding=Finding.KEEP)
    with pytest.raises(Invalid, match="还有1份"):
        close_campaign(actor=cast.editor, campaign_id=campaign.pk)
    for values in ({"finding": Finding.REPEAL, "reason": " "}, {"finding": Finding.OPEN}):
        with pytest.raises(Invalid):
            find(actor=cast.editor, row_id=rows[1].pk, **values)  # type: ignore[arg-type]
    find(actor=cast.editor, row_id=rows[1].pk, finding=Finding.REPEAL, reason="上位法已修改")
    assert close_campaign(actor=cast.editor, campaign_id=campaign.pk).closed_at
    with pytest.raises(Invalid, match="已经结束"):
        find(actor=cast.editor, row_id=rows[0].pk, finding=Finding.AMEND, reason="晚了")
    assert validity_of(second) is Validity.IN_FORCE, "a clean-up changes nothing by itself"
    assert len(entries("find_document")) == 2


def test_who_cleans_up(cast: Cast) -> None:
    issue(cast)
    begin = {"agency": cast.agency, "title": "2025年清理", "until": today()}
    with pytest.raises(NotAllowed):
        begin_campaign(actor=cast.clerk, **begin)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="不能早于今天"):
        begin_campaign(actor=cast.editor, **{**begin, "until": today() - timedelta(days=1)})  # type: ignore[arg-type]
    campaign = begin_campaign(actor=cast.editor, **begin)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="同名"):
        begin_campaign(actor=cast.editor, **begin)  # type: ignore[arg-type]
    editor_there = make_person("editor-there", cast.other_agency, Role.EDITOR)
    with pytest.raises(DocumentNotFound):
        close_campaign(actor=editor_there, campaign_id=campaign.pk)
    with pytest.raises(Invalid, match="没有现行有效"):
        begin_campaign(actor=editor_there, agency=cast.other_agency, title="x", until=today())
