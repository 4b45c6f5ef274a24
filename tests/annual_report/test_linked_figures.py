"""The small language of figures in the prose."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

import pytest

from gongkai.annual_report.figure_groups import groups
from gongkai.annual_report.linked_figures import UnknownFigure, addresses, compares_with_last_year, filled, unknown
from gongkai.law.report_form import Form, Tables, cells

NOW = Tables(
    {
        **dict.fromkeys(cells(), 0),
        "t3.received.total": 30,
        "t3.carried_in.total": 2,
        "t3.granted.total": 7,
        "t3.total.total": 23,
        "t3.state_secret.total": 2,
        "t3.third_party_rights.total": 3,
        "t4.litigation_direct.total": 1,
        "t4.litigation_after_reconsideration.total": 2,
        "t2.charges.amount": Decimal("2766.7879"),
    }
)
BEFORE = NOW.with_cells({"t3.received.total": 24, "t3.granted.total": 7, "t3.carried_in.total": 0})


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ("t3.received.total", "30"),
        ("t2.charges.amount", "2766.7879"),
        ("t3.received.total + t3.carried_in.total", "32"),
        ("t3.refused.total", "5"),
        ("t4.litigation.total", "3"),
        ("last t3.received.total", "24"),
        ("more t3.received.total", "增加6"),
        ("more t3.total.total", "持平"),
        ("change t3.received.total", "增长25%"),
        ("change t3.granted.total", "持平"),
        ("share t3.granted.total of t3.total.total", "30.43%"),
        ("share t3.granted.total + t3.refused.total of t3.received.total", "40%"),
    ],
)
def test_what_a_link_prints(link: str, printed: str) -> None:
    assert filled(f"共{{{{ {link} }}}}。", NOW, BEFORE) == f"共{printed}。"


def test_fewer_is_said_as_fewer() -> None:
    assert filled("{{ change t3.received.total }}，{{ more t3.received.total }}", BEFORE, NOW) == "下降20%，减少6"


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("t3.received.everybody", "不存在"),
        ("__import__('os')", "不存在"),
        ("t3.received.total * 2", "不存在"),
        ("t3.received.total.__class__", "不存在"),
        ("last", "不存在"),
        ("share t3.granted.total", "不存在"),
        ("share t3.granted.total of t4.reconsideration.total", "分母为0"),
        ("change t3.carried_in.total", "上年为0"),
    ],
)
def test_what_cannot_be_printed_is_said_by_name(link: str, why: str) -> None:
    (error,) = unknown(f"{{{{ {link} }}}}", NOW, BEFORE)
    assert why in error.message.zh
    assert f"“{link}”" in error.message.zh


def test_without_last_year_nothing_is_compared_with_it() -> None:
    with pytest.raises(UnknownFigure, match="上年"):
        filled("{{ last t3.received.total }}", NOW)
    assert compares_with_last_year(["", "{{ change t3.received.total }}"])
    assert not compares_with_last_year(
        ["{{ t3.received.total }} last year", "{{ share t3.granted.total of t3.total.total }}"]
    )


def test_what_a_text_links_to_is_known() -> None:
    text = "{{ share t3.granted.total of t3.total.total }}和{{t4.litigation.total}}"
    assert list(addresses(text)) == ["t3.granted.total", "t3.total.total", "t4.litigation.total"]


@pytest.mark.parametrize("form", Form)
def test_groups_are_sums_of_cells_of_the_form_under_names_of_their_own(form: Form) -> None:
    for group in groups(form).values():
        assert group.name not in cells(form)
        assert set(group.cells) <= set(cells(form))
    assert len(groups(form)["t3.refused.total"].cells) == 8
    assert len(groups(form)["t3.otherwise.total"].cells) == (3 if form is Form.F2021 else 1)


def test_endless_blanks_in_the_braces_cost_no_time() -> None:
    began = perf_counter()
    text = "{{" + " " * 20_000
    assert filled(text, NOW) == text
    assert perf_counter() - began < 1


@pytest.mark.parametrize(
    "text",
    [
        "{{{{ t3.received.total }}}}",
        "{{{ t3.received.total }}}",
        "收到{{ t3.received.total",
        "t3.received.total }}件",
        "{{ {{ t3.received.total }} }}",
    ],
)
def test_braces_that_are_no_figure_are_said_and_never_half_printed(text: str) -> None:
    (error, *_) = unknown(text, NOW)
    assert "大括号" in error.message.zh
    once = filled(text.replace("{{ {{ ", "{{{{ ").replace(" }} }}", " }}}}"), NOW)
    assert filled(once, NOW) == once
