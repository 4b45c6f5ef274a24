"""The published report, its pictures and the comparison in a browser: nothing in the way, and whole without script."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.test_pages import check

pytestmark = pytest.mark.browser

REPORT = "/reports/zzjk/2021/"
PAGES = ("/reports/", "/reports/zzjk/", REPORT, f"{REPORT}picture/", "/reports/compare/?agency=zzjk")


def test_nothing_is_in_the_way_of_anybody(visitor: Any) -> None:
    reader = visitor(bypass_csp=True)
    for path in PAGES:
        check(reader, path)


def test_every_picture_is_drawn_and_is_a_table_without_script(visitor: Any) -> None:
    reader, plain = visitor(), visitor(javascript=False)
    reader.go(f"{REPORT}picture/")
    reader.page.wait_for_selector(".chart svg")
    plain.go(f"{REPORT}picture/")
    pictures = plain.page.locator("table").count()
    assert reader.page.locator(".chart svg").count() == pictures > 2
    assert plain.page.locator(".chart").first.is_hidden()


def test_the_desk_compares_too(visitor: Any) -> None:
    clerk = visitor(bypass_csp=True)
    clerk.sign_in("jingban")
    check(clerk, "/desk/report/compare/?agency=zzjk")
