"""The README is run: every `sh` block, line by line, in an empty home."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from parcelwarden.cli import main
from parcelwarden.cli.table import COMMANDS

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README.read_text("utf-8"), re.S | re.M)


def test_every_line_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    lines = [line for block in BLOCKS for line in block.splitlines() if line.startswith("parcelwarden ")]
    assert len(lines) > 8
    for line in lines:
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}"


def test_every_document_that_is_named_is_there() -> None:
    for name in re.findall(r"`([A-Z]+\.md)`", README.read_text("utf-8")):
        assert (README.parent / name).exists()
    assert os.access(README.parent / "Makefile", os.R_OK)


def test_every_promise_names_tests_that_are_there() -> None:
    """Files and folders by their path, R-cases by a file of that number with a test of that number in it."""
    text = README.read_text("utf-8").partition("## Promises")[2].partition("\n## ")[0]
    rows = [line.split("|")[2] for line in text.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 8
    held: set[str] = set()
    for row in rows:
        paths = re.findall(r"`(tests/[\w/.]+)`", row)
        cases = [n for a, b in re.findall(r"\bR(\d\d)(?:\u2013R(\d\d))?", row) for n in range(int(a), int(b or a) + 1)]
        assert paths or cases, row
        assert all((README.parent / path).exists() for path in paths), row
        held |= {f"r{number:02}" for number in cases}
    for case in held:
        files = [*(README.parent / "tests" / "reliability").glob(f"test_*{case}_*.py")]
        assert any(f"def test_{case}_" in file.read_text("utf-8") for file in files), case
    assert held == {f"r{number:02}" for number in range(1, 19)}


@pytest.mark.parametrize(
    "document", ["README.md", "extension/README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/API.md"]
)
def test_every_picture_and_page_that_is_linked_is_there(document: str) -> None:
    page = README.parent / document
    text = page.read_text("utf-8")
    linked = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    for target in (one or other for one, other in linked):
        assert "://" in target or (page.parent / target).exists(), target


def test_every_command_and_target_that_is_shown_is_one() -> None:
    text = README.read_text("utf-8")
    makefile = (README.parent / "Makefile").read_text("utf-8")
    commands = re.findall(r"(?:^ *|`)parcelwarden ([a-z][a-z-]*)", text, re.M)
    assert {"pair", "open", "notify-test", "service"} <= set(commands)
    assert set(commands) <= set(COMMANDS)
    for target in re.findall(r"(?:^ *|`)make ([a-z-]+)", text, re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_first_hour_is_five_steps() -> None:
    steps = README.read_text("utf-8").partition("## First hour")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d)\. \*\*", steps, re.M) == ["1", "2", "3", "4", "5"]
