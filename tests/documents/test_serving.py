"""Kept files as responses: what a browser may do with them."""

from __future__ import annotations

import pytest

from gongkai.documents.errors import FileDamagedError
from gongkai.documents.gate import keep_upload
from gongkai.documents.models import Document
from gongkai.documents.serving import file_response
from gongkai.documents.store import keep, path_of
from tests.documents import uploads

pytestmark = pytest.mark.django_db


def kept(name: str = "申请书.pdf", data: bytes = b"") -> Document:
    return keep_upload(data or uploads.pdf(), name)


def test_a_file_is_saved_and_kept_by_no_cache() -> None:
    response = file_response(kept())
    assert response.content == uploads.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E7%94%B3%E8%AF%B7%E4%B9%A6.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "data", "inline"),
    [
        ("a.pdf", uploads.pdf(), True),
        ("a.png", uploads.png(), True),
        ("a.jpg", uploads.jpeg(), True),
        ("a.tif", uploads.tiff((3, 2)), False),
        ("a.txt", uploads.TEXT, False),
        ("a.docx", uploads.word(), False),
    ],
)
def test_only_what_cannot_act_opens_in_the_browser(name: str, data: bytes, inline: bool) -> None:
    document = kept(name, data)
    shown = file_response(document, download=False)["Content-Disposition"]
    assert shown.startswith("inline;" if inline else "attachment;")
    assert file_response(document)["Content-Disposition"].startswith("attachment;")


def test_a_page_that_was_kept_some_other_way_never_opens() -> None:
    document = keep(uploads.PAGE, name="a.html", media_type="text/html")
    assert file_response(document, download=False)["Content-Disposition"].startswith("attachment;")


def test_a_reader_s_own_name_for_it() -> None:
    response = file_response(kept(), name='../a"b\r\nX-Evil: 1.pdf')
    assert response["Content-Disposition"] == 'attachment; filename="a_bX-Evil_ 1.pdf"'


def test_a_damaged_file_is_not_served() -> None:
    document = kept()
    path_of(document.digest).write_bytes(b"other")
    with pytest.raises(FileDamagedError):
        file_response(document)
