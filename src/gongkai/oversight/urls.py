"""Addresses of this room in the namespace desk: monitor_mine, monitor_site, monitor, monitor_rule."""

from __future__ import annotations

from django.urls import path

from gongkai.oversight import views

desk = [
    path("monitor/", views.mine, name="monitor_mine"),
    path("site-monitor/", views.whole_site, name="monitor_site"),
    path("monitor/<slug:slug>/", views.monitor, name="monitor"),
    path("monitor/<slug:slug>/<slug:rule>/", views.one_rule, name="monitor_rule"),
]
