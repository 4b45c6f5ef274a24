"""Addresses of the register in the namespace desk: documents, document_repeal, counts, counts_sheet, counts_import."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure.register import views

desk = [
    path("documents/<int:document_id>/repeal/", views.repeal, name="document_repeal"),
    path("documents/<slug:slug>/", views.documents, name="documents"),
    path("counts/<slug:slug>/<int:year>/", views.counts, name="counts"),
    path("counts/<slug:slug>/<int:year>/sheet.xlsx", views.counts_sheet, name="counts_sheet"),
    path("counts/<slug:slug>/<int:year>/import/", views.counts_import, name="counts_import"),
]
