from datetime import time

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, people, calendar, numbering."""

    name = "gongkai.agencies"

    def ready(self) -> None:
        from gongkai import jobs
        from gongkai.agencies.actions import sign_in  # noqa: F401  (connects to the sign-in signal)
        from gongkai.agencies.public_numbers import public_numbers
        from gongkai.documents.offices import office_from

        office_from(public_numbers)
        jobs.daily("gongkai.agencies.actions.quarantine.destroy_old", at=time(3, 40))
