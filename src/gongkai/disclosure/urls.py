"""Addresses of this room in the namespace desk: item_drafts, item_draft, item_draft_discard, documents,
document_repeal, counts, counts_sheet, counts_import."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure import desk_views, register_views

desk = [
    path("item-drafts/", desk_views.item_drafts, name="item_drafts"),
    path("item-drafts/<int:draft_id>/", desk_views.item_draft, name="item_draft"),
    path("item-drafts/<int:draft_id>/discard/", desk_views.discard, name="item_draft_discard"),
    path("documents/<int:document_id>/repeal/", register_views.repeal, name="document_repeal"),
    path("documents/<slug:slug>/", register_views.documents, name="documents"),
    path("counts/<slug:slug>/<int:year>/", register_views.counts, name="counts"),
    path("counts/<slug:slug>/<int:year>/sheet.xlsx", register_views.counts_sheet, name="counts_sheet"),
    path("counts/<slug:slug>/<int:year>/import/", register_views.counts_import, name="counts_import"),
]
