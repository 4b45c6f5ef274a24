"""The 专栏 and the pages of items: what everybody sees, and what nobody sees."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.disclosure.columns.selectors import tree
from gongkai.disclosure.models import (
    Column,
    ColumnKind,
    ContentClass,
    DocumentClass,
    Item,
    NormativeDocument,
    VisitCount,
)
from gongkai.disclosure.public import selectors
from gongkai.disclosure.public.links import leads_away, notice_address, with_notices
from gongkai.disclosure.publicly import committed
from tests.cast import Cast, make_agency
from tests.disclosure.published import a_column, a_draft, a_revision, correct, publish, withdraw
from tests.portal.pages import addresses_of, text_of

MOST_QUERIES, MOST_BYTES = 6, 60_000
SHANGHAI_MORNING = dt.datetime(2025, 3, 10, 1, 30, tzinfo=dt.UTC)


@pytest.fixture
def policies(cast: Cast) -> Column:
    top = a_column("policy", "政策", kind=ColumnKind.FOLDER)
    kind = {"kind": ColumnKind.DOCUMENTS, "content_class": ContentClass.POLICY}
    return a_column("normative", "行政规范性文件", parent=top, **kind)


@pytest.fixture
def plans(cast: Cast) -> Column:
    return a_column("plans", "规划信息", page_type="信息公开目录")


def path_of(item: Item) -> str:
    return reverse("portal:item", args=[item.pk])


def had(client: Client, path: str) -> bytes:
    """A file; read to its end, it is closed."""
    response: Any = client.get(path)
    return b"".join(response.streaming_content)


def a_document(agency: Agency, number: int = 1, **changes: Any) -> NormativeDocument:
    values = {"document_class": DocumentClass.NORMATIVE, "title": "办法", "made_on": dt.date(2025, 3, 3), **changes}
    return NormativeDocument.objects.create(agency=agency, document_number=f"演城〔2025〕{number}号", **values)


# --- what everybody sees ----------------------------------------------------------------------------------------


def test_an_item_with_all_that_is_told_of_it(client: Client, cast: Cast, policies: Column) -> None:
    item = publish(
        cast.agency, policies, "市容管理办法", SHANGHAI_MORNING, document=a_document(cast.agency),
        document_number="演城〔2025〕1号", subject="城乡建设、环境保护", genre="通知", keywords="市容,管理", author="王编辑",
        joint_issuers=["演示市公安局"], title_note="2025年3月3日公布", in_force_from=dt.date(2025, 4, 1),
        body="<h2>总则</h2><p>为了加强<strong>市容</strong>管理。</p>", source="演示市城市管理局",
        files=[("附表.pdf", b"%PDF-1.4 table", "application/pdf")],
    )  # fmt: skip
    response = client.get(path_of(item))
    text, page = text_of(response), response.content.decode()
    assert response.status_code == 200
    for words in (
        "市容管理办法", item.index_number, "演城〔2025〕1号", "演示市公安局", "2025年3月3日", "2025年3月10日", "2025年4月1日",
        "城乡建设、环境保护", "为了加强 市容 管理。", "2025年3月3日公布", "附表.pdf", "PDF", "现行有效", "浏览次数：0",
    ):  # fmt: skip
        assert str(words) in text
    for tag in (
        '<meta name="ArticleTitle" content="市容管理办法">',
        '<meta name="PubDate" content="2025-03-10 09:30">',
        '<meta name="ContentSource" content="演示市城市管理局">',
        '<meta name="Keywords" content="市容,管理">',
        '<meta name="Author" content="王编辑">',
        '<meta name="ColumnName" content="行政规范性文件">',
        '<meta name="ColumnType" content="政策文件">',
    ):
        assert tag in page
    assert {reverse("portal:column", args=["ours", "policy"]), path_of(item) + "item.docx"} <= set(
        addresses_of(response)
    )


def test_policy_and_interpretation_lead_to_each_other(client: Client, cast: Cast, policies: Column) -> None:
    explaining = a_column("interpretation", "政策解读", content_class=ContentClass.INTERPRETATION)
    policy = publish(cast.agency, policies, "市容管理办法")
    told = publish(cast.agency, explaining, "办法问答", interprets=[policy], form="questions")
    a_draft(cast.agency, explaining, title="还没发布的解读", interprets=[policy])
    assert "办法问答" in text_of(client.get(path_of(policy)))
    assert "还没发布的解读" not in text_of(client.get(path_of(policy)))
    assert "解读的政策文件 市容管理办法" in text_of(client.get(path_of(told)))
    withdraw(policy)
    assert "市容管理办法" not in text_of(client.get(path_of(told)))


def test_a_correction_is_said_and_the_older_wording_is_gone(client: Client, cast: Cast, plans: Column) -> None:
    old_file = [("旧.pdf", b"%PDF-1.4 old", "application/pdf")]
    item = publish(cast.agency, plans, body="<p>共十项。</p>", files=old_file, at=SHANGHAI_MORNING)
    [attachment] = item.current.attachments.all()  # type: ignore[union-attr]
    file = reverse("portal:item_file", args=[item.pk, attachment.pk, "旧.pdf"])
    assert had(client, file) == b"%PDF-1.4 old"
    correct(item, body="<p>共十一项。</p>", reason="更正项数")
    text = text_of(client.get(path_of(item)))
    assert "共十一项" in text
    assert "更正项数" in text
    assert "共十项" not in text
    assert "2025年3月10日" in text
    assert client.get(file).status_code == 404


def test_the_menu_and_the_list_of_a_column(client: Client, cast: Cast, policies: Column, plans: Column) -> None:
    item = publish(cast.agency, policies, "市容管理办法", SHANGHAI_MORNING, document_number="演城〔2025〕1号")
    response = client.get(reverse("portal:column", args=["ours", "normative"]))
    page, text = response.content.decode(), text_of(response)
    for words in ("名称", "索引号", "发布机构", "发布日期", "市容管理办法", str(item.index_number), "2025-03-10"):
        assert words in text
    assert f'<a href="{reverse("portal:column", args=["ours", "normative"])}" aria-current="page">' in page
    assert "<details open><summary>" in page
    assert '<meta name="ColumnDescription" content="行政规范性文件的信息">' in page
    # The group shows what stands in its leaves; an empty column says so.
    assert "市容管理办法" in text_of(client.get(reverse("portal:column", args=["ours", "policy"])))
    assert "还没有公开的信息" in text_of(client.get(reverse("portal:column", args=["ours", "plans"])))
    assert "市容管理办法" in text_of(client.get(reverse("portal:agency_columns", args=["ours"])))


def test_filters_of_a_column(client: Client, cast: Cast, policies: Column) -> None:
    day = today()
    ended = a_document(cast.agency, 2, repealed_on=day, repeal_basis="清理")
    publish(
        cast.agency,
        policies,
        "旧办法",
        SHANGHAI_MORNING,
        document=ended,
        subject="其他",
        document_number="演城〔2025〕2号",
    )
    at = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
    publish(cast.agency, policies, "新办法", at, document=a_document(cast.agency, 3), subject="综合政务")
    path = reverse("portal:column", args=["ours", "normative"])

    def found(**asked: object) -> set[str]:
        page = client.get(path, asked).context["page"]
        return {line.item.title for line in page.lines}

    assert found() == {"旧办法", "新办法"}
    assert found(year=2024) == found(subject="综合政务") == found(validity="in_force") == {"新办法"}
    assert found(validity="repealed") == found(words="〔2025〕2号") == {"旧办法"}
    assert found(words="没有的") == set()
    text = text_of(client.get(path))
    assert "废止" in text
    assert "现行有效" in text


def test_pages_of_a_list(client: Client, cast: Cast, plans: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "PAGE", 2)
    monkeypatch.setattr(selectors, "MOST_PAGES", 2)
    for number in range(5):
        publish(cast.agency, plans, f"第{number}件", timezone.now() - dt.timedelta(days=number))
    path = reverse("portal:column", args=["ours", "plans"])
    first, second = client.get(path), client.get(path, {"page": 2})
    assert [line.item.title for line in first.context["page"].lines] == ["第0件", "第1件"]
    assert [line.item.title for line in second.context["page"].lines] == ["第2件", "第3件"]
    assert first.context["next_url"] == "?page=2"
    assert second.context["next_url"] == ""
    assert "更早的信息请按年份查看" in text_of(second)


# --- what nobody sees -------------------------------------------------------------------------------------------


@pytest.mark.article("条例", 17)
def test_what_is_not_published_stands_nowhere(client: Client, cast: Cast, plans: Column) -> None:
    hidden = [
        a_draft(cast.agency, plans, title="草稿里的秘密"),
        a_draft(cast.agency, plans, title="审核中的秘密", state="final_review", digest="1" * 64),
        a_draft(cast.agency, plans, title="待发布的秘密", state="approved", digest="1" * 64),
    ]
    shown = publish(cast.agency, plans, "已经公开的")
    a_revision(shown, title="更正稿的秘密", column=plans, purpose="correct", reason="更正")
    gone = publish(cast.agency, plans, "撤下的秘密")
    withdraw(gone, "含有秘密以外的理由")
    publish(cast.other_agency, plans, "别的机关的")
    paths = [
        "/", "/agencies/ours/", "/agencies/ours/plans/", "/agencies/ours/plans/?words=秘密", "/feeds/ours.rss",
        "/feeds/ours/plans.atom", "/feeds/ours/plans.json", "/sitemap.xml", path_of(shown),
    ]  # fmt: skip
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        said = body.decode()
        # The form repeats what was searched for, nothing else does.
        assert "的秘密" not in said.replace('value="秘密"', "")
        assert not any(f"{path_of(item)}<" in said or f'{path_of(item)}"' in said for item in [*hidden, gone])
        assert "别的机关的" not in said or path == "/"
    for item in hidden:
        for path in (path_of(item), path_of(item) + "item.pdf", path_of(item) + "qr.svg"):
            assert client.get(path).status_code == 404


def test_a_withdrawn_item_says_when_and_why(client: Client, cast: Cast, plans: Column) -> None:
    item = publish(cast.agency, plans, "撤下的标题", files=[("名单.pdf", b"%PDF-1.4 names", "application/pdf")])
    [attachment] = item.current.attachments.all()  # type: ignore[union-attr]
    withdraw(item, "内容涉及第三方权益", dt.datetime(2025, 4, 1, 4, tzinfo=dt.UTC))
    response = client.get(path_of(item))
    text = text_of(response)
    assert response.status_code == 410
    for words in ("内容涉及第三方权益", "2025年4月1日", cast.agency.office_name, cast.agency.telephone):
        assert words in text
    assert "撤下的标题" not in text
    assert client.get(path_of(item) + "item.docx").status_code == 410
    for path in (path_of(item) + "qr.svg", reverse("portal:item_file", args=[item.pk, attachment.pk, "名单.pdf"])):
        assert client.get(path).status_code == 404


def test_a_file_is_had_by_its_own_item_alone(client: Client, cast: Cast, plans: Column) -> None:
    file = [("表.pdf", b"%PDF-1.4 a", "application/pdf")]
    one, other = publish(cast.agency, plans, files=file), publish(cast.agency, plans)
    draft = a_draft(cast.agency, plans, files=[("密.pdf", b"%PDF-1.4 b", "application/pdf")])
    [public], [secret] = one.current.attachments.all(), draft.revisions.get().attachments.all()  # type: ignore[union-attr]
    assert had(client, reverse("portal:item_file", args=[one.pk, public.pk, "x"])) == b"%PDF-1.4 a"
    for item, attachment in ((other, public), (one, secret), (draft, secret)):
        assert client.get(reverse("portal:item_file", args=[item.pk, attachment.pk, "x"])).status_code == 404


def test_a_column_put_away_keeps_its_address_but_not_its_place(client: Client, cast: Cast, plans: Column) -> None:
    publish(cast.agency, plans, "旧栏目里的")
    a_column("news", "动态")
    plans.active = False
    plans.save()
    path = reverse("portal:column", args=["ours", "plans"])
    assert "旧栏目里的" in text_of(client.get(path))
    assert path not in addresses_of(client.get("/agencies/ours/"))
    theirs = a_column("only-theirs", owner=cast.other_agency)
    assert client.get(reverse("portal:column", args=["ours", theirs.code])).status_code == 404
    feeds = set(re.findall(r'href="(/feeds/ours/[^"]*)"', client.get(path).content.decode()))
    assert len(feeds) == 3
    assert {client.get(address).status_code for address in feeds} == {200}, "who follows a column is not cut off"


# --- bad input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", f"page={'9' * 5000}", "page=²", "year=99999", "year=x", "validity=nothing", "subject=%00",
        "words=%00%FF", f"words={'长' * 3000}", "words=%25_%27)--", "page=99",
    ],
)  # fmt: skip
def test_whatever_is_asked_of_a_list_is_answered(client: Client, cast: Cast, plans: Column, query: str) -> None:
    publish(cast.agency, plans)
    assert client.get(f"/agencies/ours/plans/?{query}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/items/0/", f"/items/{'9' * 18}/", f"/items/{'9' * 5000}/", "/items/1/item.exe", "/agencies/nobody/",
        "/agencies/ours/nothing/", "/agencies/?under=nobody", "/feeds/nobody.rss", "/feeds/ours/nothing.rss",
        "/items/1/files/9/x", "/sitemap-7.xml",
    ],
)  # fmt: skip
def test_what_there_is_not_is_not_found(client: Client, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 404


def test_links_to_other_sites_pass_the_notice(client: Client, cast: Cast, plans: Column) -> None:
    foreign = "https://example.com/a?b=1&c=2"
    body = f'<p><a href="{foreign.replace("&", "&amp;")}">外</a><a href="https://www.zz.gov.cn/x">政</a></p>'
    response = client.get(path_of(publish(cast.agency, plans, body=body)))
    [notice] = [address for address in addresses_of(response) if "/leaving/" in address]
    assert "https://www.zz.gov.cn/x" in addresses_of(response)
    assert foreign not in addresses_of(response)
    page = client.get(notice.replace("&amp;", "&"))
    assert page.status_code == 200
    assert foreign.replace("&", "&amp;") in addresses_of(page)
    for path in ("/leaving/", "/leaving/?to=https://evil.example/&mark=x", f"{notice_address(foreign)}x"):
        assert client.get(path).status_code == 404
        assert "evil" not in text_of(client.get(path))


def test_which_links_lead_away() -> None:
    assert leads_away("https://gov.cn.evil.example/")
    assert leads_away("http://example.com")
    assert leads_away("https://evilgov.cn/")
    assert not leads_away("https://www.henan.gov.cn/x")
    assert not leads_away("/items/1/")
    assert '<a href="/leaving/' in with_notices('<a href="http://[bad">x</a>')


# --- light, the same for everybody, kept while nothing changes -----------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/agencies/", "/agencies/ours/", "/agencies/ours/normative/", "/sitemap/", "item"]
)
def test_the_pages_are_light(
    client: Client, cast: Cast, policies: Column, path: str, django_assert_max_num_queries: Any
) -> None:
    explaining = a_column("interpretation", "政策解读", content_class=ContentClass.INTERPRETATION)
    for number in range(25):
        item = publish(
            cast.agency, policies, f"第{number}号办法" * 4, document=a_document(cast.agency, number),
            summary="概述" * 40, files=[("表.pdf", b"%PDF-1.4 a", "application/pdf")],
        )  # fmt: skip
    publish(cast.agency, explaining, "解读", interprets=[item])
    tree()  # kept in the process
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(path_of(item) if path == "item" else path)
    assert response.status_code == 200
    assert len(response.content) <= MOST_BYTES


def test_nothing_of_a_visitor_is_in_a_page(client: Client, cast: Cast, plans: Column) -> None:
    item = publish(cast.agency, plans)
    for path in (
        "/",
        "/agencies/",
        "/agencies/ours/",
        "/agencies/ours/plans/",
        path_of(item),
        "/sitemap/",
        "/statistics/ours/",
    ):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies, path
        assert "csrf" not in response.content.decode()
        assert not response.wsgi_request.session.accessed
        assert client.post(path).status_code == 405


def test_nothing_is_sent_again_that_has_not_changed(client: Client, cast: Cast, plans: Column) -> None:
    item = publish(cast.agency, plans)
    paths = ["/", "/agencies/ours/", "/agencies/ours/plans/", path_of(item), "/feeds/ours.json", "/sitemap.xml"]
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    for path in paths:
        assert client.get(path, headers={"if-none-match": tags[path]}).status_code == 304
        assert client.head(path).status_code == 200
    assert client.get("/", headers={"if-none-match": tags["/"], "cookie": "gongkai_older=1"}).status_code == 200
    committed()
    for path in paths:
        assert client.get(path, headers={"if-none-match": tags[path]}).status_code == 200


def test_visits_are_shown(client: Client, cast: Cast, plans: Column) -> None:
    item = publish(cast.agency, plans)
    for day in (1, 2):
        VisitCount.objects.create(item=item, kind="item", day=dt.date(2025, 3, day), count=20 + day)
    assert "浏览次数：43" in text_of(client.get(path_of(item)))


def test_the_agencies_by_their_kind(client: Client, cast: Cast) -> None:
    text = text_of(client.get("/agencies/"))
    assert cast.agency.name in text
    assert cast.other_agency.name in text


def test_the_only_agency_is_not_chosen(client: Client, db: None) -> None:
    make_agency("alone", "演示市政府", "演公开")
    assert client.get("/agencies/").headers["Location"] == "/agencies/alone/"


def test_the_desk_hears_what_is_read(client: Client, cast: Cast, plans: Column) -> None:
    item, theirs = publish(cast.agency, plans, "读得多的"), publish(cast.other_agency, plans, "别家的")
    for number, (one, month) in enumerate([(item, 1), (item, 3), (theirs, 3)], 1):
        VisitCount.objects.create(item=one, kind="item", day=dt.date(2025, month, 1), count=number)
    VisitCount.objects.create(kind="home", day=dt.date(2024, 3, 1), count=70)
    client.force_login(cast.editor)
    assert client.get("/desk/visits/").headers["Location"] == "/desk/visits/ours/"
    response = client.get("/desk/visits/ours/", {"year": "2025"})
    [row] = response.context["columns"]
    assert (row.name, row.months[0], row.months[2], row.all) == ("规划信息", 1, 2, 3)
    assert [(one.title, number) for one, number in response.context["items"]] == [("读得多的", 3)]
    assert [kind.all for kind in response.context["kinds"]] == [6]
    assert response.context["years"] == [2025, 2024]
    assert client.get("/desk/visits/theirs/").status_code == 404
    client.logout()
    assert client.get("/desk/visits/ours/").status_code == 302


def test_columns_that_have_their_pages_elsewhere(client: Client, cast: Cast) -> None:
    for code in ("guide", "reports", "apply", "grassroots"):
        a_column(code, kind=code)
    a_column("city-rules", kind="link", link="https://rules.example.com/")
    for address in addresses_of(client.get("/agencies/ours/")):
        if address.startswith(("/guide/", "/reports/", "/apply/", "/grassroots/", "/leaving/")):
            assert client.get(address.replace("&amp;", "&"), follow=True).status_code == 200, address
    assert client.get("/agencies/ours/apply/").headers["Location"] == "/apply/ours/"
    assert client.get("/agencies/ours/city-rules/").headers["Location"].startswith("/leaving/?to=https%3A%2F%2Frules")
    Agency.objects.filter(pk=cast.agency.pk).update(accepts_applications=False)
    assert "/apply/ours/" not in addresses_of(client.get("/agencies/ours/"))
    assert "不在本站受理" in text_of(client.get("/agencies/ours/apply/"))
