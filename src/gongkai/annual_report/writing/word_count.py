"""字数: as word processors count it."""

from __future__ import annotations

import re

from gongkai.annual_report.linked_figures import FIGURE

#: A Latin word or a number is one; every other visible character is one.
_COUNTED = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%'-]*|\S")


def words_in(text: str) -> int:
    """The length of a text in 字; a linked figure is one, as the number it prints."""
    return len(_COUNTED.findall(FIGURE.sub(" 1 ", text)))
