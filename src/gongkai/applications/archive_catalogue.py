"""归档文件目录: the closed case files a person may see, in the order of their 档号, and the year's list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from gongkai.agencies.models import Agency, Person
from gongkai.agencies.selectors import day_of
from gongkai.applications.case_file_pieces import title_of
from gongkai.applications.models import CaseFile, Letter, LetterKind
from gongkai.applications.selectors.visibility import cases_for
from gongkai.documents import spreadsheet
from gongkai.documents.spreadsheet import Cell
from gongkai.law.texts import Text

#: So many lines has one page, and so many rows are read at once.
PAGE, PORTION = 50, 500
COLUMNS = (
    Text("件号", "Item"),
    Text("档号", "Archive number"),
    Text("文号", "Document number"),
    Text("责任者", "Author"),
    Text("题名", "Title"),
    Text("日期", "Date"),
    Text("页数", "Pages"),
    Text("备注", "Remarks"),
)


def files_for(person: Person) -> QuerySet[CaseFile]:
    """The closed case files of the cases that this person may read."""
    return in_order(CaseFile.objects.filter(application__in=cases_for(person)))


def files_of(agency: Agency, year: int) -> QuerySet[CaseFile]:
    """All of one agency and year, for whoever hands them over at the machine itself."""
    return of_year(in_order(CaseFile.objects.filter(application__agency=agency)), year)


def in_order(files: QuerySet[CaseFile]) -> QuerySet[CaseFile]:
    """By agency, year, retention and 件号; what has no number comes last. Each with its reply's number (`reply`)."""
    replies = Letter.objects.filter(
        application=OuterRef("application"), kind=LetterKind.REPLY, step__recorded_at__lte=OuterRef("made_at")
    )
    last = Subquery(replies.order_by("-pk").values("number")[:1])
    unnumbered = ExpressionWrapper(Q(item=None), BooleanField())
    order = ("application__agency__path", F("year").desc(nulls_last=True), "unnumbered", "retention", "item", "pk")
    rows = files.select_related("application__agency", "document")
    return rows.annotate(reply=last, unnumbered=unnumbered).order_by(*order)


def of_year(files: QuerySet[CaseFile], year: int) -> QuerySet[CaseFile]:
    """Files from before the years were kept count by the day they were made. What is no year of ours has none."""
    if not 1950 <= year < 3000:
        return files.none()
    return files.filter(Q(year=year) | Q(year=None, made_at__year=year))


def found(files: QuerySet[CaseFile], text: str) -> QuerySet[CaseFile]:
    """Those whose 档号 or number of the application holds the text."""
    return files.filter(Q(archive_number__icontains=text) | Q(application__number__icontains=text))


def years_of(files: QuerySet[CaseFile]) -> list[int]:
    """The years that have any, the newest first."""
    told = set(files.order_by().values_list("year", flat=True).distinct()) - {None}
    made = files.order_by().filter(year=None).dates("made_at", "year")
    return sorted({*told, *(day.year for day in made)}, reverse=True)  # type: ignore[arg-type]


def catalogue(files: QuerySet[CaseFile], lang: str) -> Iterator[bytes]:
    """The list as XLSX. Whether it may be read was asked with the files."""
    columns = [column.of(lang) for column in COLUMNS]
    rows = (_row(file) for file in files.iterator(PORTION))
    return spreadsheet.xlsx_portions(Text("归档文件目录", "Archived files").of(lang), columns, rows)


def _row(file: CaseFile) -> Sequence[Cell]:
    application = file.application
    return (
        file.item,
        file.archive_number,
        getattr(file, "reply", None) or application.number,
        application.agency.name,
        title_of(application),
        application.answered_on or _made_on(file),
        file.pages,
        f"第{file.volume}卷；{application.number}" if file.volume > 1 else application.number,
    )


def _made_on(file: CaseFile) -> date:
    return day_of(file.made_at)
