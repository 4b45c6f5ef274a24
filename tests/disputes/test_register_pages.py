"""The register of disputes at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.disputes import desk_views
from gongkai.disputes.models import Dispute
from tests.cast import Cast
from tests.portal.pages import text_of

HOME = "/desk/disputes/ours/"
NEW = {
    "kind": "reconsideration", "body": "演示市人民政府", "case_number": "演政复〔2024〕1号", "matter": "不服答复",
    "filed_on": "2024-03-01", "after": "",
}  # fmt: skip


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def suit(**changes: Any) -> dict[str, Any]:
    return {**NEW, "kind": "litigation_after_reconsideration", "case_number": "（2024）行初1号", **changes}


def test_a_case_is_entered_and_ended_and_a_suit_follows_it(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert "已登记" in text_of(client.post(HOME, NEW, follow=True))
    review = Dispute.objects.get()
    address = f"/desk/disputes/{review.pk}/conclude/"
    assert "审结日期应在收到之后" in text_of(client.post(address, {"result": "upheld", "on": "2024-02-01"}))
    client.post(address, {"result": "upheld", "on": "2024-04-01"})
    assert "结果维持，2024年4月1日" in text_of(client.get(HOME))
    assert "该案已经审结" in text_of(client.post(address, {"result": "other", "on": "2024-04-02"}))
    assert "复议后起诉的应指明所经复议" in text_of(client.post(HOME, suit()))
    client.post(HOME, suit(after=review.pk, filed_on="2024-05-01"))
    assert Dispute.objects.latest("pk").after == review
    assert "该案号已登记" in text_of(client.post(HOME, NEW))


def test_a_suit_follows_no_case_of_another_agency(cast: Cast) -> None:
    theirs = Dispute.objects.create(
        agency=cast.other_agency, kind="reconsideration", body="x", case_number="x", matter="x", filed_on="2024-01-01"
    )
    page = signed_in(cast.clerk).post(HOME, suit(after=theirs.pk))
    assert "after" in page.context["form"].errors


def test_who_sees_and_who_enters(cast: Cast) -> None:
    signed_in(cast.clerk).post(HOME, NEW)
    address = f"/desk/disputes/{Dispute.objects.get().pk}/conclude/"
    page = signed_in(cast.editor).get(HOME)
    assert "演政复〔2024〕1号" in text_of(page)
    assert "登记案件" not in text_of(page)
    signed_in(cast.editor).post(HOME, {**NEW, "case_number": "2号"})
    assert Dispute.objects.count() == 1
    for who in (cast.other_clerk, cast.stranger):
        assert signed_in(who).get(HOME).status_code == 404
        assert signed_in(who).get(address).status_code == 404


def test_they_are_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_views, "PAGE", 1)
    client = signed_in(cast.clerk)
    for number in range(2):
        client.post(HOME, {**NEW, "case_number": f"{number}号"})
    first = client.get(HOME)
    rest = client.get(HOME + first.context["next_url"])
    assert [page.context["disputes"][0].case_number for page in (first, rest)] == ["1号", "0号"]
