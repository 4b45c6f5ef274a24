"""检查预警: each rule with what breaks it and what does not, the day on which it will be, the page, the links."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.agencies.selectors import today
from gongkai.disclosure.actions.install_columns import install_columns
from gongkai.disclosure.actions.set_guide import set_guide
from gongkai.disclosure.models import Attachment, Column, DocumentClass, Item, ItemState, NormativeDocument
from gongkai.oversight import item_monitors, links, views
from gongkai.oversight.links import check_links
from gongkai.oversight.models import DeadLink
from gongkai.oversight.monitor import Finding, finding_of, findings
from tests.cast import Cast
from tests.disclosure.published import a_draft, publish
from tests.portal.pages import text_of

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 30)
NOON = datetime(2025, 6, 30, 4, tzinfo=UTC)


def ago(days: int) -> datetime:
    return NOON - timedelta(days=days)


@pytest.fixture
def columns(cast: Cast) -> dict[str, Column]:
    install_columns()
    return {column.code: column for column in Column.objects.all()}


def rules(cast: Cast | None, day: date = DAY) -> dict[str, Finding]:
    return {one.rule.id: one for one in findings(cast.agency if cast else None, day)[0]}


def test_the_home_page_is_updated_within_two_weeks(cast: Cast, columns: dict[str, Column]) -> None:
    assert rules(cast)["CHK-01"].broken, "nothing stands on the site"
    item = publish(cast.agency, columns["statistics"], at=ago(9))
    assert "CHK-01" not in rules(cast)
    for days, broken in ((10, False), (13, False), (14, True)):
        Item.objects.filter(pk=item.pk).update(published_at=ago(days))
        found = rules(cast)["CHK-01"]
        assert (found.broken, found.fails_on) == (broken, DAY + timedelta(days=14 - days))


def test_stale_columns_fail_the_site_on_a_day_that_can_be_told(cast: Cast, columns: dict[str, Column]) -> None:
    codes = [
        column.code for column in columns.values() if column.interval_days == 90 and column.update_class == "other"
    ]
    for place, code in enumerate(codes[:10]):
        publish(cast.agency, columns[code], at=ago(91 if place < 9 else 80))
    found = rules(cast)["CHK-03"]
    assert (found.broken, found.number, found.fails_on) == (False, 10, DAY + timedelta(days=11))
    assert "已接近限额" in found.says.zh
    assert f"/desk/columns/ours/{columns[codes[0]].pk}/" in {line.address for line in found.lines}
    publish(cast.agency, columns[codes[0]], at=NOON)
    assert rules(cast)["CHK-03"].fails_on == DAY + timedelta(days=91), "the newest of ten puts the day off"
    assert not rules(None)["CHK-03"].broken
    assert rules(cast, DAY + timedelta(days=11))["CHK-03"].broken is False
    assert rules(cast, DAY + timedelta(days=91))["CHK-03"].broken


def test_policies_are_counted_apart(cast: Cast, columns: dict[str, Column]) -> None:
    publish(cast.agency, columns["normative"], at=ago(181))
    found = rules(cast)
    assert (found["CHK-02"].number, found["CHK-02"].broken) == (1, False)
    assert "CHK-03" not in found
    assert found["CHK-04"].broken, "everything else is empty"


def test_missing_metadata(cast: Cast, columns: dict[str, Column]) -> None:
    publish(cast.agency, columns["statistics"], subject="综合政务")
    assert "MET-03" not in rules(cast)
    bare = publish(cast.agency, columns["normative"], subject="", genre="通知", document_number="")
    [line] = rules(cast)["MET-03"].lines
    assert line.address == f"/desk/items/{bare.pk}/"
    assert line.says.zh == "缺少主题分类、发文字号"


def test_a_policy_that_nothing_explains(cast: Cast, columns: dict[str, Column]) -> None:
    document = NormativeDocument.objects.create(
        agency=cast.agency, document_class=DocumentClass.NORMATIVE, title="办法", document_number="1号",
        made_on=DAY - timedelta(days=30),
    )  # fmt: skip
    policy = publish(cast.agency, columns["normative"], at=ago(3), document=document)
    found = rules(cast)["CHK-12"]
    assert (found.number, found.broken, found.fails_on) == (1, False, date(2025, 7, 3))
    explains = publish(cast.agency, columns["interpretation"], interprets=[policy])
    assert "CHK-12" not in rules(cast)
    Item.objects.filter(pk=explains.pk).update(state=ItemState.WITHDRAWN, withdrawn_at=NOON, withdrawal_reason="有误")
    assert "CHK-12" in rules(cast)
    NormativeDocument.objects.update(repealed_on=DAY)
    assert "CHK-12" not in rules(cast), "what is repealed need not be explained"


@pytest.mark.article("条例", 26)
def test_what_was_late_and_what_will_be(cast: Cast, columns: dict[str, Column]) -> None:
    publish(cast.agency, columns["statistics"], "准时", at=ago(10), made_on=date(2025, 6, 1))
    publish(cast.agency, columns["statistics"], "迟了", at=ago(10), made_on=date(2025, 3, 3))
    a_draft(cast.agency, columns["statistics"], title="快到期", made_on=date(2025, 6, 6))
    a_draft(cast.agency, columns["statistics"], title="还早", made_on=DAY)
    found = rules(cast)["MET-04"]
    assert [line.name for line in found.lines] == ["迟了", "快到期"]
    assert found.lines[1].on == date(2025, 7, 5)
    assert found.broken


def test_reviews_lapses_and_guides(cast: Cast, columns: dict[str, Column]) -> None:
    publish(cast.agency, columns["statistics"], review_due=DAY + timedelta(days=20))
    publish(cast.agency, columns["statistics"], review_due=DAY + timedelta(days=31))
    NormativeDocument.objects.create(
        agency=cast.agency, document_class=DocumentClass.NORMATIVE, title="办法", document_number="1号",
        made_on=date(2020, 7, 1), last_day=DAY + timedelta(days=90),
    )  # fmt: skip
    found = rules(cast)
    assert (found["PLT-14"].number, found["PLT-14"].broken) == (1, False)
    assert found["PLT-12"].fails_on == DAY + timedelta(days=91)
    assert found["PLT-06"].lines[0].says.zh == "还没有编写"
    set_guide(actor=cast.editor, agency=cast.agency, classification="x", arrangement="x", ways="x")
    assert "PLT-06" not in rules(cast, today())
    assert "PLT-06" in rules(cast, today() + timedelta(days=365))


# --- the page -------------------------------------------------------------------------------------------------


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_page(cast: Cast, columns: dict[str, Column], django_assert_max_num_queries: Any) -> None:
    publish(cast.agency, columns["statistics"], subject="", at=datetime.now(tz=UTC) - timedelta(days=88))
    client = signed_in(cast.editor)
    assert client.get("/desk/monitor/").headers["Location"] == "/desk/monitor/ours/"
    with django_assert_max_num_queries(30):
        page = client.get("/desk/monitor/ours/")
    said = text_of(page)
    assert "空白栏目不到5个" in said
    assert "CHK-04" in said
    assert page.context["chart"] == {"columns": ["统计信息"], "days": [3]}
    assert signed_in(cast.administrator).get("/desk/site-monitor/").status_code == 200
    for person, address in (
        (cast.editor, "/desk/site-monitor/"), (cast.other_clerk, "/desk/monitor/ours/"),
        (cast.stranger, "/desk/monitor/"),
    ):  # fmt: skip
        assert signed_in(person).get(address).status_code == 404


def test_of_many_every_one_is_counted_and_can_be_turned_to(
    cast: Cast, columns: dict[str, Column], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        publish(
            cast.agency, columns["statistics"], f"第{number}件", subject="", made_on=date(2025, 1, 1), at=ago(number)
        )
    for rule in ("MET-03", "MET-04", "CHK-04"):
        whole = finding_of(rule, cast.agency, DAY)
        some = finding_of(rule, cast.agency, DAY, slice(3, 5))
        assert whole is not None
        assert some is not None
        assert (some.number, some.lines, some.fails_on) == (whole.number, whole.lines[3:5], whole.fails_on)
        assert whole.number >= 5
    monkeypatch.setattr(views, "MOST_LINES", 2)
    client, address = signed_in(cast.editor), "/desk/monitor/ours/MET-03/"
    seen = [text_of(client.get(f"{address}?page={page}")) for page in (1, 2, 3)]
    assert [sum(f"第{number}件" in page for page in seen) for number in range(5)] == [1] * 5
    assert "5 项" in seen[2]
    assert client.get(f"{address}?page=4").status_code == 404
    assert client.get("/desk/monitor/ours/CHK-99/").status_code == 404
    assert client.get("/desk/monitor/-/MET-03/").status_code == 404
    assert signed_in(cast.other_clerk).get(address).status_code == 404
    assert signed_in(cast.administrator).get("/desk/monitor/-/MET-03/").status_code == 200


# --- links ----------------------------------------------------------------------------------------------------


def test_links_that_lead_nowhere_are_found_and_forgotten(
    cast: Cast, columns: dict[str, Column], settings: LazySettings
) -> None:
    settings.SITE_URL = "https://open.example.gov.cn"
    other = publish(cast.agency, columns["statistics"], files=[("表.txt", b"1", "text/plain")])
    file = Attachment.objects.get()
    hidden = a_draft(cast.agency, columns["statistics"])
    good = [f"/items/{other.pk}/", f"/items/{other.pk}/files/{file.pk}/表.txt", "/guide/", "#top", "mailto:a@b.cn"]
    bad = {
        f"/items/{hidden.pk}/": "withdrawn",
        f"/items/{other.pk}/files/{file.pk + 9}/x": "file",
        "/old/page.html": "nothing",
    }
    absolute = "https://open.example.gov.cn/no/such/"
    addresses = [*good, *bad, absolute, "http://elsewhere.example/"]
    body = "".join(f'<p><a href="{address}">x</a></p>' for address in addresses)
    page = publish(cast.agency, columns["statistics"], body=body)
    assert check_links() == check_links() == 4
    assert dict(DeadLink.objects.values_list("address", "fault")) == {**bad, absolute: "nothing"}
    found = item_monitors.dead_links(cast.agency, today())
    assert found is not None
    assert found.broken
    page.current.body = ""
    page.current.save()
    assert check_links() == 0


def test_foreign_links_only_where_the_office_wants_it_and_never_inside_a_network(
    cast: Cast, columns: dict[str, Column], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(links, "answers", lambda address: asked.append(address) or "good" in address)
    body = '<a href="https://good.example/">x</a><a href="https://bad.example/">y</a>'
    publish(cast.agency, columns["statistics"], body=body)
    assert check_links() == 0
    assert asked == []
    settings.CHECK_LINKS = True
    assert check_links() == 1
    assert sorted(asked) == ["https://bad.example/", "https://good.example/"]
    settings.CHECK_LINKS = False
    assert check_links() == 1, "it waits for its next turn"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http:///x",
        "http://a:b/",
    ],
)
def test_no_address_inside_a_network_is_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "build_opener", lambda *_: pytest.fail("it was asked"))
    assert not links.answers(address)


def test_each_foreign_address_gets_its_turn() -> None:
    addresses = [f"https://site-{number}.example/" for number in range(900)]
    nights = [links._of_this_night(addresses, date(2025, 1, 1) + timedelta(days=night)) for night in range(5)]
    assert all(len(each) <= links.FOREIGN for each in nights)
    assert len({address for each in nights for address in each}) > 850
