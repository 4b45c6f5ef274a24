"""Addresses of the register in the namespace desk: documents, document, document_change, document_strike, campaigns and
campaign_…, counts, counts_sheet, counts_import."""

from __future__ import annotations

from django.urls import path

from gongkai.disclosure.register import campaign_views, document_views, views

desk = [
    path("documents/entry/<int:document_id>/", document_views.document, name="document"),
    path("documents/changes/<int:change_id>/", document_views.strike, name="document_strike"),
    path("documents/campaigns/<int:campaign_id>/", campaign_views.campaign, name="campaign"),
    path("documents/campaigns/<int:campaign_id>/close/", campaign_views.close, name="campaign_close"),
    path("documents/campaigns/<int:campaign_id>/result.xlsx", campaign_views.result, name="campaign_result"),
    path("documents/findings/<int:row_id>/", campaign_views.finding, name="campaign_finding"),
    path("documents/<slug:slug>/", document_views.documents, name="documents"),
    path("documents/<slug:slug>/change/", document_views.change, name="document_change"),
    path("documents/<slug:slug>/campaigns/", campaign_views.campaigns, name="campaigns"),
    path("counts/<slug:slug>/<int:year>/", views.counts, name="counts"),
    path("counts/<slug:slug>/<int:year>/sheet.xlsx", views.counts_sheet, name="counts_sheet"),
    path("counts/<slug:slug>/<int:year>/import/", views.counts_import, name="counts_import"),
]
