"""D17: wording. What is found comes from a list that is data (`data/words.toml`, then the office's own); a few rules that
are certain for every official text stand here: numbers of documents (GB/T 9704), days that do not exist, doubled signs."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from gongkai.documents.errors import DocumentError
from gongkai.documents.privacy.finding import Severity
from gongkai.documents.privacy.hits import Hit
from gongkai.documents.privacy.lines import Line
from gongkai.law.texts import Text

#: A word is told so often in one line.
MOST = 50
OURS = Path(__file__).parent / "data" / "words.toml"


class BadWordList(DocumentError):
    """The office's own list cannot be read."""


@dataclass(frozen=True)
class Word:
    find: re.Pattern[str]
    use: str = ""
    serious: bool = False


@dataclass(frozen=True)
class WordList:
    """``version`` is that of all files together: another list is another scan."""

    version: str
    words: tuple[Word, ...]
    any: re.Pattern[str]


def word_list(own: str = "") -> WordList:
    """Our list, and the office's own behind it, read anew when it changes. Raises BadWordList."""
    try:
        changed = Path(own).stat().st_mtime_ns if own else 0
    except OSError as error:
        raise _unusable(Path(own), error) from None
    return _read(own, changed)


@lru_cache(maxsize=4)
def _read(own: str, changed: int) -> WordList:
    words, versions = [], []
    for path in [OURS, *([Path(own)] if own else [])]:
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            words += [_word(row) for row in data.get("word", [])]
            versions.append(str(data.get("version", "")))
        except (OSError, ValueError, KeyError, AttributeError, TypeError, re.error) as error:
            raise _unusable(path, error) from None
    joined = "|".join(f"(?:{word.find.pattern})" for word in words) or "(?!)"
    return WordList("+".join(versions), tuple(words), re.compile(joined))


def _word(row: dict[str, object]) -> Word:
    find = str(row["find"])
    if re.compile(find).match(""):
        raise ValueError(f"{find!r} matches the empty text")
    return Word(re.compile(find), str(row.get("use", "")), bool(row.get("serious", False)))


def _unusable(path: Path, error: Exception) -> BadWordList:
    return BadWordList(
        "word_list",
        Text(f"用语检查表 {path} 不能使用：{error}", f"The list of wordings {path} cannot be used: {error}"),
    )


_BRACKETS = re.compile(r"[\u4e00-\u9fa5]{2,8}(?P<year>[\[［【(（](?:19|20)\d{2}[\]］】)）])\d{1,4}号")
_SERIAL = re.compile(r"〔(?:19|20)\d{2}〕(?P<serial>第 ?\d+|0\d+)号")
_DAY = re.compile(r"(?<!\d)(?P<year>(?:18|19|20)\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_SPAN = re.compile(_DAY.pattern.replace("P<", "P<a_") + r" ?[至到\-~～] ?" + _DAY.pattern.replace("P<", "P<b_"))
_DOUBLED = re.compile(r"，{2,}|；{2,}|、{2,}|：{2,}|。，|，。|(?<!。)。。(?!。)")
_ANY_RULE = re.compile(r"\d号|\d日|[，；、。：]{2}")


def find(line: Line, words: WordList) -> Iterator[Hit]:
    if line.beside is not None:
        return
    if words.any.search(line.text):
        for word in words.words:
            for found in islice(word.find.finditer(line.text), MOST):
                yield _of_word(word, found)
    if _ANY_RULE.search(line.text):
        yield from _of_rules(line.text)


def _of_word(word: Word, found: re.Match[str]) -> Hit:
    zh, en = f"用语“{found[0]}”需要核对", f"Check the wording “{found[0]}”"
    if word.use:
        zh, en = f"{zh}，建议写作：{word.use}", f"{en}; better: {word.use}"
    severity = Severity.BLOCK if word.serious else Severity.WARN
    return Hit("D17", severity, Text(f"{zh}。", f"{en}."), *found.span(), found[0], found[0])


def _of_rules(text: str) -> Iterator[Hit]:
    for found in _BRACKETS.finditer(text):
        yield _warn(Text("发文字号的年份应当用六角括号〔〕。", "The year of a document number stands in 〔〕."), found)
    for found in _SERIAL.finditer(text):
        yield _warn(
            Text("发文顺序号不编虚位，不加“第”字。", "The serial number has no leading zero and no “第”."), found
        )
    for found in _DAY.finditer(text):
        if _date(found, "") is None:
            yield _warn(Text("这一天不存在，请核对。", "There is no such day; check it."), found)
    for found in _SPAN.finditer(text):
        first, last = _date(found, "a_"), _date(found, "b_")
        if first and last and last < first:
            yield _warn(Text("起止日期前后颠倒，请核对。", "The last day comes before the first; check them."), found)
    for found in _DOUBLED.finditer(text):
        yield _warn(Text("标点重复。", "Doubled punctuation."), found)


def _warn(message: Text, found: re.Match[str]) -> Hit:
    return Hit("D17", Severity.WARN, message, *found.span(), found[0], found[0])


def _date(found: re.Match[str], prefix: str) -> dt.date | None:
    try:
        return dt.date(*(int(found[prefix + part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
