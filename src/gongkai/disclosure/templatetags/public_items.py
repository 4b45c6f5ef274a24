"""What the pages of items say in small."""

from __future__ import annotations

from django import template

from gongkai.documents.gate.names import extension_of

register = template.Library()


@register.filter
def file_kind(name: str) -> str:
    """PDF, DOCX …: by the name's extension, which the gate compared with the content."""
    return extension_of(name).upper()
