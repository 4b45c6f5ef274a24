"""Files and kept documents: looked through once, in a worker; what nobody could read is never clean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from gongkai.documents import privacy
from gongkai.documents.models import Document, PrivacyScan
from gongkai.documents.privacy import Scanned, Severity, kept, scan_document, scan_file, worst_of
from gongkai.documents.privacy.scanning import RULES
from gongkai.documents.privacy.wording import BadWordList, word_list
from gongkai.documents.store import keep, path_of
from tests.at_once import at_once
from tests.documents.privacy.readings import ID

TEXT = f"证号{ID}\n联系电话0000-1234567，热线0000-7654321".encode()
OWN = 'version = "7"\n[[word]]\nfind = "某某领导"\nserious = true\n'


@pytest.fixture
def document(db: None) -> Document:
    return keep(TEXT, name="文.txt", media_type="text/plain")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were looked through; in this process, for speed."""
    names: list[str] = []

    def scan_here(data: bytes, name: str, **options: Any) -> Scanned:
        names.append(name)
        return privacy.files.scan_here(data, name, options["office"], options["words"])

    monkeypatch.setattr(kept, "scan_file", scan_here)
    return names


def test_in_the_worker() -> None:
    scanned = scan_file(TEXT, "文.txt")
    assert [each.rule for each in scanned.findings] == ["D1", "D5", "D5"]
    assert (worst_of(scanned.findings), scanned.unread) == (Severity.BLOCK, "")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7 broken"])
def test_what_cannot_be_read_is_a_warning(data: bytes) -> None:
    scanned = scan_file(data, "x")
    assert scanned.unread
    (finding,) = scanned.findings
    assert (finding.rule, finding.severity) == ("unread", Severity.WARN)
    assert finding.message.zh.startswith("没有检查：")


def test_a_document_is_looked_through_once(document: Document, counted: list[str]) -> None:
    row = scan_document(document)
    assert (row.worst, row.unread, row.rules) == ("block", "", kept.rules_version())
    assert ID not in str(row.findings)
    assert scan_document(document) == row
    assert counted == ["文.txt"]


def test_new_rules_look_anew(document: Document, counted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    scan_document(document)
    monkeypatch.setattr(kept, "RULES", "later")
    assert scan_document(document).rules == "later"
    assert PrivacyScan.objects.count() == len(counted) == 2


def test_an_agencys_own_telephone_is_not_told(cast: Any, document: Document, counted: list[str]) -> None:
    assert [each["sample"] for each in scan_document(document).findings if each["rule"] == "D5"] == ["000*-***4321"]


def test_the_offices_own_words(document: Document, counted: list[str], settings: Any, tmp_path: Path) -> None:
    settings.WORDS_FILE = str(tmp_path / "words.toml")
    Path(settings.WORDS_FILE).write_text(OWN, encoding="utf-8")
    named = keep("某某领导".encode(), name="b.txt", media_type="text/plain")
    row = scan_document(named)
    assert [(each["rule"], each["severity"]) for each in row.findings] == [("D17", "block")]
    assert row.rules == kept.rules_version()
    assert row.rules.startswith(RULES + "+")
    Path(settings.WORDS_FILE).write_text("[[word]]\nfind = '('", encoding="utf-8")
    told = scan_document(named)
    assert [each["rule"] for each in told.findings] == ["D17"]
    assert "不能使用" in told.findings[0]["message"]


@pytest.mark.parametrize("text", ["[[word]]\nuse = 'x'", "[[word]]\nfind = 'x*'", "no toml", "word = 3"])
def test_a_word_list_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "words.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadWordList):
        word_list(str(tmp_path / "words.toml"))


def test_what_was_given_up_is_tried_again_later(document: Document, counted: list[str]) -> None:
    PrivacyScan.objects.create(document=document, rules=kept.rules_version(), worst="warn", unread="out_of_time")
    assert scan_document(document).unread == "out_of_time"
    PrivacyScan.objects.update(made_at=timezone.now() - timedelta(hours=2))
    assert scan_document(document).worst == "block"
    assert PrivacyScan.objects.count() == 1


def test_a_file_that_the_store_lost_is_told_and_not_kept(document: Document, counted: list[str]) -> None:
    path_of(document.digest).unlink()
    row = scan_document(document)
    assert (row.unread, row.worst, row.pk) == ("file_missing", "warn", None)
    assert not PrivacyScan.objects.exists()


@pytest.mark.concurrent
@pytest.mark.django_db(transaction=True)
def test_twice_at_once(counted: list[str]) -> None:
    document = keep(TEXT, name="文.txt", media_type="text/plain")
    look: Callable[[], object] = lambda: scan_document(document).pk  # noqa: E731
    first, second = at_once(look, look)
    assert first == second == PrivacyScan.objects.get().pk
