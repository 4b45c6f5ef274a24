"""The editor's pages: listed, begun, written, kept by themselves, refused with all that was typed; for whom."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.models import Person
from gongkai.disclosure.actions.begin_correction import begin_correction
from gongkai.disclosure.actions.begin_item import begin_item
from gongkai.disclosure.actions.draft_item import draft_item
from gongkai.disclosure.actions.edit_revision import edit_revision
from gongkai.disclosure.models import ContentClass, Item, Revision
from tests.cast import Cast
from tests.disclosure.published import a_column, a_draft, publish, withdraw
from tests.portal.pages import text_of

#: Five of them are the desk's shell; two more where the process does not know the calendar yet.
QUERIES = 13
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def revision(cast: Cast) -> Revision:
    return begin_item(actor=cast.editor, agency=cast.agency, column=a_column("gz"), title="关于停车的通知")


def edit_url(revision: Revision, page: str = "edit") -> str:
    return f"/desk/items/{revision.item_id}/{page}/"


def typed(revision: Revision, **changes: Any) -> dict[str, Any]:
    revision.refresh_from_db()
    return {
        "changes": revision.changes, "column": revision.column_id or "", "title": "关于停车的通知", "body": "第一段\n\n第二段",
        "open_type": "proactive", "issuer_name": "演示市城市管理局", "save": "1", **changes,
    }  # fmt: skip


# --- who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "edit/", "preview/", "correct/", "withdraw/", "discard/", "compare/1/1/"])
def test_nobody_elsewhere_sees_it(cast: Cast, revision: Revision, page: str) -> None:
    address = f"/desk/items/{revision.item_id}/{page}"
    assert signed_in(cast.other_clerk).get(address).status_code == 404
    assert signed_in(cast.stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert signed_in(cast.editor).get(f"/desk/items/987654321987654321/{page}").status_code == 404


def test_the_head_reads_but_does_not_write(cast: Cast, revision: Revision) -> None:
    client = signed_in(cast.unit_head)
    assert edit_url(revision) not in client.get(f"/desk/items/{revision.item_id}/").content.decode()
    assert client.get(edit_url(revision)).status_code == 302
    assert client.post(edit_url(revision), typed(revision, title="x")).status_code == 302
    assert client.post(edit_url(revision, "save"), typed(revision, title="x")).status_code == 409
    revision.refresh_from_db()
    assert revision.title == "关于停车的通知"


# --- list ---------------------------------------------------------------------------------------------------


def test_the_list_by_where_items_stand(cast: Cast, revision: Revision, django_assert_max_num_queries: Any) -> None:
    publish(cast.agency, a_column("gz"), title="公开的通知", index_number="x/2024-00001")
    client = signed_in(cast.editor)
    with django_assert_max_num_queries(QUERIES):
        mine = text_of(client.get("/desk/items/"))
    assert "关于停车的通知" in mine
    assert "公开的通知" not in mine
    with django_assert_max_num_queries(QUERIES):
        public = text_of(client.get("/desk/items/?tab=published&q=x/2024"))
    assert "公开的通知" in public
    assert "关于停车的通知" not in public
    assert "公开的通知" not in text_of(client.get("/desk/items/?tab=published&year=2001"))
    assert "关于停车的通知" not in text_of(signed_in(cast.clerk).get("/desk/items/"))
    assert "关于停车的通知" in text_of(signed_in(cast.clerk).get("/desk/items/?tab=drafts"))
    assert "关于停车的通知" not in text_of(signed_in(cast.other_clerk).get("/desk/items/?tab=drafts&agency=ours"))


@pytest.mark.parametrize(
    "asked", ["tab=x", "column=x", "year=9999999999", "before=x", "q=%00", "column=99", "before=99999999"]
)
def test_nonsense_is_left_out(cast: Cast, asked: str) -> None:
    assert signed_in(cast.editor).get(f"/desk/items/?tab=published&{asked}").status_code == 200


def test_pages_go_on_after_the_last(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.disclosure.editing.lists.PAGE", 2)
    for number in range(3):
        publish(cast.agency, a_column("gz"), title=f"通知{number}", index_number=f"x/{number}aa")
    client = signed_in(cast.editor)
    first = client.get("/desk/items/?tab=published")
    second = client.get("/desk/items/" + first.context["next_url"])
    assert [[row.title for row in page.context["rows"]] for page in (first, second)] == [["通知2", "通知1"], ["通知0"]]
    assert second.context["next_url"] == ""


# --- begun --------------------------------------------------------------------------------------------------


def test_an_item_is_begun(cast: Cast) -> None:
    column, client = a_column("gz"), signed_in(cast.drafter)
    answer = client.post("/desk/items/new/", {"agency": cast.agency.pk, "column": column.pk, "title": "新"})
    item = Item.objects.get()
    assert answer.headers["Location"] == f"/desk/items/{item.pk}/edit/"
    assert client.get("/desk/items/new/").status_code == 200


def test_a_suggestion_is_taken(cast: Cast) -> None:
    draft = draft_item(actor=cast.clerk, agency=cast.agency, title="停车收费", body="文", source="application:7")
    client = signed_in(cast.editor)
    assert "采用草稿" in text_of(client.get(f"/desk/item-drafts/{draft.pk}/"))
    client.post("/desk/items/new/", {"draft": draft.pk, "agency": cast.agency.pk})
    assert Item.objects.get().revisions.get().title == "停车收费"
    again = client.post("/desk/items/new/", {"draft": draft.pk, "agency": cast.agency.pk})
    assert "已经采用" in text_of(again)


# --- written ------------------------------------------------------------------------------------------------


def test_without_a_script_plain_text_is_enough(cast: Cast, revision: Revision) -> None:
    client = signed_in(cast.editor)
    answer = client.post(edit_url(revision), typed(revision, document_number="演城（2024）3号"), follow=True)
    revision.refresh_from_db()
    assert revision.body == "<p>第一段</p>\n<p>第二段</p>"
    assert "发文字号已规范为：演城〔2024〕3号" in text_of(answer)


def test_what_was_taken_out_is_told(cast: Cast, revision: Revision) -> None:
    bad = '<p onclick="x">文</p><script>alert(1)</script><img src="https://x.example/a.png">'
    answer = signed_in(cast.editor).post(edit_url(revision), typed(revision, body=bad), follow=True)
    assert "正文中已去除：脚本、事件代码、外部图片" in text_of(answer)
    revision.refresh_from_db()
    assert revision.body == "<p>文</p>"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("made_on", "昨天", "请填写日期"),
        ("summary", "长" * 101, "最多100个字"),
        ("column", "987654", "请从列出的选项中选择"),
        ("title", "a\x00b", "无法显示的字符"),
        ("last_day", "2020-01-01", "有效期不能早于成文日期"),
        ("body", "<div>" * 3000, "嵌套过深"),
        ("interprets", "987654", "请从列出的选项中选择"),
    ],
)
def test_what_was_typed_stays_on_the_page(cast: Cast, revision: Revision, field: str, value: str, words: str) -> None:
    data = {**typed(revision, keywords="停车 收费", made_on="2024-01-01"), field: value}
    answer = signed_in(cast.editor).post(edit_url(revision), data)
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert answer.context["form"]["keywords"].value() == "停车 收费"
    revision.refresh_from_db()
    assert revision.keywords == ""


def test_somebody_was_quicker(cast: Cast, revision: Revision) -> None:
    data = typed(revision, title="我的标题")
    edit_revision(actor=cast.clerk, revision_id=revision.pk, values={"title": "同事的标题"})
    client = signed_in(cast.editor)
    answer = client.post(edit_url(revision), data)
    shown = text_of(answer)
    assert "已有改动" in shown
    assert "同事的标题" in shown
    assert answer.context["form"]["title"].value() == "我的标题"
    again = {**data, "changes": answer.context["form"]["changes"].value()}
    assert client.post(edit_url(revision), again).status_code == 302
    revision.refresh_from_db()
    assert revision.title == "我的标题"


def test_it_is_kept_by_itself(cast: Cast, revision: Revision) -> None:
    client = signed_in(cast.editor)
    data = typed(revision, title="半句", made_on="明天", last_day="2020-01-01", summary="长" * 200)
    told = client.post(edit_url(revision, "save"), data).json()
    revision.refresh_from_db()
    assert (revision.title, told["changes"]) == ("半句", revision.changes)
    assert set(told["left"]) == {"成文日期", "内容概述"}
    assert client.post(edit_url(revision, "save"), data).status_code == 409


def test_submitting_says_everything_that_is_missing(cast: Cast, revision: Revision) -> None:
    answer = signed_in(cast.editor).post(edit_url(revision), typed(revision, title="已改", submit="1"))
    assert {"made_on", "summary", "subject"} <= set(answer.context["form"].errors)
    revision.refresh_from_db()
    assert (revision.title, revision.state) == ("已改", "draft")


def test_a_complete_one_is_submitted(cast: Cast, revision: Revision) -> None:
    data = typed(
        revision, made_on="2024-05-06", summary="停车", subject="综合政务", source="本局", author="编", submit="1"
    )
    answer = signed_in(cast.editor).post(edit_url(revision), data)
    assert answer.status_code == 302, answer.context["form"].errors
    revision.refresh_from_db()
    assert revision.state == "first_review"


def test_the_policy_it_explains_is_sought_and_ticked(cast: Cast) -> None:
    column = a_column("jd", content_class=ContentClass.INTERPRETATION)
    revision = begin_item(actor=cast.editor, agency=cast.agency, column=column, title="解读")
    policy = publish(
        cast.other_agency, a_column("gz"), title="停车管理办法", document_class="normative_documents",
        document_number="演财〔2024〕9号",
    )  # fmt: skip
    publish(cast.other_agency, a_column("gz"), title="停车新闻", index_number="n/2")
    client = signed_in(cast.editor)
    found = client.post(edit_url(revision), typed(revision, find="1", policy_q="停车"), follow=True)
    assert [key for key, _label in found.context["form"].fields["interprets"].choices] == [str(policy.pk)]
    client.post(edit_url(revision), typed(revision, interprets=[policy.pk], form="text"))
    assert list(revision.interprets.all()) == [policy]


# --- files --------------------------------------------------------------------------------------------------


def test_files_are_added_named_and_removed(cast: Cast, revision: Revision) -> None:
    client = signed_in(cast.editor)
    files = [SimpleUploadedFile("附件一.txt", "一".encode()), SimpleUploadedFile("附件二.txt", "二".encode())]
    client.post(edit_url(revision), typed(revision, new_files=files))
    one, two = revision.attachments.all()
    client.post(edit_url(revision), typed(revision, **{f"name-{two.pk}": "清单", "up": two.pk}))
    assert [row.name for row in revision.attachments.all()] == ["清单.txt", "附件一.txt"]
    client.post(edit_url(revision), typed(revision, remove=one.pk))
    assert [row.name for row in revision.attachments.all()] == ["清单.txt"]
    page = client.get(edit_url(revision))
    assert two.document.digest in page.content.decode()


def test_a_file_that_does_not_pass_leaves_the_words(cast: Cast, revision: Revision) -> None:
    bad = SimpleUploadedFile("a.exe", b"MZ\x90\x00" + b"\x00" * 100)
    answer = signed_in(cast.editor).post(edit_url(revision), typed(revision, keywords="词", new_files=bad))
    assert "new_files" in answer.context["form"].errors
    assert answer.context["form"]["keywords"].value() == "词"
    assert not revision.attachments.exists()


def test_too_large_is_said(cast: Cast, revision: Revision, settings: Any) -> None:
    settings.ITEM_FILE_MAX_BYTES = 10
    answer = signed_in(cast.editor).post(
        edit_url(revision), typed(revision, new_files=SimpleUploadedFile("a.txt", b"x" * 11))
    )
    assert "上限" in text_of(answer)


def test_a_picture_of_the_text(cast: Cast, revision: Revision) -> None:
    client = signed_in(cast.editor)
    told = client.post(edit_url(revision, "picture"), {"picture": SimpleUploadedFile("图.png", PNG)}).json()
    client.post(edit_url(revision), typed(revision, body=f'<p>见<img src="{told["src"]}" alt="路线"></p>'))
    revision.refresh_from_db()
    digest = revision.attachments.get().document.digest
    assert revision.body == f'<p>见<img src="attachment:{digest}" alt="路线"></p>'
    assert client.get(told["src"]).content == PNG
    assert signed_in(cast.other_clerk).get(told["src"]).status_code == 404
    assert told["src"] in client.get(edit_url(revision, "preview")).content.decode()
    text = SimpleUploadedFile("a.txt", b"text")
    assert client.post(edit_url(revision, "picture"), {"picture": text}).status_code == 400


def test_a_word_file_becomes_text(cast: Cast, revision: Revision) -> None:
    from docx import Document as Word

    word, out = Word(), io.BytesIO()
    word.add_heading("总则", 1)
    word.add_paragraph("第一条")
    word.add_table(1, 2).cell(0, 0).text = "格"
    word.add_picture(io.BytesIO(PNG))
    word.save(out)
    file = SimpleUploadedFile("办法.docx", out.getvalue())
    signed_in(cast.editor).post(edit_url(revision), typed(revision, body="前文", file_text=file))
    revision.refresh_from_db()
    digest = revision.attachments.get().document.digest
    assert revision.body.startswith("<p>前文</p>\n<h2>总则</h2>\n<p>第一条</p>\n<table>")
    assert f'src="attachment:{digest}"' in revision.body


# --- acts with a reason -------------------------------------------------------------------------------------


def test_corrected_compared_and_given_up(cast: Cast) -> None:
    item, client = publish(cast.agency, a_column("gz"), title="旧标题", body="<p>甲。乙。</p>"), signed_in(cast.editor)
    assert client.post(f"/desk/items/{item.pk}/correct/", {"reason": " "}).status_code == 200
    assert client.post(f"/desk/items/{item.pk}/correct/", {"reason": "有误"}).status_code == 302
    revision = item.revisions.get(number=2)
    edit_revision(actor=cast.editor, revision_id=revision.pk, values={"title": "新标题", "body": "<p>甲。丙。</p>"})
    told = text_of(client.get(f"/desk/items/{item.pk}/compare/1/2/"))
    assert all(word in told for word in ("旧标题", "新标题", "乙", "丙"))
    assert client.post(f"/desk/items/{item.pk}/discard/", {"reason": "不改了"}).status_code == 302
    revision.refresh_from_db()
    assert revision.state == "abandoned"
    assert "不改了" in text_of(client.get(f"/desk/items/{item.pk}/"))


def test_a_withdrawal_asks_only_why(cast: Cast) -> None:
    item, client = publish(cast.agency, a_column("gz")), signed_in(cast.clerk)
    client.post(f"/desk/items/{item.pk}/withdraw/", {"reason": "含个人信息"})
    revision = item.revisions.get(number=2)
    page = client.get(f"/desk/items/{item.pk}/edit/")
    assert "撤下理由" in text_of(page)
    assert "内容概述" not in text_of(page)
    data = {"changes": revision.changes, "reason": "含有个人信息", "open_type": "proactive"}
    assert client.post(f"/desk/items/{item.pk}/edit/", data).status_code == 302
    revision.refresh_from_db()
    assert revision.reason == "含有个人信息"


def test_a_second_correction_is_refused_in_words(cast: Cast) -> None:
    item = publish(cast.agency, a_column("gz"))
    begin_correction(actor=cast.editor, item_id=item.pk, reason="x")
    answer = signed_in(cast.editor).post(f"/desk/items/{item.pk}/withdraw/", {"reason": "x"})
    assert "已有一个版本正在办理" in text_of(answer)


def test_a_number_that_was_guessed_tells_no_title(cast: Cast, revision: Revision) -> None:
    """Ticking is typing a number: what another agency drafts or has withdrawn is not told by it."""
    draft = a_draft(cast.other_agency, a_column("gz"), title="尚未公开的草稿")
    gone = publish(cast.other_agency, a_column("gz"), "已经撤下的信息")
    withdraw(gone)
    public = publish(cast.other_agency, a_column("gz"), "公开的政策文件")
    asked = {"changes": revision.changes, "interprets": [draft.pk, gone.pk, public.pk], "open_type": "proactive"}
    page = signed_in(cast.editor).post(f"/desk/items/{revision.item_id}/edit/", asked).content.decode()
    assert public.title in page
    assert "尚未公开的草稿" not in page
    assert "已经撤下的信息" not in page
