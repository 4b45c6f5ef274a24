"""What both shells rest on: tags and filters, templates without anything from elsewhere, error pages."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

import gongkai
from gongkai.law.applicants import ApplicantKind
from gongkai.law.citations import REG
from gongkai.law.texts import Text
from gongkai.portal.templatetags import house
from tests.cast import Cast, make_agency
from tests.portal.pages import addresses_of, text_of

PACKAGE = Path(gongkai.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STYLES = sorted((PACKAGE / "static/gongkai").glob("*.css"))
SCRIPTS = sorted((PACKAGE / "static/gongkai").glob("*.js"))


def rendered(source: str, **context: Any) -> str:
    return Template("{% load house %}" + source).render(Context(context))


def test_an_icon_is_inline_and_silent() -> None:
    drawing = rendered('{% icon "home" %}')
    assert drawing.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in drawing
    assert 'focusable="false"' in drawing
    assert "<path" in drawing
    assert 'd="M0 0h24v24H0z"' not in drawing
    assert rendered('{% icon "home" "icon-turn" %}').startswith('<svg class="icon icon-turn"')


def test_an_unknown_icon_is_a_fault_of_the_template() -> None:
    with pytest.raises(FileNotFoundError):
        rendered('{% icon "no-such-icon" %}')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_of_the_templates_is_there(path: Path) -> None:
    for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8")):
        assert (house.ICONS / f"{name}.svg").exists(), name


def test_texts_speak_the_language_of_the_page() -> None:
    context = {"text": Text("中文", "English"), "article": REG(33, 2), "plain": "as it is", "nothing": None}
    source = "{{ text|lang }}|{{ article|lang }}|{{ plain|lang }}|{{ nothing|lang }}"
    with override("zh-hans"):
        assert rendered(source, **context) == "中文|《政府信息公开条例》第三十三条第二款|as it is|"
    with override("en"):
        assert rendered(source, **context) == "English|Regulation, art. 33(2)|as it is|"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "2025年3月3日|星期一|3月"), ("en", "3 March 2025|Monday|March")],
)
def test_days(language: str, expected: str) -> None:
    with override(language):
        assert rendered("{{ d|day }}|{{ d|weekday }}|{{ d|month_name }}", d=dt.date(2025, 3, 3)) == expected


def test_moments_are_told_in_beijing_time() -> None:
    late = dt.datetime(2025, 3, 3, 16, 30, tzinfo=dt.UTC)
    with override("zh-hans"):
        assert rendered("{{ m|day }}|{{ m|moment }}", m=late) == "2025年3月4日|2025年3月4日 00:30"


def test_no_day_is_nothing() -> None:
    assert rendered("[{{ d|day }}{{ d|moment }}]", d=None) == "[]"


def test_small_filters() -> None:
    assert rendered("{{ n|positive }}{{ m|positive }}", n=-4, m=None) == "40"
    with override("en"):
        assert rendered("{{ k|applicant_kind|lang }}", k="business") == ApplicantKind.BUSINESS.label.en
        assert rendered('{{ "0"|weekday_short }}{{ "6"|weekday_long }}') == "MoSunday"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/guide/", "page"), ("/guide/ours/", "true"), ("/", ""), ("/apply/", "")],
)
def test_where_one_is(rf: Any, path: str, expected: str) -> None:
    found = rendered('<a{% section "/guide/" %}>', request=rf.get(path))
    assert found == (f'<a aria-current="{expected}">' if expected else "<a>")


def test_the_start_page_is_no_section(rf: Any) -> None:
    assert rendered('<a{% section "/" %}>', request=rf.get("/guide/")) == "<a>"
    assert rendered('<a{% section "/desk/" %}>', request=rf.get("/desk/calendar/")) == "<a>"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_to_the_content_policy(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", source), "no inline style"
    assert "<style" not in source
    assert not re.search(r"\son\w+=", source), "no inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", source), "no inline script"
    assert not re.search(r"""(?:href|src|action)=["'](?:https?:)?//""", source), "no foreign host"


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
def test_our_own_files_load_nothing_from_elsewhere(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "//" not in re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE).replace("http://www.w3.org", "")
    assert "@import" not in source


@pytest.mark.parametrize("path", ["/", "/guide/ours/", "/apply/ours/", "/progress/", "/desk/login/", "/nothing/"])
def test_no_page_names_a_foreign_host(client: Client, cast: Cast, path: str) -> None:
    addresses = addresses_of(client.get(path))
    assert addresses
    assert not [address for address in addresses if re.match(r"(?:https?:)?//", address)]


@pytest.mark.parametrize("path", ["/", "/guide/ours/", "/apply/ours/", "/progress/", "/desk/login/"])
def test_pages_say_their_language_and_have_one_heading(client: Client, cast: Cast, path: str) -> None:
    for accept, language in (("zh-CN", "zh-CN"), ("en", "en")):
        page = client.get(path, headers={"accept-language": accept}).content.decode()
        assert f'<html lang="{language}"' in page
        assert page.count("<h1") == 1
        assert 'href="#main"' in page
        assert 'id="main"' in page


def test_the_language_is_switched_by_a_form(client: Client, cast: Cast) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/guide/ours/"})
    assert response.headers["Location"] == "/guide/ours/"
    assert "How to apply" in text_of(client.get("/guide/ours/"))
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/"})
    assert "怎样申请" in text_of(client.get("/guide/ours/"))


def test_another_root_gives_the_site_no_other_name(client: Client, cast: Cast) -> None:
    name = f'<meta name="SiteName" content="{cast.agency.name}政府信息公开">'
    assert name in client.get("/").content.decode()
    make_agency("a-town", "空空镇人民政府", "空政")  # first in the tree, which is sorted by address
    assert name in client.get("/").content.decode()


def test_an_unknown_page_leads_on(client: Client, cast: Cast) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "/progress/" in addresses_of(response)


def test_a_fault_of_ours_is_told_without_the_database() -> None:
    """The page of a fault stands when nothing else does: no query, no tag of ours, no request."""
    from django.template.loader import get_template

    page = get_template("500.html").render()
    assert "系统暂时出错" in page
    assert "{%" not in page


def test_an_act_that_cannot_be_taken_back_is_asked_about(rf: Any, cast: Cast) -> None:
    from django.template.loader import render_to_string

    request = rf.get("/desk/")
    request.user = cast.clerk
    consequences = [Text("编号并盖章", "It is numbered and sealed")]
    context = {"question": "确定签发？", "consequences": consequences, "action": "签发", "back": "/desk/"}
    page = render_to_string("desk/confirm.html", {**context, "form": None}, request)
    for words in ("确定签发？", "编号并盖章", "csrfmiddlewaretoken", 'href="/desk/"'):
        assert words in page


def test_a_form_that_expired_shows_what_was_typed_without_its_secrets(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    typed = {"username": "somebody", "password": "not to be shown", "next": "/desk/"}
    response = strict.post("/desk/login/", typed)
    assert response.status_code == 403
    page = response.content.decode()
    assert "somebody" in page
    assert "not to be shown" not in page
    assert "什么也没有改变" in page


def test_a_forged_act_of_staff_gets_no_second_chance(cast: Cast) -> None:
    """The page after a failed check has no form that would send the act again."""
    case = cast.apply().application
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.clerk)
    response = strict.post(f"/desk/cases/{case.pk}/register/", {"seen": "1", "on": "2025-03-03"})
    page = response.content.decode()
    assert response.status_code == 403
    assert 'action="/desk/' not in page
    assert case.steps.count() == 1
