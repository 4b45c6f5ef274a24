"""Addresses of 检查年度报告, included under `desk:`."""

from __future__ import annotations

from django.urls import path

from gongkai.annual_report import check_views as views

urlpatterns = [
    path("report/<slug:slug>/check/", views.check_page, name="report_check"),
    path("report-checks/<int:run_id>/", views.run_page, name="report_check_run"),
    path("report-checks/<int:run_id>/result.xlsx", views.run_workbook, name="report_check_workbook"),
]
