"""Last year's figures from the report that was published then, read from its file and looked over by a person."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gongkai.agencies.errors import Invalid, NotAllowed
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import roles_of, today
from gongkai.annual_report.content import cells_as_data
from gongkai.annual_report.continuity import DOCUMENT_CLASSES
from gongkai.annual_report.models import ReadReport, Scope
from gongkai.annual_report.reading import Report as AsRead
from gongkai.documents.models import Document
from gongkai.law.report_form import COLUMNS, Value
from gongkai.law.report_procedure import WRITERS
from gongkai.law.texts import Text
from gongkai.ledger.actions import record

#: What this year is held against: it is shown to the person, who fills in what was not read.
ASKED = (
    *(f"t3.carried_out.{column.key}" for column in COLUMNS),
    *(f"t2.{row}.in_force" for row in DOCUMENT_CLASSES),
)
FIRST_FORM = 2019


@transaction.atomic
def read_previous(
    *,
    actor: Person,
    agency: Agency,
    year: int,
    document: Document,
    read: AsRead,
    typed: Mapping[str, Value],
    scope: Scope = Scope.OWN,
) -> ReadReport:
    """Keep what was read of the report on `year`. `typed`: the numbers as the person saw them right (`ASKED`); the others
    are as read. Read again, the newer version holds. Raises NotAllowed, Invalid."""
    require_writer(actor, agency)
    require_fitting(read, year)
    unknown = [address for address in typed if address not in ASKED or address not in read.tables.cells]
    if unknown:
        raise Invalid("cells", Text("只能核对规定的单元格。", "Only the cells that are asked for can be set."))
    if any(value is not None and (not isinstance(value, int) or value < 0) for value in typed.values()):
        raise Invalid("cells", Text("应填不小于零的整数。", "A whole number not below zero."))
    # Two at once: the later one waits, and is the newer version.
    held = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    tables = read.tables.with_cells(typed)
    others = ReadReport.objects.filter(agency=held, year=year, scope=scope)
    row = ReadReport.objects.create(
        agency=held, year=year, scope=scope, number=others.count() + 1, document=document, form=read.format.value,
        cells=cells_as_data(tables), texts=texts_of(read), by=actor,
    )  # fmt: skip
    changed = sorted(address for address, value in typed.items() if value != read.tables[address])
    facts = {"year": year, "scope": str(scope), "document": document.digest, "typed": changed}
    record(
        chain=held.slug, act="annual_report.read_previous", subject=f"read_report:{row.pk}", facts=facts,
        actor=actor.username,
    )  # fmt: skip
    return row


def require_writer(actor: Person, agency: Agency) -> None:
    """Raises NotAllowed."""
    if WRITERS.isdisjoint(roles_of(actor, agency)):
        raise NotAllowed(Text("往年报告由经办人、编辑录入。", "Earlier reports are entered by clerks and editors."))


def require_fitting(read: AsRead, year: int) -> None:
    """Raises Invalid for a report of another year, and for a year without a national form."""
    if not FIRST_FORM <= year < today().year:
        raise Invalid("file", Text("没有这一年的报告。", "There is no report of that year."))
    if read.year is not None and read.year != year:
        text = Text(
            f"这是{read.year}年的报告，需要的是{year}年的。", f"This is the report on {read.year}; {year} is needed."
        )
        raise Invalid("file", text)


def texts_of(read: AsRead) -> dict[str, str]:
    """The words of each part, a line for each paragraph."""
    found: dict[str, str] = {}
    last: dict[str, int] = {}
    for sentence in read.sentences:
        if sentence.part is None:
            continue
        key = str(sentence.part)
        between = "" if key not in found or last[key] == sentence.line else "\n"
        found[key] = found.get(key, "") + between + sentence.text
        last[key] = sentence.line
    return found
