"""Full-text search over many documents: `make bench`. Must answer ranked and counted within 20 ms (p95).

python -m bench.search [COUNT]      200,000 documents unless told otherwise; the folder GONGKAI_BENCH_FOLDER is on a real disk

The documents are generated: words of one to four characters whose frequencies follow Zipf's law, as words of real texts do,
in sentences around the set phrases of official documents. Queries are cut from the documents themselves and sorted by how
frequent they are, so that rare, usual and the most common words are measured apart. Recall is asked of a sample, against
a search of the texts themselves.
"""

from __future__ import annotations

import datetime as dt
import itertools
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tantivy import Query

from gongkai.search.entries import Entry, Facet, Order, Wanted
from gongkai.search.folding import fold
from gongkai.search.index import SearchIndex
from gongkai.search.snippets import snippet
from gongkai.search.suggesting import alike

TARGET = 20.0
SET_PHRASES = (
    "的", "关于", "通知", "印发", "管理", "工作", "政府", "信息公开", "和", "办法", "人民政府", "各县区", "加强", "实施",
    "意见", "规划", "建设", "项目", "资金", "有关", "部门", "单位", "公告", "公示", "行政", "许可", "处罚", "预算", "决算",
    "城市", "农业", "教育", "卫生", "养老服务", "安全生产", "生态环境", "营商环境", "有限公司", "行政规范性文件",
)  # fmt: skip
COMMON = ("关于", "通知", "管理", "政府", "信息公开", "人民政府", "有限公司", "的", "2024", "行政规范性文件")
AGENCIES = [("city",), *(("city", f"bureau{number}") for number in range(40))]
COLUMNS = [("policy", f"leaf{number}") for number in range(30)]
SUBJECTS = [f"主题{number}" for number in range(22)]
CHARACTERS, VOCABULARY, QUERIES = 3_500, 60_000, 150


class Writer:
    """Makes documents; the same ones for the same seed."""

    def __init__(self, seed: int = 711) -> None:
        self.chance = random.Random(seed)
        characters = [chr(number) for number in self.chance.sample(range(0x4E00, 0x9FA5), CHARACTERS)]
        usual = list(itertools.accumulate(1 / (rank + 8) for rank in range(CHARACTERS)))
        words = list(SET_PHRASES)
        for length in self.chance.choices((1, 2, 3, 4), (4, 70, 16, 10), k=VOCABULARY):
            words.append("".join(self.chance.choices(characters, cum_weights=usual, k=length)))
        self.words = words
        self.frequencies = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))

    def text(self, words: int) -> str:
        chosen = self.chance.choices(self.words, cum_weights=self.frequencies, k=words)
        for place in range(self.chance.randrange(4, 12), words, self.chance.randrange(6, 14)):
            chosen[place] += self.chance.choice("，，，。；、")
        return "".join(chosen)

    def entry(self, number: int) -> Entry:
        chance, year = self.chance, 2008 + int(18 * self.chance.random() ** 0.6)
        policy = chance.random() < 0.3
        state = chance.choice(("in_force", "in_force", "in_force", "repealed")) if policy else ""
        return Entry(
            key=f"item:{number}",
            title=f"关于{self.text(chance.randrange(4, 10))}的通知",
            body=self.text(min(3_000, int(chance.lognormvariate(5.2, 0.8)))),  # half of them below 180 words
            number=f"演{chance.choice('政城财教建')}〔{year}〕{number % 400 + 1}号" if policy else "",
            attachments=[self.text(chance.randrange(100, 800))] if chance.random() < 0.2 else (),
            agencies=chance.choice(AGENCIES),
            columns=chance.choice(COLUMNS),
            year=year,
            subject=chance.choice(SUBJECTS),
            validity=state,
            published=dt.datetime(year, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=chance.randrange(500_000)),
            holds=state != "repealed",
            stamp=str(number),
        )


@dataclass
class Sample:
    """What is kept of the documents to ask about: a few whole, and words cut from them."""

    kept: list[Entry] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def watch(self, entries: Iterator[Entry], chance: random.Random, share: float) -> Iterator[Entry]:
        for entry in entries:
            if chance.random() < share:
                self.kept.append(entry)
                self.words += [_cut(entry.body, chance, length) for length in (2, 2, 4)]
                self.numbers += [entry.number] if entry.number else []
            yield entry


def _cut(text: str, chance: random.Random, length: int) -> str:
    place = chance.randrange(max(1, len(text) - length))
    return text[place : place + length]


def main() -> int:
    """Builds, measures, prints; exit status 1 where the target is missed or a document is not found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=os.environ.get("GONGKAI_BENCH_FOLDER")) as folder:
        index, sample, writer = SearchIndex(folder), Sample(), Writer()
        took = _build(index, sample, writer, count)
        alone = _generating(min(count, 2_000)) * count
        say(f"{count:,} documents built in {took:.0f} s, of which about {alone:.0f} s go into making them up: "
            f"{count / max(took - alone, 0.001):,.0f} a second; {index.size / 1e6:,.0f} MB")  # fmt: skip
        missed = _recall(index, sample)
        late = _measure(index, sample)
        _while_indexing(index, sample, count)
    return 1 if missed or late else 0


def _build(index: SearchIndex, sample: Sample, writer: Writer, count: int) -> float:
    generated = (writer.entry(number) for number in range(count))
    began = time.perf_counter()
    index.rebuild(sample.watch(generated, random.Random(7), min(1.0, 3_000 / count)))
    return time.perf_counter() - began


def _generating(count: int) -> float:
    """Seconds that making up one document takes."""
    writer, began = Writer(), time.perf_counter()
    for number in range(count):
        writer.entry(number)
    return (time.perf_counter() - began) / count


def _recall(index: SearchIndex, sample: Sample) -> int:
    """Substrings of the kept documents: is each found that has them?"""
    chance, missed, asked = random.Random(3), 0, 0
    texts = {entry.key: [fold(text) for text in (entry.title, entry.body, *entry.attachments)] for entry in sample.kept}
    for entry in chance.sample(sample.kept, min(300, len(sample.kept))):
        word = fold(
            _cut(chance.choice([entry.title, entry.body, *entry.attachments]), chance, chance.choice((1, 2, 3, 4, 7)))
        )
        if not word:
            continue
        asked += 1
        right = {key for key, parts in texts.items() if any(word in part for part in parts)}
        with index.reading() as searcher:
            result = searcher.search(_query(index, word), limit=max(1, searcher.num_docs), count=False)
            places = [place for _, place in result.hits]
            there = set(searcher.fast_field_values("key_mark", places))
        missed += len({_mark(key) for key in right} - there)
    say(f"recall: {asked} substrings, {missed} of the documents that have them not found")
    return missed


def _query(index: SearchIndex, word: str) -> Query:
    from gongkai.search.frequent import kept_phrases
    from gongkai.search.querying import query_for

    build = index.folder.current()
    assert build is not None
    return query_for(Wanted((word,)), kept_phrases(build))


def _mark(key: str) -> int:
    from gongkai.search.schema import mark

    return mark(key)


def _measure(index: SearchIndex, sample: Sample) -> list[str]:
    chance = random.Random(5)
    two = [word for word in sample.words if len(word) == 2]
    four = [word for word in sample.words if len(word) == 4]
    rows: list[tuple[str, Sequence[str], dict[str, object], bool]] = [
        ("2 characters", chance.sample(two, QUERIES), {}, False),
        ("4 characters", chance.sample(four, QUERIES), {}, False),
        ("common words", COMMON * 15, {}, False),
        (
            "2 words",
            [f"{one} {other}" for one, other in zip(chance.sample(two, QUERIES), COMMON * 15, strict=True)],
            {},
            False,
        ),
        ("filtered", chance.sample(two, QUERIES), {"filters": {Facet.AGENCY: "bureau7", Facet.YEAR: "2020"}}, False),
        ("common, filtered", COMMON * 15, {"filters": {Facet.AGENCY: "bureau7"}}, False),
        ("common, newest", COMMON * 15, {"order": Order.NEWEST}, False),
        ("common, page 20", COMMON * 15, {"first": 400}, False),
        ("2 characters + facets", chance.sample(two, QUERIES), {}, True),
        ("common + facets", COMMON * 15, {}, True),
    ]
    late = []
    for name, queries, how, facets in rows:
        times = _times(queries, lambda word, how=how, facets=facets: _ask(index, word, how, facets=facets))  # type: ignore[misc]
        if _say_times(name, times) > TARGET and not facets:
            late.append(name)
    _say_times(
        "did you mean",
        _times([f"{number[:-3]}9{number[-2:]}" for number in sample.numbers[:60]], lambda word: alike(index, word)),
    )
    return late


def _ask(index: SearchIndex, text: str, how: dict[str, object], *, facets: bool) -> None:
    """As the page does: ranked, counted, with a piece of each text."""
    words = tuple(fold(word) for word in text.split())
    for hit in index.search(Wanted(words, **how), facets=facets).hits:  # type: ignore[arg-type]
        snippet(hit.parts, words)


def _while_indexing(index: SearchIndex, sample: Sample, count: int) -> None:
    """The same while the job worker, a process of its own, puts in new documents, a portion after another."""
    context = multiprocessing.get_context("spawn")
    over, written = context.Event(), context.Value("q", 0)
    worker = context.Process(target=_work, args=(index.folder.path, count, over, written))
    worker.start()
    while not written.value:
        time.sleep(0.05)
    began, before = time.perf_counter(), written.value
    words = [*random.Random(9).sample(sample.words, QUERIES), *COMMON * 15]
    times = _times(words, lambda word: _ask(index, word, {}, facets=False))
    took = time.perf_counter() - began
    done = written.value - before
    over.set()
    worker.join()
    _say_times("while indexing", times)
    say(f"  meanwhile {done / took:,.0f} documents a second were put in")


def _work(folder: Path, first: int, over: Any, written: Any) -> None:
    index, writer = SearchIndex(folder), Writer(99)
    while not over.is_set():
        index.index([writer.entry(first + written.value + number) for number in range(100)])
        written.value += 100


def _times(queries: Sequence[str], act: Callable[[str], object]) -> list[float]:
    act(queries[0])
    found = []
    for query in queries:
        began = time.perf_counter()
        act(query)
        found.append((time.perf_counter() - began) * 1000)
    return found


def _say_times(name: str, times: list[float]) -> float:
    times = sorted(times)
    p95 = times[int(len(times) * 0.95)]
    mark = "" if p95 <= TARGET else f"   more than {TARGET:g} ms"
    say(f"  {name:24} p50 {statistics.median(times):7.2f} ms   p95 {p95:7.2f} ms{mark}")
    return p95


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
