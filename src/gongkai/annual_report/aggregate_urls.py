"""Addresses of the reports from below, included under `desk:`."""

from __future__ import annotations

from django.urls import path

from gongkai.annual_report import aggregate_views as views

_YEAR = "report/<slug:slug>/<int:year>"

urlpatterns = [
    path(f"{_YEAR}/children/", views.children_page, name="report_children"),
    path(f"{_YEAR}/children/remind/", views.remind, name="report_remind"),
    path(f"{_YEAR}/children/files/", views.receive, name="report_receive"),
    path(f"{_YEAR}/children/files/<uuid:batch>/", views.batch_page, name="report_batch"),
    path(f"{_YEAR}/whole/", views.whole_page, name="report_whole"),
    path(f"{_YEAR}/whole/<cell:address>/", views.whole_cell, name="report_whole_cell"),
    path(f"{_YEAR}/up/", views.up, name="report_up"),
    path("report-files/<int:file_id>/", views.incoming_file, name="incoming_file"),
    path("report-submissions/<int:submission_id>/", views.submission_page, name="submission"),
    path("report-submissions/<int:submission_id>/accept/", views.submission_accept, name="submission_accept"),
    path("report-submissions/<int:submission_id>/send-back/", views.submission_send_back, name="submission_send_back"),
]
