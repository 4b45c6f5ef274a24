from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Agencies, people, calendar, numbering."""

    name = "gongkai.agencies"

    def ready(self) -> None:
        from gongkai.agencies.actions import sign_in  # noqa: F401  (connects to the sign-in signal)
