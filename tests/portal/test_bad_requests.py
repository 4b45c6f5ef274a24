"""What no page can answer is answered with 400, and without a second fault."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.documents.gate.limits import usual
from tests.cast import Cast


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


def test_too_many_files_are_told_with_their_number(cast: Cast) -> None:
    """The form itself is refused before any field of it is read, so the page says what to do."""
    files = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(31)]
    answer = Client(raise_request_exception=False).post("/apply/ours/send/", {"attachments": files})
    assert answer.status_code == 400
    assert f"一次最多上传{usual().files}个文件" in answer.content.decode()


def test_a_form_with_too_much_text_is_told_so(cast: Cast) -> None:
    answer = Client(raise_request_exception=False).post("/apply/ours/send/", {"content": "公" * 400_000})
    assert answer.status_code == 400
    assert "填写的文字太多" in answer.content.decode()


def test_an_expired_form_is_kept_by_no_cache(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/progress/", {"query_code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 403
    assert "no-store" in answer["Cache-Control"]
