"""The items of an earlier site, taken over by the command: good rows, bad rows, files, again and interrupted."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai import cli
from gongkai.disclosure.importing import command, running
from gongkai.disclosure.importing.fields import day_in
from gongkai.disclosure.importing.pages import decoded, old_path, rewritten
from gongkai.disclosure.models import Item, ItemState, OldAddress, RevisionStep
from gongkai.documents.models import PrivacyScan
from gongkai.ledger.models import Entry
from tests.cast import Cast
from tests.disclosure.published import a_column

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def site(cast: Cast) -> Cast:
    a_column("notices", "通知公告")
    a_column("policies", "规范性文件", content_class="policy")
    return cast


def an_item(number: int = 1, **changes: Any) -> dict[str, Any]:
    said = {
        "标题": f"关于第{number}号事项的通知", "栏目": "通知公告", "公开机关": "ours", "成文日期": "2020-03-01",
        "发布日期": "2020-03-04 09:30", "索引号": f"005252370/2020-{number:05}", "正文": "<p>请各单位遵照执行。</p>",
        "网址": f"http://old.example/art/2020/3/4/art_1_{number}.html",
    }  # fmt: skip
    return {**said, **changes}


def jsonl(folder: Path, *items: Any) -> Path:
    path = folder / "items.jsonl"
    lines = (item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in items)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    parsed = cli.parser().parse_args(["disclosure", "import", *map(str, arguments), "--as", "editor"])
    return command.run(parsed, out, err), out.getvalue(), err.getvalue()


def test_an_item_is_public_with_its_number_its_first_day_and_its_old_address(site: Cast, tmp_path: Path) -> None:
    status, out, _ = run(jsonl(tmp_path, an_item()))
    assert (status, "已公开 1 条" in out) == (0, True)
    item = Item.objects.get()
    assert (item.state, item.index_number) == (ItemState.PUBLISHED, "005252370/2020-00001")
    assert str(item.original_published_on) == "2020-03-04"
    # CHK-07: its day of publication here is today's, whatever the earlier site said.
    assert item.published_at is not None
    assert item.published_at.year > 2020
    assert RevisionStep.objects.get().act == "take_over"
    assert Entry.objects.filter(act="disclosure.take_over_items").count() == 1
    response = Client().get("/art/2020/3/4/art_1_1.html")
    assert (response.status_code, response.headers["Location"]) == (301, f"/items/{item.pk}/")


def test_again_it_makes_nothing_twice(site: Cast, tmp_path: Path) -> None:
    path = jsonl(tmp_path, an_item(1), an_item(2))
    run(path)
    status, out, _ = run(path)
    assert (status, "以前已转入 2 条" in out) == (0, True)
    assert Item.objects.count() == 2


BAD = [
    (an_item(标题=""), "title"),
    (an_item(栏目="没有的栏目"), "column"),
    (an_item(公开机关="theirs"), "agency"),
    (an_item(成文日期="去年"), "made_on"),
    (an_item(发布日期="2019-01-01"), "published_on"),
    (an_item(成文日期="2099-01-01", 发布日期=""), "made_on"),
    (an_item(正文="  "), "body"),
    (an_item(附件=["../../etc/passwd"]), "attachments"),
    (an_item(附件=["没有.pdf"]), "attachments"),
    (an_item(标题="长" * 301), "title"),
    ("{不是", ""),
    ("[1, 2]", ""),
]


def test_bad_rows_are_named_and_never_stop_the_rest(site: Cast, tmp_path: Path) -> None:
    errors = tmp_path / "错误.xlsx"
    rows = [said for said, _ in BAD]
    status, out, _ = run(jsonl(tmp_path, *rows, an_item(99)), "--errors", errors)
    assert status == 1
    assert f"不能转入 {len(BAD)} 条" in out
    assert Item.objects.get().title == "关于第99号事项的通知"
    from openpyxl import load_workbook

    told = [(row[0].value, row[2].value or "") for row in load_workbook(errors).active.iter_rows(min_row=2)]
    assert told == [(line, field) for line, (_, field) in enumerate(BAD, start=1)]


def test_signs_that_nothing_can_hold_stop_nothing(site: Cast, tmp_path: Path) -> None:
    """Lone halves of a pair, which JSON can tell, and the zero byte, which PostgreSQL refuses."""
    said = [
        {"标题": "甲\ud800\0乙"},
        {"正文": "<p>\ud800\0乙</p>"},
        {"网址": "/art\ud800\0/9.html"},
        {"附件": ["无\ud800\0.pdf"]},
    ]
    rows = [json.dumps(an_item(number, **each)) for number, each in enumerate([*said, {}], start=1)]
    status, out, _ = run(jsonl(tmp_path, *rows))
    assert (status, Item.objects.count(), Item.objects.order_by("pk")[0].title) == (1, 4, "甲乙"), out


def test_a_dry_run_says_the_same_and_writes_nothing(site: Cast, tmp_path: Path) -> None:
    before = Entry.objects.count()
    status, out, _ = run(jsonl(tmp_path, an_item(), an_item(2, 标题="")), "--dry-run")
    assert (status, "可以公开 1 条" in out, "不能转入 1 条" in out) == (1, True, True)
    assert not Item.objects.exists()
    assert Entry.objects.count() == before


def test_what_the_scan_holds_back_becomes_a_draft(site: Cast, tmp_path: Path) -> None:
    status, out, _ = run(jsonl(tmp_path, an_item(正文=f"<p>张三 {ID_NUMBER}</p>")))
    assert (status, "草稿 1 条" in out) == (1, True)
    item = Item.objects.get()
    assert (item.state, item.revisions.get().state) == (ItemState.UNPUBLISHED, "draft")
    assert ID_NUMBER not in out
    assert Client().get(f"/items/{item.pk}/").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        {"主题词": f"张三 {ID_NUMBER}"},
        {"来源": f"张三 {ID_NUMBER}"},
        {"标题": f"张三 \u202e{ID_NUMBER[::-1]}\u202c的答复"},
        {"标题": f"张三 {ID_NUMBER[:6]}\u200b{ID_NUMBER[6:]}的答复"},
        {"正文": f'<p>见<a href="tel:{ID_NUMBER}">联系人</a></p>'},
    ],
    ids=["keywords", "source", "turned round", "parted by nothing", "behind a link"],
)
def test_everything_that_goes_out_is_looked_through(site: Cast, tmp_path: Path, said: dict[str, str]) -> None:
    run(jsonl(tmp_path, an_item(**said)))
    item = Item.objects.get()
    if "\u202e" in said.get("标题", ""):  # it reads as it is kept: nothing turns it round any more
        assert ID_NUMBER not in item.revisions.get().title
        assert "\u202e" not in item.revisions.get().title
    else:
        assert item.state == ItemState.UNPUBLISHED, said


def test_pages_and_files_beside_the_list(site: Cast, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    page = (
        '<html><head><meta charset="gb2312"></head><body><script>alert(1)</script><h1>通知</h1>'
        '<p>见<a href="http://old.example/art/2020/3/4/art_1_7.html">前文</a><img src="a.png" alt="图"></p></body></html>'
    )
    (tmp_path / "html" / "1.html").write_bytes(page.encode("gb18030"))
    (tmp_path / "html" / "a.png").write_bytes(PNG)
    (tmp_path / "表.txt").write_text("附表", encoding="utf-8")
    jsonl(tmp_path, an_item(正文="", 正文文件="html/1.html", 附件="表.txt"))
    status, out, _ = run(tmp_path, "--old-host", "old.example")
    assert status == 0, out
    revision = Item.objects.get().current
    assert revision is not None
    assert sorted(revision.attachments.values_list("name", flat=True)) == ["a.png", "表.txt"]
    assert "<script" not in revision.body
    assert 'href="/art/2020/3/4/art_1_7.html"' in revision.body
    assert 'src="attachment:' in revision.body
    assert "已去除：脚本" in out


def test_a_workbook_and_a_policy_that_was_repealed(site: Cast, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["标题", "栏目代码", "文号", "文件类别", "体裁", "成文日期", "废止日期", "内容"])
    book.active.append(
        ["管理办法", "policies", "演城〔2015〕3号", "规范性文件", "通知", "2015-01-05", "2019-06-01", "第一条 为了……"]
    )
    book.save(tmp_path / "清单.xlsx")
    status, out, _ = run(tmp_path / "清单.xlsx", "--agency", "ours")
    assert status == 0, out
    document = Item.objects.get().document
    assert document is not None
    assert (document.document_number, str(document.repealed_on)) == ("演城〔2015〕3号", "2019-06-01")


def test_a_number_that_is_taken_is_not_taken_again(site: Cast, tmp_path: Path) -> None:
    run(jsonl(tmp_path, an_item(1)))
    other = an_item(2, 索引号="005252370/2020-00001")
    status, out, _ = run(jsonl(tmp_path, other))
    assert (status, "不能沿用" in out) == (0, True)
    numbers = set(Item.objects.values_list("index_number", flat=True))
    assert len(numbers) == 2


def test_one_of_many_that_cannot_be_taken_leaves_the_others(site: Cast, tmp_path: Path) -> None:
    """They are written together; the number of a document that two of them bear stops the second alone."""
    policy = {"栏目": "规范性文件", "文号": "演城〔2020〕3号", "文件类别": "规范性文件", "体裁": "通知"}
    rows = [an_item(number, **(policy if number in (3, 5) else {})) for number in range(1, 8)]
    errors = tmp_path / "错误.xlsx"
    status, out, _ = run(jsonl(tmp_path, *rows), "--errors", errors)
    assert (status, "已公开 6 条" in out, "不能转入 1 条" in out) == (1, True, True), out
    assert "第5行 document_number" in out
    titles = list(Item.objects.order_by("index_number").values_list("title", flat=True))
    assert titles == [row["标题"] for number, row in enumerate(rows, start=1) if number != 5]
    taken = Entry.objects.filter(act="disclosure.take_over")
    assert (taken.count(), RevisionStep.objects.count(), OldAddress.objects.count()) == (6, 6, 6)


def test_numbers_and_addresses_that_several_of_one_batch_bring(site: Cast, tmp_path: Path) -> None:
    """The first has them; the others get numbers of ours, also none that a later one brings."""
    same = {"索引号": "005252370/2020-00009", "网址": "http://old.example/art/9.html"}
    rows = [
        an_item(1, **same),
        an_item(2, **{**same, "网址": "http://other.example/art/9.html"}),
        an_item(3, 索引号=""),
    ]
    status, out, _ = run(jsonl(tmp_path, *rows))
    assert (status, "不能沿用" in out, "原网址已属于另一条信息" in out) == (0, True, True), out
    assert Item.objects.values("index_number").distinct().count() == 3
    assert OldAddress.objects.get(path="/art/9.html").item.title == rows[0]["标题"]


def test_files_are_scanned_by_the_workers(site: Cast, tmp_path: Path) -> None:
    """What is in a file, its name, and the same bytes under another name; what was scanned before is not scanned again."""
    (tmp_path / "名单.txt").write_text(f"张三 {ID_NUMBER}", encoding="utf-8")
    (tmp_path / "同.txt").write_text(f"张三 {ID_NUMBER}", encoding="utf-8")
    (tmp_path / f"{ID_NUMBER}.txt").write_text("无", encoding="utf-8")
    (tmp_path / "好.txt").write_text("好", encoding="utf-8")
    named = ["名单.txt", "好.txt", "同.txt", f"{ID_NUMBER}.txt"]
    status, out, _ = run(jsonl(tmp_path, *(an_item(number, 附件=[name]) for number, name in enumerate(named))))
    assert (status, "已公开 1 条，转为草稿 3 条" in out) == (1, True), out
    assert Item.objects.get(state=ItemState.PUBLISHED).title == an_item(1)["标题"]
    assert PrivacyScan.objects.count() == 3


def test_many_rows_take_few_queries(site: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    (tmp_path / "好.txt").write_text("好", encoding="utf-8")
    asked = []
    for count in (2, 40):
        path = jsonl(tmp_path, *(an_item(count * 100 + number, 附件=["好.txt"]) for number in range(count)))
        with CaptureQueriesContext(connection) as queries:
            run(path)
        asked.append(len(queries))
    assert asked[1] <= asked[0] + 3, asked


def test_interrupted_it_leaves_whole_items_and_goes_on(
    site: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    real, calls = running.take_over_items, []

    def twice(**arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**arguments)

    path = jsonl(tmp_path, *(an_item(number) for number in range(5)))
    monkeypatch.setattr(running, "take_over_items", twice)
    status, out, _ = run(path)
    assert (status, "已中断" in out, Item.objects.count()) == (1, True, 2)
    monkeypatch.setattr(running, "take_over_items", real)
    assert "已公开 3 条，转为草稿 0 条，以前已转入 2 条" in run(path)[1]


def test_a_bar_is_drawn_from_the_first_moment_on(site: Cast, tmp_path: Path) -> None:
    from rich.console import Console

    drawn = io.StringIO()
    with command._progress(Console(file=drawn, force_terminal=True, width=100)) as tell:
        for done in range(4):
            tell(done, 3)
            time.sleep(0.15)
    assert "3/3" in drawn.getvalue()
    assert "/s" in drawn.getvalue()


def test_who_is_no_editor_takes_nothing_over(site: Cast, tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    for person, status in (("clerk", 1), ("nobody", 2)):
        parsed = cli.parser().parse_args(["disclosure", "import", str(jsonl(tmp_path, an_item())), "--as", person])
        assert command.run(parsed, out, err) == status
    assert not Item.objects.exists()


def test_what_is_no_source_is_said(site: Cast, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    empty = tmp_path / "empty"
    empty.mkdir()
    for place in (tmp_path / "x.txt", empty, tmp_path / "none"):
        assert run(place)[0] == 2


def test_an_address_nobody_had_is_not_found(site: Cast) -> None:
    assert not OldAddress.objects.exists()
    assert Client().get("/art/none.html").status_code == 404


@pytest.mark.parametrize(
    ("text", "day"), [("2024年5月6日", "2024-05-06"), ("2024.5.6 10:00:00", "2024-05-06"), ("20240506", "2024-05-06")]
)
def test_dates_in_the_shapes_that_are_about(text: str, day: str) -> None:
    assert str(day_in("made_on", text)) == day


def test_pages_are_decoded_and_their_links_kept_inside() -> None:
    assert decoded("公开".encode("gb18030")) == "公开"
    assert decoded(b'<meta charset="no-such-name">' + "公开".encode()) == '<meta charset="no-such-name">公开'
    assert old_path("http://a.gov.cn/x/%E5%85%AC.html?id=1#y") == "/x/公.html?id=1"
    assert old_path("javascript:alert(1)") == ""
    text = rewritten('<a href="//a.gov.cn/x">1</a><a href="http://b.cn/x">2</a>', lambda name: None, {"a.gov.cn"})
    assert text == '<a href="/x">1</a><a href="http://b.cn/x">2</a>'
