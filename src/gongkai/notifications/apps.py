from datetime import time

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """通知."""

    name = "gongkai.notifications"

    def ready(self) -> None:
        from gongkai import jobs

        jobs.daily("gongkai.notifications.digest.send_digests", at=time(8, 30))
        jobs.daily("gongkai.notifications.sending.send_left_over", at=time(3))
