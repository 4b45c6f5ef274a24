from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """行政复议、行政诉讼."""

    name = "gongkai.disputes"
