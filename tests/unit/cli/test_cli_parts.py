"""The small parts of the command line: facts, dates, harmless text, files, exit codes."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from parcelparsers.errors import BadPage
from parcelwarden.adapters.errors import ConfigError
from parcelwarden.cli import output
from parcelwarden.cli.facts import nested
from parcelwarden.cli.failure import BadInput, CannotGoOn, Failure, of_code, told
from parcelwarden.cli.saved import read_saved
from parcelwarden.cli.written import write_private
from parcelwarden.domain.errors import FactError
from parcelwarden.services.errors import Conflict, Invalid, Unavailable

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_facts_are_nested_typed_and_taken_back() -> None:
    pairs = ["paid_at=2026-03-01", "dispute.opened_at=2026-03-02", "dispute.outcome=", "warranty=Yes", "title=a=b"]
    assert nested(pairs) == {
        "paid_at": "2026-03-01",
        "dispute": {"opened_at": "2026-03-02", "outcome": None},
        "warranty": True,
        "title": "a=b",
    }


@pytest.mark.parametrize("pair", ["paid_at", "=x", "warranty=perhaps"])
def test_a_bad_pair_is_named(pair: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        nested([pair])
    assert pair.partition("=")[0] in caught.value.message


def test_a_table_and_a_value_of_one_name_are_refused() -> None:
    with pytest.raises(click.UsageError):
        nested(["dispute=x", "dispute.opened_at=2026-03-02"])


def test_foreign_text_cannot_steer_a_terminal() -> None:
    assert output.plain("a\x1b[2Jb\x07\u202ec\u200b\nd\x9b") == "a[2Jbc\nd"


def test_columns(capsys: pytest.CaptureFixture[str]) -> None:
    output.table([["a", "bb", "c\nd"], ["aaa", "b", "\x1b[1m"]], ["x", "y", "z"])
    assert capsys.readouterr().out == "x    y   z\na    bb  c d\naaa  b   [1m\n"
    output.table([])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (None, "never"),
        (NOW + timedelta(hours=1), "just now"),
        (NOW - timedelta(seconds=59), "just now"),
        (NOW - timedelta(minutes=5), "5 min ago"),
        (NOW - timedelta(hours=30), "1 d ago"),
        ("2026-03-02T06:00:00Z", "3 h ago"),
    ],
)
def test_ago(at: datetime | str | None, said: str) -> None:
    assert output.ago(at, NOW) == said


def test_dates_stand_in_the_users_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Madrid")
    time.tzset()
    try:
        assert output.local("2026-06-08T07:00:00Z") == "Mon 8 Jun 2026 09:00 CEST"
        assert output.local(None) == "unknown"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(("number", "said"), [(0, "0 orders"), (1, "1 order"), (2, "2 orders")])
def test_count(number: int, said: str) -> None:
    assert output.count(number, "order") == said


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (ConfigError("x"), CannotGoOn, 3),
        (Unavailable("x"), CannotGoOn, 3),
        (Invalid("x"), BadInput, 2),
        (Conflict("x"), Failure, 1),
        (FactError("x", "y"), Failure, 1),
        (BadPage("x"), Failure, 1),
    ],
)
def test_what_is_raised_on_purpose_ends_with_its_code(fault: Exception, kind: type[Failure], code: int) -> None:
    failure = told(fault)
    assert type(failure) is kind
    assert failure.exit_code == code


def test_what_nobody_foresaw_is_not_hidden() -> None:
    assert told(KeyError("x")) is None


@pytest.mark.parametrize(("code", "exit_code"), [("not_found", 1), ("invalid", 2), ("unavailable", 3), ("?", 1)])
def test_the_apis_words_have_exit_codes(code: str, exit_code: int) -> None:
    assert of_code(code, "x").exit_code == exit_code


def test_files_are_written_whole_and_for_the_owner(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "x", b"one")
        write_private(tmp_path / "x", b"two")
    finally:
        os.umask(before)
    assert (tmp_path / "x").read_bytes() == b"two"
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 1


def test_nothing_is_written_through_a_link_or_over_a_directory(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"kept")
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    for name in ("link", ".", "absent/x"):
        with pytest.raises(Failure):
            write_private(tmp_path / name, b"x")
    assert (tmp_path / "victim").read_bytes() == b"kept"


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_saved(tmp_path / "file", 5) == b"12345"
    for path, said in (
        (tmp_path / "file", "larger than"),
        (tmp_path / "link", "a link"),
        (tmp_path, "a directory"),
        (Path("/dev/zero"), "not a plain file"),
        (tmp_path / "absent", "No such file"),
        (Path("a\0b"), "cannot be read"),
    ):
        with pytest.raises(Failure, match=said):
            read_saved(path, 4)
