"""Every page: no accessibility fault (axe), no sideways scrolling, nothing from elsewhere, both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

PUBLIC = ("/", "/guide/zzjk/", "/apply/zzjk/", "/progress/", "/desk/login/", "/nothing-here/")
DESK = (
    "/desk/",
    "/desk/?view=all",
    "/desk/report/zzjk/2021/",
    "/desk/report/zzjk/2021/t3.granted.natural_person/",
    "/desk/report/zzjk/2021/t2.charges.amount/",
    "/desk/ledger/?verify=1",
    "/desk/calendar/2026/",
    "/desk/agencies/",
    "/desk/agencies/zzjk/",
    "/desk/delegations/",
    "/desk/notifications/",
    "/desk/preferences/",
)
WIDTHS = (1280, 390)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(visitor: Visitor) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    response = Axe().run(visitor.page).response
    return [f"{rule['id']}: {node['html'][:120]}" for rule in response["violations"] for node in rule["nodes"]]


def check(visitor: Visitor, path: str, width: int) -> None:
    visitor.go(path)
    visitor.page.wait_for_load_state("networkidle")
    assert faults(visitor) == [], path
    across = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert across <= width, f"{path} scrolls sideways: {across} px at {width}"


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages(visitor: Any, width: int) -> None:
    citizen = visitor(width=width, bypass_csp=True)
    for path in PUBLIC:
        check(citizen, path, width)
    citizen.complaints[:] = [text for text in citizen.complaints if "404" not in text]


@pytest.mark.parametrize("width", WIDTHS)
def test_desk_pages(visitor: Any, width: int) -> None:
    clerk = visitor(width=width, bypass_csp=True)
    clerk.sign_in("jingban")
    for path in (*DESK, *case_pages(clerk)):
        check(clerk, path, width)


def case_pages(person: Visitor) -> list[str]:
    """The pages of the open cases: one at each stage."""
    person.go("/desk/?view=open")
    links = person.page.locator("main a[href*='/desk/cases/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return sorted(set(links))


def test_the_drafters_and_approvers_pages(visitor: Any) -> None:
    for name, extra in (("chengban", "?outcome=not_held"), ("shenpi", "")):
        person = visitor(bypass_csp=True)
        person.sign_in(name)
        for path in case_pages(person)[::3]:
            check(person, path + extra, 1280)


def test_the_strict_policy_is_not_hurt(visitor: Any) -> None:
    """The pages work under their own Content-Security-Policy: the browser complains of nothing (see `visitor`)."""
    clerk = visitor()
    clerk.sign_in("jingban")
    for path in ("/", "/apply/zzjk/", *DESK):
        clerk.go(path)
        clerk.page.wait_for_load_state("networkidle")
    clerk.go("/desk/report/zzjk/2021/")
    clerk.page.wait_for_selector("#report-chart svg")


def test_english_is_complete(visitor: Any) -> None:
    """In English no Chinese is left but what people and agencies wrote themselves, and the language's own name."""
    reader = visitor(language="en")
    for path in PUBLIC:
        reader.go(path)
        # The emblem's two characters (hidden from readers), the language's own name, what to write on an envelope, the agency's words.
        own_words = ("中文", "郑州", "演示", "工作日 9:00", "郑经开", "“政府信息公开申请”")
        left = [
            line for line in reader.page.inner_text("body").splitlines()
            if CHINESE.search(line) and line.strip() not in {"公", "开"} and not any(words in line for words in own_words)
        ]  # fmt: skip
        assert left == [], path
    reader.complaints[:] = [text for text in reader.complaints if "404" not in text]


def test_every_control_is_reached_by_keyboard(visitor: Any) -> None:
    citizen = visitor()
    citizen.go("/apply/zzjk/")
    reached: set[str] = set()
    for _ in range(60):
        citizen.page.keyboard.press("Tab")
        reached.add(citizen.page.evaluate("document.activeElement.name || document.activeElement.className"))
    wanted = {
        "applicant_kind",
        "applicant_name",
        "id_type",
        "id_number",
        "telephone",
        "content",
        "form_wanted",
        "way_wanted",
    }
    assert wanted <= reached
    assert "skip-link" in " ".join(reached)
