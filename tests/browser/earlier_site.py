"""An item with all that may stand in one: it is taken over from an earlier site, which is quicker than three reviews."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.conftest import Office

TITLE = "关于公布年度城区道路大修计划及施工期间交通组织安排的通知（含附件）"
COLUMN = "projects"
FILES = {
    "大修计划.txt": "第一大街：铣刨加铺。\n",
    "道路位置一览表（最终修改稿-第三版）20260211.txt": "第一大街，起点航海东路。\n",
}
HEADS = ("序号", "路段名称", "起点", "终点", "工程内容", "计划开工", "计划完工", "责任单位")
ROW = (
    "1",
    "第一大街",
    "航海东路",
    "经开第八大街",
    "路面铣刨加铺、管网改造、人行道更新",
    "2026-03-01",
    "2026-11-30",
    "城市管理科",
)


def taken_over(office: Office, folder: Path) -> None:
    """It is public afterwards; the second time nothing is done."""
    from PIL import Image

    Image.new("RGB", (1200, 700), "#dde8f2").save(folder / "图.png")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    item = {
        "标题": TITLE, "栏目": COLUMN, "公开机关": "zzjk", "成文日期": "2026-02-11", "发布日期": "2026-02-12 09:30",
        "索引号": "005252370/2026-00001", "正文": _text(), "附件": list(FILES),
        "网址": "http://old.example/art/2026/2/12/art_1.html",
    }  # fmt: skip
    (folder / "items.jsonl").write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
    done = office.gongkai("disclosure", "import", str(folder), "--as", "bianji")
    assert done.returncode == 0, done.stdout + done.stderr


def _text() -> str:
    heads = "".join(f"<th>{one}</th>" for one in HEADS)
    cells = "".join(f"<td>{one}</td>" for one in ROW)
    return (
        "<p>现公布道路大修计划，见<a href='https://example.org/roads/'>说明</a>。</p><h2>一、总体安排</h2>"
        "<p><img src='图.png' alt='道路大修位置示意图'></p>"
        f"<table><caption>道路大修计划表</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{f'<tr>{cells}</tr>' * 3}</tbody></table>"
        "<ul><li>施工期间保留一条车道。</li></ul><blockquote>以现场公告为准。</blockquote>"
    )
