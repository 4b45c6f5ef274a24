"""Addresses of writing in the namespace desk: items, item_new, item, item_edit, item_save, item_picture, item_preview,
item_compare, item_correct, item_withdraw, item_suspend, item_discard, revision_file, item_drafts, item_draft, item_draft_discard."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.disclosure.editing import draft_views, edit_views, views

desk = [
    path("items/", views.items, name="items"),
    path("items/new/", views.item_new, name="item_new"),
    path("items/<int:item_id>/", views.item, name="item"),
    path("items/<int:item_id>/edit/", edit_views.item_edit, name="item_edit"),
    path("items/<int:item_id>/save/", edit_views.item_save, name="item_save"),
    path("items/<int:item_id>/picture/", edit_views.item_picture, name="item_picture"),
    path("items/<int:item_id>/preview/", views.preview, name="item_preview"),
    path("items/<int:item_id>/compare/<int:before>/<int:after>/", views.compare, name="item_compare"),
    path("items/<int:item_id>/correct/", views.correct, name="item_correct"),
    path("items/<int:item_id>/withdraw/", views.withdraw, name="item_withdraw"),
    path("items/<int:item_id>/suspend/", views.suspend, name="item_suspend"),
    path("items/<int:item_id>/discard/", views.discard, name="item_discard"),
    re_path(
        r"^revisions/(?P<revision_id>\d{1,18})/files/(?P<digest>[0-9a-f]{64})/$",
        views.revision_file,
        name="revision_file",
    ),
    path("item-drafts/", draft_views.item_drafts, name="item_drafts"),
    path("item-drafts/<int:draft_id>/", draft_views.item_draft, name="item_draft"),
    path("item-drafts/<int:draft_id>/discard/", draft_views.discard, name="item_draft_discard"),
]
