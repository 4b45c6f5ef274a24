from datetime import time

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """监督保障: monitors of the columns."""

    name = "gongkai.oversight"

    def ready(self) -> None:
        from gongkai import jobs

        jobs.daily("gongkai.oversight.links.check_links", at=time(2, 20))
