"""The text of attachments: read once by a worker with limits, then known by the digest of the bytes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from gongkai.documents import store
from gongkai.documents.errors import DocumentError, FileDamagedError, FileMissingError
from gongkai.documents.models import Document
from gongkai.documents.reading.dispatch import read_safely
from gongkai.search.models import AttachmentText
from gongkai.search.schema import SEARCHED

log = logging.getLogger(__name__)
SECONDS = 60.0


def known_texts(documents: Iterable[Document]) -> Mapping[str, str]:
    """The texts that are known, by digest. One query."""
    digests = {document.digest for document in documents}
    if not digests:
        return {}
    return dict(AttachmentText.objects.filter(digest__in=digests).values_list("digest", "text"))


def read_texts(documents: Iterable[Document]) -> None:
    """Read those that are not known yet. What cannot be read is remembered, so that it is tried once; what the store has
    lost is not, for it may come back from a backup."""
    wanted = {document.digest: document for document in documents}
    known = known_texts(wanted.values())
    for digest, document in wanted.items():
        if digest not in known:
            _read(document)


def _read(document: Document) -> None:
    try:
        reading = read_safely(store.read(document), document.name, seconds=SECONDS)
        found = {"text": reading.text[:SEARCHED].replace("\0", "").encode("utf-8", "ignore").decode()}
    except (FileMissingError, FileDamagedError) as error:
        log.error("attachment text: %s", error)
        return
    except DocumentError as error:
        found = {"unread": error.code}
    AttachmentText.objects.get_or_create(digest=document.digest, defaults=found)
