"""What the list can be narrowed by: each filter finds its cases and no others, and nothing typed breaks it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict

from gongkai.agencies.models import Unit
from gongkai.applications.inbox_forms import FilterForm, filters_of, query_of
from gongkai.applications.models import Application
from gongkai.applications.selectors import around, inbox, reader_of
from tests.applications.scenes import Scene

DAY = date(2025, 3, 5)
HOSTILE = [
    "' OR 1=1 --", '"; DROP TABLE applications_application; --', "%", "_", "\\", "%%", "\\%", "\x00", "😀", "𰻝",
    "<script>alert(1)</script>", "{{ 7*7 }}", "../../etc/passwd", "a" * 101, "‮", "\r\n", "NULL", "０", "Ａ",
]  # fmt: skip


def arranged(scene: Scene, **columns: Any) -> Application:
    application = scene.apply()
    Application.objects.filter(pk=application.pk).update(**columns)
    application.refresh_from_db()
    return application


def found(scene: Scene, query: str, view: str = "all") -> set[int]:
    reader = reader_of(scene.cast.clerk, DAY)
    form = FilterForm(QueryDict(query), around(reader))
    filters = filters_of(form)
    assert form.errors == {}, query
    again = filters_of(FilterForm(QueryDict(query_of(view, filters)), around(reader)))
    assert again == filters, "the address says the whole filter"
    return {row.application.pk for row in inbox(reader, view=view, filters=filters).rows}


def test_each_filter_finds_its_cases(scene: Scene) -> None:
    unit = Unit.objects.create(agency=scene.cast.agency, name="规划科")
    plain = scene.apply()
    cases = {
        f"unit={unit.pk}": arranged(scene, unit=unit),
        f"holder={scene.cast.drafter.pk}": arranged(scene, holder=scene.cast.drafter),
        "holder=me": arranged(scene, holder=scene.cast.clerk),
        "kind=research": arranged(scene, applicant_kind="research"),
        "outcome=repeated": arranged(scene, outcome="repeated", answered_on=DAY),
        "stage=approve": arranged(scene, stage="approve"),
        "channel=fax": arranged(scene, channel="fax"),
        "since=2025-03-06": arranged(scene, received_on=date(2025, 3, 6)),
        "until=2025-02-28": arranged(scene, received_on=date(2025, 2, 28)),
        "clock=late": arranged(scene, due_on=date(2025, 3, 4)),
        "soon=0": arranged(scene, due_on=DAY),
        "clock=paused": arranged(scene, clock_state="paused", stage="correct"),
        "clock=waiting": arranged(scene, clock_state="waiting", due_on=None, received_on=None),
    }
    soon = arranged(scene, due_on=date(2025, 3, 10))
    for query, case in cases.items():
        assert found(scene, query) == {case.pk}, query
    assert found(scene, "soon=3") == {soon.pk, cases["soon=0"].pk}, "three working days: over the weekend to Monday"
    assert found(scene, "soon=2") == {cases["soon=0"].pk}
    everything = {plain.pk, soon.pk, *(case.pk for case in cases.values())}
    assert found(scene, "") == everything
    assert found(scene, "unit=none") == everything - {cases[f"unit={unit.pk}"].pk}
    assert found(scene, "holder=none") == everything - {
        cases["holder=me"].pk,
        cases[f"holder={scene.cast.drafter.pk}"].pk,
    }
    assert found(scene, f"unit={unit.pk}&kind=research") == set(), "filters narrow together"


def test_text_finds_number_content_and_whole_identity_only(scene: Scene) -> None:
    one = scene.apply(content="北区环卫站2020年施工合同", applicant_name="章 晓", id_number="11010519491231002X")
    other = scene.apply(content="公交线路调整方案", applicant_name="李天")
    serial = one.number.split("〕")[1]
    for text, cases in {
        "环卫站": {one.pk}, "方案": {other.pk}, one.number: {one.pk}, serial: {one.pk}, "演城": {one.pk, other.pk},
        "章晓": {one.pk}, "章": set(), "11010519491231002x": {one.pk}, "110105 19491231 002X": {one.pk},
        "11010519491231": set(), "没有": set(),
    }.items():  # fmt: skip
        assert found(scene, QueryDict(mutable=True).urlencode() + f"q={text}") == cases, text


def test_hostile_text_finds_nothing_and_breaks_nothing(scene: Scene) -> None:
    scene.apply(content="公交线路调整方案")
    reader = reader_of(scene.cast.clerk, DAY)
    beside = around(reader)
    for text in HOSTILE:
        asked = QueryDict(mutable=True)
        asked.update(dict.fromkeys(FilterForm.base_fields, text))
        form = FilterForm(asked, beside)
        rows = inbox(reader, view="all", filters=filters_of(form)).rows
        blank = not text.strip()
        assert len(rows) == (1 if "q" in form.errors or blank else 0), "a sign is looked for as it is"
        assert blank or set(form.errors) - {"q"} >= set(FilterForm.base_fields) - {"q", "soon"}, text


BAD = {
    "soon=-1": "soon", "soon=61": "soon", "soon=1.5": "soon", "unit=99999999": "unit", "unit=me": "unit",
    "holder=0": "holder", "kind=king": "kind", "since=2025-02-30": "since", "since=0001-01-01": "since",
    "until=9999-12-31": "until", "since=2025-03-05&until=2025-03-04": "until", "clock=broken": "clock",
}  # fmt: skip


def test_a_bad_value_is_told_and_left_out_and_the_others_hold(scene: Scene) -> None:
    one = arranged(scene, channel="fax")
    scene.apply()
    reader = reader_of(scene.cast.clerk, DAY)
    beside = around(reader)
    for query, field in BAD.items():
        form = FilterForm(QueryDict(f"{query}&channel=fax"), beside)
        filters = filters_of(form)
        assert list(form.errors) == [field], query
        assert getattr(filters, {"until": "received_to"}.get(field, field), None) in ("", None)
        assert filters.channel == "fax"
        rows = inbox(reader, view="all", filters=filters).rows
        assert [row.application.pk for row in rows] == ([] if "since=2025-03-05" in query else [one.pk]), query


def test_people_and_units_of_other_agencies_are_no_choice(scene: Scene) -> None:
    Unit.objects.create(agency=scene.cast.other_agency, name="外单位科室")
    Unit.objects.create(agency=scene.cast.agency, name="撤销科室", active=False)
    beside = around(reader_of(scene.cast.clerk, DAY))
    assert beside.units == ()
    names = {person.name for person in beside.people}
    assert scene.cast.other_clerk.display_name not in names
    assert scene.cast.drafter.display_name in names
    assert around(reader_of(scene.cast.stranger, DAY)).people == ()
