"""Addresses of the writer's and the approver's pages, by the number of the report."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gongkai.annual_report.writing import views


class SectionConverter(StringConverter):
    """A section: 1, 1.2, 6."""

    regex = r"[1-6](?:\.[1-5])?"


register_converter(SectionConverter, "report_part")

urlpatterns = [
    path("report-writing/<int:report_id>/", views.write_page, name="report_write"),
    path("report-writing/<int:report_id>/read/", views.read_page, name="report_read"),
    path("report-writing/<int:report_id>/act/<slug:act>/", views.act_page, name="report_act"),
    path("report-writing/<int:report_id>/<report_part:section>/", views.section_page, name="report_section"),
]
