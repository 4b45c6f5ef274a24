"""A wide table in the text of an item scrolls by itself."""

from __future__ import annotations

from gongkai.disclosure.public.item_body import with_scrolling
from gongkai.disclosure.rich_text import clean


def test_every_table_has_a_box_of_its_own_with_its_own_name() -> None:
    table = "<table><tbody><tr><td>一</td></tr></tbody></table>"
    boxed = with_scrolling(f"<p>前</p>{table}<p>中</p>{table}")
    assert boxed.count('role="region" tabindex="0"') == boxed.count("</table></div>") == 2
    assert 'aria-label="表格1"' in boxed
    assert 'aria-label="表格2"' in boxed


def test_words_that_look_like_a_table_are_words() -> None:
    """In an attribute the box would end it, and what follows would be an attribute of its own."""
    digest = "0" * 64
    text = clean(
        f'<p><img src="attachment:{digest}" alt="<table onmouseover=alert(1)>"> &lt;table&gt; 1 < 2</p>', {digest}
    ).html
    assert "table onmouseover" in text
    assert with_scrolling(text) == text
