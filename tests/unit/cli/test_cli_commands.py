"""The group as a whole: help without imports, every command there, every reading one with --json."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from parcelwarden.cli import main
from parcelwarden.cli.table import COMMANDS

READING = (
    "status", "pair", "doctor", "add", "list", "show", "set", "import", "backup", "restore", "parse", "carriers",
    "sources", "notify-test",
)  # fmt: skip
HEAVY = {"aiohttp", "sqlite_utils", "sqlite3", "apscheduler", "rich", "bs4", "lxml", "dateparser"}


def there(name: str) -> bool:
    module = COMMANDS[name].place.partition(":")[0]
    return importlib.util.find_spec(f"parcelwarden.cli.{module}") is not None


@pytest.mark.parametrize("name", [n for n in COMMANDS if there(n)])
def test_each_command_is_there_and_explains_itself(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert f"Usage: main {name}" in shown.output


@pytest.mark.parametrize("name", READING)
def test_each_reading_command_has_json(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    assert any("--json" in parameter.opts for parameter in command.params)


def test_the_help_names_all() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    assert all(f"  {name} " in shown.output for name in COMMANDS)


def test_an_unknown_command_is_bad_usage() -> None:
    refused = CliRunner().invoke(main, ["frobnicate"])
    assert refused.exit_code == 2
    assert "No such command" in refused.output


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["--help"], ""),
        (["--version"], ""),
        (["windows"], ""),
        (["judge"], ""),
        (["carriers", "RR123456785CN"], ""),
        (["parse", "--source", "cainiao", "-"], "{}"),
        (["list", "--help"], ""),
    ],
)
def test_small_commands_import_little(arguments: list[str], stdin: str) -> None:
    code = (
        "import sys, atexit\n"
        f"heavy = {HEAVY!r}\n"
        "atexit.register(lambda: print('HEAVY', sorted(heavy & {*sys.modules}), file=sys.stderr))\n"
        "from parcelwarden.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], input=stdin, capture_output=True, text=True, check=False
    )
    assert done.stderr.endswith("HEAVY []\n"), done.stderr
