"""What an administrator does with files in quarantine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.agencies.actions.quarantine import destroy, destroy_old, release, rescan, take_out
from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.documents.errors import FileMissingError
from gongkai.documents.gate import UploadRefused, quarantine
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.models import Quarantined, QuarantineState
from gongkai.law.errors import LawError
from gongkai.ledger.models import Entry
from tests.at_once import at_once
from tests.cast import Cast
from tests.documents import clamd_server, uploads


def held(data: bytes = b"hello", code: str = "scan_unavailable", name: str = "a.txt") -> Quarantined:
    assert quarantine.hold(data, name, Fault(code, virus="X"))
    return Quarantined.objects.latest("pk")


def acts() -> list[str]:
    return list(Entry.objects.filter(act__contains="quarantined").order_by("number").values_list("act", flat=True))


def test_a_clean_file_is_released_and_taken_out(cast: Cast, settings: Any) -> None:
    row = held()
    with clamd_server.running() as clamd:
        settings.CLAMAV = clamd.address
        assert rescan(actor=cast.administrator, quarantined_id=row.pk) is None
        release(actor=cast.administrator, quarantined_id=row.pk, reason="当时杀毒服务停机")
    row.refresh_from_db()
    assert (row.state, row.decided_by, row.decision) == ("released", cast.administrator, "当时杀毒服务停机")
    assert take_out(actor=cast.administrator, quarantined_id=row.pk)[1] == b"hello"
    prefix = "agencies."
    assert acts() == [f"{prefix}rescan_quarantined", f"{prefix}release_quarantined", f"{prefix}take_out_quarantined"]


def test_an_infected_file_stays(cast: Cast, settings: Any) -> None:
    row = held(uploads.EICAR)
    with clamd_server.running() as clamd:
        settings.CLAMAV = clamd.address
        finding = rescan(actor=cast.administrator, quarantined_id=row.pk)
        assert finding is not None
        assert finding.code == "infected"
        with pytest.raises(UploadRefused):
            release(actor=cast.administrator, quarantined_id=row.pk, reason="我相信它")
    row.refresh_from_db()
    assert (row.state, row.reason) == ("held", "infected")
    assert Quarantined.objects.count() == 1, "scanning again holds nothing again"


def test_without_a_scanner_nobody_can_say(cast: Cast, settings: Any) -> None:
    settings.CLAMAV = ""
    row = held()
    finding = rescan(actor=cast.administrator, quarantined_id=row.pk)
    assert finding is not None
    assert finding.code == "no_scanner"
    with pytest.raises(LawError) as refusal:
        release(actor=cast.administrator, quarantined_id=row.pk, reason="应该没事")
    assert refusal.value.code == "no_scanner"
    row.refresh_from_db()
    assert row.reason == "scan_unavailable"


def test_destroyed_is_gone_and_stays_listed(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    row = held()
    with django_capture_on_commit_callbacks(execute=True):
        destroy(actor=cast.administrator, quarantined_id=row.pk, reason="确认是病毒")
    assert not quarantine.path_of(row.digest).exists()
    row.refresh_from_db()
    assert row.state == QuarantineState.DESTROYED
    with pytest.raises(FileMissingError):
        quarantine.read(row)
    quarantine.adopt()
    assert Quarantined.objects.count() == 1
    again = held()
    assert again.pk != row.pk, "sent once more, it is held once more"


def test_what_a_stopped_machine_left_lying_is_cleared_away(cast: Cast) -> None:
    row = held()
    Quarantined.objects.update(state="destroyed", decided_at=timezone.now() + timedelta(seconds=5))
    quarantine.adopt()
    assert not quarantine.path_of(row.digest).exists()
    assert Quarantined.objects.count() == 1


@pytest.mark.parametrize("who", ["clerk", "approver", "stranger"])
def test_only_administrators(cast: Cast, who: str) -> None:
    row, actor = held(), getattr(cast, who)
    for act in (rescan, release, destroy):
        with pytest.raises(NotAllowed):
            act(actor=actor, quarantined_id=row.pk, reason="x")  # type: ignore[operator]
    with pytest.raises(NotAllowed):
        take_out(actor=actor, quarantined_id=row.pk)
    assert acts() == []


def test_bad_input_and_wrong_states(cast: Cast) -> None:
    row, boss = held(), cast.administrator
    for reason in ("", "  ", "长" * 201):
        with pytest.raises(Invalid) as refusal:
            destroy(actor=boss, quarantined_id=row.pk, reason=reason)
        assert refusal.value.field == "reason"
    with pytest.raises(Invalid):
        destroy(actor=boss, quarantined_id=10**9, reason="没有它")
    with pytest.raises(Invalid, match="隔离中"):
        take_out(actor=boss, quarantined_id=row.pk)
    destroy(actor=boss, quarantined_id=row.pk, reason="销毁")
    for act in (rescan, release, destroy):
        with pytest.raises(Invalid, match="已销毁"):
            act(actor=boss, quarantined_id=row.pk, reason="再来")  # type: ignore[operator]


def test_the_old_ones_go_by_themselves(cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    old, young = held(b"old"), held(b"young")
    Quarantined.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=91), state="released")
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy_old() == 1
        assert destroy_old() == 0
    old.refresh_from_db()
    assert (old.state, old.decided_by) == ("destroyed", None)
    assert not quarantine.path_of(old.digest).exists()
    assert quarantine.path_of(young.digest).exists()
    assert Entry.objects.latest("pk").actor == ""


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_destroyed_by_two_at_once(cast: Cast) -> None:
    row = held()
    first, second = at_once(
        *(lambda: destroy(actor=cast.administrator, quarantined_id=row.pk, reason="销毁") for _ in range(2))
    )
    assert sorted([isinstance(first, Invalid), isinstance(second, Invalid)]) == [False, True]
    assert acts() == ["agencies.destroy_quarantined"]
    assert not quarantine.path_of(row.digest).exists()
