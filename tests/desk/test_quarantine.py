"""The desk page of the quarantine."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.documents.gate import quarantine
from gongkai.documents.gate.refusals import Fault
from gongkai.documents.models import Quarantined
from tests.cast import Cast
from tests.documents import clamd_server
from tests.portal.pages import text_of

HOME = "/desk/quarantine/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def held(cast: Cast) -> Quarantined:
    assert quarantine.hold(
        b"<script>alert(1)</script>", "表格.txt", Fault("infected", virus="Eicar-Test"), came_by="intake"
    )
    return Quarantined.objects.get()


def test_the_list_says_what_lies_there_and_why(cast: Cast, held: Quarantined) -> None:
    administrator = signed_in(cast.administrator)
    assert HOME in administrator.get("/desk/agencies/").content.decode()
    text = text_of(administrator.get(HOME))
    for words in ("表格.txt", "发现病毒", "Eicar-Test", "录入申请", "隔离中", held.digest[:16], "25 B", "重新扫描"):
        assert words in text, words
    assert "表格.txt" in text_of(administrator.get(HOME, {"state": "held"}))
    assert "没有隔离的文件" in text_of(administrator.get(HOME, {"state": "destroyed"}))
    assert administrator.get(HOME, {"state": "nonsense", "before": "²"}).status_code == 200


def test_nobody_else_comes_near(cast: Cast, held: Quarantined) -> None:
    pages = (HOME, *(f"{HOME}{held.pk}/{act}/" for act in ("rescan", "release", "destroy")))
    for path in pages:
        assert signed_in(cast.clerk).get(path).status_code == 403
        assert "/desk/login/" in Client().get(path)["Location"]
    assert HOME not in signed_in(cast.clerk).get("/desk/agencies/").content.decode()
    answer = signed_in(cast.clerk).post(f"{HOME}{held.pk}/download/")
    assert b"script" not in answer.content
    assert signed_in(cast.clerk).post(f"{HOME}{held.pk}/destroy/", {"reason": "x"}).status_code == 403
    held.refresh_from_db()
    assert held.state == "held"


def test_released_and_saved_but_never_opened(cast: Cast, held: Quarantined, settings: Any) -> None:
    administrator = signed_in(cast.administrator)
    Quarantined.objects.update(reason="macros")
    quarantine.path_of(held.digest).unlink()
    quarantine.hold(b"plain", "表格.txt", Fault("scan_unavailable"))
    row = Quarantined.objects.latest("pk")
    with clamd_server.running() as clamd:
        settings.CLAMAV = clamd.address
        told = administrator.post(f"{HOME}{row.pk}/rescan/", {"reason": "再查"}, follow=True)
        assert "没有发现问题" in text_of(told)
        told = administrator.post(f"{HOME}{row.pk}/release/", {"reason": "已重新检查"}, follow=True)
    assert "已放行" in text_of(told)
    assert administrator.get(f"{HOME}{row.pk}/download/").status_code == 405
    answer = administrator.post(f"{HOME}{row.pk}/download/")
    assert answer.content == b"plain"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer["Cache-Control"]


def test_a_decision_needs_a_reason_and_may_be_refused(cast: Cast, held: Quarantined, settings: Any) -> None:
    settings.CLAMAV = ""
    administrator = signed_in(cast.administrator)
    assert "销毁这个文件" in text_of(administrator.get(f"{HOME}{held.pk}/destroy/"))
    assert 'id="id_reason_error"' in administrator.post(f"{HOME}{held.pk}/destroy/", {"reason": ""}).content.decode()
    assert "没有配置杀毒程序" in text_of(administrator.post(f"{HOME}{held.pk}/release/", {"reason": "放行"}))
    assert administrator.get(f"{HOME}{held.pk}/eat/").status_code == 404
    assert administrator.get(f"{HOME}{10**9}/destroy/").status_code == 404
    administrator.post(f"{HOME}{held.pk}/destroy/", {"reason": "确认是病毒"})
    held.refresh_from_db()
    assert (held.state, held.decision) == ("destroyed", "确认是病毒")
