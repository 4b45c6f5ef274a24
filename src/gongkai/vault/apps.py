from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Sealed identity data."""

    name = "gongkai.vault"
