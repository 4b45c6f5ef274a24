"""The public pages. Names: home, guides, guide, and those of `applications.urls.public` and `annual_report.public.urls`."""

from __future__ import annotations

from django.urls import include, path

from gongkai.annual_report.public import urls as annual_reports
from gongkai.applications import urls as applications
from gongkai.disclosure import urls as disclosure
from gongkai.grassroots import urls as grassroots
from gongkai.portal import columns, views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", views.guides, name="guides"),
    path("guide/<slug:slug>/", views.guide, name="guide"),
    *applications.public,
    *disclosure.public,
    path("", include(annual_reports.public), {"column": columns.REPORTS}),
    path("", include(grassroots.public), {"column": columns.GRASSROOTS}),
]
