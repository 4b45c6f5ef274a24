"""The numbers of the law for page texts: no page repeats one by hand."""

from __future__ import annotations

from itertools import count

from django import template
from django.utils.translation import get_language

from gongkai.law.fees import item_rate, page_rate
from gongkai.law.time_limits import TIME_LIMITS

register = template.Library()


@register.simple_tag
def limit(key: str) -> str:
    """A time limit in words and in the language of the page: 20个工作日. KeyError for one that the law does not know."""
    return TIME_LIMITS[key].wording.of(get_language() or "zh-hans")


@register.simple_tag
def free_of_fee(what: str) -> int:
    """How many items of a month, or pages of an application, cost nothing (收费办法 4, 5)."""
    rate = {"items": item_rate, "pages": page_rate}[what]
    return next(number for number in count(1) if rate(number)) - 1
