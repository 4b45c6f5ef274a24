from django.apps import AppConfig


class SearchConfig(AppConfig):
    """全文检索."""

    name = "gongkai.search"

    def ready(self) -> None:
        from datetime import time

        from gongkai import jobs

        jobs.daily("gongkai.search.jobs.mend", at=time(0, 20))
