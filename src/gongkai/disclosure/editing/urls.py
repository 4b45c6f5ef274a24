"""Addresses of writing in the namespace desk: item_drafts, item_draft, item_draft_discard."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure.editing import draft_views

desk = [
    path("item-drafts/", draft_views.item_drafts, name="item_drafts"),
    path("item-drafts/<int:draft_id>/", draft_views.item_draft, name="item_draft"),
    path("item-drafts/<int:draft_id>/discard/", draft_views.discard, name="item_draft_discard"),
]
