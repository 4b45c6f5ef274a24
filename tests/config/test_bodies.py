"""A request that says it is too large is refused before anything of it is read."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gongkai.config.bodies import refuse_large_bodies

BOUND = 62 * 1024 * 1024


class Unread:
    """A body that must not be touched."""

    def read(self, size: int = -1) -> bytes:
        pytest.fail("the body was read")

    readline = read


def test_the_bound_holds_the_files_of_a_form_and_its_fields(settings: Any) -> None:
    assert settings.REQUEST_MAX_BYTES == BOUND
    assert settings.UPLOAD_TOTAL_BYTES == 60 * 1024 * 1024


@pytest.mark.parametrize("path", ["/apply/water/", "/desk/login/", "/nowhere/"])
@pytest.mark.parametrize("length", [BOUND + 1, 2 * 1024**3, 10**30])
def test_a_large_request_is_refused_unread(db: None, path: str, length: int) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(
        path, data=b"", content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread()},
    )  # fmt: skip
    assert answer.status_code == 413
    assert "不能超过 60 MB" in answer.content.decode()
    assert "Content-Security-Policy" in answer
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("length", ["", "0", "abc", "-1", str(BOUND)])
def test_others_go_on(length: str) -> None:
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = length
    assert refuse_large_bodies(lambda _: HttpResponse("on"))(request).content == b"on"
