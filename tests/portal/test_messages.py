"""The English translation is complete, and the script that keeps it notices when it is not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog

import gongkai
from scripts import messages

PACKAGE = Path(gongkai.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
#: Everything of a template that is not shown as it stands: comments, translated texts, tags.
NOT_SHOWN = re.compile(
    r"{% comment %}.*?{% endcomment %}|{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}", re.DOTALL
)
#: A word that is Chinese in every language says so.
MARKED = re.compile(r'<span lang="zh-CN">[^<]*</span>')


@pytest.fixture(scope="module")
def found() -> list[messages.Message]:
    """Every text of the package, found once."""
    return list(messages.messages_in(PACKAGE))


@pytest.fixture
def found_already(found: list[messages.Message], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "messages_in", lambda _: found)


def test_every_text_is_translated(found: list[messages.Message]) -> None:
    assert len(found) > 300
    assert messages.problems(found, messages.read_catalogue(messages.PO)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_says_anything_untranslated(path: Path) -> None:
    shown = MARKED.sub("", NOT_SHOWN.sub("", path.read_text(encoding="utf-8")))
    assert not CJK.findall(shown)


def found_in(source: str, kind: str = "code") -> list[messages.Message]:
    read = messages.messages_of_code if kind == "code" else messages.messages_of_template
    return list(read(source, "there"))


def test_texts_of_code() -> None:
    source = (
        '_("一")\nx.gettext_lazy("二")\nngettext("三", "四", n)\npgettext("菜单", "五")\n_(variable)\nother("六")\n'
    )
    assert [(m.singular, m.plural, m.context) for m in found_in(source)] == [
        ("一", None, None),
        ("二", None, None),
        ("三", "四", None),
        ("五", None, "菜单"),
    ]


def test_texts_of_templates() -> None:
    source = (
        '{% translate "一（二）" %}{% blocktranslate count n=n %}{{ n }} 件{% plural %}{{ n }} 件们{% endblocktranslate %}'
        '{% include "x" with y=_("三") %}{% translate "四" context "菜单" %}'
    )
    assert [(m.singular, m.plural, m.context) for m in found_in(source, "template")] == [
        ("一（二）", None, None),
        ("%(n)s 件", "%(n)s 件们", None),
        ("三", None, None),
        ("四", None, "菜单"),
    ]


def catalogue(**texts: str) -> Catalog:
    made = Catalog(locale="en")
    for source, text in texts.items():
        made.add(source, text)
    return made


@pytest.mark.parametrize(
    ("source", "known", "problem"),
    [
        ('_("一")', {}, "missing"),
        ('_("一")', {"一": ""}, "not translated"),
        ('_("一")', {"一": "one", "二": "two"}, "no longer used"),
        ('_("一%(n)s")', {"一%(n)s": "one"}, "lost"),
        ('_("一%(n)s")', {"一%(n)s": "one %(m)s"}, "lost"),
        ('_("{label}")', {"{label}": "label"}, "lost"),
    ],
)
def test_what_is_wrong_is_told(source: str, known: dict[str, str], problem: str) -> None:
    wrong = messages.problems(found_in(source), catalogue(**known))
    assert len(wrong) == 1
    assert wrong[0].startswith(problem)


def test_updating_keeps_translations_and_drops_what_is_gone() -> None:
    old = catalogue(一="one", 二="two")
    new = messages.updated(found_in('_("一"); _("三")'), old)
    assert {message.id: message.string for message in new if message.id} == {"一": "one", "三": ""}


def test_the_catalogue_is_the_same_when_written_again(found: list[messages.Message], tmp_path: Path) -> None:
    copy = tmp_path / "django.po"
    shutil.copy(messages.PO, copy)
    messages.write_catalogue(messages.updated(found, messages.read_catalogue(copy)), copy)
    assert copy.read_bytes() == messages.PO.read_bytes()
    assert copy.with_suffix(".mo").exists()


@pytest.mark.usefixtures("found_already")
def test_check_fails_where_something_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(messages, "PO", tmp_path / "none.po")
    assert messages.main(["--check"]) == 1
    assert "missing: " in capsys.readouterr().out
    assert not (tmp_path / "none.po").exists()


@pytest.mark.usefixtures("found_already")
def test_check_is_content_with_what_is_there(capsys: Any) -> None:
    assert messages.main(["--check"]) == 0
    assert "all translated" in capsys.readouterr().out
