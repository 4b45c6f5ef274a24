"""Addresses of the public pages of this room (`public`, in the namespace portal), and of what the desk hears of them.

portal: agencies, agency_columns, column; item, item_file, item_download, item_qr; agency_feed, column_feed; leaving
desk: visits_mine, visits
"""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gongkai.disclosure.public import desk_views, feed_views, item_views, views


class ItemForm(StringConverter):
    """A form in which an item can be had."""

    regex = "docx|pdf"


class FeedForm(StringConverter):
    """A form of a feed."""

    regex = "rss|atom|json"


register_converter(ItemForm, "item_form")
register_converter(FeedForm, "feed_form")

public = [
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:slug>/", views.agency_columns, name="agency_columns"),
    path("agencies/<slug:slug>/<slug:code>/", views.column, name="column"),
    path("items/<int:item_id>/", item_views.item, name="item"),
    path("items/<int:item_id>/files/<int:attachment_id>/<str:name>", item_views.item_file, name="item_file"),
    path("items/<int:item_id>/item.<item_form:form>", item_views.item_download, name="item_download"),
    path("items/<int:item_id>/qr.svg", item_views.item_qr, name="item_qr"),
    path("feeds/<slug:slug>.<feed_form:form>", feed_views.agency_feed, name="agency_feed"),
    path("feeds/<slug:slug>/<slug:code>.<feed_form:form>", feed_views.column_feed, name="column_feed"),
    path("leaving/", item_views.leaving, name="leaving"),
]

desk = [
    path("visits/", desk_views.visits_mine, name="visits_mine"),
    path("visits/<slug:slug>/", desk_views.visits, name="visits"),
]
