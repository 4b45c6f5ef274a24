"""The import at the desk: upload, preview, confirm; for a clerk of the agency, and for the file's sender alone."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.applications.models import Application
from gongkai.documents.models import Document
from gongkai.documents.store import path_of
from gongkai.law.procedure import Role
from gongkai.ledger.models import Chain
from gongkai.ledger.verification import verify
from tests.applications.ledger_import.ledgers import FAULTS, HEAD, RESIDENT_ID, as_csv, row, xlsx
from tests.applications.scenes import Scene, nothing_written, outsiders
from tests.run_jobs import run_jobs

BAD = FAULTS[5][0]
IMPORT = "/desk/import/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def upload(client: Client, content: bytes, name: str = "台账.xlsx") -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def sent(scene: Scene, *rows: list[Any], client: Client | None = None, **more: Any) -> tuple[Client, str]:
    """The address of the page on which a sent file is looked at."""
    client = client or signed_in(scene.cast.clerk)
    response = upload(client, xlsx(rows, **more))
    assert response.status_code == 302, response.content.decode()
    return client, response["Location"]


def page(client: Client, address: str, **more: str) -> str:
    response = client.get(address, more) if more else client.get(address)
    assert response.status_code == 200, response
    return unescape(response.content.decode())


def asked(address: str, **more: str) -> dict[str, str]:
    return {**dict(parse_qsl(urlsplit(address).query)), **more}


def query(address: str) -> str:
    return address.partition("?")[2]


def take(client: Client, address: str, **more: str) -> str:
    """Confirm, let the worker do it, and look at the run's page."""
    response = client.post(f"/desk/import/take/?{query(address)}", more)
    assert response.status_code == 302, response
    run_jobs()
    return page(client, response["Location"])


def test_the_whole_way(scene: Scene) -> None:
    client, address = sent(scene, row(1), row(2, 答复日期="", 办理结果=""), row(3))
    with nothing_written():
        shown = page(client, address)
    assert "3 件（已答复 2，在办 1）" in shown
    assert "确认导入 3 件" in shown
    assert "导入完成" in take(client, address)
    assert Application.objects.count() == 3
    assert "没有新的申请需要导入" in page(client, address)
    assert list(verify(Chain.objects.get(name="ours"))) == []
    for application in Application.objects.all():
        assert client.get(f"/desk/cases/{application.pk}/").status_code == 200


def test_a_csv_as_well(scene: Scene) -> None:
    client = signed_in(scene.cast.clerk)
    response = upload(client, as_csv([row(1)], encoding="gb18030"), "台账.csv")
    assert "确认导入 1 件" in page(client, response["Location"])


def test_the_preview_masks_people(scene: Scene) -> None:
    client, address = sent(scene, row(1, **{"申请人（姓名或名称）": "欧阳某人", "证件号码": RESIDENT_ID}))
    shown = page(client, address)
    for secret in ("欧阳某人", RESIDENT_ID, "0371-1234567"):
        assert secret not in shown
    assert "欧***" in shown


def test_the_preview_masks_a_column_that_is_not_matched(scene: Scene) -> None:
    head = [*HEAD, "本人号码"]
    client, address = sent(scene, [*row(1), RESIDENT_ID], head=head)
    assert RESIDENT_ID not in page(client, address)


def test_with_a_bad_row_nothing_is_imported_unless_asked_for(scene: Scene) -> None:
    client, address = sent(scene, row(1), row(2, **BAD))
    shown = page(client, address)
    assert "21类" in shown
    assert "下载需要更正的行" in shown
    with nothing_written():
        assert "没有导入任何一行" in take(client, address)
    assert "下载需要更正的行" in take(client, address, skip_bad="on")
    assert Application.objects.get().content == "第1号地块的土地出让合同"


def test_the_faulty_rows_are_downloaded_mended_and_sent_again(scene: Scene) -> None:
    client, address = sent(scene, row(1), row(2, **BAD))
    response = client.get(f"/desk/import/errors.xlsx?{query(address)}")
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    book.active.cell(2, HEAD.index("办理结果") + 1).value = "重复申请"
    out = io.BytesIO()
    book.save(out)
    mended = upload(client, out.getvalue())["Location"]
    assert "确认导入 1 件" in page(client, mended)
    clean = page(client, mended)
    assert "下载需要更正的行" not in clean
    assert client.get(f"/desk/import/errors.xlsx?{query(mended)}").status_code == 404


def test_a_person_changes_what_a_column_is(scene: Scene) -> None:
    head = ["谁" if name.startswith("申请人（") else name for name in HEAD]
    client, address = sent(scene, row(1, 申请人类型="", 申请方式=""), head=head)
    assert "没有找到这些必需的列" in page(client, address)
    place = head.index("谁") + 1
    chosen = asked(address, **{f"column_{place}": "applicant_name"})
    assert "没有填写申请人类型" in page(client, "/desk/import/check/", **chosen)
    chosen |= {"applicant_kind": "business", "channel": "fax"}
    assert "确认导入 1 件" in page(client, "/desk/import/check/", **chosen)
    take(client, f"?{urlencode(chosen)}")
    assert Application.objects.get().applicant_kind == "business"


def test_two_columns_for_one_field_are_told(scene: Scene) -> None:
    client, address = sent(scene, row(1))
    content, remark = HEAD.index("申请内容") + 1, HEAD.index("备注") + 1
    chosen = asked(address, **{f"column_{content}": "content", f"column_{remark}": "content"})
    assert "有两列被指定为同一项" in page(client, "/desk/import/check/", **chosen)
    with nothing_written():
        client.post(f"/desk/import/take/?{urlencode(chosen)}")


def test_another_sheet_is_read_without_the_columns_of_the_first(scene: Scene) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([row(1)])))
    other = book.create_sheet("2021年")
    other.append(["申请内容", "申请人", "收到日期", "申请人类型", "提交方式"])
    other.append(["某信息", "乙", "2021-3-3", "自然人", "传真"])
    out = io.BytesIO()
    book.save(out)
    client = signed_in(scene.cast.clerk)
    address = upload(client, out.getvalue())["Location"]
    assert "2021年" in page(client, address)
    chosen = asked(address, sheet="2021年", of_sheet="台账", column_1="number", column_2="-")
    assert "确认导入 1 件" in page(client, "/desk/import/check/", **chosen)


# --- bad input ---


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("台账.xlsx", b"", "空"),
        ("台账.xlsx", b"no workbook at all", "内容与扩展名不符"),
        ("台账.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "另存为"),
        ("台账.pdf", b"%PDF-1.7", "另存为"),
        ("台账.xlsm", b"PK\x03\x04", "另存为"),
    ],
)
def test_a_file_that_is_none_is_told_at_its_field(scene: Scene, name: str, content: bytes, told: str) -> None:
    response = upload(signed_in(scene.cast.clerk), content, name)
    assert response.status_code == 200
    assert told in response.content.decode()
    assert not Document.objects.exists()


def test_no_file_at_all(scene: Scene) -> None:
    response = signed_in(scene.cast.clerk).post(IMPORT, {})
    assert "台账文件" in response.content.decode()
    assert "is-wrong" in response.content.decode()


def test_a_file_that_is_too_large(scene: Scene, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    response = upload(signed_in(scene.cast.clerk), xlsx([row(1)]))
    assert "上限" in response.content.decode()


def test_a_workbook_that_is_no_ledger_goes_back_with_a_sentence(scene: Scene) -> None:
    client = signed_in(scene.cast.clerk)
    response = upload(client, xlsx([["1", "2"]], head=["一", "二"]))
    assert "没有找到表头" in client.get(response["Location"], follow=True).content.decode()


def test_nonsense_in_the_address_is_not_said(scene: Scene) -> None:
    client, address = sent(scene, row(1))
    nonsense = {
        "column_": "content",
        "column_x": "content",
        "column_1": "nonsense",
        "channel": "x",
        "applicant_kind": "y",
    }
    assert "确认导入 1 件" in page(client, "/desk/import/check/", **asked(address, **nonsense))
    # A column that there is not.
    response = client.get("/desk/import/check/", asked(address, column_99="content"))
    assert response.status_code == 302


def test_the_file_lies_sealed(scene: Scene) -> None:
    sent(scene, row(1, 证件号码=RESIDENT_ID))
    kept = path_of(Document.objects.get().digest).read_bytes()
    assert not kept.startswith(b"PK")


# --- wrong person ---


def test_only_for_clerks(scene: Scene) -> None:
    _client, address = sent(scene, row(1))
    people = [scene.cast.drafter, scene.cast.approver, scene.cast.supervisor, *outsiders(scene)]
    for person in people:
        client = signed_in(person)
        if person == scene.cast.other_clerk:
            assert client.get(IMPORT).status_code == 200  # for an agency of their own
        elif person.is_active and Person.objects.get(pk=person.pk).is_active:
            assert client.get(IMPORT).status_code == 404, person
        check_closed(client, address)


def check_closed(client: Client, address: str) -> None:
    """Nothing of somebody else's file can be seen or done."""
    for path in (address, f"/desk/import/errors.xlsx?{query(address)}"):
        assert client.get(path).status_code in (302, 404)
        assert "/desk/login/" in client.get(path).get("Location", "/desk/login/")
    with nothing_written():
        response = client.post(f"/desk/import/take/?{query(address)}")
    assert response.status_code in (403, 404)


def test_not_for_a_colleague_either(scene: Scene) -> None:
    _client, address = sent(scene, row(1))
    check_closed(signed_in(scene.colleague(Role.CLERK)), address)


def test_a_stranger_signs_in_first(scene: Scene) -> None:
    assert "/desk/login/" in Client().get(IMPORT)["Location"]


def test_a_changed_address_is_none(scene: Scene) -> None:
    client, address = sent(scene, row(1))
    assert client.get(re.sub(r"file=...", "file=abc", address)).status_code == 404
    assert client.get("/desk/import/check/").status_code == 404
    assert client.get("/desk/import/take/").status_code == 405
