"""Reading anyone's annual report: bytes of any kind to lines, headings, sentences, tables."""

from gongkai.annual_report.reading.errors import UnreadableReportError
from gongkai.annual_report.reading.headings import Heading, Style
from gongkai.annual_report.reading.notes import Note, NoteKind
from gongkai.annual_report.reading.prose import Sentence
from gongkai.annual_report.reading.report import Report, read_bytes, read_report, read_text

__all__ = [
    "Heading",
    "Note",
    "NoteKind",
    "Report",
    "Sentence",
    "Style",
    "UnreadableReportError",
    "read_bytes",
    "read_report",
    "read_text",
]
