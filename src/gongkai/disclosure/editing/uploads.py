"""Files that come in for an item: kept, put beside it, or read as its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.agencies.models import Person
from gongkai.disclosure.actions.attach_file import attach_files
from gongkai.disclosure.actions.edit_revision import edit_revision
from gongkai.disclosure.editing.word_text import text_of
from gongkai.disclosure.models import Attachment, Revision
from gongkai.documents import store
from gongkai.documents.bounded import bounded
from gongkai.documents.gate import UploadRefused, inspect
from gongkai.documents.gate.large import OnDisk
from gongkai.documents.models import Document
from gongkai.documents.upload_fields import Upload
from gongkai.law.texts import Text


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store, under the name that this person gave it."""

    name: str
    document: Document


def kept(upload: Upload | OnDisk) -> Kept:
    """Put a file that passed the gate into the store: durably, before any record of it."""
    if isinstance(upload, OnDisk):
        return Kept(upload.name, upload.keep())
    return Kept(upload.name, store.keep(upload.data, name=upload.name, media_type=upload.media_type))


def attach(actor: Person, revision: Revision, uploads: Iterable[Upload | OnDisk]) -> list[Attachment]:
    """Raises as `attach_files`."""
    return attach_files(actor=actor, revision_id=revision.pk, files=[kept(upload) for upload in uploads])


def read_in(actor: Person, revision: Revision, upload: Upload) -> tuple[Text, ...]:
    """Add what a Word or text file says at the end of the text, its pictures as attachments. Returns what the person
    should be told. Raises DocumentError, Invalid and what `edit_revision` raises."""
    read = bounded(text_of, upload.data, upload.media_type)
    stem = upload.name.rpartition(".")[0]
    pictures, left_out = [], read.left_out
    for name, data in read.pictures:
        try:
            passed = inspect(data, f"{stem}-{name}")
        except UploadRefused:
            left_out += 1
            continue
        pictures.append(Upload(passed.name, passed.media_type, data))
    attach(actor, revision, pictures)
    revision.refresh_from_db(fields=["body"])
    body = f"{revision.body}\n{read.html}"
    notes = edit_revision(actor=actor, revision_id=revision.pk, values={"body": body}).notes
    if left_out:
        words = Text(f"有{left_out}幅图片的格式不能使用，没有读入。", f"{left_out} pictures could not be taken.")
        notes = (*notes, words)
    return notes
