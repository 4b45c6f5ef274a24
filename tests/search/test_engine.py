"""The engine alone: what is found, in which order, and what becomes of the index."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.search import frequent
from gongkai.search.entries import Entry, Facet, Order, Wanted
from gongkai.search.errors import IndexBusy, SearchUnavailable
from gongkai.search.folding import fold
from gongkai.search.index import SearchIndex
from gongkai.search.suggesting import alike
from gongkai.search.words import LONGEST, typed

YEAR = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    found = SearchIndex(tmp_path / "search")
    found.rebuild([])
    return found


def entry(key: str, title: str = "", **more: object) -> Entry:
    return Entry(key=key, title=title, **{"published": YEAR, **more})  # type: ignore[arg-type]


def keys(index: SearchIndex, text: str, **more: object) -> list[str]:
    wanted = Wanted(typed(text).words, limit=500, **more)  # type: ignore[arg-type]
    found = index.search(wanted)
    assert found.count == len(found.hits)
    return [hit.key for hit in found.hits]


# --- Recall: every substring, against brute force -------------------------------------------------------------------

#: Few characters, so that neighbours repeat; with them what software trips over: beyond the basic plane, combining
#: marks, full-width forms, ligatures, every bracket and quotation mark, blanks, lone halves of surrogate pairs, controls.
HOSTILE = "政府信息公开条例的一二〔〕[]【】（）()2024号aAbéÉ\u0301ﬁßΣςİıﾊﾞ①㎡⼀\uf900𠀀𠀁𪚥👨\u200d👩\ufe0f\"'“”「」*:^~+-/\\&|!{}\u3000\u00a0\n\t\0\u200b\ud83d\udc00\ufdd0\U000e0100가각"
texts = st.text(st.sampled_from(HOSTILE), max_size=40) | st.text(max_size=25)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=8), st.randoms(use_true_random=False))
@example([("〔2024〕5号", "", "")], random.Random(1))
def test_every_substring_is_found(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], chance: random.Random
) -> None:
    index = SearchIndex(tmp_path_factory.mktemp("search"))
    index.rebuild(
        Entry(f"x:{place}", title, body, attachments=[paper, body[::-1]])
        for place, (title, body, paper) in enumerate(rows)
    )
    fields = [(f"x:{place}", [title, body, paper, body[::-1]]) for place, (title, body, paper) in enumerate(rows)]
    for _ in range(12):
        _, (whole, *_) = chance.choice(fields)
        text = chance.choice([*chance.choice(fields)[1], whole])
        begin = chance.randrange(len(text) + 1)
        query = text[begin : begin + chance.choice([1, 2, 3, 4, 9])]
        words = typed(query).words
        if not words:
            assert not fold(query)  # nothing that anybody could see was asked for
            continue
        right = {key for key, parts in fields if all(any(word in fold(part) for part in parts) for word in words)}
        raw = {key for key, parts in fields if any(query in part for part in parts)}
        found = index.search(Wanted(words, limit=100))
        assert {hit.key for hit in found.hits} == right, query
        assert raw <= right
        assert found.count == len(right)


def test_set_phrases_are_found_like_any_other_word(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """With marks as without: the same documents for every word, also those that came in later."""
    monkeypatch.setattr(frequent, "LEAST", 1)
    chance = random.Random(7)
    words = ["人民政府", "信息公开", "，关于", "行政规范性文件", "政府信息", "公开", "办法", "2024年"]
    bodies = ["".join(chance.choices(words, k=chance.randrange(1, 9))) for _ in range(120)]
    entries = [entry(f"item:{number}", body=body, attachments=[body[::-1]]) for number, body in enumerate(bodies)]
    index.rebuild(entries[:80])
    index.index(entries[80:])
    build = index.folder.current()
    assert build is not None
    phrases = frequent.kept_phrases(build)
    assert {"人民政府", "信息公开", "行政规范性文件"} <= phrases.all
    asked = {body[place : place + length] for body in bodies[:9] for place in range(9) for length in range(1, 10)}
    assert any(word in phrases for word in asked)
    assert any(3 <= len(word) <= 8 and word not in phrases for word in asked)
    for word in sorted(asked - {""}):
        right = {f"item:{number}" for number, body in enumerate(bodies) if word in body or word in body[::-1]}
        assert set(keys(index, word)) == right, word


def test_set_phrases_are_those_of_many_texts() -> None:
    texts = ["市人民政府的通知" if number % 5 == 0 else f"{number}号无关" for number in range(1000)]
    assert "人民政府" in frequent.phrases_in(texts)
    assert "号无关" in frequent.phrases_in(texts)
    assert "1号无关" not in frequent.phrases_in(["1号无关", *["x"] * 999])
    assert not frequent.phrases_in(texts[:99]).all
    assert sorted(frequent.phrases_in(texts).within("市人民政府，市人民政府")).count("人民政府") == 2


@given(st.text(), st.text())
def test_folding_a_part_is_a_part_of_folding_the_whole(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)
    assert fold(fold(one)) == fold(one)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_unicode_holds_for_equal_is_equal(text: str) -> None:
    one = unicodedata.normalize("NFC", text)
    assert sorted(fold(one)) == sorted(fold(unicodedata.normalize("NFD", one)))  # marks may change places


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("郑政〔2024〕5号", "郑政[2024]5号"),
        ("郑政〔2024〕5号", "郑政（2024）5"),
        ("郑政【２０２４】５号", "政〔2024〕5号"),
        ("ＡＩ产业 规划", "ai产业规划"),
        ("Zhèngzhōu", "zhengzhou"),
        ("“十四五”规划", "“十四五”规划"),
        ("“十四五”规划", "'十四五'规划"),
        ("政府信\n息公开", "信息公开"),
        ("单", "单"),
        ("𠮷野家", "𠮷"),
    ],
)
def test_written_differently_yet_the_same(index: SearchIndex, written: str, asked: str) -> None:
    index.index([entry("item:1", written), entry("item:2", "别的文件")])
    assert keys(index, asked) == ["item:1"]


# --- Queries ----------------------------------------------------------------------------------------------------------


def test_words_are_all_wanted_each_as_it_is_written(index: SearchIndex) -> None:
    index.index(
        [entry("item:1", "城市管理", body="预算公开"), entry("item:2", "城市预算"), entry("item:3", "理管市城")]
    )
    assert set(keys(index, "城市 预算")) == {"item:1", "item:2"}
    assert keys(index, "城市管理 预算公开") == ["item:1"]
    assert keys(index, "管理预算") == []
    assert keys(index, '"open data"') == []


def test_quoted_words_keep_their_blanks() -> None:
    assert typed('"open data" 城市').words == ("opendata", "城市")
    assert typed("“十四五” 规划").words == ("十四五", "规划")


@pytest.mark.parametrize(
    "text", ['"(*', "(*", "title:x", "+a -b", "a AND b", "[1 TO 9]", "*", "\\", '"', "a~2^3", "%_"]
)
def test_operators_are_text(index: SearchIndex, text: str) -> None:
    index.index([entry("item:1", "规划"), entry("item:2", f"前{text}后")])
    assert keys(index, text) == ["item:2"]


@pytest.mark.parametrize("text", ["", "   ", "\u3000\n", "\ud83d", "\0", "\u200b\u0301"])
def test_nothing_typed_is_no_word(text: str) -> None:
    assert typed(text).empty


def test_a_long_query_is_cut_and_says_so(index: SearchIndex) -> None:
    long = "政" * 10_000
    asked = typed(long)
    assert asked.cut
    assert asked.text == "政" * LONGEST
    index.index([entry("item:1", long)])
    assert keys(index, long) == ["item:1"]
    assert not typed("政" * LONGEST).cut


# --- Order, filters, counts ------------------------------------------------------------------------------------------


def test_title_and_number_stand_above_body_above_attachments(index: SearchIndex) -> None:
    old, new = dt.datetime(2009, 1, 1, tzinfo=dt.UTC), dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    index.index(
        [
            entry("item:1", "其他文件", body="养老服务" * 30, published=new),
            entry("item:2", "关于养老服务的通知", published=old, holds=False),
            entry("item:3", "另一文件", attachments=["养老服务"], published=new),
        ]
    )
    assert keys(index, "养老服务") == ["item:2", "item:1", "item:3"]
    assert keys(index, "养老服务", titles_only=True) == ["item:2"]


def test_newer_above_older_and_in_force_above_repealed(index: SearchIndex) -> None:
    index.index(
        [
            entry("item:1", "养老服务办法", published=dt.datetime(2015, 1, 1, tzinfo=dt.UTC)),
            entry("item:2", "养老服务办法", published=dt.datetime(2023, 1, 1, tzinfo=dt.UTC)),
            entry("item:3", "养老服务办法", published=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), holds=False),
        ]
    )
    assert keys(index, "养老服务") == ["item:2", "item:1", "item:3"]
    assert keys(index, "养老服务", order=Order.NEWEST) == ["item:3", "item:2", "item:1"]
    assert keys(index, "老") == ["item:2", "item:1", "item:3"]


def test_filters_and_counts(index: SearchIndex) -> None:
    city, bureau = ("city",), ("city", "bureau")
    index.index(
        [
            entry("item:1", "预算", agencies=city, columns=("policy",), year=2023, subject="财政", validity="in_force"),
            entry("item:2", "预算", agencies=bureau, columns=("policy", "rules"), year=2024, validity="repealed"),
            entry("guide:1", "预算", agencies=bureau),
        ]
    )
    assert set(keys(index, "预算", filters={Facet.AGENCY: "city"})) == {"item:1", "item:2", "guide:1"}
    assert set(keys(index, "预算", filters={Facet.AGENCY: "bureau"})) == {"item:2", "guide:1"}
    assert keys(index, "预算", filters={Facet.COLUMN: "policy", Facet.YEAR: "2024"}) == ["item:2"]
    assert keys(index, "预算", filters={Facet.SUBJECT: "没有"}) == []
    assert set(keys(index, "", filters={Facet.KIND: "item"})) == {"item:1", "item:2"}
    facets = index.search(Wanted(("预算",)), facets=True).facets
    assert facets[Facet.AGENCY] == {"city": 3, "bureau": 2}
    assert facets[Facet.YEAR] == {"2023": 1, "2024": 1}
    assert facets[Facet.VALIDITY] == {"in_force": 1, "repealed": 1}


def test_the_count_is_exact_however_short_the_page(index: SearchIndex) -> None:
    index.index([entry(f"item:{number}", f"通知{number}") for number in range(45)])
    found = index.search(Wanted(("通知",), first=40, limit=20))
    assert (len(found.hits), found.count) == (5, 45)


# --- Did you mean ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["郑政〔2023〕15号", "郑政(2024)16", "郑政2024)15号", "郑正〔2024〕第15号", "郑政〔2024〕015号"]
)
def test_a_number_that_is_nearly_right(index: SearchIndex, text: str) -> None:
    index.index([entry("item:1", "甲", number="郑政〔2024〕15号"), entry("item:2", "乙", number="豫建〔1999〕888号")])
    assert [hit.number for hit in alike(index, text)] == ["郑政〔2024〕15号"]


def test_a_title_that_is_nearly_right(index: SearchIndex) -> None:
    index.index([entry("item:1", "关于加强城市精细化管理的意见"), entry("item:2", "关于印发预算报告的通知")])
    assert [hit.key for hit in alike(index, "城市经细化管理")] == ["item:1"]
    assert alike(index, "完全没有的东西") == ()
    assert alike(index, "没") == ()


def builds(index: SearchIndex) -> list[Path]:
    return list(index.folder.path.glob("v*"))


# --- The life of the index -------------------------------------------------------------------------------------------


def test_what_is_put_in_again_replaces_and_what_is_taken_out_is_gone(index: SearchIndex) -> None:
    index.index([entry("item:1", "旧名称"), entry("item:2", "第二件")])
    index.index([entry("item:1", "新名称")])
    assert keys(index, "旧名") == []
    assert keys(index, "名称") == ["item:1"]
    index.remove(["item:1", "item:9"])
    assert keys(index, "名称") == []
    assert keys(index, "第二") == ["item:2"]


def test_without_an_index_there_is_no_search(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "none")
    with pytest.raises(SearchUnavailable):
        index.search(Wanted(("政府",)))
    with pytest.raises(SearchUnavailable):
        index.index([entry("item:1", "名称")])


@pytest.mark.parametrize("what", ["meta.json", "*.idx", "*.term", "*.store", "current", "everything"])
def test_a_damaged_index_is_told_as_unavailable(index: SearchIndex, what: str) -> None:
    index.index([entry(f"item:{number}", "政府信息", body="公开" * 50) for number in range(50)])
    build = index.folder.current()
    assert build is not None
    files = {"current": [index.folder.pointer], "everything": list(build.iterdir())}.get(what) or list(build.glob(what))
    for file in files:
        file.write_bytes(b"\x00\xff" * (file.stat().st_size // 4))
    with pytest.raises(SearchUnavailable):
        SearchIndex(index.folder.path).search(Wanted(("政府信息",)))
    index.rebuild([entry("item:1", "政府信息")])
    assert keys(index, "政府") == ["item:1"]


def test_a_broken_load_changes_nothing(index: SearchIndex) -> None:
    index.index([entry("item:1", "第一件")])

    def load() -> list[Entry]:
        raise OSError("the database is gone")

    with pytest.raises(OSError, match="gone"):
        index.update(["item:1"], load)
    with pytest.raises(ZeroDivisionError):
        index.rebuild(entry(f"item:{number}", f"{1 // (3 - number)}") for number in range(9))
    assert keys(index, "第一") == ["item:1"]
    index.index([entry("item:2", "第二件")])  # and nobody holds a lock
    assert set(keys(index, "件")) == {"item:1", "item:2"}


def test_a_reader_follows_a_rebuild_and_reads_on_meanwhile(index: SearchIndex) -> None:
    index.index([entry("item:1", "旧的文件")])
    reader = SearchIndex(index.folder.path)
    assert keys(reader, "文件") == ["item:1"]
    with reader.reading() as searcher:
        index.rebuild([entry("item:2", "新的文件")])
        assert searcher.num_docs == 1
        index.tidy()
        assert len(builds(index)) == 2, "the old one stays while somebody reads it"
    assert keys(reader, "文件") == ["item:2"]
    index.tidy()
    assert builds(index) == [index.folder.current()]


def test_what_is_written_during_a_rebuild_is_in_the_new_index(index: SearchIndex) -> None:
    """The database at the end says: 1 as changed, 2 withdrawn, 3 new."""
    index.index([entry("item:1", "第一件"), entry("item:2", "第二件")])
    truth = {"item:1": entry("item:1", "第一件，已更正"), "item:3": entry("item:3", "第三件")}

    def everything() -> list[Entry]:
        other = SearchIndex(index.folder.path)
        other.update(["item:1", "item:2", "item:3"], truth.values)
        return [entry("item:1", "第一件"), entry("item:2", "第二件")]

    def lazily() -> object:
        yield from everything()

    index.rebuild(lazily(), lambda changed: [truth[key] for key in changed if key in truth])  # type: ignore[arg-type]
    assert set(keys(index, "件")) == {"item:1", "item:3"}
    assert keys(index, "更正") == ["item:1"]
    assert not index.folder.changed.exists()


def test_one_rebuild_at_a_time(index: SearchIndex) -> None:
    def within() -> object:
        with pytest.raises(IndexBusy):
            SearchIndex(index.folder.path).rebuild([])
        yield entry("item:1", "第一件")

    assert index.rebuild(within()) == 1  # type: ignore[arg-type]


_KILLED = """
import sys
from gongkai.search import frequent
from gongkai.search.entries import Entry
from gongkai.search.index import SearchIndex

index = SearchIndex(sys.argv[1])
def entries(number=0):
    while True:
        number += 1
        if number == 300:
            print("now", flush=True)
        yield Entry(f"item:{number}", "被打断的文件", body="公开" * 200)
index.rebuild(entries()) if sys.argv[2] == "rebuild" else index.update(["item:1"], entries)
"""


@pytest.mark.parametrize("act", ["rebuild", "update"])
def test_killed_in_the_middle_the_old_index_is_whole(index: SearchIndex, act: str) -> None:
    index.index([entry("item:1", "第一件")])
    command = [sys.executable, "-c", _KILLED, str(index.folder.path), act]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        os.kill(process.pid, signal.SIGKILL)
    assert keys(index, "件") == ["item:1"]
    index.index([entry("item:2", "第二件")])  # its locks went with it
    assert set(keys(index, "件")) == {"item:1", "item:2"}
    assert not index.folder.changed.exists()
    index.rebuild([entry("item:1", "第一件")])
    assert len(list(index.folder.path.glob("v*"))) == 1


_READS = """
import sys
from gongkai.search.entries import Wanted
from gongkai.search.index import SearchIndex

index, searches, wrong = SearchIndex(sys.argv[1]), 0, 0
print("reading", flush=True)
while not (index.folder.path / "enough").exists():
    found = index.search(Wanted(("文件",), limit=50))
    wrong += found.count != 40 or len(found.hits) != 40 or any("公开" not in hit.parts[0] for hit in found.hits)
    searches += 1
print(searches, wrong, flush=True)
"""


def test_a_process_reads_on_through_rebuilds_updates_and_a_kill(index: SearchIndex) -> None:
    """A file that shrinks under a reader would kill it (SIGBUS): none does, whoever dies in the middle of what."""

    def everything(turn: int) -> list[Entry]:
        return [entry(f"item:{number}", f"文件{turn}", body="公开" * 500) for number in range(1, 41)]

    index.rebuild(everything(0))
    place = str(index.folder.path)
    command = [sys.executable, "-c", _READS, place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for turn in range(1, 7):
            index.rebuild(everything(turn))
            index.index(everything(turn)[:20])
            if turn % 3 == 0:
                with subprocess.Popen(
                    [sys.executable, "-c", _KILLED, place, "rebuild"], stdout=subprocess.PIPE, text=True
                ) as killed:
                    assert killed.stdout is not None
                    assert killed.stdout.readline() == "now\n"
                    os.kill(killed.pid, signal.SIGKILL)
        (index.folder.path / "enough").touch()
        told, errors = reader.communicate(timeout=60)
    searches, wrong = map(int, told.split())
    assert (reader.returncode, wrong, errors) == (0, 0, "")
    assert searches > 20
    index.tidy()
    assert builds(index) == [index.folder.current()], "what the killed one left is gone, too"


def test_a_build_that_is_being_removed_is_not_opened(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebuilt, and the old one removed, between looking which it is and opening it: the new one is opened."""
    index.index([entry("item:1", "旧的文件")])
    reader, look = SearchIndex(index.folder.path), index.folder.current
    seen = [look(), look()]
    index.rebuild([entry("item:2", "新的文件")])
    monkeypatch.setattr(reader.folder, "current", lambda: seen.pop() if len(seen) > 1 else look())
    assert keys(reader, "文件") == ["item:2"]


def test_an_index_of_before_is_read(index: SearchIndex) -> None:
    """Made when builds had no lock of their own."""
    index.rebuild([entry("item:1", "文件")])
    build = index.folder.current()
    assert build is not None
    (build / "readers.lock").unlink()
    assert keys(SearchIndex(index.folder.path), "文件") == ["item:1"]


def test_writers_wait_for_each_other_and_lose_nothing(index: SearchIndex) -> None:
    def write(first: int) -> Callable[[], None]:
        def act() -> None:
            own = SearchIndex(index.folder.path)
            for number in range(first, first + 4):
                own.index([entry(f"item:{number}", f"文件{number}")])

        return act

    threads = [threading.Thread(target=write(10 * number)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys(index, "文件")) == 12


def test_whoever_waits_too_long_is_told(index: SearchIndex) -> None:
    began = time.monotonic()
    with index.folder.writing(1.0), pytest.raises(IndexBusy):
        SearchIndex(index.folder.path).update(["item:1"], list, seconds=0.1)
    assert time.monotonic() - began < 5
