"""What the reader remarked on, as findings: R-1 (ours)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.annual_report.audit.findings import Finding, Severity, place_of
from gongkai.annual_report.audit.registry import Case, rule
from gongkai.annual_report.reading import NoteKind
from gongkai.law.texts import Text

#: Kinds that no rule on tables tells of, and how much they matter.
_TOLD = {
    NoteKind.NO_NUMBERS: Severity.WARNING,
    NoteKind.HALF_TABLE: Severity.WARNING,
    NoteKind.PICTURE: Severity.WARNING,
    NoteKind.TWO_REPORTS: Severity.WARNING,
    NoteKind.OLD_FORM: Severity.WARNING,
    NoteKind.DECODED: Severity.INFO,
    NoteKind.BY_PLACE: Severity.INFO,
    NoteKind.NOISE: Severity.INFO,
    NoteKind.FILE: Severity.INFO,
}
_TABLES = {
    "t2": Text("第二部分表格", "table of part 2"),
    "t3": Text("第三部分表格", "table of part 3"),
    "t4": Text("第四部分表格", "table of part 4"),
}
_FILE = Text("文件", "file")


@rule("R-1", "文件可以完整读取", "the file can be read whole")
def remarks_of_the_reader(case: Case) -> Iterator[Finding]:
    """R-1 (ours): pictures, half tables, two reports in one file, and how doubtful numbers were read; each said once."""
    said: set[tuple[NoteKind, str, str]] = set()
    for note in case.report.notes:
        table = _TABLES.get(note.where.partition(".")[0])
        key = (note.kind, table.zh if table else "", note.seen if note.kind is NoteKind.FILE else "")
        if note.kind not in _TOLD or key in said:
            continue
        said.add(key)
        place = table or (place_of(case.report, note.line) if note.line > 1 else _FILE)
        values = (note.seen,) if note.seen and note.kind is not NoteKind.FILE else ()
        yield Finding("R-1", _TOLD[note.kind], place, note.message, values, note.line or None)
