"""Word templates that an agency made itself: checked before they are kept, filled in a worker, trusted with nothing.

A template may name the places of a letter, go through a list and ask whether a place is filled. It is a stranger's
program all the same (docs/decisions/0017): what else it could say is refused, with the words and the paragraph named.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents.bounded import bounded
from gongkai.documents.word_templates.placeholders import PLACEHOLDERS, Placeholder, Value, values_of

__all__ = ["PLACEHOLDERS", "Placeholder", "Value", "check", "fill", "values_of"]

SECONDS, MEGABYTES = 20.0, 700


def check(data: bytes) -> tuple[str, ...]:
    """The names of the places that the template fills, in the order of `PLACEHOLDERS`.

    Raises DocumentError (TemplateRefused, UnreadableFile, BoundedError) where it is not to be used.
    """
    from gongkai.documents.word_templates.filling import names_in

    return bounded(names_in, data, seconds=SECONDS, megabytes=MEGABYTES)


def fill(data: bytes, values: Mapping[str, Value]) -> bytes:
    """The template with the values in their places (`values_of` a letter), as DOCX. What has no value stays empty.

    Raises what `check` raises: a template kept long ago is looked at again.
    """
    from gongkai.documents.word_templates.filling import filled

    return bounded(filled, data, dict(values), seconds=SECONDS, megabytes=MEGABYTES)
