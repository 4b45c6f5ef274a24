"""What someone with the database in hand can do, once the triggers are out of the way."""

from __future__ import annotations

from typing import Any

from django.db import connection

from gongkai.ledger.append_only import release
from gongkai.ledger.digests import canonical, sm3
from gongkai.ledger.models import Chain, Entry

CHAIN = "演示"


def sql(statement: str, *values: Any) -> int:
    """Run it past every model and action; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def open_up(*tables: str) -> None:
    """Take the triggers away."""
    connection.check_constraints()  # PostgreSQL drops no trigger while a deferred check is still to come
    for table in tables or ("ledger_entry",):
        release(connection, table)


def change(number: int, column: str, value: Any) -> None:
    assert sql(f"UPDATE ledger_entry SET {column} = %s WHERE chain_id = %s AND number = %s", value, CHAIN, number) == 1


def remove(*numbers: int) -> None:
    for number in numbers:
        assert sql("DELETE FROM ledger_entry WHERE chain_id = %s AND number = %s", CHAIN, number) == 1


def move(number: int, to: int) -> None:
    change(number, "number", to)


def swap(one: int, other: int) -> None:
    move(one, 999_999)
    move(other, one)
    move(999_999, other)


def entry(number: int) -> Entry:
    return Entry.objects.get(chain=CHAIN, number=number)


def hash_over(previous: str, body: str) -> str:
    return sm3(f"{previous}{body}".encode())


def body_of(number: int, /, **changes: Any) -> str:
    """The body of an entry with some of its values changed, in canonical form."""
    import json

    return canonical({**json.loads(entry(number).body), **changes}).decode()


def rewrite(number: int, body: str) -> None:
    """Change the body and make its own hash fit, but nothing that follows."""
    change(number, "body", body)
    change(number, "hash", hash_over(entry(number).previous, body))


def insert(number: int, *, like: int, body: str, previous: str) -> None:
    """A forged entry, well formed in itself."""
    columns = "chain_id, recorded_at, act, subject, actor"
    sql(
        f"INSERT INTO ledger_entry ({columns}, number, body, previous, hash) "
        f"SELECT {columns}, %s, %s, %s, %s FROM ledger_entry WHERE chain_id = %s AND number = %s",
        number, body, previous, hash_over(previous, body), CHAIN, like,
    )  # fmt: skip


def shift_up_from(number: int) -> None:
    """Make room for a forged entry."""
    for later in sorted(Entry.objects.filter(chain=CHAIN, number__gte=number).values_list("number", flat=True))[::-1]:
        move(later, later + 1)


def set_head(**columns: Any) -> None:
    Chain.objects.filter(name=CHAIN).update(**columns)


def drop_foreign_key() -> None:
    """Let entries name a chain that has no head."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "ledger_entry")
    for name, known in constraints.items():
        if known["foreign_key"]:
            sql(f'ALTER TABLE ledger_entry DROP CONSTRAINT "{name}"')
