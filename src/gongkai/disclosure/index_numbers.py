"""索引号: given to an item at its first publication, unique on the site, never given again (MET-01)."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from gongkai.agencies.actions.number import next_number
from gongkai.agencies.errors import Invalid
from gongkai.agencies.models import Agency
from gongkai.agencies.selectors import today
from gongkai.disclosure.models import Column, Item
from gongkai.law.errors import IdentifierError
from gongkai.law.index_numbers import LONGEST, check_template, formatted, organisation_of, usable
from gongkai.law.texts import Text

#: The agency's running numbers, of one year.
SERIES = "index_number"
#: So many numbers that were brought along from another site are passed over in one act.
TRIES = 10_000


def allot(item: Item, *, brought: str = "", taken: set[str] | None = None) -> str:
    """Give a locked item, whose column is set, its number and return it; it keeps the one it has. The caller saves it.

    ``brought``: the number it bore on an earlier site. ``taken``: where many are written together, all the numbers brought
    along that are given away, to which this one is added; without it the database is asked. Raises Invalid where the
    number is taken, or none can be made."""
    if not item.index_number:
        if brought := brought.strip():
            item.index_number = _brought(brought, taken)
        else:
            item.index_number = _next(item.agency, item.column, taken or set())
        if taken is not None:
            taken.add(item.index_number)
    return item.index_number


def _brought(number: str, taken: Collection[str] | None) -> str:
    if not usable(number):
        raise Invalid("index_number", Text("索引号的格式不能使用。", "An index number cannot look like that."))
    if number in taken if taken is not None else Item.objects.filter(index_number=number).exists():
        raise Invalid("index_number", Text("索引号已被使用。", "This index number is taken."))
    return number


@transaction.atomic
def _next(agency: Agency, column: Column | None, taken: Collection[str]) -> str:
    """The next of the agency's series that nobody brought along."""
    check_template(agency.index_template)
    day, values = today(), _values(agency, column)
    for _try in range(TRIES):
        number = formatted(agency.index_template, values, next_number(agency, SERIES, day.year))
        if len(number) > LONGEST:
            raise Invalid("index_number", Text("按模板生成的索引号过长。", "The template makes it too long."))
        if number not in taken and not Item.objects.filter(index_number=number).exists():
            return number
    raise Invalid("index_number", Text("没有可用的索引号，请检查索引号模板。", "No number is free: see the template."))


def _values(agency: Agency, column: Column | None) -> dict[str, str]:
    """What stands in the places; without a credit code the agency's short name in addresses stands for it."""
    try:
        prefix = organisation_of(agency.credit_code) if agency.credit_code else agency.slug
    except IdentifierError:  # set before it was checked
        prefix = agency.slug
    day = today()
    return {
        "org9": prefix, "credit": agency.credit_code or agency.slug, "slug": agency.slug, "column": column.code if column else SERIES,
        "year": str(day.year), "date": f"{day:%Y%m%d}",
    }  # fmt: skip
