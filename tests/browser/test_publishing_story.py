"""Information on its way to the public: written, reviewed by three and for secrecy, found and read; a leak stopped, a
document repealed, an older reader at the keyboard, a reader without JavaScript."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from gongkai.agencies.selectors import today
from gongkai.demonstration.applicants import resident_id
from gongkai.demonstration.people import PASSWORD
from gongkai.demonstration.publishing import NEW_RULES, OLD_RULES
from tests.browser import earlier_site
from tests.browser.conftest import Office, Visitor
from tests.browser.desk import Somebody, apply, click, press, says
from tests.browser.looking import look_at

pytestmark = pytest.mark.browser

#: So many seconds the worker of the office has for a scan, or to put something into the index.
PATIENCE = 60
BASIS = "《中华人民共和国政府信息公开条例》第十四条、第十七条"
PARTICULARS = {"summary": "工程进度和开放时间。", "made_on": today().isoformat()}
File = dict[str, Any]


def text_file(name: str, text: str) -> File:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


# What the people do


def begin(drafter: Visitor, title: str, column: str = "重大建设项目") -> None:
    """A new item, on its page of writing."""
    drafter.go("/desk/items/new/")
    drafter.page.locator("main [name=title]").fill(title)
    choose(drafter.page.locator("main [name=column]"), column)
    press(drafter, "开始起草")


def choose(field: Any, words: str) -> None:
    """The first choice that has these words."""
    field.select_option(value=field.locator("option").filter(has_text=words).first.get_attribute("value"))


def particulars(drafter: Visitor, typed: Mapping[str, str] = PARTICULARS) -> None:
    for name, value in typed.items():
        drafter.page.locator(f"main [name={name}]").fill(value)
    choose(drafter.page.locator("main [name=subject]"), "城乡建设")


def with_file(drafter: Visitor, file: File) -> None:
    drafter.page.locator("main input[name=new_files]").set_input_files(file)
    press(drafter, "上传附件（同时保存）")
    assert drafter.page.locator(f"#files input[value='{file['name']}']").count() == 1, says(drafter)


def sent_to_review(drafter: Visitor) -> str:
    """Saved and submitted: the address of the review."""
    press(drafter, "保存并送审")
    assert "已送审" in says(drafter), says(drafter)
    return str(drafter.page.get_by_role("link", name="审核情况").get_attribute("href"))


def acts(person: Visitor, review: str, act: str, fill: Callable[[Any], None] = lambda form: None) -> None:
    """Open the review, fill in the form of the act and send it."""
    scanned(person, review)
    form = person.page.locator(f"main form[action$='/{act}/']")
    folded = person.page.locator(f"main details:not([open]):has(form[action$='/{act}/']) > summary")
    if folded.count():
        folded.first.click()
    fill(form)
    click(person, form.locator("button[type=submit]"))


def scanned(person: Visitor, review: str) -> None:
    """The review, once the worker has looked through everything."""

    def done() -> bool:
        person.go(review)
        return not person.page.locator("[data-unfinished]").count()

    waited_for(person, done)


def waited_for(person: Visitor, done: Callable[[], bool]) -> None:
    began = monotonic()
    while not done():
        assert monotonic() - began < PATIENCE, says(person)
        person.page.wait_for_timeout(500)


def passes(person: Visitor, review: str) -> None:
    acts(person, review, "pass", read_through)
    assert "已办理：审核通过" in says(person), says(person)


def read_through(form: Any) -> None:
    for box in form.locator("[name=proofread]").all():
        box.check()


def secrecy(form: Any) -> None:
    form.locator("[name=result][value=publish]").check()
    form.locator("[name=basis]").fill(BASIS)


def before_the_last(staff: Any, review: str) -> None:
    """Two rounds by two people, with the secrecy review between."""
    passes(staff("kezhang"), review)
    acts(staff("fazhi"), review, "secrecy", secrecy)
    assert "已办理：保密审查" in says(staff("fazhi")), says(staff("fazhi"))
    passes(staff("bianji"), review)


def published(staff: Any, review: str) -> None:
    """The third round, and the clerk."""
    before_the_last(staff, review)
    passes(staff("shenpi"), review)
    acts(staff("jingban"), review, "publish")
    assert "已办理：发布" in says(staff("jingban")), says(staff("jingban"))


def found_by_search(citizen: Visitor, words: str, title: str) -> None:
    """Typed into the box at the head; the worker may still be at the index."""

    def found() -> bool:
        citizen.go("/")
        citizen.page.locator("#site-search").fill(words)
        press(citizen, "搜索", within="header")
        return bool(citizen.page.get_by_role("link", name=title, exact=True).count())

    waited_for(citizen, found)
    click(citizen, citizen.page.get_by_role("link", name=title, exact=True).first)
    assert title in citizen.page.locator("h1").inner_text()


# 1. From the draft to the reader


@pytest.mark.article("条例", 17)
@pytest.mark.article("条例", 26)
def test_an_item_is_written_reviewed_and_read(visitor: Any, staff: Any) -> None:
    drafter, title = staff("chengban"), "鹭洲公园改造工程进展情况"
    begin(drafter, title)
    particulars(drafter)
    surface = drafter.page.locator("#rich-surface")
    surface.click()
    drafter.page.keyboard.type("主体工程已完成八成。")
    drafter.page.keyboard.press("Enter")
    drafter.page.keyboard.type("预计年底前开放。")
    with_file(drafter, text_file("工程进度表.txt", "桩基：完成。\n栈桥：在建。\n"))
    assert surface.locator("p").count() == 2, surface.inner_html()
    review = sent_to_review(drafter)
    drafter.go(review)
    assert drafter.page.locator("form[action$='/pass/']").count() == 0, "nobody reviews what they wrote"
    published(staff, review)

    citizen = visitor(width=390)
    found_by_search(citizen, "鹭洲", title)
    said = says(citizen)
    for words in ("主体工程已完成八成。", "工程进度表.txt", "索引号", "zzjk/"):
        assert words in said, words
    word = fetched(citizen, citizen.page.locator("a[href$='/item.docx']").get_attribute("href"))
    with zipfile.ZipFile(BytesIO(word)) as document:
        assert "预计年底前开放。" in document.read("word/document.xml").decode()
    file = citizen.page.get_by_role("link", name="工程进度表.txt").get_attribute("href")
    assert "栈桥：在建。" in fetched(citizen, file).decode()


def fetched(person: Visitor, address: str | None) -> bytes:
    answer = person.context.request.get(person.office.address + str(address))
    assert answer.ok, address
    return bytes(answer.body())


# 2. A leak stopped


@pytest.mark.article("条例", 15)
def test_id_numbers_in_a_file_do_not_get_out(visitor: Any, staff: Any) -> None:
    drafter, editor, title = staff("chengban"), staff("bianji"), "柳林新村保障房分配结果"
    numbers = [resident_id(serial) for serial in (8401, 8402)]
    begin(drafter, title)
    particulars(drafter)
    with_file(drafter, text_file("分配名单.txt", "姓名,身份证号\n" + "".join(f"高某,{one}\n" for one in numbers)))
    page = drafter.page.url
    review = sent_to_review(drafter)
    passes(staff("kezhang"), review)
    acts(editor, review, "pass", read_through)
    said = says(editor)
    assert "已办理" not in said, said
    assert "“分配名单.txt”中有不应公开的内容：居民身份证号码" in said
    assert not any(one in editor.page.content() for one in numbers), "the page itself does not tell them"
    acts(editor, review, "return", lambda form: form.locator("[name=reason]").fill("名单中的证件号码须遮盖。"))
    assert "已办理" in says(editor), says(editor)

    drafter.go(page.removeprefix(drafter.office.address))
    click(drafter, drafter.page.locator("#files button[name=remove]"))
    with_file(drafter, text_file("分配名单（已遮盖）.txt", "姓名,身份证号\n高某,1101**********0X\n"))
    review = sent_to_review(drafter)
    published(staff, review)
    citizen = visitor()
    item = re.sub(r".*/items/(\d+)/.*", r"/items/\1/", page)
    citizen.go(item)
    assert "分配名单（已遮盖）.txt" in says(citizen)
    assert "分配名单.txt" not in says(citizen)


# 3. A document repealed by another


@pytest.mark.article("条例", 20)
def test_a_document_is_repealed_by_another(visitor: Any, staff: Any) -> None:
    editor, citizen, number = staff("bianji"), visitor(), f"郑经开管规〔{today().year}〕88号"
    before = repealed_in_table_2(editor)
    editor.go("/desk/documents/zzjk/")
    editor.page.get_by_text("登记制发的文件").click()
    form = editor.page.locator("main form[method=post]")
    typed = {"title": "关于废止城市道路管理文件的决定", "document_number": number, "made_on": today().isoformat()}
    for name, value in typed.items():
        form.locator(f"[name={name}]").fill(value)
    press(editor, "登记")
    row = editor.page.get_by_role("row").filter(has=editor.page.get_by_role("cell", name=NEW_RULES, exact=True))
    row.get_by_role("checkbox").check()
    press(editor, "登记所选文件的变动")
    editor.page.locator("main [name=on]").fill(today().isoformat())
    editor.page.locator("main [name=by_number]").fill(number)
    press(editor, "登记变动")
    assert "已登记 1 份文件的变动" in says(editor), says(editor)
    assert repealed_in_table_2(editor) == before + 1

    citizen.go("/agencies/zzjk/normative/?validity=in_force")
    assert citizen.page.get_by_role("link", name=NEW_RULES, exact=True).count() == 0
    citizen.page.get_by_label("有效性").select_option(label="废止")
    press(citizen, "筛选")
    assert citizen.page.get_by_role("link", name=OLD_RULES, exact=True).count() == 1
    click(citizen, citizen.page.get_by_role("link", name=NEW_RULES, exact=True))
    banner = citizen.page.locator("article.item .notice-bad").first.inner_text()
    assert "废止" in banner
    assert number in banner


def repealed_in_table_2(person: Visitor) -> int:
    person.go(f"/desk/report/zzjk/{today().year}/")
    cell = person.page.locator("main a[href$='/t2.normative_documents.repealed/']")
    return int(re.sub(r"\D", "", cell.inner_text()))


# 4. An older reader, by keyboard alone


def test_an_older_reader_at_the_keyboard(visitor: Any) -> None:
    reader = visitor()
    reader.go("/agencies/")
    small = type_size(reader)
    to(reader, reader.page.get_by_role("button", name="长者模式"))
    enter(reader)
    assert reader.page.url.endswith("/agencies/"), "back on the page where it was chosen"
    assert type_size(reader) >= 1.25 * small
    to(reader, reader.page.locator("#site-search"))
    reader.page.keyboard.type("临时占用")
    enter(reader)
    to(reader, reader.page.get_by_role("link", name=NEW_RULES, exact=True).first)
    enter(reader)
    assert NEW_RULES in reader.page.locator("h1").inner_text()
    text = reader.page.locator(".item-text p").first
    assert size_of(text) >= 20
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.getAttribute('href')") == "#main", "the text is one key away"
    to(reader, reader.page.get_by_role("button", name="长者模式"))
    enter(reader)
    assert type_size(reader) == small


def type_size(person: Visitor) -> float:
    return size_of(person.page.locator("html"))


def size_of(place: Any) -> float:
    return float(place.evaluate("place => parseFloat(getComputedStyle(place).fontSize)"))


def to(person: Visitor, place: Any, most: int = 150) -> None:
    """Tab after tab until it is reached."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        if place.evaluate("place => place === document.activeElement"):
            return
    pytest.fail(f"not reached by {most} tabs: {place}")


def enter(person: Visitor) -> None:
    with person.page.expect_navigation(wait_until="load"):
        person.page.keyboard.press("Enter")


# 5. Without JavaScript


def test_a_reader_without_javascript(visitor: Any, office: Office, tmp_path: Path) -> None:
    """Home, column, item, its file; the search and its filters; the catalogue; and an application."""
    earlier_site.taken_over(office, tmp_path)
    reader = visitor(javascript=False, width=390)
    reader.go("/")
    follow(reader, "政府信息公开制度")
    follow(reader, "法定主动公开内容", "summary")
    follow(reader, "重大建设项目")
    follow(reader, earlier_site.TITLE)
    name, text = next(iter(earlier_site.FILES.items()))
    assert fetched(reader, reader.page.get_by_role("link", name=name).get_attribute("href")).decode() == text

    found_by_search(reader, "临时占用", NEW_RULES)
    reader.page.go_back()
    choose(reader.page.locator("main [name=column]"), "行政规范性文件")
    press(reader, "搜索", within="main form[role=search]")
    assert set(reader.page.locator(".search-list h3 a").all_inner_texts()) == {NEW_RULES, OLD_RULES}
    follow(reader, OLD_RULES)
    said = says(reader)
    assert "第三条" in said
    assert "废止" in said
    assert fetched(reader, reader.page.locator("a[href$='/item.pdf']").get_attribute("href")).startswith(b"%PDF")

    reader.go("/")
    follow(reader, "基层政务公开")
    follow(reader, "安全生产")
    assert "检查计划和结果" in says(reader)
    apply(reader, Somebody("方远", resident_id(8403)), "经开区道路大修的监理合同")


def follow(person: Visitor, words: str, kind: str = "a") -> None:
    """The first link with these words; what is only folded out leads nowhere."""
    place = person.page.locator(f"main {kind}", has_text=words).first
    if kind == "a":
        click(person, place)
        assert person.page.locator("h1").inner_text()
    else:
        place.click()


def test_an_editor_without_javascript(visitor: Any) -> None:
    """The text is typed as it is, paragraphs apart by an empty line; and it goes to review."""
    drafter, title = visitor(javascript=False), "经九路人行道铺装更新进展"
    drafter.sign_in("chengban")
    begin(drafter, title)
    particulars(drafter)
    drafter.page.locator("main [name=body]").fill("铺装已完成六成。\n\n余下路段下月完成。")
    with_file(drafter, text_file("进度.txt", "六成。\n"))
    drafter.go(sent_to_review(drafter))
    said = says(drafter)
    assert title in said
    assert "余下路段下月完成。" in said


# 6. The session is over before it is saved


def test_what_was_typed_outlives_the_session(visitor: Any) -> None:
    drafter = visitor()
    drafter.sign_in("chengban")
    begin(drafter, "鹭洲公园夜间照明改造")
    page = drafter.page.url
    drafter.page.locator("main [name=summary]").fill("灯具全部更换为节能灯，年底前完成。")
    drafter.context.clear_cookies(name="sessionid")
    press(drafter, "保存")
    assert "登录已失效，没有保存" in drafter.page.locator("h1").inner_text()
    values = drafter.page.locator("main textarea").evaluate_all("all => all.map(one => one.value).join('\\n')")
    assert "灯具全部更换为节能灯，年底前完成。" in values
    look_at(drafter, "what was typed when the session was over")
    with drafter.context.expect_page() as opened:
        drafter.page.get_by_role("link", name="重新登录").click()
    again = opened.value
    again.fill("input[name=username]", "chengban")
    again.fill("input[name=password]", PASSWORD)
    with again.expect_navigation():
        again.locator("form:has(input[name=password]) button[type=submit]").click()
    assert again.url == page
    drafter.complaints[:] = [text for text in drafter.complaints if "403" not in text]
