"""What no page can answer is answered with 400, and without a second fault."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("host", ["evil.example", "a b", "127.0.0.1:bad"])
def test_another_host_is_a_bad_request(db: None, host: str) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "请求无法处理" in answer.content.decode()


@pytest.mark.parametrize("charset", ["utf-16", "utf-7"])
def test_a_body_in_another_encoding_is_a_bad_request(db: None, charset: str) -> None:
    answer = Client(raise_request_exception=False).post(
        "/progress/", data=b"x=1", content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert answer.status_code in (200, 400), "told, not a fault"


def test_an_expired_form_is_kept_by_no_cache(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/progress/", {"query_code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
