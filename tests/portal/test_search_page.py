"""全文检索 for the public: what is found, what never is, and what the page says where it cannot search."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import DocumentChange, Item, NormativeDocument
from gongkai.disclosure.publicly import changed
from gongkai.disclosure.searching import index_items
from gongkai.search import house, jobs
from gongkai.search.models import AttachmentText
from tests.cast import Cast, make_agency
from tests.disclosure.published import a_column, a_draft, correct, publish, withdraw
from tests.portal.pages import text_of
from tests.run_jobs import run_jobs

pytestmark = pytest.mark.django_db
TITLE = "关于加强养老服务机构管理的通知"


@pytest.fixture
def item(cast: Cast) -> Item:
    found = publish(
        cast.agency,
        a_column("policy-documents", "政策文件"),
        TITLE,
        dt.datetime(2024, 5, 6, 2, tzinfo=dt.UTC),
        document_number="演民〔2024〕15号",
        body="<p>各区县民政局：</p><p>为规范<b>床位补贴</b>发放，现通知如下。&lt;script&gt;</p>",
        subject="民政、扶贫、救灾",
    )
    house.rebuild()
    return found


def search(client: Client, **query: str) -> Any:
    return client.get("/search/", query)


def titles(response: Any) -> list[str]:
    return [row.shown.title for row in response.context["page"].rows]


# --- Works ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["养老", "老", "床位补贴", "演民[2024]15号", "演民（２０２４）15", "养老 床位", '"床位补贴发放"']
)
def test_found_by_title_number_and_text(client: Client, item: Item, words: str) -> None:
    page = search(client, q=words)
    assert page.status_code == 200
    assert titles(page) == [TITLE]
    said = text_of(page)
    assert "找到 1 条" in said
    for fact in ("2024-05-06", item.agency.name):
        assert fact in said
    assert "演民〔2024〕15号" in said.replace("15 号", "15号")  # where a part of it is marked


def test_what_was_found_is_marked_and_a_script_is_text(client: Client, item: Item) -> None:
    page = search(client, q="床位").content.decode()
    assert "<mark>床位</mark>补贴" in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    page = search(client, q="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_filters_narrow_and_are_counted(client: Client, cast: Cast, item: Item) -> None:
    child = Agency(
        slug="child", name="演示市养老院", short_name="养老院", kind=item.agency.kind, office_name="办公室",
        review_organ="演示市人民政府", document_prefix="演养",
    )  # fmt: skip
    Agency.objects.add_child(cast.agency, instance=child)
    publish(child, a_column("news", "工作动态"), "养老院开放日", dt.datetime(2025, 1, 2, tzinfo=dt.UTC))
    publish(cast.other_agency, a_column("news", "工作动态"), "养老资金安排", dt.datetime(2025, 1, 3, tzinfo=dt.UTC))
    house.rebuild()
    assert len(titles(search(client, q="养老"))) == 4  # the three, and the guide of the home
    assert set(titles(search(client, q="养老", agency="ours", kind="item"))) == {TITLE, "养老院开放日"}
    assert titles(search(client, q="养老", agency="child", kind="item")) == ["养老院开放日"]
    assert titles(search(client, q="养老", column="policy-documents", year="2024")) == [TITLE]
    assert titles(search(client, q="养老", subject="民政、扶贫、救灾")) == [TITLE]
    assert titles(search(client, q="养老", kind="item", order="newest"))[0] == "养老资金安排"
    page = search(client, q="养老", kind="item")
    agencies = {
        choice.value: choice.count
        for filter_ in page.context["page"].filters if filter_.facet == "agency"
        for choice in filter_.choices
    }  # fmt: skip
    assert agencies == {"ours": 2, "child": 1, "theirs": 1}
    assert "工作动态（2）" in text_of(page).replace(" ", "")


def test_a_repealed_document_says_so_and_stands_below(client: Client, cast: Cast, item: Item) -> None:
    old = NormativeDocument.objects.create(
        agency=cast.agency, document_class="normative_documents", title="养老服务办法", document_number="演民〔2020〕1号",
        made_on=dt.date(2020, 1, 1), repealed_on=dt.date(2023, 1, 1), repeal_basis="演民〔2023〕1号",
    )  # fmt: skip
    DocumentChange.objects.create(
        document=old, kind="repealed", on=dt.date(2023, 1, 1), basis="演民〔2023〕1号", made_by=cast.editor
    )
    column = a_column("policy-documents")
    at = dt.datetime(2024, 5, 6, tzinfo=dt.UTC)
    publish(cast.agency, column, "养老服务办法", at, document=old)
    publish(cast.agency, column, "养老服务细则", at)
    house.rebuild()
    page = search(client, q="养老服务", kind="item")
    assert titles(page)[-1] == "养老服务办法"
    assert "废止" in text_of(page)
    assert titles(search(client, q="养老服务", validity="repealed")) == ["养老服务办法"]


def test_pages_turn(client: Client, cast: Cast) -> None:
    column = a_column("news")
    for number in range(25):
        publish(cast.agency, column, f"第{number}期简报", dt.datetime(2024, 1, 1 + number, tzinfo=dt.UTC))
    house.rebuild()
    first = search(client, q="简报")
    second = client.get("/search/" + first.context["page"].next)
    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert not set(titles(first)) & set(titles(second))
    assert "找到 25 条" in text_of(first)
    assert second.context["page"].next == ""
    assert titles(search(client, q="简报", page="9" * 30)) == titles(first)
    beyond = search(client, q="简报", page="40")
    assert titles(beyond) == []
    assert 'href="?q=%E7%AE%80%E6%8A%A5">回到第一页' in beyond.content.decode()


def test_did_you_mean(client: Client, item: Item) -> None:
    page = search(client, q="演民〔2023〕15号")
    assert "您是不是要找" in text_of(page)
    assert f'href="/items/{item.pk}/"' in page.content.decode()


def test_where_nothing_is_found_the_column_that_speaks_of_it_is_offered(client: Client, cast: Cast, item: Item) -> None:
    assistance = a_column("assistance", "社会救助", description="低保、特困供养的政策")
    assert search(client, q="低保怎么办").context["near"] == [], "nothing stands there"
    withdraw(publish(cast.agency, assistance, "撤下的标准"))
    publish(cast.other_agency, assistance, "救助标准")
    a_column("education", "教育", description="教育方面的政策")
    page = search(client, q="低保怎么办")
    assert "没有找到" in text_of(page)
    assert page.context["near"] == [("社会救助", f"/agencies/{cast.other_agency.slug}/assistance/")]
    assert f'href="/agencies/{cast.other_agency.slug}/assistance/"' in page.content.decode()
    assert search(client, q="天文").context["near"] == []
    assert search(client, q="养老").context["near"] == [], "what was found comes first"


def test_offers_while_typing(client: Client, item: Item) -> None:
    rows = client.get("/search/suggest/", {"q": "养老"}).json()["rows"]
    assert rows == [
        {"title": TITLE, "address": f"/items/{item.pk}/", "number": "演民〔2024〕15号", "agency": item.agency.name}
    ]
    assert client.get("/search/suggest/", {"q": "床位补贴"}).json()["rows"] == []  # titles and numbers only
    assert client.get("/search/suggest/", {"q": ""}).json() == {"rows": []}


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_search_as_a_feed(client: Client, cast: Cast, item: Item, form: str) -> None:
    withdrawn = publish(cast.agency, a_column("news"), "养老的旧闻")
    house.rebuild()
    withdraw(withdrawn)
    feed = client.get(f"/feeds/search.{form}", {"q": "养老", "order": "newest"})
    assert feed.status_code == 200
    said = feed.content.decode()
    assert TITLE in said
    assert f"http://testserver/items/{item.pk}/" in said
    assert "旧闻" not in said
    assert "guide" not in said
    assert (
        client.get(
            f"/feeds/search.{form}", {"q": "养老", "order": "newest"}, headers={"If-None-Match": feed["ETag"]}
        ).status_code
        == 304
    )
    assert f'href="/feeds/search.{form}?q=' in search(client, q="养老").content.decode()


def test_guides_are_found(client: Client, item: Item) -> None:
    assert f"{item.agency.name}政府信息公开指南" in titles(search(client, q="公开指南", agency="ours"))


def test_attachments_are_read_once_and_found(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [
        ("补贴标准.txt", "每张床位每月三百元".encode(), "text/plain"),
        ("坏.pdf", b"%PDF-1.7 broken", "application/pdf"),
    ]
    found = publish(cast.agency, a_column("policy-documents"), "补贴办法", files=files)
    house.rebuild()
    page = search(client, q="每月三百元")
    assert titles(page) == ["补贴办法"]
    assert "<mark>每月三百元</mark>" in page.content.decode()
    assert titles(search(client, q="补贴标准.txt")) == ["补贴办法"]
    assert AttachmentText.objects.count() == 2
    assert AttachmentText.objects.exclude(unread="").get().text == ""
    monkeypatch.setattr("gongkai.disclosure.attachment_texts.read_safely", None)  # nobody reads it again
    index_items([found.pk])
    house.rebuild()


# --- What nobody may read ------------------------------------------------------------------------------------------


def test_a_withdrawn_item_never_shows_even_where_the_index_is_late(client: Client, item: Item) -> None:
    withdraw(item)
    page = search(client, q="养老服务")
    assert titles(page) == []
    assert "床位" not in text_of(page)
    assert TITLE not in text_of(page)
    assert "没有找到" in text_of(page)
    assert client.get("/search/suggest/", {"q": "养老"}).json() == {"rows": []}
    assert "您是不是要找" not in text_of(search(client, q="演民〔2023〕15号"))


def test_the_old_wording_of_a_corrected_item_is_not_shown(client: Client, item: Item) -> None:
    """The index still has the telephone that was taken out."""
    correct(item, body="<p>联系电话13812345678</p>")
    house.rebuild()
    correct(item, title="更正后的养老通知", body="<p>联系电话略</p>")
    page = search(client, q="联系电话")
    assert titles(page) == ["更正后的养老通知"]
    assert "13812345678" not in page.content.decode()


def test_drafts_are_not_indexed(client: Client, cast: Cast, item: Item) -> None:
    draft = a_draft(cast.agency, a_column("policy-documents"), title="养老的草稿")
    index_items([draft.pk])
    house.rebuild()
    assert titles(search(client, q="草稿")) == []


# --- The index follows ---------------------------------------------------------------------------------------------


def test_what_changes_is_followed_by_jobs(
    client: Client, cast: Cast, item: Item, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        second = publish(cast.agency, a_column("news"), "养老院开放日")
        changed(second.pk)
    run_jobs()
    assert "养老院开放日" in titles(search(client, q="开放日"))
    withdraw(second)
    changed(second.pk)
    run_jobs()
    assert house.difference().keys == ()


def test_midnight_and_what_was_missed_are_mended(cast: Cast, item: Item) -> None:
    publish(cast.agency, a_column("news"), "没有编入的信息")
    correct(item, title="新的标题")
    gone = publish(cast.agency, a_column("news"), "将撤下的信息")
    index_items([gone.pk])
    withdraw(gone)
    found = house.difference()
    assert [len(found.missing), len(found.late), len(found.extra)] == [1, 1, 1]
    jobs.mend()
    assert house.difference().keys == ()


def test_a_lost_index_is_made_anew_by_the_next_job(client: Client, item: Item) -> None:
    shutil.rmtree(settings.SEARCH_FOLDER)
    index_items([item.pk])
    assert titles(search(client, q="床位补贴")) == [TITLE]


# --- Where it cannot search ----------------------------------------------------------------------------------------


def test_without_an_index_the_page_says_so_and_offers_titles(client: Client, item: Item) -> None:
    shutil.rmtree(settings.SEARCH_FOLDER)
    page = search(client, q="养老")
    assert page.status_code == 200
    assert "全文检索暂时不可用" in text_of(page)
    assert titles(page) == [TITLE]
    assert titles(search(client, q="演民[2024]15")) == [TITLE]
    assert titles(search(client, q="床位")) == []
    assert titles(search(client, q="养老", agency="theirs")) == []
    assert client.get("/search/suggest/", {"q": "养老"}).json() == {"rows": []}


@pytest.mark.parametrize(
    "words", ["", "   ", '"(*', "养" * 10_000, "\0\ud83d".encode("utf-8", "replace").decode(), "%00%ff"]
)
def test_whatever_is_typed_is_answered(client: Client, item: Item, words: str) -> None:
    page = search(client, q=words, page="x", year="abc\0", agency="'; drop", order="?")
    assert page.status_code == 200
    if len(words) > 100:
        assert "只用了前100个字" in text_of(page)
    if not words.strip():
        assert "没有找到" in text_of(page)  # by the filters alone
    assert search(client, q=words).status_code == 200


# --- What a public page must be ------------------------------------------------------------------------------------


def test_few_queries_no_cookie_and_not_sent_again(
    client: Client, cast: Cast, item: Item, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    make_agency("home", "演示市养老院", "演养")
    publish(cast.other_agency, a_column("news"), "养老")
    house.rebuild()
    search(client, q="养老")
    with django_assert_max_num_queries(6):
        page = search(client, q="养老")
    assert not page.cookies
    assert len(page.content) < 60_000
    again = client.get("/search/", {"q": "养老"}, headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    with django_assert_max_num_queries(2):
        client.get("/search/suggest/", {"q": "养老"})
