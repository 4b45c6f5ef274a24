"""Tags and filters of both shells: icons, the two languages of the law's texts, dates as people read them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django import template
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

import gongkai
from gongkai.config.wishes import older_mode
from gongkai.law.applicants import ApplicantKind
from gongkai.law.texts import Text
from gongkai.portal.site import Site, site_of

register = template.Library()

ICONS = Path(gongkai.__file__).parent / "static" / "vendor" / "icons"
OPENING_TAG = re.compile(r"<svg[^>]*>", re.DOTALL)
#: Without this path the picture has no box; with it a printer draws a frame. It is dropped.
BOX = re.compile(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


#: Every page lies under these, so they are a section of nothing.
START_PAGES = ("/", "/desk/")


class Bilingual(Protocol):
    """A text of the law (`Text`) or a citation (`Article`): both say themselves in a language."""

    def of(self, lang: str) -> str: ...


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """The icon `name` as inline SVG, hidden from screen readers: the words beside it speak.

    Raises FileNotFoundError for an icon that the build step does not bring (see ICONS in hatch_build.py).
    """
    return icon_markup(name, css)


@lru_cache(maxsize=256)
def icon_markup(name: str, css: str) -> SafeString:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    css_class = f"icon {css}".strip()
    opening = f'<svg class="{css_class}" viewBox="0 0 24 24" stroke-linecap="round" stroke-linejoin="round" '
    drawing = OPENING_TAG.sub(opening + 'aria-hidden="true" focusable="false">', BOX.sub("", drawing), count=1)
    return mark_safe(" ".join(drawing.split()))


@register.filter
def lang(text: Bilingual | str | None) -> str:
    """A text or citation of the law in the language of the page; a plain string stays as it is."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    return text.of(get_language() or "zh-hans")


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A date as people read it: 2025年3月3日, in English 3 March 2025. Empty for None."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if in_english():
        return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A date with its hour and minute in Beijing time: 2025年3月3日 14:05. Empty for None."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} {local:%H:%M}"


@register.filter
def weekday(value: dt.date) -> str:
    """The day of the week: 星期一, in English Monday."""
    return weekday_long(value.weekday())


@register.filter
def applicant_kind(value: str) -> Text:
    """The name of an applicant's kind, from what the database holds."""
    return ApplicantKind(value).label


@register.filter
def month_name(value: dt.date) -> str:
    """The month alone: 3月, in English March."""
    return ENGLISH_MONTHS[value.month - 1] if in_english() else f"{value.month}月"


@register.filter
def weekday_short(number: str | int) -> str:
    """A column of a calendar, 0 for Monday: 一, in English Mo."""
    return ENGLISH_WEEKDAYS[int(number)][:2] if in_english() else WEEKDAYS[int(number)]


@register.filter
def weekday_long(number: str | int) -> str:
    """The same in full: 星期一, in English Monday."""
    return ENGLISH_WEEKDAYS[int(number)] if in_english() else f"星期{WEEKDAYS[int(number)]}"


@register.filter
def attribute(mapping: dict[str, Any], key: str) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def site(context: dict[str, Any]) -> Site:
    """Whose site this is; asked of the database once per page, and only by a page that shows it."""
    request: HttpRequest | None = context.get("request")
    return site_of(request)


@register.simple_tag(takes_context=True)
def older(context: dict[str, Any]) -> bool:
    """Whether this visitor chose 长者模式."""
    request: HttpRequest | None = context.get("request")
    return request is not None and older_mode(request)


@register.simple_tag(takes_context=True)
def section(context: dict[str, Any], *prefixes: str) -> SafeString:
    """`aria-current="page"` for the link of the page itself, `"true"` for the section it lies in, else nothing."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    if path in prefixes:
        return mark_safe(' aria-current="page"')
    if any(prefix not in START_PAGES and path.startswith(prefix) for prefix in prefixes):
        return mark_safe(' aria-current="true"')
    return SafeString("")


def in_english() -> bool:
    return (get_language() or "").lower().startswith("en")


ENGLISH_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # not strftime: that follows the machine's locale
WEEKDAYS = "一二三四五六日"
ENGLISH_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@register.filter
def positive(number: int | None) -> int:
    """The number without its sign."""
    return abs(number or 0)
