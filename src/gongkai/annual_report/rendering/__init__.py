"""The official form written out: HTML for the site, DOCX for submission."""

from gongkai.annual_report.rendering.docx import render_docx
from gongkai.annual_report.rendering.html import render_html, render_html_document

__all__ = ["render_docx", "render_html", "render_html_document"]
