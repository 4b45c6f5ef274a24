"""Addresses: `desk` joins the namespace desk (grassroots, grassroots_overview, grassroots_area, grassroots_row,
grassroots_row_new, grassroots_row_act, grassroots_sheet, grassroots_import), `public` the namespace portal (grassroots,
grassroots_of, grassroots_area, grassroots_body)."""

from __future__ import annotations

from django.urls import path, re_path

from gongkai.grassroots import desk_views, public_views, sheet_views

desk = [
    path("grassroots/", desk_views.catalogues, name="grassroots"),
    path("grassroots/<slug:slug>/", desk_views.overview, name="grassroots_overview"),
    path("grassroots/<slug:slug>/sheet.xlsx", sheet_views.sheet, name="grassroots_sheet"),
    path("grassroots/<slug:slug>/import/", sheet_views.take_in, name="grassroots_import"),
    path("grassroots/<slug:slug>/rows/new/", desk_views.row_new, name="grassroots_row_new"),
    path("grassroots/<slug:slug>/areas/<slug:code>/", desk_views.area, name="grassroots_area"),
    path("grassroots-rows/<int:row_id>/", desk_views.row, name="grassroots_row"),
    re_path(
        r"^grassroots-rows/(?P<row_id>\d{1,18})/(?P<act>retire|tie|untie)/$",
        desk_views.row_act,
        name="grassroots_row_act",
    ),
]

public = [
    path("grassroots/", public_views.catalogues, name="grassroots"),
    path("grassroots/<slug:slug>/", public_views.grid, name="grassroots_of"),
    path("grassroots/<slug:slug>/areas/<slug:code>/", public_views.area, name="grassroots_area"),
    path("grassroots/<slug:slug>/bodies/<slug:body_slug>/", public_views.body, name="grassroots_body"),
]
