"""Every public address: kept, or there is a reason; gone when anything changes that it reads, whatever act changed it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from gongkai.agencies.actions.add_agency import add_agency
from gongkai.agencies.actions.edit_agency import edit_agency
from gongkai.agencies.models import Agency
from gongkai.annual_report.models import Report, Scope
from gongkai.config import page_cache
from gongkai.disclosure.actions.arrange_columns import put_away_column
from gongkai.disclosure.actions.change_documents import change_documents
from gongkai.disclosure.actions.column_absence import set_absence
from gongkai.disclosure.models import Column, ColumnKind, DocumentClass, Item, NormativeDocument
from gongkai.disclosure.publicly import committed, public_version, shown_tables
from gongkai.jobs import SHANGHAI
from gongkai.law.validity import Validity
from tests.annual_report.published import a_report
from tests.annual_report.published import publish as publish_report
from tests.cast import Cast
from tests.config.sites import Site
from tests.disclosure.published import a_column, publish, withdraw
from tests.grassroots.rows import a_row

Commits = Callable[..., AbstractContextManager[Any]]

#: Not kept, and why.
NOT_KEPT = {
    "preferences": "sets a cookie",
    "leaving": "as many addresses as links, each with its mark",
    "search_suggest": "the index follows a moment after what happened",
    "search_feed": "the index follows a moment after what happened",
    **dict.fromkeys(("apply_form", "apply_send", "sent"), "a form with its token, and what was sent"),
    **dict.fromkeys(
        "progress progress_case progress_part progress_close correct reasons withdraw rate letter letter_ofd "
        "enclosure".split(),
        "one applicant's",
    ),
}
#: Sent piece by piece: a browser need not fetch them again, but they are not kept here.
STREAMED = {"sitemap", "sitemap_part", "item_file"}
#: The same bytes whatever else changes on the site.
SAME_BYTES = {
    "robots", "item_file", "item_download", "item_qr",
    *(f"report{version}_file{scope}" for version in ("", "_version") for scope in ("", "_whole")),
}  # fmt: skip
#: Read by public pages and not listened to, and why a page is fresh all the same.
NOT_WATCHED = {
    "disclosure_publicversion": "the count itself",
    "disclosure_revision": "a wording that was published never changes; that it stands there is said by its item",
    "disclosure_revision_interprets": "part of the wording",
    "disclosure_attachment": "part of the wording",
    "documents_document": "known by its digest; never changes",
    "disclosure_visitcount": "counts may be a minute old",
    "applications_application": "the statistics say when they were counted",
    "annual_report_report": "what of it is public is written together with its publication",
}  # fmt: skip
READ = re.compile(r'(?:FROM|JOIN) "?(\w+)')


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Commits:
    return django_capture_on_commit_callbacks


@pytest.fixture
def places(cast: Cast) -> Mapping[str, str]:
    """An address of every kind."""
    documents = a_column("normative", "行政规范性文件", kind=ColumnKind.DOCUMENTS)
    a_column("empty", "空栏目")
    a_column("spare", "备用栏目")
    cache.clear()  # what the statistics counted for another test
    document = NormativeDocument.objects.create(
        agency=cast.agency, document_class=DocumentClass.values[0], title="办法", document_number="演城〔2025〕1号",
        made_on=dt.date(2025, 3, 3),
    )  # fmt: skip
    files = [("附件.txt", b"text", "text/plain")]
    item = publish(cast.agency, documents, "公开的办法", document=document, files=files)
    assert item.current is not None
    attachment = item.current.attachments.get()
    for scope in Scope:
        publish_report(a_report(cast.agency, 2023, scope=scope), cast.clerk)
    row = a_row(cast)
    cast.apply()
    slug = cast.agency.slug
    Agency.objects.filter(pk=cast.other_agency.pk).update(accepts_applications=True)
    given: dict[str, list[Any]] = {
        "guide": [slug], "statistics": [slug], "sitemap_part": [0], "agency_columns": [slug],
        "column": [slug, documents.code], "item": [item.pk], "item_file": [item.pk, attachment.pk, attachment.name],
        "item_download": [item.pk, "docx"], "item_qr": [item.pk], "agency_feed": [slug, "json"],
        "column_feed": [slug, documents.code, "atom"], "reports_of": [slug], "grassroots_of": [slug],
        "grassroots_area": [slug, row.area.code], "grassroots_body": [slug, slug],
    }  # fmt: skip
    for suffix in ("", "_whole"):
        given |= {f"report{suffix}": [slug, 2023], f"report_picture{suffix}": [slug, 2023]}
        given |= {f"report_file{suffix}": [slug, 2023, "json"], f"report_version{suffix}": [slug, 2023, 1]}
        given[f"report_version_file{suffix}"] = [slug, 2023, 1, "json"]
    return {name: reverse(f"portal:{name}", args=given.get(name, [])) for name in names() - NOT_KEPT.keys()}


def names() -> set[str]:
    """Of all public addresses."""
    portal: Any = get_resolver().namespace_dict["portal"][1]
    return {str(name) for name in portal.reverse_dict if isinstance(name, str)}


@pytest.fixture
def questions() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def older_than_its_version(questions: Sequence[str]) -> bool:
    """Whether something was read before the version was, and not in one question with it: what changed between the two
    would be missing on a page that counts as the newest."""
    for sql in questions:
        # The kept pages themselves ask the number alone.
        if "disclosure_publicversion" in sql and "changed_at" in sql:
            return False
        if shown_tables() & set(READ.findall(sql)):
            return True
    return False


def test_every_address_is_kept_and_every_table_listened_to(
    site: Site, places: Mapping[str, str], questions: list[str]
) -> None:
    faults: list[str] = []
    tags = {}
    for name, path in places.items():
        before = len(questions)
        status, headers, _body = site.get(path)
        if name not in SAME_BYTES and older_than_its_version(questions[before:]):
            faults.append(f"{name}: older than its version")
        if status.startswith("302"):
            assert name in ("grassroots",), name
            continue
        asked = site.asked
        site.get(path)
        tags[name] = headers.get("ETag", "")
        wrong = {
            status: status == "200 OK",
            "asked again": name in STREAMED or site.asked == asked,
            "no ETag": tags[name],
            headers.get("Cache-Control"): headers.get("Cache-Control") == "no-cache",
            headers.get("Vary"): {"Cookie", "Accept-Language"} <= set(headers.get("Vary", "").split(", ")),
            "a cookie": "Set-Cookie" not in headers,
            "fetched again": site.get(path, HTTP_IF_NONE_MATCH=tags[name])[0] == "304 Not Modified",
        }
        faults += [f"{name}: {fault}" for fault, right in wrong.items() if not right]
    assert faults == []
    assert {table for sql in questions for table in READ.findall(sql)} - shown_tables() == NOT_WATCHED.keys()
    committed()
    again = {name: site.get(places[name])[1]["ETag"] for name in tags}
    assert {name for name in tags if again[name] == tags[name]} == SAME_BYTES


def test_nothing_is_forgotten_by_this_test() -> None:
    assert not NOT_KEPT.keys() - names()
    assert names() >= STREAMED | SAME_BYTES


def an_agency_more(cast: Cast) -> None:
    add_agency(
        actor=cast.administrator, parent=None, slug="more", name="演示市水务局", short_name="水务局", kind="department",
        office_name="办公室", review_organ="演示市人民政府", document_prefix="演水公开",
    )  # fmt: skip


def a_column_that_it_does_not_have(cast: Cast) -> None:
    set_absence(actor=cast.editor, agency=cast.agency, column_id=Column.objects.get(code="empty").pk, reason="无此职能")


def a_repealed_document(cast: Cast) -> None:
    [document] = NormativeDocument.objects.all()
    change_documents(
        actor=cast.editor, document_ids=[document.pk], kind=Validity.REPEALED, on=document.made_on, basis="第9号文件"
    )


#: What an act changes on which page: words that are there afterwards, or (-) no longer. In this order.
ACTS: dict[str, tuple[Callable[[Cast], object], str]] = {
    "guide": (lambda cast: edit_agency(actor=cast.administrator, agency=cast.agency, telephone="0000-765"), "0000-765"),
    "report": (
        lambda cast: edit_agency(actor=cast.administrator, agency=cast.agency, icp_number="ICP备9号"),
        "ICP备9号",
    ),
    "grassroots_of": (lambda cast: edit_agency(actor=None, agency=cast.agency, telephone="0000-766"), "0000-766"),
    "agencies": (an_agency_more, "水务局"),
    "agency_columns": (a_column_that_it_does_not_have, "-空栏目"),
    "site_map": (lambda cast: put_away_column(actor=cast.administrator, column_id=columns("spare")), "-备用栏目"),
    "item": (a_repealed_document, "废止"),
    "column": (lambda cast: withdraw(Item.objects.get()), "-公开的办法"),
    "reports_of": (
        lambda cast: publish_report(Report.objects.get(scope=Scope.OWN), cast.clerk, reason="更正"),
        "有变更",
    ),
    "grassroots_area": (lambda cast: a_row(cast, number=2, second_level="临时救助"), "临时救助"),
}


def columns(code: str) -> int:
    return Column.objects.get(code=code).pk


def test_what_changes_is_there_at_once(site: Site, places: Mapping[str, str], commits: Commits, cast: Cast) -> None:
    for name, (act, words) in ACTS.items():
        before = site.get(places[name])
        assert site.get(places[name]) == before
        asked, gone, words = site.asked, words.startswith("-"), words.removeprefix("-")
        assert (words in before[2].decode()) == gone, name
        with commits(execute=True):
            act(cast)
        status, headers, body = site.get(places[name], HTTP_IF_NONE_MATCH=before[1]["ETag"])
        assert (status, site.asked) == ("200 OK", asked + 1), name
        assert (words not in body.decode()) == gone, name
        assert headers["ETag"] != before[1]["ETag"], name


def test_each_table_is_listened_to_however_it_is_written(cast: Cast, commits: Commits) -> None:
    for table in shown_tables():
        before = public_version()
        with commits(execute=True), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}" WHERE 1 = 0')
            cursor.executemany(f"\n update {table} set id = id where 1 = %s", [[0], [0]])
        assert public_version() == before + 1, table
    before = public_version()
    with commits(execute=True), transaction.atomic():
        cast.apply()
        Item.objects.select_for_update().filter(pk=0).exists()
        with transaction.atomic():
            Agency.objects.update(fax="1")
            transaction.set_rollback(True)
    assert public_version() == before, "nothing of this can be seen, or it was taken back"


def test_tomorrow_is_another_day(
    site: Site, places: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    """有效期 ends at midnight without any act: nothing that was kept lives longer, here or at the reader's."""
    late = dt.datetime(2026, 3, 3, 23, 59, 59, 700_000, SHANGHAI)
    NormativeDocument.objects.update(last_day=late.date())
    clock = [late]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    monkeypatch.setattr(page_cache, "monotonic", lambda: clock[0].timestamp())
    before = site.get(places["item"])
    assert site.get(places["item"]) == before
    assert site.asked == 1, "kept as long as it is the same day"
    clock[0] = late + dt.timedelta(seconds=0.4)
    known = {"HTTP_IF_NONE_MATCH": before[1]["ETag"]}
    for asking in (known, {"HTTP_IF_MODIFIED_SINCE": before[1]["Last-Modified"]}):
        status, _headers, body = site.get(places["item"], **asking)
        assert status == "200 OK"
        assert ("失效" in body.decode(), "失效" in before[2].decode()) == (True, False)
