"""The staff workbench. Names: login, logout, calendar, calendar_year, agencies, person_add, person_appoint; those of
`applications.urls.desk` (inbox, case, …), of `annual_report.urls` (report, …) and of the ledger (ledger)."""

from __future__ import annotations

from django.urls import include, path

from gongkai.applications import urls as applications
from gongkai.desk import ledger_views, views

app_name = "desk"

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("calendar/", views.this_year, name="calendar"),
    path("calendar/<int:year>/", views.calendar_year, name="calendar_year"),
    path("agencies/", views.agencies, name="agencies"),
    path("people/new/", views.person_add, name="person_add"),
    path("people/<int:person_id>/appoint/", views.person_appoint, name="person_appoint"),
    *applications.desk,
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("", include("gongkai.annual_report.urls")),
]
