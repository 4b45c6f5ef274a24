from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The hash chain of everything that happened."""

    name = "gongkai.ledger"
