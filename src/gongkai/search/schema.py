"""How the index is laid out, and how an entry becomes a document of it.

Text is indexed as pairs of neighbouring characters with their positions: a word of n characters is there exactly where
its pairs follow each other, so any substring is found, in Chinese as in numbers, and nothing depends on a dictionary.
Single characters have fields of their own. Measured against the alternatives: docs/decisions.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.search.entries import Entry, Facet, Hit
from gongkai.search.folding import PART, fold
from gongkai.search.frequent import Phrases

if TYPE_CHECKING:
    from tantivy import Document, Index, Schema

#: Part of the index's name: an index of another layout is none.
LAYOUT = 3
#: Of each text so much is searched; of attachments so much is kept to show what was found.
SEARCHED, KEPT = 2_000_000, 100_000
#: Each field with its weight: title and number far above the body, the body above the attachments.
TEXTS = {"number": 90.0, "title": 60.0, "body": 1.0, "attachments": 0.4}
TITLES = {"number": TEXTS["number"], "title": TEXTS["title"]}
#: The same for words of one character.
CHARACTERS = {"title_characters": 60.0, "characters": 1.0}
PAIRS = "pairs"
#: Facets that are trees: each document is found under every part of its path and counted by the path as a whole, one value
#: a document. The engine counts several values of a document eight times as slowly.
TREES = {Facet.AGENCY: "agency_path", Facet.COLUMN: "column_path"}
BETWEEN = "\x1f"
#: Of these fields the set phrases have fields of their own (see `frequent`).
PHRASES = {"body": "body_phrases", "attachments": "attachments_phrases"}
#: Freshness: worth twice as much every so many years, between these; what holds counts so many times what does not.
DOUBLES, SINCE, UNTIL, HOLDS = 12.0, 2008, 2044, 3.0


@lru_cache(maxsize=1)
def schema() -> Schema:
    from tantivy import SchemaBuilder

    made = SchemaBuilder()
    made.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    #: What a hit shows, as JSON: kept, never searched.
    made.add_bytes_field("shown", stored=True)
    for name in TEXTS:
        made.add_text_field(name, tokenizer_name=PAIRS, index_option="position")
    for name in CHARACTERS:
        made.add_text_field(name, tokenizer_name=PAIRS, index_option="basic")
    for name in PHRASES.values():
        made.add_text_field(name, tokenizer_name=PAIRS, index_option="freq")
    #: A document number as a whole, for „did you mean“.
    made.add_text_field("whole_number", tokenizer_name="raw", index_option="basic")
    for facet in Facet:
        made.add_text_field(facet.value, tokenizer_name="raw", index_option="basic", fast=facet not in TREES)
    for field in TREES.values():
        made.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    made.add_integer_field("published", fast=True)
    made.add_float_field("weight", fast=True)
    made.add_unsigned_field("key_mark", fast=True)
    made.add_unsigned_field("stamp_mark", fast=True)
    return made.build()


def prepare(index: Index) -> Index:
    """Readers ask for changes themselves; pairs come ready-made, apart by blanks."""
    from tantivy import TextAnalyzerBuilder, Tokenizer

    index.register_tokenizer(PAIRS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    index.config_reader("manual")
    return index


def document(entry: Entry, phrases: Phrases) -> Document:
    """The entry as a document of an index with these set phrases."""
    from tantivy import Document

    texts = folded(entry)
    made = Document()
    made.add_text("key", entry.key)
    made.add_bytes("shown", _shown(entry))
    for name, text in texts.items():
        made.add_text(name, pairs(text))
    for name, field in PHRASES.items():
        made.add_text(field, " ".join(phrases.within(texts[name])))
    made.add_text("title_characters", " ".join({*texts["title"], *texts["number"]}))
    made.add_text("characters", " ".join({*texts["body"], *texts["attachments"]}))
    if number := number_key(entry.number):
        made.add_text("whole_number", number)
    for facet, values in _facets(entry).items():
        for value in values:
            made.add_text(facet.value, value)
    for facet, path in ((Facet.AGENCY, entry.agencies), (Facet.COLUMN, entry.columns)):
        if path:
            made.add_text(TREES[facet], BETWEEN.join(path))
    made.add_integer("published", int(entry.published.timestamp() * 1000) if entry.published else 0)
    made.add_float("weight", weight(entry.published, holds=entry.holds))
    made.add_unsigned("key_mark", mark(entry.key))
    made.add_unsigned("stamp_mark", mark(entry.stamp))
    return made


def _shown(entry: Entry) -> bytes:
    parts = [part for part in (entry.body[:SEARCHED], "\n".join(entry.attachments)[:KEPT]) if part]
    told = [entry.title, entry.number, entry.stamp, parts]
    # A lone half of a surrogate pair can be written nowhere.
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "ignore")


def hit(found: Document) -> Hit:
    """A document as it was handed in."""
    title, number, stamp, parts = json.loads(bytes(found["shown"][0]))
    return Hit(str(found["key"][0]), title, number, stamp, tuple(parts))


def folded(entry: Entry) -> dict[str, str]:
    """The texts of an entry as they are searched, by field."""
    attachments = PART.join(fold(text[:SEARCHED]) for text in entry.attachments)
    return {
        "number": PART.join(fold(number) for number in (entry.number, entry.also) if number),
        "title": fold(entry.title),
        "body": fold(entry.body[:SEARCHED]),
        "attachments": attachments[:SEARCHED],
    }


def _facets(entry: Entry) -> dict[Facet, list[str]]:
    return {
        Facet.KIND: [entry.kind],
        Facet.AGENCY: list(entry.agencies),
        Facet.COLUMN: list(entry.columns),
        Facet.YEAR: [str(entry.year)] if entry.year else [],
        Facet.SUBJECT: [entry.subject] if entry.subject else [],
        Facet.VALIDITY: [entry.validity] if entry.validity else [],
    }


def pairs(folded: str) -> str:
    """Every two neighbouring characters, apart by blanks; the position of a pair is that of its first character."""
    return " ".join(map(str.__add__, folded, folded[1:]))


def number_key(number: str) -> str:
    """A document number without what people leave out: 第, 号, leading zeros. „郑政〔2024〕05号“ is 郑政(2024)5."""
    folded = fold(number).replace("第", "").removesuffix("号")
    head, bracket, serial = folded.rpartition(")")
    return head + bracket + (serial.lstrip("0") or serial)


def weight(published: dt.datetime | None, *, holds: bool) -> float:
    """What the score is multiplied with, as the engine wants it told: it takes log2(2 + weight)."""
    year = min(max(published.year + published.timetuple().tm_yday / 366, SINCE), UNTIL) if published else SINCE
    factor = 2 ** ((year - SINCE) / DOUBLES) * (HOLDS if holds else 1.0)
    return float(2.0**factor - 2.0)


def mark(text: str) -> int:
    """A number for a text: what of the index is late is found by comparing these."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "ignore"), digest_size=8).digest(), "big")
