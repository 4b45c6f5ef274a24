"""The public pages. Names: home, guides, guide, preferences, statistics, site_map, sitemap, sitemap_part, robots, search,
search_suggest, search_feed, and those of the rooms' public addresses."""

from __future__ import annotations

from django.urls import include, path

from gongkai.annual_report.public import urls as annual_reports
from gongkai.applications import urls as applications
from gongkai.disclosure import urls as disclosure
from gongkai.grassroots import urls as grassroots
from gongkai.portal import columns, preferences, search_views, site_maps, statistics_views, views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("guide/", views.guides, name="guides"),
    path("guide/<slug:slug>/", views.guide, name="guide"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("statistics/<slug:slug>/", statistics_views.statistics, name="statistics"),
    path("sitemap/", site_maps.site_map, name="site_map"),
    path("sitemap.xml", site_maps.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", site_maps.sitemap_part, name="sitemap_part"),
    path("robots.txt", site_maps.robots, name="robots"),
    path("search/", search_views.search, name="search"),
    path("search/suggest/", search_views.suggest, name="search_suggest"),
    path("feeds/search.<feed_form:form>", search_views.feed, name="search_feed"),
    *applications.public,
    *disclosure.public,
    path("", include(annual_reports.public), {"column": columns.REPORTS}),
    path("", include(grassroots.public), {"column": columns.GRASSROOTS}),
]
