"""Addresses of this room: `desk` joins the namespace desk.

desk: notifications, notification_read, notifications_read, preferences
"""

from __future__ import annotations

from django.urls import path

from gongkai.notifications import desk_views

desk = [
    path("notifications/", desk_views.list_page, name="notifications"),
    path("notifications/read/", desk_views.mark_all_read, name="notifications_read"),
    path("notifications/<int:notification_id>/read/", desk_views.mark_read, name="notification_read"),
    path("preferences/", desk_views.preferences, name="preferences"),
]
