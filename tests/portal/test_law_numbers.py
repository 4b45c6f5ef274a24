"""The numbers of the law on the pages come from the law."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

import gongkai

PACKAGE = Path(gongkai.__file__).parent
PUBLIC = [
    *sorted((PACKAGE / "portal/templates/portal").rglob("*.html")),
    *(PACKAGE / f"applications/templates/applications/{name}.html" for name in (
        "apply", "sent", "progress", "progress_case", "choose_agency", "withdraw", "too_many",
    )),
    *sorted((PACKAGE / "applications/templates/applications/parts").glob("asked_*.html")),
]  # fmt: skip
#: 20个工作日, 60日, 6个月, 10件: but not the minutes of our own pages.
BY_HAND = re.compile(r"\d+\s*(?:个工作日|日|个月|件|页|working days)")


def shown(source: str) -> str:
    return Template("{% load law_numbers %}" + source).render(Context())


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.name)
def test_no_page_repeats_one_by_hand(path: Path) -> None:
    assert not BY_HAND.findall(path.read_text(encoding="utf-8"))


@pytest.mark.article("条例", 33)
@pytest.mark.article("条例", 30)
def test_limits_in_words() -> None:
    assert shown("{% limit 'reply' %} {% limit 'correction_notice' %}") == "20个工作日 7个工作日"
    assert shown("{% limit 'extension' %} {% limit 'review' %} {% limit 'suit' %}") == "不超过20个工作日 60日 6个月"
    with translation.override("en"):
        assert shown("{% limit 'reply' %}") == "20 working days"


def test_a_limit_the_law_does_not_know() -> None:
    with pytest.raises(KeyError):
        shown("{% limit 'holiday' %}")


def test_what_is_free_of_fee() -> None:
    assert shown("{% free_of_fee 'items' %} {% free_of_fee 'pages' %}") == "10 30"
