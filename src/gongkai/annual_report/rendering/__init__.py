"""The official form written out: HTML for the site, DOCX, PDF and XLSX; the whole report, or its tables alone."""

from gongkai.annual_report.rendering.docx import render_docx, render_report_docx
from gongkai.annual_report.rendering.html import (
    render_html,
    render_html_document,
    render_report_document,
    render_report_html,
)
from gongkai.annual_report.rendering.pdf import render_report_pdf
from gongkai.annual_report.rendering.xlsx import render_report_xlsx

__all__ = [
    "render_docx",
    "render_html",
    "render_html_document",
    "render_report_document",
    "render_report_docx",
    "render_report_html",
    "render_report_pdf",
    "render_report_xlsx",
]
