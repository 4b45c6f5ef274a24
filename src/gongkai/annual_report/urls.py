"""Addresses of the report at the desk, included under `desk:`."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from gongkai.annual_report import desk_views


class AddressConverter(StringConverter):
    """A cell's address: t3.granted.natural_person."""

    regex = r"t[234]\.[a-z_]+\.[a-z_]+"


class FormConverter(StringConverter):
    """The form of a file."""

    regex = "docx|html"


register_converter(AddressConverter, "cell")
register_converter(FormConverter, "report_form")

urlpatterns = [
    path("report/", desk_views.latest, name="report"),
    path("report/<slug:slug>/<int:year>/", desk_views.year_page, name="report_year"),
    path("report/<slug:slug>/<int:year>/<cell:address>/", desk_views.cell_page, name="report_cell"),
    path("report/<slug:slug>/<int:year>/tables.<report_form:form>", desk_views.download, name="report_download"),
    path("", include("gongkai.annual_report.writing.urls")),
]
