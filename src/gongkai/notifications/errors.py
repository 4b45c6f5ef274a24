"""What goes wrong on the way out."""

from __future__ import annotations


class NotDelivered(RuntimeError):
    """A mail or SMS was not taken. Says where and how, never to whom: it ends in logs and in the queue's table."""


class BeingSent(RuntimeError):
    """Another worker is sending this very message now."""
