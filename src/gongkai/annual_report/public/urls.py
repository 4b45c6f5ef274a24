"""Addresses of the public reports; `public` joins the namespace portal.

reports, reports_compare, reports_of; report, report_version, report_picture, report_file, report_version_file and the
same with `_whole` for the 汇总.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from gongkai.annual_report.models import Scope
from gongkai.annual_report.public import compare_views, views


class FileConverter(StringConverter):
    """The form of a published file."""

    regex = "docx|pdf|xlsx|json"


register_converter(FileConverter, "report_file")


def _of_scope(scope: Scope, folder: str, suffix: str) -> Iterator[URLPattern]:
    base, kept = f"reports/<slug:slug>/<int:year>/{folder}", {"scope": scope.value}
    yield path(base, views.report_page, kept, name=f"report{suffix}")
    yield path(f"{base}picture/", views.picture_page, kept, name=f"report_picture{suffix}")
    yield path(f"{base}report.<report_file:form>", views.file, kept, name=f"report_file{suffix}")
    yield path(f"{base}v<int:number>/", views.report_page, kept, name=f"report_version{suffix}")
    yield path(f"{base}v<int:number>/report.<report_file:form>", views.file, kept, name=f"report_version_file{suffix}")


public = [
    path("reports/", views.reports, name="reports"),
    path("reports/compare/", compare_views.compare_page, name="reports_compare"),
    path("reports/<slug:slug>/", views.reports_of, name="reports_of"),
    *_of_scope(Scope.OWN, "", ""),
    *_of_scope(Scope.WHOLE, "whole/", "_whole"),
]
