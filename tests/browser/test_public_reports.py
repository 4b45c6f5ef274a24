"""The pictures of the published report in a browser: drawn, and whole without script."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

REPORT = "/reports/zzjk/2021/"


def test_every_picture_is_drawn_and_is_a_table_without_script(visitor: Any) -> None:
    reader, plain = visitor(), visitor(javascript=False)
    reader.go(f"{REPORT}picture/")
    reader.page.wait_for_selector(".chart svg")
    plain.go(f"{REPORT}picture/")
    pictures = plain.page.locator("table").count()
    assert reader.page.locator(".chart svg").count() == pictures > 2
    assert plain.page.locator(".chart").first.is_hidden()
