"""Form fields for files: what comes out is clean, what is refused is named at the field."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from gongkai.documents.gate import Limits
from gongkai.documents.upload_fields import Upload, UploadField, UploadsField
from tests.documents import uploads

SMALL = Limits(size=1000, files=3, total=1500)


class Paper(forms.Form):
    papers = UploadsField(label="附件", required=False, limits=SMALL)


class Authority(forms.Form):
    authority = UploadField(label="授权委托书")


def file(name: str = "a.txt", data: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def sent(*files: SimpleUploadedFile) -> Paper:
    return Paper({}, MultiValueDict({"papers": list(files)}))


def errors(form: forms.Form, field: str = "papers") -> dict[str, str]:
    """Code and sentence of each error at the field."""
    found = form.errors.get_json_data().get(field, [])
    return {error["code"]: error["message"] for error in found}


def test_several_files_pass_with_their_bytes() -> None:
    form = sent(file("申请书.txt", b"one"), file("../b.png", uploads.png()))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["papers"] == [
        Upload("申请书.txt", "text/plain", b"one"),
        Upload("b.png", "image/png", uploads.png()),
    ]


def test_none_chosen() -> None:
    for form in (sent(), Paper({}, {})):
        assert form.is_valid()
        assert form.cleaned_data["papers"] == []


def test_required() -> None:
    form = Authority({}, {})
    assert list(errors(form, "authority")) == ["required"]


def test_every_bad_file_is_named_at_the_field() -> None:
    form = sent(file("好.txt"), file("空.txt", b""), file("坏.pdf", uploads.PAGE))
    found = errors(form)
    assert list(found) == ["empty", "renamed"]
    assert "“空.txt”" in found["empty"]
    assert "“坏.pdf”" in found["renamed"]
    assert not form.cleaned_data, "none of them enters while one is refused"


def test_cleaning_twice_reads_the_same() -> None:
    form = sent(file(data=b"one"))
    form.full_clean()
    form.full_clean()
    assert form.cleaned_data["papers"][0].data == b"one"


def test_in_english() -> None:
    with translation.override("en"):
        assert errors(sent(file(data=b"")))["empty"].startswith("The file “a.txt” is empty")


def test_too_many_files() -> None:
    assert sent(*[file()] * 3).is_valid()
    found = errors(sent(*[file()] * 4))
    assert list(found) == ["too_many_files"]
    assert "3" in found["too_many_files"]
    assert "4" in found["too_many_files"]


def test_too_much_together() -> None:
    assert sent(file(data=b"x" * 750), file(data=b"y" * 750)).is_valid()
    found = errors(sent(file(data=b"x" * 750), file(data=b"y" * 751)))
    assert list(found) == ["total_too_large"]
    assert "1.5 KB" in found["total_too_large"]


def test_a_file_that_is_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    large = file("大.txt", b"x" * 1001)
    monkeypatch.setattr(large.file, "read", lambda *_: pytest.fail("read"))
    found = errors(sent(large))
    assert list(found) == ["too_large"]
    assert "“大.txt”" in found["too_large"]


def test_one_file() -> None:
    form = Authority({}, MultiValueDict({"authority": [file("委托书.pdf", uploads.pdf())]}))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["authority"] == Upload("委托书.pdf", "application/pdf", uploads.pdf())
    form = Authority({}, MultiValueDict({"authority": [file(data=b"")]}))
    assert list(errors(form, "authority")) == ["empty"]


def test_one_file_may_be_left_out() -> None:
    assert UploadField(required=False).clean(None) is None


def test_what_is_sent_as_text_instead_of_a_file_is_nothing() -> None:
    form = Paper({"papers": "a.txt"}, {})
    assert form.is_valid()
    assert form.cleaned_data["papers"] == []


def test_the_page_takes_several_files_and_says_which() -> None:
    html = str(Paper()["papers"])
    assert 'type="file"' in html
    assert " multiple" in html
    assert 'accept=".pdf,.ofd,' in html
    assert " multiple" not in str(Authority()["authority"])
    assert " required" in str(Authority()["authority"])
    assert Paper().is_multipart()


def test_the_field_s_limits_are_the_installation_s(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 5
    assert UploadsField().limits.size == 5


def posted(**files: Any) -> HttpRequest:
    return RequestFactory().post("/", files)


@pytest.mark.parametrize("on_disk", [False, True])
def test_from_a_real_request(settings: Any, on_disk: bool) -> None:
    if on_disk:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    request = posted(papers=[file("a.txt", b"first"), file("e\u202exe.txt", b"second")])
    assert isinstance(request.FILES.getlist("papers")[0], TemporaryUploadedFile) is on_disk
    form = Paper(request.POST, request.FILES)
    assert form.is_valid(), form.errors
    assert [(upload.name, upload.data) for upload in form.cleaned_data["papers"]] == [
        ("a.txt", b"first"),
        ("exe.txt", b"second"),
    ]
    request.close()


def test_web_pages_pass_only_where_the_field_asks_for_them() -> None:
    page = file("a.html", b"<!-- saved -->\n<html><body>x</body></html>")
    assert list(errors(sent(page))) == ["kind_not_allowed"]
    (upload,) = UploadsField(pages=True).clean([page])
    assert upload.media_type == "text/html"
    assert ".html" in UploadsField(pages=True).widget.attrs["accept"]
    assert ".html" not in UploadsField().widget.attrs["accept"]
