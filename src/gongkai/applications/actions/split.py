"""一事一申请: several matters in one form become cases of their own that stay linked (条例 29, 登记)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Person
from gongkai.agencies.selectors import day_of
from gongkai.applications.actions.receive import (
    AGENT_FIELDS,
    FIELDS,
    application_number,
    form_digest,
    given_columns,
    mark,
    record_submission,
    start_clock,
)
from gongkai.applications.actions.register import confirm_receipt
from gongkai.applications.forms import new_token, shows_something
from gongkai.applications.history import UNCONFIRMED, acting_role, locked, take
from gongkai.applications.models import Application, Paper
from gongkai.applications.query_codes import code_for, index_of, index_of_token
from gongkai.documents.letter import clean
from gongkai.law.procedure import Role, StepKind
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

MOST = 20
LONGEST = 5_000


@transaction.atomic
def split(
    *, case_id: int, actor: Person, on: date, matters: Sequence[str], seen: int | None = None
) -> list[Application]:
    """Register a case for the first of its matters, and a case of its own for each other.

    Each part has the applicant, channel, day of receipt and papers of the first, its own number, receipt and clock. It is
    followed with the query code of the first: nobody is handed another. Gives all cases, the first one first.
    """
    words = _checked(matters)
    first = locked(case_id, actor, seen)
    role = acting_role(first, actor, StepKind.REGISTER)
    if first.split_from_id is not None:
        raise Invalid("matters", Text("本件已经是拆分所得，不能再拆分。", "This case is itself a part of another."))
    # Before the ledger, as whatever comes in takes its own: in another order two at once would wait for each other.
    year = day_of(first.submitted_at).year
    numbers = [application_number(first.agency, year) for _ in words[1:]]
    confirm_receipt(first, actor, on)
    take(first, StepKind.REGISTER, on=on, actor=actor, role=role, facts={"matter": words[0]})
    parts = zip(words[1:], numbers, strict=True)
    return [first, *(_part(first, matter, number, actor, role, on) for matter, number in parts)]


def _checked(matters: Iterable[str]) -> list[str]:
    words = [text for matter in matters if shows_something(text := clean(matter).strip())]
    if not 2 <= len(words) <= MOST:
        message = Text(f"请写出2至{MOST}个事项，一行一项。", f"Write 2 to {MOST} matters, one a line.")
        raise Invalid("matters", message)
    if len(set(words)) < len(words):
        raise Invalid("matters", Text("有两个事项完全相同。", "Two of the matters are the same."))
    if any(len(text) > LONGEST for text in words):
        raise Invalid("matters", Text(f"每个事项最多{LONGEST}个字。", f"At most {LONGEST} characters a matter."))
    return words


def _part(first: Application, matter: str, number: str, actor: Person, role: Role, on: date) -> Application:
    received = first.received_on
    assert received is not None, "the clock of the first was started"
    given = {name: getattr(first, name) for name in (*FIELDS, *AGENT_FIELDS)}
    given |= {"content": matter, "document_number": "", "features": ""}
    # A form of its own that nobody has filled in: its token and its code are told to nobody.
    token = new_token()
    part = Application.objects.create(
        agency=first.agency,
        number=number,
        channel=first.channel,
        submitted_at=first.submitted_at,
        query_code_index=index_of(code_for(token)),
        token_index=index_of_token(token),
        form_digest=form_digest(given),
        split_from=first,
        **UNCONFIRMED,
        **given_columns(given) | {"id_index": first.id_index, "name_index": first.name_index},
    )
    mark(part)
    record_submission(part, actor)
    _copy_papers(first, part, actor)
    start_clock(part, on=received, actor=actor)
    take(part, StepKind.REGISTER, on=on, actor=actor, role=role, facts={"split_from": first.number})
    return part


def _copy_papers(first: Application, part: Application, actor: Person) -> None:
    """The same kept bytes lie in both cases: nothing is copied but the reference."""
    for paper in first.papers.select_related("document").order_by("pk"):
        copied = Paper.objects.create(
            application=part,
            kind=paper.kind,
            name=paper.name,
            document=paper.document,
            added_by=actor,
        )
        record(
            chain=part.agency.slug,
            act="applications.paper",
            subject=f"application:{part.pk}",
            facts={"paper": copied.pk, "kind": paper.kind, "sha256": paper.document.digest},
            actor=actor.username,
        )
