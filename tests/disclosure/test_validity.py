"""有效性 of the register: the query says what the law says, whatever happened; table 2 adds up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.disclosure.actions.change_documents import restate
from gongkai.disclosure.models import (
    Column,
    ColumnKind,
    DocumentChange,
    DocumentClass,
    Item,
    ItemState,
    NormativeDocument,
)
from gongkai.disclosure.register.validity import in_state, standing_of, validity_of, with_validity
from gongkai.disclosure.selectors import documents_in_force, documents_made, documents_repealed
from gongkai.law.validity import CHANGES, Validity
from tests.cast import Cast
from tests.disclosure.published import a_column, publish

pytestmark = pytest.mark.django_db

D, DAY = dt.date, dt.timedelta(days=1)
MADE = D(2020, 12, 20)
OFFSETS = st.integers(0, 40)
#: Days around the turn of a year: there the counts of two years meet.
HISTORY = st.fixed_dictionaries(
    {
        "begins": st.none() | st.integers(0, 10),
        "lasts": st.none() | st.integers(10, 40),
        "acts": st.lists(st.tuples(st.sampled_from(CHANGES), OFFSETS, st.booleans()), max_size=4),
        "early_end": st.booleans(),
    }
)


def entered(cast: Cast, history: dict[str, Any], number: int) -> NormativeDocument:
    document = NormativeDocument.objects.create(
        agency=cast.agency, document_class=DocumentClass.NORMATIVE, title="办法", document_number=f"{number}号",
        made_on=MADE,
        in_force_from=None if history["begins"] is None else MADE + history["begins"] * DAY,
        last_day=None if history["lasts"] is None else MADE + history["lasts"] * DAY,
        repealed_on=MADE + 15 * DAY if history["early_end"] and not history["acts"] else None,
    )  # fmt: skip
    for kind, offset, struck in history["acts"]:
        facts = {"document": document, "kind": kind, "on": MADE + offset * DAY, "basis": "x", "made_by": cast.editor}
        row = DocumentChange.objects.create(**facts)
        if struck:
            DocumentChange.objects.create(**facts, strikes=row)
    restate(document)
    document.refresh_from_db()
    return document


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(HISTORY, min_size=1, max_size=6), offset=OFFSETS)
def test_the_query_and_the_law_agree(cast: Cast, histories: list[dict[str, Any]], offset: int) -> None:
    day, first = MADE + offset * DAY, NormativeDocument.objects.count()
    documents = [entered(cast, history, first + place) for place, history in enumerate(histories)]
    keys = [document.pk for document in documents]
    rows = NormativeDocument.objects.filter(pk__in=keys)
    said = {row.pk: row.validity for row in with_validity(rows, day)}  # type: ignore[attr-defined]
    by_law = {document.pk: validity_of(document, day) for document in documents}
    assert said == {key: state.value for key, state in by_law.items()}
    for state in Validity:
        assert set(in_state(rows, [state], day)) == {row for row in documents if by_law[row.pk] is state}
    for document in documents:
        assert standing_of(document, day).state is by_law[document.pk]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(HISTORY, min_size=1, max_size=6))
@pytest.mark.article("条例", 20)
def test_the_stock_of_table_2_adds_up(cast: Cast, histories: list[dict[str, Any]]) -> None:
    for history in histories:
        entered(cast, history, NormativeDocument.objects.count())
    for year in (2020, 2021):
        before, after = (documents_in_force(cast.agency, D(each, 12, 31)).count() for each in (year - 1, year))
        ended = documents_repealed(cast.agency, year)
        assert after == before + documents_made(cast.agency, year).count() - ended.count()
        states = {validity_of(row, D(year, 12, 31)) for row in ended}
        assert states <= {Validity.REPEALED, Validity.DECLARED_INVALID, Validity.EXPIRED}


def test_repeals_alone_where_the_office_counts_so(cast: Cast, settings: LazySettings) -> None:
    def one(number: int, kind: Validity | None, last_day: D | None = None) -> None:
        acts = [(kind, 20, False)] if kind else []
        document = entered(cast, {"begins": None, "lasts": None, "acts": acts, "early_end": False}, number)
        NormativeDocument.objects.filter(pk=document.pk).update(last_day=last_day)

    one(1, Validity.REPEALED)
    one(2, Validity.DECLARED_INVALID)
    one(3, None, D(2021, 3, 1))
    assert documents_repealed(cast.agency, 2021).count() == 3
    settings.LAPSED_ARE_REPEALED = False
    assert [row.document_number for row in documents_repealed(cast.agency, 2021)] == ["1号"]


def test_what_a_page_says_of_it(cast: Cast, django_assert_num_queries: Any) -> None:
    document = entered(
        cast, {"begins": None, "lasts": 30, "acts": [(Validity.AMENDED, 5, False)], "early_end": False}, 1
    )
    act = NormativeDocument.objects.create(
        agency=cast.agency, document_class="rules", title="决定", document_number="9号", made_on=MADE
    )
    page = publish(cast.agency, a_column("normative"), document=act)
    change = DocumentChange.objects.create(
        document=document, kind=Validity.REPEALED, on=MADE + 9 * DAY, by=act, basis="决定（9号）", made_by=cast.editor
    )
    restate(document)
    with django_assert_num_queries(1):
        told = standing_of(document, MADE + 9 * DAY)
    assert (told.state, told.since, told.basis, told.act_item) == (Validity.REPEALED, change.on, change.basis, page.pk)
    assert standing_of(document, MADE + 6 * DAY).since == MADE + 5 * DAY
    Item.objects.filter(pk=page.pk).update(state=ItemState.SUSPENDED, suspended_at=timezone.now())
    told = standing_of(document, MADE + 9 * DAY)
    assert (told.state, told.basis, told.act_item) == (Validity.REPEALED, "", None)
    lapsing = entered(cast, {"begins": None, "lasts": 10, "acts": [], "early_end": False}, 2)
    assert standing_of(lapsing, MADE + 11 * DAY).since == MADE + 11 * DAY


def test_items_carry_the_state_of_their_document(cast: Cast) -> None:
    history: dict[str, Any] = {"begins": None, "lasts": None, "early_end": False}
    plain = entered(cast, {**history, "acts": []}, 1)
    ended = entered(cast, {**history, "acts": [(Validity.REPEALED, 3, False)]}, 2)
    column: Column = a_column("normative")
    first, second = publish(cast.agency, column, document=plain), publish(cast.agency, column, document=ended)
    other = publish(cast.agency, column)
    day = MADE + 10 * DAY
    items = with_validity(Item.objects.order_by("pk"), day, through="document__")
    assert [row.validity for row in items] == ["in_force", "repealed", ""]  # type: ignore[attr-defined]
    assert list(in_state(Item.objects.all(), [Validity.REPEALED], day, "document__")) == [second]
    assert first.pk < other.pk


def test_no_last_day_written_as_the_last_of_all_days(cast: Cast, client: Client) -> None:
    """„9999-12-31“ stands for 长期有效 in many sheets: repealed all the same, it breaks no list and no count."""
    document = NormativeDocument.objects.create(
        agency=cast.agency, document_class=DocumentClass.NORMATIVE, title="办法", document_number="1号", made_on=MADE,
        last_day=dt.date.max, repealed_on=MADE + DAY,
    )  # fmt: skip
    column = a_column("normative", kind=ColumnKind.DOCUMENTS)
    item = publish(cast.agency, column, "长期有效的办法", document=document)
    for address in ("/", "/agencies/ours/normative/", f"/items/{item.pk}/"):
        assert "废止" in client.get(address).content.decode()
    assert list(documents_repealed(cast.agency, 2020)) == [document]
