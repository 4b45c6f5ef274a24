"""A list as a file: the columns that ledgers have, names masked, whatever somebody typed kept from running."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from gongkai.applications.models import Application
from gongkai.documents import spreadsheet
from gongkai.documents.spreadsheet import Cell
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import Outcome
from gongkai.law.procedure import Stage
from gongkai.law.texts import Text

#: So many rows are read at once.
PORTION = 500
COLUMNS = (
    Text("编号", "Number"),
    Text("收到日期", "Received on"),
    Text("申请人类型", "Kind of applicant"),
    Text("申请人", "Applicant (masked)"),
    Text("申请内容", "What is asked for"),
    Text("提交方式", "Channel"),
    Text("环节", "Stage"),
    Text("承办科室", "Unit"),
    Text("承办人员", "Person in charge"),
    Text("内部办理期限", "Internal due date"),
    Text("答复期限", "Due on"),
    Text("办理结果", "Outcome"),
    Text("答复日期", "Replied on"),
    Text("归档日期", "Archived on"),
    Text("受理机关", "Agency"),
)
MEDIA_TYPES = {"xlsx": spreadsheet.XLSX, "csv": spreadsheet.CSV}


def file_of(keys: Sequence[int], form: str, lang: str) -> Iterator[bytes]:
    """The cases with these keys, in this order, as XLSX or CSV. Whether they may be read was asked with the keys."""
    columns, rows = [column.of(lang) for column in COLUMNS], _rows(keys, lang)
    if form == "csv":
        return spreadsheet.csv_lines(columns, rows)
    return spreadsheet.xlsx_portions(Text("依申请公开", "Applications").of(lang), columns, rows)


def _rows(keys: Sequence[int], lang: str) -> Iterator[Sequence[Cell]]:
    wanted = iter(keys)
    while portion := list(islice(wanted, PORTION)):
        found = Application.objects.select_related("agency", "unit", "holder").only(*_READ).in_bulk(portion)
        yield from (_row(found[key], lang) for key in portion if key in found)


_READ = (
    "number received_on applicant_kind applicant_name content channel stage unit__name holder__display_name "
    "internal_due_on due_on outcome answered_on archived_on agency__name"
).split()


def _row(case: Application, lang: str) -> Sequence[Cell]:
    return (
        case.number,
        case.received_on,
        ApplicantKind(case.applicant_kind).label.of(lang),
        case.masked_name,
        case.content,
        str(case.get_channel_display()),
        Stage(case.stage).label.of(lang),
        case.unit.name if case.unit else None,
        case.holder.display_name if case.holder else None,
        case.internal_due_on,
        case.due_on,
        Outcome(case.outcome).label.of(lang) if case.outcome else None,
        case.answered_on,
        case.archived_on,
        case.agency.name,
    )
