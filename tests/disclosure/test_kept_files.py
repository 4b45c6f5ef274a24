"""Of what the public no longer reads no Word or PDF file is left."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from gongkai.disclosure.actions.suspend_item import suspend_item
from gongkai.disclosure.errors import ItemNotFound
from gongkai.disclosure.kept_files import clear, place_of
from gongkai.disclosure.models import Item
from tests.cast import Cast
from tests.disclosure.published import a_column, correct, publish, withdraw


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "items"


def kept(item: Item) -> Path:
    """A file that somebody had made of the item as it is now."""
    assert item.current is not None
    place = place_of(item.pk, item.current.digest, "pdf")
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"%PDF")
    return place


def test_what_is_taken_down_is_gone_with_the_act(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    leaked, other = (publish(cast.agency, a_column("plans"), title) for title in ("漏", "好"))
    file, stays = kept(leaked), kept(other)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ItemNotFound):
        suspend_item(actor=cast.stranger, item_id=leaked.pk, reason="附件含有身份证号码，先行下线核查")
    assert file.exists(), "who may not take it down removes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        suspend_item(actor=cast.approver, item_id=leaked.pk, reason="附件含有身份证号码，先行下线核查")
    assert (file.exists(), stays.exists()) == (False, True)


def test_the_night_removes_what_came_back(cast: Cast, folder: Path) -> None:
    corrected, withdrawn, good = (publish(cast.agency, a_column("plans"), title) for title in ("改", "撤", "好"))
    before, gone, stays = kept(corrected), kept(withdrawn), kept(good)
    correct(corrected, body="<p>更正后的内容。</p>")
    withdraw(withdrawn)
    after, foreign, dead, alive = kept(corrected), folder / "说明.txt", folder / ".draft-1", folder / ".draft-2"
    older = folder / stays.name.replace("-1.pdf", "-0.pdf")
    for path in (foreign, dead, alive, older):
        path.write_bytes(b"x")
    for path in (foreign, dead):
        os.utime(path, (0, 0))
    finished = folder / ".draft-3"
    finished.symlink_to(folder / "no longer there")
    assert (clear(), clear()) == (3, 0)
    left = {path.name for path in folder.iterdir()}
    assert left == {after.name, stays.name, alive.name, foreign.name, finished.name}, (
        "a draft that is gone when it is looked at stops nothing"
    )
    assert not before.exists()
    assert not gone.exists()


def test_without_a_folder_there_is_nothing_to_do(cast: Cast) -> None:
    assert clear() == 0
