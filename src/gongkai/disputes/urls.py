"""Addresses of this room in the namespace desk: disputes, dispute_conclude."""

from __future__ import annotations

from django.urls import path

from gongkai.disputes import desk_views

desk = [
    path("disputes/<int:dispute_id>/conclude/", desk_views.conclude, name="dispute_conclude"),
    path("disputes/<slug:slug>/", desk_views.disputes, name="disputes"),
]
