"""The staff workbench. Names: login, logout, password, calendar, calendar_year, calendar_publish, agencies, person_add,
person_appoint, appointment_end; those of `applications.urls.desk` (inbox, case, …), of `notifications.urls.desk`
(notifications, preferences), of `annual_report.urls` (report, …) and of the ledger (ledger)."""

from __future__ import annotations

from django.urls import include, path

from gongkai.applications import urls as applications
from gongkai.desk import account_views, ledger_views, views
from gongkai.notifications import urls as notifications

app_name = "desk"

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", account_views.password, name="password"),
    path("calendar/", views.this_year, name="calendar"),
    path("calendar/<int:year>/", views.calendar_year, name="calendar_year"),
    path("calendar/<int:year>/publish/", views.calendar_publish, name="calendar_publish"),
    path("agencies/", views.agencies, name="agencies"),
    path("people/new/", views.person_add, name="person_add"),
    path("people/<int:person_id>/appoint/", views.person_appoint, name="person_appoint"),
    path("appointments/<int:appointment_id>/end/", account_views.appointment_end, name="appointment_end"),
    *applications.desk,
    *notifications.desk,
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("", include("gongkai.annual_report.urls")),
]
