"""An item as it is read: text, files and metadata, for the public page and for whoever looks at it before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from gongkai.disclosure.models import Attachment, Revision
from gongkai.disclosure.public.links import with_notices
from gongkai.disclosure.rich_text import shown

#: A whole tag: what stands in its attributes is none.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)\b(?:[^>"]|"[^"]*")*>', re.IGNORECASE)


def item_body(
    revision: Revision, attachments: Iterable[Attachment], address: Callable[[Attachment], str]
) -> dict[str, Any]:
    """The context of `disclosure/parts/item_body.html`. ``address``: where a file of it is to be had by this reader."""
    files = [(attachment, address(attachment)) for attachment in attachments]
    addresses = {attachment.document.digest: where for attachment, where in files}
    in_text = [where for digest, where in addresses.items() if f"attachment:{digest}" in revision.body]
    return {
        "revision": revision,
        "text": _trusted(with_scrolling(with_notices(shown(revision.body, addresses)))),
        # Pictures that stand in the text are not offered a second time.
        "files": [(attachment, where) for attachment, where in files if not _is_picture(attachment, where, in_text)],
    }


def with_scrolling(text: str) -> str:
    """A wide table scrolls by itself and not with the page, by keyboard too."""
    numbers = count(1)

    def boxed(found: re.Match[str]) -> str:
        if found[2].lower() != "table":
            return found[0]
        if found[1]:
            return f"{found[0]}</div>"
        return f'<div class="table-scroll" role="region" tabindex="0" aria-label="表格{next(numbers)}">{found[0]}'

    return _TAG.sub(boxed, text)


def _is_picture(attachment: Attachment, where: str, in_text: list[str]) -> bool:
    return where in in_text and attachment.document.media_type.startswith("image/")


def _trusted(text: str) -> SafeString:
    # It was cleaned before it was kept (`rich_text.clean`), and nothing but addresses of ours was put in since.
    return mark_safe(text)
