"""The staff workbench. Names: login, logout, password, calendar, calendar_year, calendar_publish, agencies, agency,
agency_edit, archive_edit, unit_add, unit_edit, route, delegate, delegate_at, delegation_end, person_add, person_appoint,
appointment_unit, appointment_end; those of `applications.urls.desk` (inbox, case, …), of `notifications.urls.desk`
(notifications, preferences), of `disclosure.urls.desk` (item_drafts, …), of `annual_report.urls`
(report, …) and of the ledger (ledger)."""

from __future__ import annotations

from django.urls import include, path

from gongkai.applications import urls as applications
from gongkai.desk import (
    account_views,
    delegation_views,
    ledger_views,
    letter_template_views,
    office_views,
    privacy_page,
    quarantine_views,
    views,
)
from gongkai.disclosure import urls as disclosure
from gongkai.disputes import urls as disputes
from gongkai.grassroots import urls as grassroots
from gongkai.notifications import urls as notifications
from gongkai.oversight import urls as oversight

app_name = "desk"

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", account_views.password, name="password"),
    path("calendar/", views.this_year, name="calendar"),
    path("calendar/<int:year>/", views.calendar_year, name="calendar_year"),
    path("calendar/<int:year>/publish/", views.calendar_publish, name="calendar_publish"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:slug>/", office_views.agency, name="agency"),
    path("agencies/<slug:slug>/edit/", office_views.agency_edit, name="agency_edit"),
    path("agencies/<slug:slug>/archive/", office_views.archive_edit, name="archive_edit"),
    path("agencies/<slug:slug>/units/new/", office_views.unit_add, name="unit_add"),
    path("agencies/<slug:slug>/route/", office_views.route, name="route"),
    path("agencies/<slug:slug>/delegate/", delegation_views.delegate_at, name="delegate_at"),
    path("agencies/<slug:slug>/letters/", letter_template_views.letter_templates, name="letter_templates"),
    path("agencies/<slug:slug>/letters/all.pdf", letter_template_views.letters_test_print, name="letters_test_print"),
    path("agencies/<slug:slug>/letters/<slug:code>/", letter_template_views.letter_template, name="letter_template"),
    path(
        "agencies/<slug:slug>/letters/<slug:code>/edit/",
        letter_template_views.letter_template_edit,
        name="letter_template_edit",
    ),
    path(
        "agencies/<slug:slug>/letters/<slug:code>/retire/",
        letter_template_views.letter_template_retire,
        name="letter_template_retire",
    ),
    path(
        "agencies/<slug:slug>/letters/<slug:code>/preview.pdf",
        letter_template_views.letter_template_preview,
        name="letter_template_preview",
    ),
    path("units/<int:unit_id>/", office_views.unit_edit, name="unit_edit"),
    path("delegations/", delegation_views.delegate_own, name="delegate"),
    path("delegations/<int:delegation_id>/end/", delegation_views.delegation_end, name="delegation_end"),
    path("people/new/", views.person_add, name="person_add"),
    path("people/<int:person_id>/appoint/", views.person_appoint, name="person_appoint"),
    path("appointments/<int:appointment_id>/unit/", office_views.appointment_unit, name="appointment_unit"),
    path("appointments/<int:appointment_id>/end/", account_views.appointment_end, name="appointment_end"),
    *applications.desk,
    *notifications.desk,
    *disclosure.desk,
    *disputes.desk,
    *grassroots.desk,
    *oversight.desk,
    path("ledger/", ledger_views.ledger, name="ledger"),
    path("quarantine/", quarantine_views.quarantine_list, name="quarantine"),
    path("quarantine/<int:quarantined_id>/download/", quarantine_views.quarantine_take_out, name="quarantine_take_out"),
    path("quarantine/<int:quarantined_id>/<slug:act>/", quarantine_views.quarantine_act, name="quarantine_act"),
    path("privacy/", privacy_page.privacy, name="privacy"),
    path("privacy/<int:check_id>/", privacy_page.privacy_check, name="privacy_check"),
    path("", include("gongkai.annual_report.urls")),
]
