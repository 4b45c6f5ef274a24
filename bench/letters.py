"""How long a letter takes and how large it is, in each of its file forms: `make bench`.

python -m bench.letters [ROUNDS]

Every paper of the catalogue and one letter of sixty pages. A letter is to be made in less than half a second once the
fonts are loaded (an OFD in one), and to be no larger than 4 MB; else this ends with 1.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.documents.letter import LetterContent

    Maker = Callable[[LetterContent], bytes]

#: An OFD is made out of the PDF, when somebody wants it.
SECONDS, BYTES = {"PDF": 0.5, "DOCX": 0.5, "OFD": 1.0}, 4_000_000


def main() -> int:
    """Measures, prints."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings_test")
    import django

    django.setup()
    letters, long = sample_letters(), long_letter()
    good = True
    for name, make in makers():
        begun = time.perf_counter()
        make(letters[0])
        first = time.perf_counter() - begun
        taken, sizes = zip(*(measured(make, letter, rounds) for letter in letters), strict=True)
        long_taken, long_size = measured(make, long, 1)
        good = good and max(taken) < SECONDS[name] and max(*sizes, long_size) <= BYTES
        sys.stdout.write(
            f"{name:4} first {first * 1000:6.0f} ms   then median {median(taken) * 1000:5.1f} ms, "
            f"slowest {max(taken) * 1000:5.1f} ms, largest {max(sizes) / 1000:5.1f} kB ({len(letters)} letters)   "
            f"60 pages {long_taken * 1000:6.0f} ms, {long_size / 1000:6.1f} kB\n"
        )
    return 0 if good else 1


def makers() -> Iterator[tuple[str, Maker]]:
    """The file forms of a letter."""
    from gongkai.documents.ofd.write import render_ofd
    from gongkai.documents.typesetting import render_pdf
    from gongkai.documents.word import render_docx

    yield "PDF", render_pdf
    yield "DOCX", render_docx
    yield "OFD", render_ofd


def measured(make: Maker, letter: LetterContent, rounds: int) -> tuple[float, int]:
    """Seconds, the best of a few rounds, and bytes."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        size = len(make(letter))
        found.append((time.perf_counter() - begun, size))
    return min(found)


def sample_letters() -> list[LetterContent]:
    from gongkai.applications.letters import samples

    return [content for _, content in samples.sample_letters()]


def long_letter() -> LetterContent:
    from gongkai.documents.letter import PaperForm, Paragraph

    body = tuple(Paragraph(f"第{number}项：" + "本机关依法予以答复。" * 20) for number in range(170))
    return replace(sample_letters()[-1], form=PaperForm.DOCUMENT, number="某〔2026〕1号", addressee="某人", body=body,
                   signature="某市人民政府")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
