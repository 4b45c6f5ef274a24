"""What an agency says of itself is changed, and the ledger keeps what it said before."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.agencies.actions.edit_agency import edit_agency
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, ReceiptRule
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast, make_agency


def kept(cast: Cast) -> Agency:
    return Agency.objects.get(pk=cast.agency.pk)


def entries() -> list[Entry]:
    return list(Entry.objects.filter(act="agencies.edit").order_by("number"))


def edited(cast: Cast, **changes: Any) -> Agency:
    return edit_agency(actor=cast.administrator, agency=cast.agency, **changes)


def test_what_changed_is_kept_with_what_was_before(cast: Cast) -> None:
    edited(cast, telephone="0371-1", rises_after_days=3, receipt_rule=ReceiptRule.BOTH_CONFIRM, address="演示路1号")
    after = kept(cast)
    assert (after.telephone, after.rises_after_days, after.receipt_rule) == ("0371-1", 3, "both_confirm")
    [entry] = entries()
    assert (entry.chain_id, entry.actor, entry.subject) == ("ours", "administrator", f"agency:{cast.agency.pk}")
    assert entry.facts == {
        "telephone": {"before": "0000-1234567", "after": "0371-1"},
        "rises_after_days": {"before": 2, "after": 3},
        "receipt_rule": {"before": "system", "after": "both_confirm"},
    }


def test_unchanged_nothing_is_written(cast: Cast) -> None:
    edited(cast, address="演示路1号", drafting_days=10)
    edited(cast)
    assert entries() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "别的名称"),
        ("slug", "else"),
        ("document_prefix", "别"),
        ("path", "0009"),
        ("nonsense", "x"),
        ("email", "not-an-address"),
        ("postcode", "45001"),
        ("review_organ", ""),
        ("review_organ", "长" * 121),
        ("receipt_rule", "whenever"),
        ("rises_after_days", 0),
        ("rises_after_days", -1),
        ("drafting_days", 21),
        ("drafting_days", None),
        ("drafting_days", "soon"),
    ],
)
def test_bad_values_are_refused_at_their_field(cast: Cast, field: str, value: Any) -> None:
    before = Agency.objects.values().get(pk=cast.agency.pk)
    with pytest.raises(Invalid) as caught:
        edited(cast, telephone="1", **{field: value})
    assert caught.value.field == field
    assert Agency.objects.values().get(pk=cast.agency.pk) == before
    assert entries() == []


@pytest.mark.parametrize("who", ["clerk", "approver", "editor", "supervisor", "other_clerk", "stranger"])
def test_nobody_else_edits(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        edit_agency(actor=getattr(cast, who), agency=cast.agency, telephone="1")
    assert kept(cast).telephone == "0000-1234567"


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_two_at_once_each_change_their_own() -> None:
    """Neither writes back the other's old value."""
    agency = make_agency("ours", "演示市城市管理局", "演城公开")
    changes: list[dict[str, str]] = [{"telephone": "1"}, {"fax": "2"}]
    found = at_once(*[lambda change=change: edit_agency(actor=None, agency=agency, **change) for change in changes])
    assert all(isinstance(result, Agency) for result in found), found
    after = Agency.objects.get()
    assert (after.telephone, after.fax) == ("1", "2")
    assert len(entries()) == 2
