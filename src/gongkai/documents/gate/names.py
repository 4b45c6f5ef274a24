"""A name that came from outside, made safe to show and to send back. It is never used as a path."""

from __future__ import annotations

import re
import unicodedata

#: The same bytes also fit a file system's 255, with room for a number before the name.
LONGEST = 240
#: Controls; marks that turn, hide or break text (a right-to-left mark makes “fdp.exe” read “exe.pdf”); lone halves.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
#: What Windows cannot have in a name.
FORBIDDEN = re.compile(r'[<>:"|?*]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
UNNAMED = "附件"


def safe_name(name: str) -> str:
    """The last part of ``name``, without what hides or misleads, at most `LONGEST` bytes; the extension is kept."""
    visible = "".join(c for c in name if unicodedata.category(c) not in HIDDEN)
    last = re.split(r"[/\\]", visible)[-1]
    plain = " ".join(FORBIDDEN.sub("_", unicodedata.normalize("NFC", last)).split()).strip(". ")
    if RESERVED.match(plain):
        plain = "_" + plain
    return shortened(plain or UNNAMED)


def extension_of(name: str) -> str:
    """What follows the last full stop, in small letters; empty where there is none, or none that could be one."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem and re.fullmatch(r"[0-9A-Za-z]{1,10}", extension) else ""


def shortened(name: str) -> str:
    """At most `LONGEST` bytes; what is cut is the end of the name, not its extension."""
    extension = extension_of(name)
    tail = name[-len(extension) - 1 :] if extension else ""
    stem = name[: len(name) - len(tail)].encode()[: LONGEST - len(tail)]
    return stem.decode(errors="ignore").rstrip(". ") + tail
