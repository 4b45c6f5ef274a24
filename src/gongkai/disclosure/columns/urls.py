"""Addresses of this part in the namespace desk."""

from __future__ import annotations

from django.urls import URLPattern

desk: list[URLPattern] = []
