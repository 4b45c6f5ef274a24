"""The data folder and the secrets that an installation makes for itself."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gongkai.config import places
from gongkai.config.places import Misconfigured, data_folder, secret


@pytest.fixture(autouse=True)
def _nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GONGKAI_DATA", "GONGKAI_IDENTITY_KEY", "GONGKAI_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


# --- the folder ---------------------------------------------------------------------------------------------


def test_the_folder_named_in_the_environment_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "a" / "数据 folder"))
    assert data_folder() == tmp_path / "a" / "数据 folder"
    assert data_folder().is_dir()


@pytest.mark.parametrize("value", [None, ""])
def test_without_one_it_is_var_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    if value is not None:
        monkeypatch.setenv("GONGKAI_DATA", value)
    assert data_folder() == tmp_path / "var"


# --- secrets ------------------------------------------------------------------------------------------------


def test_a_secret_is_made_once_and_stays(tmp_path: Path) -> None:
    first = secret("identity_key", tmp_path)
    assert len(bytes.fromhex(first)) == 32
    assert secret("identity_key", tmp_path) == first
    assert (tmp_path / "secrets" / "identity_key").read_text() == first


def test_two_secrets_and_two_installations_differ(tmp_path: Path) -> None:
    found = {secret(name, tmp_path / place) for name in ("identity_key", "secret_key") for place in ("a", "b")}
    assert len(found) == 4


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        secret("identity_key", tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secrets" / "identity_key").stat().st_mode) == 0o600


def test_no_draft_is_left(tmp_path: Path) -> None:
    secret("identity_key", tmp_path)
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["identity_key"]


def test_one_from_the_environment_goes_before_and_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret("identity_key", tmp_path)
    monkeypatch.setenv("GONGKAI_IDENTITY_KEY", "k" * 32)
    assert secret("identity_key", tmp_path) == "k" * 32
    assert secret("identity_key", tmp_path / "other") == "k" * 32
    assert not (tmp_path / "other").exists()


def test_a_short_one_from_the_environment_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_IDENTITY_KEY", "k" * 31)
    with pytest.raises(Misconfigured, match="GONGKAI_IDENTITY_KEY"):
        secret("identity_key", tmp_path)


@pytest.mark.parametrize("content", ["", "\n", "short\n"])
def test_a_file_that_was_emptied_or_cut_is_refused(tmp_path: Path, content: str) -> None:
    """Sealed with an empty key, identity data would be as good as open."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "identity_key").write_text(content)
    with pytest.raises(Misconfigured, match="identity_key"):
        secret("identity_key", tmp_path)


def test_a_draft_left_by_a_killed_process_does_not_stop_the_next(tmp_path: Path) -> None:
    """In a container the next process has the very same number."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / f"identity_key.{os.getpid()}").write_text("half")
    assert len(secret("identity_key", tmp_path)) == 64


def test_many_that_start_at_once_agree_on_one(tmp_path: Path) -> None:
    for serial in range(5):
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(lambda _: secret("identity_key", tmp_path / str(serial)), range(8)))  # noqa: B023
        assert len(found) == 1
        assert len(list((tmp_path / str(serial) / "secrets").iterdir())) == 1


def test_the_one_that_comes_second_takes_the_first_one_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secrets" / "identity_key"
    places.make_secret(path)
    first = path.read_text()
    places.make_secret(path)
    assert path.read_text() == first


def test_a_real_process_keeps_its_secrets_between_starts(tmp_path: Path) -> None:
    ask = "from gongkai.config import settings; print(settings.SECRET_KEY, settings.IDENTITY_KEY)"
    environment = {**os.environ, "GONGKAI_DATA": str(tmp_path)}
    command = [sys.executable, "-c", ask]
    first, second = (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    )
    assert first == second
    assert len(set(first)) == 2
