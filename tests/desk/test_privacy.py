"""The privacy check at the desk: for staff, and each sees only what they sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Person
from gongkai.disclosure.models import NormativeDocument
from gongkai.documents.models import CheckState, Document, PrivacyCheck, PrivacyScan
from gongkai.documents.privacy import actions
from gongkai.documents.privacy.actions import ask_for_check, carry_out
from gongkai.documents.store import path_of
from tests.at_once import at_once
from tests.cast import Cast
from tests.documents.privacy.readings import ID, MOBILE
from tests.run_jobs import run_jobs, waiting_jobs

PAGE = "/desk/privacy/"
TEXT = f"某某，证号{ID}\n电话{MOBILE}\n根据演政办〔2020〕12号办理\n根据演政办〔2020〕13号办理".encode()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(client: Client, data: bytes = TEXT, name: str = "名单.txt") -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


def test_the_whole_way(cast: Cast) -> None:
    client = signed_in(cast.drafter)
    address = send(client)["Location"]
    waiting = client.get(address).content.decode()
    assert "等待后台处理" in waiting
    assert 'http-equiv="refresh"' in waiting
    run_jobs()
    response = client.get(address)
    page = response.content.decode()
    assert 'http-equiv="refresh"' not in page
    for words in (
        "不能发出",
        "居民身份证号码",
        "第1段",
        "1101************2X",
        "请核对",
        "138****5678",
        "演政办〔2020〕12号",
    ):
        assert words in page
    assert page.index("不能发出") < page.index("请核对")
    assert ID not in page
    assert "no-store" in response["Cache-Control"]
    assert "名单.txt" in client.get(PAGE).content.decode()


def test_a_clean_file(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    address = send(client, "公开的内容".encode())["Location"]
    run_jobs()
    assert "没有发现问题" in client.get(address).content.decode()


def test_citations_on_the_register_are_public(cast: Cast) -> None:
    NormativeDocument.objects.create(
        agency=cast.other_agency, document_class="normative_documents", title="某办法",
        document_number="演政办〔2020〕12号", made_on="2020-01-01",
    )  # fmt: skip
    client = signed_in(cast.drafter)
    address = send(client)["Location"]
    run_jobs()
    page = client.get(address).content.decode()
    assert "演政办〔2020〕13号" in page
    assert "演政办〔2020〕12号" not in page


def test_nobody_else_sees_it(cast: Cast) -> None:
    address = send(signed_in(cast.drafter))["Location"]
    run_jobs()
    for person in (cast.clerk, cast.administrator, cast.other_clerk, cast.stranger):
        assert signed_in(person).get(address).status_code == 404
    assert "名单.txt" not in signed_in(cast.clerk).get(PAGE).content.decode()
    assert Client().get(address)["Location"].startswith("/desk/login/")
    digest = Document.objects.get().digest
    assert ID.encode() not in path_of(digest).read_bytes()


def test_only_staff(cast: Cast) -> None:
    assert signed_in(cast.stranger).get(PAGE).status_code == 404
    assert send(signed_in(cast.stranger)).status_code == 404
    assert not PrivacyCheck.objects.exists()


def test_what_the_gate_refuses(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    for data, name in ((b"MZ\x90\x00 programme", "a.txt"), (b"", "a.pdf")):
        assert "有错误" in send(client, data, name).content.decode()
    assert "请" in client.post(PAGE, {}).content.decode()
    assert not PrivacyCheck.objects.exists()


def test_the_same_file_again(cast: Cast) -> None:
    client = signed_in(cast.clerk)
    assert send(client)["Location"] == send(client)["Location"]
    assert len(waiting_jobs()) == 1
    run_jobs()
    assert send(client)["Location"] != send(signed_in(cast.drafter))["Location"]
    run_jobs()
    assert PrivacyScan.objects.count() == 1


@pytest.fixture
def check(cast: Cast) -> PrivacyCheck:
    send(signed_in(cast.clerk))
    return PrivacyCheck.objects.get()


def test_cut_off_too_often_it_is_given_up(cast: Cast, check: PrivacyCheck) -> None:
    PrivacyCheck.objects.update(state=CheckState.RUNNING, attempts=actions.MOST_ATTEMPTS)
    carry_out(check.pk)
    check.refresh_from_db()
    assert check.state == CheckState.FAILED
    assert "没有检查完" in signed_in(cast.clerk).get(f"{PAGE}{check.pk}/").content.decode()


def test_a_fault_of_ours_is_told_and_done_is_left_alone(
    cast: Cast, check: PrivacyCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "scan_document", fail)
    carry_out(check.pk)
    check.refresh_from_db()
    assert check.state == CheckState.FAILED
    carry_out(check.pk)
    check.refresh_from_db()
    assert check.attempts == 1


def test_progress_is_told(cast: Cast, check: PrivacyCheck, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def scan(document: Document, on_page: Any) -> PrivacyScan:
        on_page(30, 120)
        seen.append(signed_in(cast.clerk).get(f"{PAGE}{check.pk}/").content.decode())
        return PrivacyScan.objects.create(document=document, rules="x")

    monkeypatch.setattr(actions, "scan_document", scan)
    carry_out(check.pk)
    assert 'value="25"' in seen[0]
    assert "已读 30 页，共 120 页" in seen[0]


def test_old_checks_are_gone(cast: Cast, check: PrivacyCheck) -> None:
    PrivacyCheck.objects.update(made_at=timezone.now() - actions.KEPT)
    assert signed_in(cast.clerk).get(f"{PAGE}{check.pk}/").status_code == 404
    assert "名单.txt" not in signed_in(cast.clerk).get(PAGE).content.decode()


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_twice_at_once() -> None:
    from gongkai.documents.store import keep

    cast = Cast.assemble()
    document = keep(TEXT, name="a.txt", media_type="text/plain")
    ask = lambda: ask_for_check(actor=cast.clerk, document=document, name="a.txt").pk  # noqa: E731
    first, second = at_once(ask, ask)
    assert first == second
    assert len(waiting_jobs()) == 1
