"""The public pages. Names: home, guides, guide, and those of `applications.urls.public`."""

from __future__ import annotations

from django.urls import path

from gongkai.applications import urls as applications
from gongkai.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", views.guides, name="guides"),
    path("guide/<slug:slug>/", views.guide, name="guide"),
    *applications.public,
]
