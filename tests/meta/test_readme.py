"""The README is run: every `sh` block, line by line, in an empty home."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from parcelwarden.cli import main

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
