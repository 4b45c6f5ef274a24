"""One visibility rule: a case of an agency where somebody has no reading role is in no list, no search, no file, no
calendar, no download and on no page; and whoever reads it, reads it in all of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook

from gongkai.agencies.models import Person
from gongkai.applications.actions.add_paper import add_paper
from gongkai.applications.actions.subscribe import subscribe
from gongkai.applications.models import Application, Paper, PaperKind
from gongkai.documents.store import read
from gongkai.law.procedure import Stage, StepKind
from tests.applications.scenes import Scene, outsiders
from tests.applications.test_redact import engine, finished
from tests.applications.test_release import PARTLY
from tests.portal.pages import addresses_of, text_of
from tests.portal.test_progress import look_up

__all__ = ["engine"]

SECRET = "蝶湖公园养护合同"


@dataclass(frozen=True)
class File:
    name: str = "materials.txt"
    media_type: str = "text/plain"
    data: bytes = b"materials of the case"


def sent(answer: Any) -> bytes:
    """The file; or the page, for somebody who is sent to sign in."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def found_in_list(client: Client, person: Person, case: Application) -> bool:
    return any(
        case.number in client.get(f"/desk/?view={view}").content.decode() for view in ("open", "all", "unclaimed")
    )


def found_by_search(client: Client, person: Person, case: Application) -> bool:
    texts = (case.number, SECRET, case.applicant_name, case.id_number)
    answers = [client.get("/desk/?" + urlencode({"view": "all", "q": text})).content.decode() for text in texts]
    found = {f'href="/desk/cases/{case.pk}/"' in answer for answer in answers}
    assert len(found) == 1, "by all of them or by none"
    return found.pop()


def found_in_csv(client: Client, person: Person, case: Application) -> bool:
    answer = client.post("/desk/export/", {"form": "csv", "back": "view=all"})
    return case.number in sent(answer).decode()


def found_in_workbook(client: Client, person: Person, case: Application) -> bool:
    answer = client.post("/desk/export/", {"form": "xlsx", "back": "view=all"})
    content = sent(answer)
    if not content.startswith(b"PK"):
        return False
    return any(row[0].value == case.number for row in load_workbook(io.BytesIO(content)).active.iter_rows())


def found_in_feed(client: Client, person: Person, case: Application) -> bool:
    """Even of one who was given the case, and then lost the role."""
    Application.objects.filter(pk=case.pk).update(holder=person)
    try:
        answer = Client().get(f"/desk/feed/{subscribe(person=person)}.ics")
    finally:
        Application.objects.filter(pk=case.pk).update(holder=None)
    # A long line of a calendar is folded: it goes on behind a line break and a blank.
    return case.number in answer.content.decode().replace("\r\n ", "")


def found_on_page(client: Client, person: Person, case: Application) -> bool:
    return case.number in client.get(f"/desk/cases/{case.pk}/").content.decode()


def found_as_letter(client: Client, person: Person, case: Application) -> bool:
    return client.get(f"/desk/letters/{case.letters.first().pk}.pdf").status_code == 200  # type: ignore[union-attr]


def found_as_paper(client: Client, person: Person, case: Application) -> bool:
    return client.get(f"/desk/papers/{Paper.objects.get(application=case).pk}/").status_code == 200


WAYS: Mapping[str, Callable[[Client, Person, Application], bool]] = {
    "list": found_in_list,
    "search": found_by_search,
    "csv": found_in_csv,
    "workbook": found_in_workbook,
    "feed": found_in_feed,
    "page": found_on_page,
    "letter": found_as_letter,
    "paper": found_as_paper,
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_may_not_read_a_case_meets_it_nowhere(client: Client, scene: Scene, way: str) -> None:
    case = scene.at(Stage.OPINE, content=SECRET)
    add_paper(case_id=case.pk, actor=scene.cast.clerk, kind=PaperKind.MATERIAL, uploads=[File()])
    readers = [scene.cast.clerk, scene.cast.drafter, scene.cast.approver, scene.cast.supervisor]
    for person in readers:
        client.force_login(person)
        assert WAYS[way](client, person, case), (way, person)
    for person in outsiders(scene):
        client.force_login(person)
        assert not WAYS[way](client, person, case), (way, person)


def test_a_number_is_not_told_by_a_refusal(client: Client, scene: Scene) -> None:
    case = scene.apply(content=SECRET)
    client.force_login(scene.cast.other_clerk)
    answer = client.post("/desk/assign/", {"case": [case.pk], "holder": scene.cast.other_clerk.pk, "back": "view=open"})
    assert case.number not in text_of(answer)


@pytest.mark.article("条例", 37)
def test_the_citizen_reaches_the_copy_and_never_the_original(client: Client, scene: Scene, engine: object) -> None:
    """By no list, no guessed address, and not by the archive: neither before the reply went out nor after."""
    received = scene.cast.apply()
    case = scene.along(received.application, StepKind.REGISTER, StepKind.ACCEPT)
    look_up(client, received.query_code)
    redaction = finished(scene, case)
    copy, original = redaction.copy, redaction.paper
    assert copy is not None
    steps = (StepKind.DECISION, StepKind.SIGN, StepKind.DELIVER, StepKind.ARCHIVE)
    opinion = {**PARTLY, "kept": [copy.document.digest]}
    case = scene.along(scene.take(StepKind.OPINION, case, **opinion), *steps)
    page = client.get("/progress/case/")
    addresses = addresses_of(page)
    assert [address for address in addresses if "papers" in address] == [f"/progress/papers/{copy.pk}/"]
    assert sent(client.get(f"/progress/papers/{copy.pk}/")) == read(copy.document) != read(original.document)
    assert original.name not in text_of(page).replace(copy.name, "")
    volume = case.case_files.get()
    behind_the_desk = (
        f"/desk/papers/{original.pk}/", f"/desk/redactions/{redaction.pk}/",
        f"/desk/redactions/{redaction.pk}/pages/1.png", f"/desk/case-files/{volume.pk}.zip",
    )  # fmt: skip
    assert client.get(f"/progress/papers/{original.pk}/").status_code == 404
    for address in behind_the_desk:
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert "/login/" in answer.headers["Location"], address
