"""The home page and the guides (条例 12)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.agencies.models import Agency
from tests.cast import Cast
from tests.portal.pages import addresses_of, text_of

MOST_QUERIES = 6


def test_home_says_what_one_can_do(client: Client, cast: Cast) -> None:
    response = client.get(reverse("portal:home"))
    text = text_of(response)
    assert response.status_code == 200
    for words in ("申请获取政府信息", "20个工作日", "查询码", cast.agency.name, cast.other_agency.name):
        assert words in text
    assert reverse("portal:apply_form", args=[cast.agency.slug]) in addresses_of(response)
    assert reverse("portal:guide", args=[cast.agency.slug]) in addresses_of(response)


def test_home_without_any_agency(client: Client, db: None) -> None:
    response = client.get(reverse("portal:home"))
    assert "目前没有受理依申请公开的机关" in text_of(response)


def test_an_agency_that_takes_no_applications_is_not_offered(client: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.other_agency.pk).update(accepts_applications=False)
    text = text_of(client.get(reverse("portal:home")))
    assert cast.other_agency.name not in text
    assert client.get(reverse("portal:guide", args=[cast.other_agency.slug])).status_code == 404
    assert client.get(reverse("portal:apply_form", args=[cast.other_agency.slug])).status_code == 404


def test_the_only_agency_is_not_chosen(client: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.other_agency.pk).update(accepts_applications=False)
    assert client.get(reverse("portal:guides")).headers["Location"] == reverse("portal:guide", args=["ours"])
    assert client.get(reverse("portal:apply")).headers["Location"] == reverse("portal:apply_form", args=["ours"])


def test_one_of_several_is_chosen(client: Client, cast: Cast) -> None:
    for name, target in (("portal:guides", "portal:guide"), ("portal:apply", "portal:apply_form")):
        response = client.get(reverse(name))
        assert response.status_code == 200
        for slug in ("ours", "theirs"):
            assert reverse(target, args=[slug]) in addresses_of(response)


@pytest.mark.article("条例", 12)
def test_the_guide_holds_what_article_12_wants(client: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.agency.pk).update(
        postcode="450016",
        fax="0000-7654321",
        email="gk@example.cn",
        office_hours="工作日 9:00—17:00",
        court="演示市人民法院",
    )
    text = text_of(client.get(reverse("portal:guide", args=["ours"])))
    for words in (
        "演示市城市管理局办公室",
        "演示路1号",
        "450016",
        "0000-1234567",
        "0000-7654321",
        "gk@example.cn",
        "工作日 9:00—17:00",
        "20个工作日",
        "不收费",
        "演示市人民政府",
        "演示市人民法院",
    ):
        assert words in text


def test_what_an_agency_has_not_is_left_out(client: Client, cast: Cast) -> None:
    text = text_of(client.get(reverse("portal:guide", args=["ours"])))
    assert "传真" not in text
    assert "电子邮箱" not in text
    assert "有管辖权的人民法院" in text


def test_an_unknown_guide(client: Client, cast: Cast) -> None:
    response = client.get("/guide/nobody/")
    assert response.status_code == 404
    assert "没有找到这一页" in text_of(response)


@pytest.mark.parametrize("path", ["/", "/guide/", "/guide/ours/", "/apply/", "/apply/ours/", "/progress/"])
def test_public_pages_ask_the_database_little(
    client: Client, cast: Cast, path: str, django_assert_max_num_queries: Any
) -> None:
    client.get(path)  # a process reads the tree of columns once
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/guide/ours/", "/apply/ours/", "/progress/"])
def test_public_pages_are_light(client: Client, cast: Cast, path: str) -> None:
    assert len(client.get(path).content) <= 60_000


def test_a_post_is_not_a_way_to_read(client: Client, cast: Cast) -> None:
    for path in ("/", "/guide/ours/", "/apply/"):
        assert client.post(path).status_code == 405


def test_site_and_column_tags(client: Client, cast: Cast) -> None:
    Agency.objects.filter(pk=cast.other_agency.pk).update(accepts_applications=False)
    Agency.objects.filter(pk=cast.agency.pk).update(site_code="4101000001", icp_number="豫ICP备00000001号")
    page = client.get(reverse("portal:guide", args=["ours"])).content.decode()
    for tag in (
        '<meta name="SiteName" content="演示市城市管理局政府信息公开">',
        '<meta name="SiteDomain" content="testserver">',
        '<meta name="SiteIDCode" content="4101000001">',
        '<meta name="ColumnType" content="信息公开指南">',
    ):
        assert tag in page
    assert "豫ICP备00000001号" in page


def test_empty_footer_items_are_left_out(client: Client, cast: Cast) -> None:
    page = client.get("/").content.decode()
    assert "SiteIDCode" not in page
    assert "网站标识码" not in page
    assert "我为政府网站找错" not in page


def test_footer_items_from_the_settings(client: Client, cast: Cast, settings: Any) -> None:
    settings.SITE_POLICE = "豫公网安备00000000号"
    settings.SITE_REPORT_ERROR = "/report-an-error/"
    page = client.get("/").content.decode()
    assert "豫公网安备00000000号" in page
    assert 'href="/report-an-error/"' in page
