"""An item as Word and as PDF: the same text in both, made when somebody first asks, kept by the digest of its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from gongkai.disclosure.kept_files import place_of
from gongkai.disclosure.public.one_item import Shown
from gongkai.disclosure.public.paper import Paper, paper_of
from gongkai.documents.store import read, write_durably

FORMS = {"docx": "Word", "pdf": "PDF"}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
#: A picture wider or higher than this is made smaller.
MOST_PIXELS = 1600


def file_of(shown: Shown, form: str) -> tuple[bytes, str]:
    """The bytes of the item in a form, and their media type."""
    place = place_of(shown.item.pk, shown.revision.digest, form)
    if place.exists():
        return place.read_bytes(), _TYPES[form]
    data = _maker(form)(paper_of(shown, _pictures(shown)))
    place.parent.mkdir(parents=True, exist_ok=True)
    write_durably(place, lambda file: file.write(data))
    return data, _TYPES[form]


def _maker(form: str) -> Callable[[Paper], bytes]:
    # Imported where used: a page that makes no file does not pay for it.
    if form == "pdf":
        from gongkai.disclosure.public.pdf_file import pdf_file

        return pdf_file
    from gongkai.disclosure.public.word_file import word_file

    return word_file


def _pictures(shown: Shown) -> Mapping[str, bytes]:
    """The pictures that stand in the text, as PNG or JPEG of a sensible size."""
    in_text = {one.document.digest: one.document for one in shown.attachments if _stands_in(shown, one.document.digest)}
    made = {digest: _fitting(read(document)) for digest, document in in_text.items()}
    return {digest: data for digest, data in made.items() if data}


def _stands_in(shown: Shown, digest: str) -> bool:
    return f'src="attachment:{digest}"' in shown.revision.body


def _fitting(data: bytes) -> bytes:
    """The picture for print, empty where nobody can draw it."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            picture.load()
            picture.thumbnail((MOST_PIXELS, MOST_PIXELS))
            flat = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
            made = BytesIO()
            flat.save(made, "PNG")
            return made.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
