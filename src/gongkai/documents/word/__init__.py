"""Letters as Word files: the three forms of the PDF again, to be edited, printed or signed elsewhere."""

from __future__ import annotations

from gongkai.documents.letter import LetterContent


def render_docx(content: LetterContent) -> bytes:
    """The letter as DOCX; the same letter gives the same bytes. Raises MissingGlyph as the PDF does."""
    from gongkai.documents.word.rendering import render  # imported where used: python-docx takes its time

    return render(content)
