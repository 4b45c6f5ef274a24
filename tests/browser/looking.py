"""How a page is looked at: by axe in both widths, for what is wider than the window, and by the Tab key."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tests.browser.conftest import Visitor

NARROW, WIDE = 390, 1280

#: What the Tab key must reach, and with what it was reached: of a group of radio buttons one is enough.
LISTEN = """() => {
  const one = (field) => {
    if (field.type !== "radio" || !field.name) return true;
    const group = [...document.getElementsByName(field.name)];
    const stop = group.find((each) => each.checked) || group[0];
    return field === stop;
  };
  window.wanted = [...document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex='0']")].filter(
    (element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && one(element)
      && element.checkVisibility({ visibilityProperty: true }));
  // From the top, also where a field of the page took the focus.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  window.reached = [];
  window.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    if (!outlined && style.boxShadow === "none") window.unseen.push(target.outerHTML.slice(0, 120));
    window.reached.push(target);
  });
  // A field for a day has a stop for each of its parts.
  return window.wanted.length + 6 * document.querySelectorAll("input[type^='date']").length;
}"""
TOLD = """() => ({
  first: window.reached.length ? window.reached[0].className : "",
  missed: window.wanted.filter((one) => !window.reached.includes(one)).map((one) => one.outerHTML.slice(0, 120)),
  unseen: window.unseen,
})"""


@cache
def axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(visitor: Visitor) -> list[str]:
    """What axe finds on the page as it stands. It is brought in by the debugger, so the pages keep their own policy."""
    page = visitor.page
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe())
    rules = page.evaluate(
        "axe.run(document, { resultTypes: ['violations'], preload: false }).then((found) => found.violations)"
    )
    return [f"{rule['id']}: {node['html'][:120]}" for rule in rules for node in rule["nodes"]]


def check(visitor: Visitor, path: str) -> None:
    """Go there and look at it in both widths."""
    visitor.page.set_viewport_size({"width": WIDE, "height": 900})
    assert visitor.go(path).status in (200, 404, 410), path
    look_at(visitor, path)


def look_at(visitor: Visitor, what: str) -> None:
    """The page as it stands, wide and narrow: nothing that axe finds, nothing wider than the window."""
    page = visitor.page
    page.wait_for_load_state("load")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(visitor) == [], f"{what} at {width}"
        across = page.evaluate("document.documentElement.scrollWidth")
        assert across <= width, f"{what} scrolls sideways: {across} px at {width}"
    page.set_viewport_size({"width": WIDE, "height": 900})


def by_keyboard(visitor: Visitor, what: str) -> None:
    """The Tab key begins at the skip link, reaches everything, shows where it is, and is caught nowhere."""
    page = visitor.page
    for _ in range(page.evaluate(LISTEN) + 2):
        page.keyboard.press("Tab")
    told: dict[str, Any] = page.evaluate(TOLD)
    assert "skip-link" in told["first"], what
    assert told["missed"] == [], f"{what}: not reached by the Tab key"
    assert told["unseen"] == [], f"{what}: one does not see where one is"
