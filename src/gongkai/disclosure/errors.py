"""What this room refuses."""

from __future__ import annotations

from django.http import Http404


class DraftNotFound(Http404):
    """No such draft, or not for this reader's eyes: the two are not told apart."""
