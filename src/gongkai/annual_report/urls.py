"""Addresses of the report at the desk, included under `desk:`."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from gongkai.annual_report import comparison_views, desk_views, figure_views


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
    path("report/compare/", comparison_views.compare_page, name="report_compare"),
    path("report/<slug:slug>/<int:year>/", desk_views.year_page, name="report_year"),
    path("report/<slug:slug>/<int:year>/<cell:address>/", desk_views.cell_page, name="report_cell"),
    path("report/<slug:slug>/<int:year>/tables.<report_form:form>", desk_views.download, name="report_download"),
    path("", include("gongkai.annual_report.aggregate_urls")),
    path("report/<slug:slug>/<int:year>/begin/", figure_views.begin_report, name="report_begin"),
    path("report/<slug:slug>/<int:year>/previous/", figure_views.previous_page, name="report_previous"),
    path("report-figures/<int:report_id>/freeze/", figure_views.freeze_page, name="report_freeze"),
    path("report-figures/<int:report_id>/unfreeze/", figure_views.unfreeze_page, name="report_unfreeze"),
    path("report-figures/<int:report_id>/<cell:address>/", figure_views.correct_page, name="report_correct"),
    path("", include("gongkai.annual_report.check_urls")),
    path("", include("gongkai.annual_report.writing.urls")),
]
