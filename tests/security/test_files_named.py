"""S16, S39, S40: odd places and files, named by a user or laid there by another. All content is constructed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from parcelwarden.cli import main
from support.daemon import cli, daemon, quiet_config
from support.shell import Shell

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes are POSIX")
ORDER = ("add", "aliexpress/8100000000000001", "paid_at=2026-03-01")
ODD = ("../../x", "C:\\x", "link", "pipe", "folder", "/dev/zero", "a\nb", "-", "~/x")


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Commands in a folder with a link, a pipe and a folder in it, two levels below the test's own."""
    here = tmp_path / "one" / "two"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    (tmp_path / "victim").write_text("kept")
    (here / "link").symlink_to(tmp_path / "victim")
    os.mkfifo(here / "pipe")
    (here / "folder").mkdir()
    found = Shell(tmp_path / "data", quiet_config(tmp_path))
    found(*ORDER)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    """Every plain file below a folder but the data directory, with its content."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink() and "data" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


@posix
@pytest.mark.parametrize("name", [n for n in ODD if n != "-"])
@pytest.mark.parametrize(
    "command", [("import",), ("import", "--dry-run"), ("parse", "--source", "cainiao"), ("restore",)]
)
def test_s39_no_odd_file_is_read(sh: Shell, tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    before = tree(tmp_path)
    done = CliRunner().invoke(main, [*command, name, *([] if command[0] == "parse" else ["--data", str(sh.data)])])
    assert done.exit_code in (1, 2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert name.splitlines()[0] in done.stderr
    assert tree(tmp_path) == before
    assert len(sh.json("list")["orders"]) == 1


@posix
@pytest.mark.parametrize("name", ["link", "pipe", "folder", "/dev/zero", "nowhere/x", "folder/../link"])
@pytest.mark.parametrize("command", [("backup",), ("export", "-o")])
def test_s39_nothing_is_written_through_an_odd_name(
    sh: Shell, tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    before = tree(tmp_path)
    done = CliRunner().invoke(main, [*command, name, "--data", str(sh.data)])
    assert done.exit_code in (1, 2)
    assert name.rpartition("/")[2] in done.stderr
    assert tree(tmp_path) == before


@posix
@pytest.mark.parametrize("name", ["../../x", "C:\\x", "a\nb", "~"])
@pytest.mark.parametrize("command", [("backup",), ("export", "-o")])
def test_s39_a_name_is_that_one_file_and_its_owners_alone(
    sh: Shell, tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    """What the user names is written there and nowhere else: no expansion, no second file."""
    before = tree(tmp_path)
    assert CliRunner().invoke(main, [*command, name, "--data", str(sh.data)]).exit_code == 0
    new = tree(tmp_path).keys() - before.keys()
    assert len(new) == 1
    written = tmp_path / new.pop()
    assert written.samefile(Path(name))
    assert written.stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("name", ["runtime.json", "runtime.json.new", "lock", "parcelwarden.db"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_s16_what_was_laid_in_the_way_stops_the_start(tmp_path: Path, name: str, kind: str) -> None:
    data, victim = tmp_path / "data", tmp_path / "victim"
    data.mkdir(mode=0o700)
    victim.write_text("kept")
    victim.chmod(0o644)
    if kind == "link":
        (data / name).symlink_to(victim)
    elif kind == "pipe":
        os.mkfifo(data / name)
    else:
        (data / name).mkdir()
    refused = cli("run", "--port", "0", "--data", str(data), "--config", str(quiet_config(tmp_path)))
    assert refused.returncode == 3
    assert name.removesuffix(".new") in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (victim.read_text(), victim.stat().st_mode & 0o777) == ("kept", 0o644)


@posix
def test_s16_a_data_directory_that_is_a_link_to_another_users_is_refused(tmp_path: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root owns what it makes here")
    (tmp_path / "data").symlink_to("/usr")
    assert cli("run", "--port", "0", "--data", str(tmp_path / "data")).returncode == 3


@posix
def test_s16_everything_is_closed_to_others_after_a_life_under_umask_000(tmp_path: Path) -> None:
    with daemon(tmp_path, umask=0) as running:
        assert running.cli(*ORDER).returncode == 0
        assert running.cli("backup").returncode == 0
        modes = {p.relative_to(running.data).as_posix(): p.stat().st_mode & 0o777 for p in running.data.rglob("*")}
    assert {path for path, mode in modes.items() if mode not in (0o600, 0o700)} == set()
    assert {"runtime.json", "lock", "parcelwarden.db", "parcelwarden.db-wal", "backups"} <= modes.keys()


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--bind", "::"], ["--port", "70000"], ["--port", "-1"]])
def test_s40_there_is_no_way_to_listen_elsewhere(tmp_path: Path, arguments: list[str]) -> None:
    refused = cli("run", "--data", str(tmp_path / "d"), *arguments)
    assert refused.returncode == 2
    assert arguments[0] in refused.stderr
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("key", ["host", "bind", "address", "listen"])
def test_s40_nor_by_the_configuration(tmp_path: Path, key: str) -> None:
    config = quiet_config(tmp_path)
    config.write_text(f'{key} = "0.0.0.0"\n' + config.read_text())
    refused = cli("run", "--port", "0", "--data", str(tmp_path / "d"), "--config", str(config))
    assert refused.returncode == 3
    assert key in refused.stderr
