"""A list as a file: the rows of the filter in the list's order, masked and harmless, and the ledger knows who took it."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Appointment, Person, Unit
from gongkai.applications.actions import export_list as module
from gongkai.applications.actions.export_list import export_list
from gongkai.applications.exporting import COLUMNS, PORTION, file_of
from gongkai.applications.ledger_import.columns import layout_of
from gongkai.applications.ledger_import.fields import REQUIRED
from gongkai.applications.models import Application
from gongkai.applications.selectors import Filters
from gongkai.law.procedure import Role
from gongkai.ledger.models import Entry
from tests.applications.scenes import Scene, outsiders
from tests.cast import SINCE

EVERYTHING = Filters()


def lines(person: Person, view: str = "all", filters: Filters = EVERYTHING) -> list[dict[str, str]]:
    keys = export_list(person=person, view=view, filters=filters, form="csv")
    text = b"".join(file_of(keys, "csv", "zh-hans")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_that_ledgers_have(scene: Scene) -> None:
    case = scene.apply(applicant_name="章晓明", content='=HYPERLINK("http://x")')
    unit = Unit.objects.create(agency=scene.cast.agency, name="@规划科")
    Application.objects.filter(pk=case.pk).update(unit=unit, holder=scene.cast.drafter)
    (line,) = lines(scene.cast.supervisor)
    assert list(line) == [column.zh for column in COLUMNS]
    told = {
        "编号": case.number, "收到日期": "2025-03-03", "申请人类型": "自然人", "申请人": "章**",
        "申请内容": "'=HYPERLINK(\"http://x\")", "提交方式": "网上提交", "环节": "登记", "承办科室": "'@规划科",
        "承办人员": "Drafter", "答复期限": "2025-03-31", "办理结果": "", "答复日期": "", "受理机关": "演示市城市管理局",
    }  # fmt: skip
    assert {name: line[name] for name in told} == told
    for secret in ("章晓", case.id_number, case.telephone):
        assert secret not in str(line)


def test_the_workbook_says_the_same(scene: Scene) -> None:
    scene.apply(applicant_name="章晓明", content="=1+1")
    keys = export_list(person=scene.cast.clerk, view="open", filters=EVERYTHING, form="xlsx")
    found = load_workbook(io.BytesIO(b"".join(file_of(keys, "xlsx", "zh-hans")))).active
    head, row = list(found.iter_rows())
    cells = dict(zip((cell.value for cell in head), row, strict=False))
    assert (cells["申请内容"].value, cells["申请内容"].data_type) == ("=1+1", "s")
    assert cells["收到日期"].value.date() == date(2025, 3, 3)
    assert cells["申请人"].value == "章**"


def test_the_list_s_own_rows_in_its_order(scene: Scene) -> None:
    late, early = scene.apply(on=date(2025, 3, 5)), scene.apply(on=date(2025, 3, 3))
    fax = scene.apply(on=date(2025, 3, 4))
    Application.objects.filter(pk=fax.pk).update(channel="fax")
    numbers = [line["编号"] for line in lines(scene.cast.clerk, "open")]
    assert numbers == [early.number, fax.number, late.number]
    assert [line["编号"] for line in lines(scene.cast.clerk)] == [fax.number, early.number, late.number]
    assert [line["编号"] for line in lines(scene.cast.clerk, "open", Filters(channel="fax"))] == [fax.number]


def test_more_rows_than_are_read_at_once_and_not_more_than_the_most(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr("gongkai.applications.exporting.PORTION", 2)
    for _ in range(5):
        scene.apply()
    keys = export_list(person=scene.cast.clerk, view="all", filters=EVERYTHING, form="csv")
    with django_assert_max_num_queries(3):
        assert len(b"".join(file_of(keys, "csv", "en")).splitlines()) == 6
    monkeypatch.setattr(module, "MOST", 3)
    assert len(lines(scene.cast.clerk)) == 3
    assert PORTION >= 100


def test_the_ledger_knows_who_took_what_and_no_name(scene: Scene) -> None:
    scene.apply(applicant_name="章晓")
    person, cast = scene.cast.clerk, scene.cast
    assert len(lines(person, "open", Filters(text="章晓", stage="register"))) == 1
    entry = Entry.objects.get(act="applications.export")
    assert (entry.chain_id, entry.actor, entry.subject) == (cast.agency.slug, person.username, f"person:{person.pk}")
    assert entry.facts == {
        "view": "open", "filter": {"text": True, "stage": "register"}, "form": "csv", "rows": 1,
    }  # fmt: skip
    assert "章" not in entry.body


def test_every_agency_whose_cases_go_out_is_told(scene: Scene) -> None:
    scene.apply()
    cast, person = scene.cast, scene.cast.clerk
    Appointment.objects.create(person=person, agency=cast.other_agency, role=Role.CLERK.value, since=SINCE)
    cast.agency = cast.other_agency
    scene.apply()
    scene.apply()
    assert len(lines(person)) == 3
    told = {entry.chain_id: entry.facts["rows"] for entry in Entry.objects.filter(act="applications.export")}
    assert told == {"ours": 1, "theirs": 2}


def test_who_may_read_no_case_takes_none(scene: Scene) -> None:
    scene.apply()
    for person in outsiders(scene):
        assert lines(person) == [], person
    assert {entry.facts["rows"] for entry in Entry.objects.filter(act="applications.export")} == {0}


def test_a_form_that_is_not_written_here(scene: Scene) -> None:
    with pytest.raises(Invalid):
        export_list(person=scene.cast.clerk, view="all", filters=EVERYTHING, form="exe")
    assert not Entry.objects.filter(act="applications.export").exists()


def test_an_export_is_read_by_the_import(scene: Scene, tmp_path: Any) -> None:
    """The columns have names that the import knows; what it still needs (the whole name) it asks for."""
    from gongkai.applications.ledger_import.sheets import Line, Sheet

    head = Line(1, tuple(column.zh for column in COLUMNS))
    layout = layout_of([Sheet("表", (head,))])
    assert set(REQUIRED) <= set(layout.places)
