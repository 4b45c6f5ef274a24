from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Letters and files."""

    name = "gongkai.documents"
