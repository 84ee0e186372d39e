"""The data directory, its lock and `runtime.json`: closed to others, never through a link."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parcelwarden.adapters.errors import Held, UnsafePlace
from parcelwarden.adapters.lock import DataLock
from parcelwarden.adapters.paths import config_file, data_dir
from parcelwarden.adapters.runtime_file import Runtime, read_runtime, remove_runtime, write_runtime

RUNTIME = Runtime(pid=1234, port=8377, api=1, admin_token="constructed")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_the_directory_is_closed_whatever_the_umask(tmp_path: Path, open_umask: None) -> None:
    place = data_dir(tmp_path / "new" / "data").prepare()
    assert mode(place.root) == 0o700


def test_a_directory_that_was_open_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert mode(data_dir(tmp_path).prepare().root) == 0o700


def test_a_file_in_the_way_of_the_directory_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(UnsafePlace, match="choose another with --data"):
        data_dir(tmp_path / "data").prepare()


def test_the_platforms_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    if sys.platform == "linux":
        assert data_dir().database == tmp_path / "d/parcelwarden/parcelwarden.db"
        assert config_file() == tmp_path / "c/parcelwarden/config.toml"


def test_the_lock_is_exclusive_within_a_process(tmp_path: Path, open_umask: None) -> None:
    first, second = DataLock(tmp_path / "lock"), DataLock(tmp_path / "lock")
    with first:
        assert mode(tmp_path / "lock") == 0o600
        with pytest.raises(Held, match="in use by another parcelwarden"):
            second.acquire()
    second.acquire()
    second.release()
    second.release()


def test_the_lock_ends_with_its_process(tmp_path: Path) -> None:
    held = "import sys; from pathlib import Path; from parcelwarden.adapters.lock import DataLock; "
    held += "DataLock(Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", held, str(tmp_path / "lock")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(Held):
            DataLock(tmp_path / "lock").acquire()
        holder.kill()
        holder.wait()
        with DataLock(tmp_path / "lock"):
            pass


def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("kept")
    (tmp_path / "lock").symlink_to(tmp_path / "victim")
    with pytest.raises(UnsafePlace):
        DataLock(tmp_path / "lock").acquire()


def test_runtime_goes_round_and_only_the_owner_reads_it(tmp_path: Path, open_umask: None) -> None:
    file = tmp_path / "runtime.json"
    write_runtime(file, RUNTIME)
    assert mode(file) == 0o600
    assert read_runtime(file) == RUNTIME
    assert list(tmp_path.iterdir()) == [file]
    write_runtime(file, Runtime(1, 2, 1, "next"))
    assert read_runtime(file) == Runtime(1, 2, 1, "next")
    remove_runtime(file)
    remove_runtime(file)
    assert read_runtime(file) is None


@pytest.mark.parametrize("name", ["runtime.json", "runtime.json.new"])
def test_a_link_in_the_place_of_the_token_is_refused(tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    (tmp_path / name).symlink_to(victim)
    with pytest.raises(UnsafePlace, match="not a plain file"):
        write_runtime(tmp_path / "runtime.json", RUNTIME)
    assert victim.read_text() == "kept"


def test_a_draft_of_a_killed_daemon_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "runtime.json.new").write_text("half")
    write_runtime(tmp_path / "runtime.json", RUNTIME)
    assert read_runtime(tmp_path / "runtime.json") == RUNTIME


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', "\xff"])
def test_a_damaged_runtime_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "runtime.json").write_text(text, "latin-1")
    assert read_runtime(tmp_path / "runtime.json") is None


def test_a_link_is_not_read(tmp_path: Path) -> None:
    write_runtime(tmp_path / "other", RUNTIME)
    (tmp_path / "runtime.json").symlink_to(tmp_path / "other")
    with pytest.raises(UnsafePlace):
        read_runtime(tmp_path / "runtime.json")
