"""How long an earlier site takes to be taken over: `python -m bench.item_import [ROWS] [FILES]` (2,000, of which every one
has a file of its own; one row in ten is bad), on a database file of its own.

The yardstick is the machine itself: SHA-256 over so much, and files forced to disk; the shares count, not the seconds.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import sys
import tempfile
import time
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

#: Items a second beside files of the same size that are written and forced to disk, on this machine.
SHARE = 0.04
COLUMNS = ("notices", "news", "policies", "plans")
BAD: tuple[dict[str, Any], ...] = (
    {"标题": ""}, {"栏目": "没有的栏目"}, {"成文日期": "去年"}, {"附件": ["没有.docx"]}, {"发布日期": "2099-01-01"},
)  # fmt: skip


def main() -> int:
    """Measures and prints; exit status 1 where a row is missing or made twice."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=os.environ.get("GONGKAI_BENCH_FOLDER")) as folder:
        os.environ["GONGKAI_DATA"] = f"{folder}/data"
        site = Path(folder) / "site"
        began = time.perf_counter()
        bad = make_site(site, rows)
        say(f"{rows} rows made up in {time.perf_counter() - began:.1f} s, {bad} of them bad")
        prepare()
        return measure(site, rows, bad)


def make_site(folder: Path, rows: int, seed: int = 711) -> int:
    """A folder as an earlier site gives it out: a list, and beside it a Word file for each item. How many rows are bad."""
    from bench.search import Writer

    (folder / "files").mkdir(parents=True)
    writer, chance, bad = Writer(seed), random.Random(seed), 0
    with (folder / "items.jsonl").open("w", encoding="utf-8") as file:
        for number in range(1, rows + 1):
            paragraphs = [writer.text(chance.randrange(20, 120)) for _ in range(chance.randrange(2, 8))]
            name = f"files/{number}.docx"
            (folder / name).write_bytes(word_file(paragraphs))
            year = 2008 + number % 16
            said: dict[str, Any] = {
                "标题": f"关于{writer.text(5)}的通知（{number}）", "栏目": COLUMNS[number % 4], "成文日期": f"{year}-03-01",
                "发布日期": f"{year}-03-04 09:30", "索引号": f"005252370/{year}-{number:05}",
                "正文": "".join(f"<p style='color:red'>{text}</p>" for text in paragraphs), "附件": [name],
                "网址": f"http://old.example/art/{year}/3/4/art_1_{number}.html",
            }  # fmt: skip
            if number % 10 == 0:
                said |= BAD[number // 10 % len(BAD)]
                bad += 1
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
    return bad


def word_file(paragraphs: list[str]) -> bytes:
    """A Word file with these paragraphs; all else in it is what an empty one has."""
    text = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in _empty_word_file().items():
            made.writestr(name, data.replace(b"<w:body>", b"<w:body>" + text) if name == "word/document.xml" else data)
    return written.getvalue()


@lru_cache(maxsize=1)
def _empty_word_file() -> dict[str, bytes]:
    """What an empty file holds, with as many styles as Word itself writes (some 30 kB; the library's own has 350)."""
    from docx import Document
    from lxml import etree

    empty, written = Document(), io.BytesIO()
    empty.save(written)
    with zipfile.ZipFile(written) as made:
        parts = {name: made.read(name) for name in made.namelist() if "thumbnail" not in name}
    for name in ("word/styles.xml", "word/stylesWithEffects.xml"):
        root = etree.fromstring(parts[name])
        for style in root[12:]:
            root.remove(style)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return parts


def prepare() -> None:
    """A database with an office, its editor and columns."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    from django.core.management import call_command

    from tests.cast import Cast
    from tests.disclosure.published import a_column

    call_command("migrate", interactive=False, verbosity=0)
    Cast.assemble()
    for code in COLUMNS:
        a_column(code)


def measure(site: Path, rows: int, bad: int) -> int:
    from gongkai.agencies.models import Agency, Person
    from gongkai.disclosure.importing.running import import_all
    from gongkai.disclosure.models import Item

    yard = written_durably(site)
    editor, ours = Person.objects.get(username="editor"), Agency.objects.get(slug="ours")
    rates = []
    for again in (False, True):
        began, busy = time.perf_counter(), _busy()
        tally = import_all(source=site, actor=editor, agency=ours)
        took, spent = time.perf_counter() - began, _busy() - busy
        rates.append(rows / took)
        say(f"{'again' if again else 'taken over':12} {tally.public} public, {tally.known} known, {tally.refused} refused: "
            f"{took:.1f} s, {rows / took:.0f} a second ({spent:.1f} s by processor time)")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"{'memory':12} {peak:.0f} MB at most in this process")
    say(f"{'yardstick':12} {yard:.0f} files a second forced to disk: the import is {rates[0] / yard:.1%} of it")
    whole = Item.objects.count() == rows - bad and tally.known == rows - bad and tally.refused == bad
    return int(not whole or rates[0] / yard < SHARE)


def _busy() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def written_durably(site: Path) -> float:
    """Files a second that can be written and forced to disk one by one, of the size of these."""
    from gongkai.documents.store import write_durably

    data = next((site / "files").iterdir()).read_bytes()
    began = time.perf_counter()
    for number in range(200):
        write_durably(site / "yard" / str(number), lambda file: file.write(data))
    return 200 / (time.perf_counter() - began)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
