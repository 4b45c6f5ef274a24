"""Addresses of this room in the namespace desk: item_drafts, item_draft, item_draft_discard."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure import desk_views

desk = [
    path("item-drafts/", desk_views.item_drafts, name="item_drafts"),
    path("item-drafts/<int:draft_id>/", desk_views.item_draft, name="item_draft"),
    path("item-drafts/<int:draft_id>/discard/", desk_views.discard, name="item_draft_discard"),
]
