"""The public shell as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Counts visits from the start of the process on."""

    name = "gongkai.portal"

    def ready(self) -> None:
        from gongkai.portal import visits

        visits.begin()
