"""Reading anyone's annual report: bytes to text, lines, headings, tables."""

from gongkai.annual_report.reading.errors import UnreadableReportError
from gongkai.annual_report.reading.headings import Heading, Style
from gongkai.annual_report.reading.report import Report, Sentence, read_report, read_text
from gongkai.annual_report.reading.tables import Note, NoteKind

__all__ = [
    "Heading",
    "Note",
    "NoteKind",
    "Report",
    "Sentence",
    "Style",
    "UnreadableReportError",
    "read_report",
    "read_text",
]
