"""Reviewing before publishing: the rounds, the secrecy review, consents, release, withdrawal."""
