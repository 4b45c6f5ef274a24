"""Addresses of this part in the namespace desk: columns_mine, columns, column_new, column, column_act, guide_edit."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure.columns import views

desk = [
    path("columns/", views.mine, name="columns_mine"),
    path("columns/<slug:slug>/", views.columns, name="columns"),
    path("columns/<slug:slug>/new/", views.column_new, name="column_new"),
    path("columns/<slug:slug>/guide/", views.guide_edit, name="guide_edit"),
    path("columns/<slug:slug>/<int:column_id>/", views.column_edit, name="column"),
    path("columns/<slug:slug>/<int:column_id>/act/", views.column_act, name="column_act"),
]
