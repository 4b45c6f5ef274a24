from django.apps import AppConfig


class GrassrootsConfig(AppConfig):
    """基层政务公开."""

    name = "gongkai.grassroots"
