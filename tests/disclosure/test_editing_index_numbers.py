"""索引号 as it is given out: by the agency's template, once, passing over what was brought along, refused when taken."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongkai.agencies.actions.edit_agency import edit_agency
from gongkai.agencies.errors import Invalid
from gongkai.agencies.selectors import today
from gongkai.disclosure.index_numbers import allot
from gongkai.disclosure.models import Item
from tests.at_once import at_once
from tests.cast import Cast
from tests.disclosure.published import a_column

CODE = "11441700007280420Y"


def an_item(cast: Cast) -> Item:
    return Item.objects.create(agency=cast.agency, column=a_column("gz"))


def numbered(item: Item, brought: str = "") -> str:
    with transaction.atomic():
        number = allot(Item.objects.select_for_update(of=("self",)).get(pk=item.pk), brought=brought)
        Item.objects.filter(pk=item.pk).update(index_number=number)
    return number


def test_by_the_organisation_code_one_after_the_other(cast: Cast) -> None:
    edit_agency(actor=cast.administrator, agency=cast.agency, credit_code=CODE.lower())
    first = an_item(cast)
    assert numbered(first) == f"007280420/{today().year}-00001"
    assert numbered(first) == f"007280420/{today().year}-00001"
    assert numbered(an_item(cast)) == f"007280420/{today().year}-00002"


def test_without_a_code_and_by_another_template(cast: Cast) -> None:
    assert numbered(an_item(cast)) == f"ours/{today().year}-00001"
    edit_agency(actor=cast.administrator, agency=cast.agency, index_template="演城-{column}-{date}-{seq:03}")
    assert numbered(an_item(cast)) == f"演城-gz-{today():%Y%m%d}-002"


def test_what_was_brought_along_is_passed_over_and_never_given_twice(cast: Cast) -> None:
    year = today().year
    numbered(an_item(cast), brought=f"ours/{year}-00001")
    assert numbered(an_item(cast)) == f"ours/{year}-00002"
    for bad, words in ((f"ours/{year}-00001", "索引号已被使用"), ("<b>1", "格式")):
        with pytest.raises(Invalid) as refused:
            numbered(an_item(cast), brought=bad)
        assert words in refused.value.message.zh


@pytest.mark.parametrize(
    ("field", "value"),
    [("credit_code", "11441700007280421Y"), ("index_template", "{year}"), ("index_template", "{seq}{x}{year}")],
)
def test_settings_of_which_no_number_comes(cast: Cast, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        edit_agency(actor=cast.administrator, agency=cast.agency, **{field: value})
    assert refused.value.field == field


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_two(cast: Cast) -> None:
    one, two = an_item(cast), an_item(cast)
    results = at_once(lambda: numbered(one), lambda: numbered(two))
    assert sorted(str(result)[-5:] for result in results) == ["00001", "00002"]
