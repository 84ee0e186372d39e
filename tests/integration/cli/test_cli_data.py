"""Import, export, copies, tokens, status, doctor. Files are constructed."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from parcelwarden.cli import main
from support.shell import Shell

Watched = Callable[..., Any]
TABLE = "order,number,paid_at,title\naliexpress/1,RR123456785CN,2026-03-01,Lamp\naliexpress/2,,2026-03-02,\n"


def test_a_table_is_taken_in_row_by_row(sh: Shell, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(TABLE)
    assert "aliexpress/1, aliexpress/2" in sh("import", str(file)).stdout
    assert sh.json("show", "1")["parcels"] == ["RR123456785CN"]
    assert sh.json("show", "2")["facts"]["paid_at"]["value"] == "2026-03-02"


def test_a_bad_row_is_named_and_the_others_taken(sh: Shell, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(TABLE + "aliexpress/3,,soon,\nnonsense,,2026-03-01,\naliexpress/4,,2026-03-01,\n")
    done = sh("import", str(file), code=1)
    assert "line 4" in done.stderr
    assert "line 5" in done.stderr
    assert {o["order_id"] for o in sh.json("list")["orders"]} == {"1", "2", "4"}


def test_a_table_without_the_column_is_refused(sh: Shell, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("id,number\n1,2\n")
    assert "`order`" in sh("import", str(file), code=1).stderr


def test_files_that_cannot_be_read_are_named(sh: Shell, tmp_path: Path) -> None:
    (tmp_path / "large.html").write_text("<" + "x" * 4 * 1024 * 1024)
    (tmp_path / "link.html").symlink_to(tmp_path / "large.html")
    (tmp_path / "junk.html").write_text("<html><p>nothing</p></html>")
    for name, said in (
        ("large.html", "larger than"),
        ("link.html", "a link"),
        ("absent.html", "No such file"),
        ("junk.html", "junk.html"),
    ):
        for mode in ([], ["--dry-run"]):
            done = sh("import", *mode, str(tmp_path / name), code=1)
            assert said in done.stderr
    assert sh.json("list")["orders"] == []


def test_one_bad_file_does_not_stop_the_others(sh: Shell, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html>")
    (tmp_path / "b.csv").write_text(TABLE)
    answers = sh.json("import", str(tmp_path / "a.html"), str(tmp_path / "b.csv"), code=1)
    assert "error" in answers[0]
    assert len(answers[1]["orders"]) == 2


@pytest.mark.parametrize("seen", ["yesterday", "2026-03-02", "2026-03-02T09:00:00"])
def test_seen_at_is_an_instant(sh: Shell, tmp_path: Path, seen: str) -> None:
    (tmp_path / "a").write_text("x")
    assert "offset" in sh("import", "--seen-at", seen, str(tmp_path / "a"), code=2).stderr


def test_a_dry_run_needs_no_data_directory(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html>")
    done = CliRunner().invoke(main, ["import", "--dry-run", "--data", str(tmp_path / "d"), str(tmp_path / "a.html")])
    assert done.exit_code == 1
    assert not (tmp_path / "d").exists()


def test_export_holds_everything(sh: Shell, watched: Watched, tmp_path: Path) -> None:
    watched("--number", "RR123456785CN")
    printed = json.loads(sh("export").stdout)
    sh("export", "-o", str(tmp_path / "out.json"))
    written = json.loads((tmp_path / "out.json").read_text())
    assert printed["format"] == "parcelwarden-export"
    assert json.loads(sh("export", "-o", "-").stdout) == printed
    assert sh("export", "--ics", "-o", "-").stdout.startswith("BEGIN:VCALENDAR")
    assert [o["title"] for o in written["orders"]] == ["Lamp"]
    assert [p["numbers"] for p in written["parcels"]] == [["RR123456785CN"]]
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o600
    (tmp_path / "link").symlink_to(tmp_path / "out.json")
    assert "not a plain file" in sh("export", "-o", str(tmp_path / "link"), code=1).stderr


def test_a_copy_comes_back(sh: Shell, watched: Watched, tmp_path: Path) -> None:
    watched("delivery_due_at=2026-05-01", "shipped_at=2026-03-05")
    before = sh.json("show", "8100000000000001")["windows"]
    copy = sh.json("backup", str(tmp_path / "copy.db"))
    assert (copy["orders"], copy["path"]) == (1, str(tmp_path / "copy.db"))
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    sh("forget", "8100000000000001")
    assert "read back" in sh("restore", str(tmp_path / "copy.db")).stdout
    assert sh.json("show", "8100000000000001")["windows"] == before


def test_a_copy_without_a_name_lies_in_the_data_directory(sh: Shell, watched: Watched) -> None:
    watched()
    copy = Path(sh.json("backup")["path"])
    assert copy.parent == sh.data / "backups"
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_what_is_no_copy_is_refused_and_nothing_touched(sh: Shell, watched: Watched, tmp_path: Path) -> None:
    watched()
    (tmp_path / "junk").write_bytes(b"no database" * 1000)
    (tmp_path / "link").symlink_to(sh.data / "parcelwarden.db")
    for name in ("junk", "absent", "link"):
        assert name in sh("restore", str(tmp_path / name), code=1 if name == "link" else 2).stderr
    assert len(sh.json("list")["orders"]) == 1
    assert "there is a file already" in sh("backup", str(tmp_path / "junk"), code=1).stderr


def test_a_corrupt_database_is_said_with_the_way_back(sh: Shell, watched: Watched) -> None:
    watched()
    (sh.data / "parcelwarden.db").write_bytes(b"garbage" * 5000)
    done = sh("list", code=3)
    assert "restore" in done.stderr
    assert "Traceback" not in done.output


def test_tokens_are_made_shown_once_listed_and_revoked(sh: Shell) -> None:
    made = sh("token", "create", "cron", "--scope", "read", "--scope", "write")
    token = made.stdout.strip()
    assert re.fullmatch(r"pw_[\w-]{43}", token)
    assert "It may read, write;" in made.stderr
    feed = sh("token", "create", "phone", "--scope", "calendar")
    assert feed.stdout.strip().endswith(".ics")
    assert "sees the calendar" in feed.stderr
    sh("token", "revoke", next(c["id"] for c in sh.json("token", "list")["clients"] if c["name"] == "phone"))
    (client,) = sh.json("token", "list")["clients"]
    assert (client["name"], client["scopes"]) == ("cron", ["read", "write"])
    assert token.encode() not in b"".join(f.read_bytes() for f in sh.data.iterdir() if f.is_file())
    sh("token", "revoke", client["id"])
    assert sh.json("token", "list")["clients"] == []
    assert "not known" in sh("token", "revoke", client["id"], code=1).stderr
    sh("token", "create", "x", "--scope", "admin", code=2)


def test_status_says_that_nobody_looks(sh: Shell, watched: Watched) -> None:
    watched()
    assert "No daemon runs" in sh("status").stdout
    found = sh.json("status")
    assert found["daemon"] == {"running": False, "port": None}
    assert found["health"]["orders"] == 1


def test_sources_are_never_tried_at_first(sh: Shell) -> None:
    found = {s["id"]: s for s in sh.json("sources")["sources"]}
    assert found["cainiao"]["state"] == "never_tried"
    listed = {line.split()[0]: line for line in sh("sources").stdout.splitlines()}
    assert "the daemon " in listed["cainiao"]
    assert "you, by pasting (wants your postcode)" in listed["postnl"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["nobody", "--number", "RR123456785CN"], 2, "nobody"), (["cainiao"], 2, "--number"),
     (["cainiao", "--number", "a/b"], 2, "number")],
)  # fmt: skip
def test_a_source_is_not_asked_for_nonsense(sh: Shell, arguments: list[str], code: int, said: str) -> None:
    assert said in sh("sources", "check", *arguments, code=code).stderr


@pytest.mark.parametrize("command", ["pair", "open"])
def test_what_needs_a_daemon_says_so(sh: Shell, command: str) -> None:
    assert "parcelwarden run" in sh(command, code=3).stderr
    assert not sh.data.exists()


def test_doctor_names_no_one(sh: Shell, watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(sh.data.parent))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    watched("--number", "RR123456785CN")
    done = sh("doctor")
    assert "see `warn` above" in done.stdout
    assert "All is well" not in done.stdout
    assert "sound, version" in done.stdout
    for secret in (str(sh.data.parent), "8100000000000001", "RR123456785CN", "Lamp"):
        assert secret not in done.stdout
    levels = {f["what"]: f["level"] for f in sh.json("doctor")["findings"]}
    assert (levels["daemon"], levels["database"], levels["desktop"]) == ("warn", "ok", "warn")


def test_doctor_finds_what_is_broken(sh: Shell, watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    watched()
    (sh.data / "parcelwarden.db").write_bytes(b"garbage" * 5000)
    sh.config.write_text("prot = 1")
    done = sh("doctor", code=1)
    assert len(re.findall(r"^bad ", done.stdout, re.M)) == 2


def test_doctor_says_which_names_are_no_sources(sh: Shell) -> None:
    sh.config.write_text('[sources]\ndisabled = ["cainio", "ups"]\n[keys]\n"c0nstructed" = "ups"\n')
    sh.config.chmod(0o600)
    told = [f["text"] for f in sh.json("doctor")["findings"] if f["what"] == "config" and f["level"] == "warn"]
    assert [text.split()[0] for text in told] == ["[sources]", "[keys]"]
    assert "'cainio'" in told[0]
    assert "c0nstructed" not in " ".join(told)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written_is_three(sh: Shell) -> None:
    sh.data.parent.chmod(0o500)
    try:
        assert "--data" in sh("list", code=3).stderr
    finally:
        sh.data.parent.chmod(0o700)


def test_notify_test_counts_no_unconfirmed_channel(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text("[desktop]\nenabled = false\n")
    done = CliRunner().invoke(main, ["notify-test", "--json", "--config", str(tmp_path / "c.toml")])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["channels"] == [{"channel": "log", "result": "delivered", "error": ""}]


def test_the_example_configuration_is_printed() -> None:
    done = CliRunner().invoke(main, ["run", "--example-config"])
    assert done.exit_code == 0
    assert "port = 8377" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_doctor_says_what_to_do_about_an_open_directory_and_a_link(sh: Shell, tmp_path: Path, target: str) -> None:
    (tmp_path / "elsewhere").write_text("something of somebody's")
    sh.data.mkdir()
    sh.data.chmod(0o755)
    (sh.data / "parcelwarden.db").symlink_to(tmp_path / target)
    found = {f["what"]: f for f in json.loads(sh("doctor", "--json", code=1).stdout)["findings"]}
    assert (found["data"]["level"], found["database"]["level"]) == ("bad", "bad")
    assert "chmod 700" in found["data"]["text"]
    assert "not a plain file; remove it" in found["database"]["text"]


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\nups = "constructed"\n',
        '[webhook]\nurl = "https://hook.test/constructed"\n',
        '[phone]\ntargets = ["ntfys://constructed.test/topic"]\n',
        '[command]\nargv = ["tell", "--token", "constructed"]\n',
    ],
)
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_doctor_says_when_others_can_read_what_is_secret(sh: Shell, text: str, mode: int) -> None:
    sh.config.write_text(text)
    sh.config.chmod(mode)
    found = {f["what"]: f for f in sh.json("doctor")["findings"]}
    assert found["config"]["level"] == "warn"
    assert text[1 : text.index("]")] in found["config"]["text"]
    assert "constructed" not in json.dumps(found)
    sh.config.chmod(0o600)
    assert {f["what"]: f for f in sh.json("doctor")["findings"]}["config"]["level"] == "ok"
