from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """依申请公开."""

    name = "gongkai.applications"

    def ready(self) -> None:
        from gongkai.applications import witness  # noqa: F401  (lets the ledger compare its entries with the steps)
        from gongkai.agencies.after_calendar import after_calendar

        after_calendar("gongkai.applications.jobs.after_calendar_change")
