"""The same letter again is not set again: most of these tests ask what a letter says, and typesetting was a fifth of them.

(That the same letter gives the same bytes is shown where letters are at home, in tests/documents, where this is not.)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from django.conf import settings

from gongkai.documents import typesetting
from gongkai.documents.letter import LetterContent

_afresh = typesetting._typeset


@lru_cache(maxsize=1000)
def _once(content: LetterContent, font_folder: str) -> Any:
    return _afresh(content)


@pytest.fixture(scope="module", autouse=True)
def _each_letter_is_set_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typesetting, "_typeset", lambda content: _once(content, str(settings.FONT_FOLDER)))
        yield
