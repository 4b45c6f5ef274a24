"""Very many public items, put into the database past the acts: for measuring reads."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

PORTION = 2_000
SUBJECTS = [f"主题{number}" for number in range(22)]
FIRST = dt.datetime(2008, 5, 1, tzinfo=dt.UTC)
#: One in so many is a policy document on the register; one in so many lacks something, is late, or is under way.
POLICY, LACKING, LATE, UNDER_WAY = 5, 50, 20, 100


def fill(count: int, *, agencies: int = 40, seed: int = 711, texts: bool = False) -> None:
    """So many items in every leaf of the tree, published from 2008 on, by so many agencies; their texts are one line
    unless wanted. Tables are analysed, as the databases do by themselves."""
    from gongkai.disclosure.columns.selectors import tree
    from gongkai.disclosure.models import Item, Revision

    chance, bodies = random.Random(seed), _agencies(agencies)
    leaves = list(tree().leaves(None))
    first = (Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    numbers = iter(range(first, first + count))
    while portion := list(islice(numbers, PORTION)):
        rows = list(_items(portion, chance, bodies, leaves))
        Item.objects.bulk_create(rows)
        _under_way(rows, Revision)
    _publish(first)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _agencies(count: int) -> list[Any]:
    from gongkai.agencies.models import Agency
    from tests.cast import make_agency

    known = list(Agency.objects.order_by("path"))
    return known + [
        make_agency(f"body{number}", f"演示机关{number}", f"演{number}") for number in range(len(known), count)
    ]


def _items(numbers: Sequence[int], chance: random.Random, bodies: list[Any], leaves: list[Any]) -> Iterator[Any]:
    from gongkai.disclosure.models import Item

    documents = _documents(numbers, bodies)
    span = (dt.datetime.now(dt.UTC) - FIRST).total_seconds()
    for number in numbers:
        at = FIRST + dt.timedelta(seconds=span * chance.random() ** 0.6)
        late = number % LATE == 0
        made = at.date() - dt.timedelta(days=60 if late else chance.randrange(0, 20))
        document = documents.get(number)
        yield Item(
            pk=number, agency=bodies[number % len(bodies)], column_id=chance.choice(leaves).id, published_at=None,
            title=f"关于第{number}号事项的通知", document_number=document.document_number if document else "",
            issuer_name="演示市人民政府", made_on=made, subject="" if number % LACKING == 0 else chance.choice(SUBJECTS),
            genre="通知", summary=f"第{number}号事项。", index_number=f"000000000/{at.year}-{number:07}",
            changed_at=at, document=document, review_due=at.date() + dt.timedelta(days=365 * 20),
        )  # fmt: skip


def _documents(numbers: Sequence[int], bodies: list[Any]) -> dict[int, Any]:
    from gongkai.disclosure.models import NormativeDocument

    rows = {
        number: NormativeDocument(
            agency=bodies[number % len(bodies)], document_class="normative_documents", title=f"第{number}号办法",
            document_number=f"演政〔2020〕{number}号", made_on=dt.date(2020, 1, 1),
            last_day=dt.date(2021 + number % 12, 1, 1) if number % 3 else None,
        )
        for number in numbers if number % POLICY == 0
    }  # fmt: skip
    NormativeDocument.objects.bulk_create(rows.values())
    return rows


def _under_way(items: Sequence[Any], revision: Any) -> None:
    """A wording for each, which is what the public reads; of some another is under way."""
    from gongkai.agencies.models import Person

    person = Person.objects.order_by("pk").first()
    common = ("title", "document_number", "issuer_name", "made_on", "subject", "genre", "summary", "column_id")
    rows = []
    for item in items:
        said = {name: getattr(item, name) for name in common}
        now = {"state": "published", "published_at": item.changed_at, "digest": f"{item.pk:064}"}
        rows.append(revision(item=item, number=1, body="<p>请遵照执行。</p>", made_by=person, **said, **now))
        if item.pk % UNDER_WAY == 0:
            again = {"purpose": "correct", "reason": "更正数字"}
            rows.append(revision(item=item, number=2, body="<p>请遵照执行。</p>", made_by=person, **again, **said))
    revision.objects.bulk_create(rows)


def _publish(first: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE disclosure_item SET state = 'published', published_at = changed_at, changed_at = NULL, current_id ="
            " (SELECT r.id FROM disclosure_revision r WHERE r.item_id = disclosure_item.id AND r.number = 1) WHERE id >= %s",
            [first],
        )
