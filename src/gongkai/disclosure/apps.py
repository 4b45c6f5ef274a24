from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """主动公开."""

    name = "gongkai.disclosure"
