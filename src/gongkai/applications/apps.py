from datetime import time

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """依申请公开."""

    name = "gongkai.applications"

    def ready(self) -> None:
        from gongkai import jobs
        from gongkai.agencies.after_calendar import after_calendar
        from gongkai.applications import (
            due_digest,  # noqa: F401  (what is due, for the digest)
            witness,  # noqa: F401  (lets the ledger compare its entries with the steps)
        )

        after_calendar("gongkai.applications.jobs.after_calendar_change")
        jobs.daily("gongkai.applications.jobs.remind", at=time(7, 30))
