"""Addresses of the public pages of this room; they join the namespace portal."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
