"""`timeline`: a picture in a file. The order is constructed."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.shell import Shell


@pytest.fixture
def lamp(watched: Callable[..., Any]) -> str:
    """An order that is under way."""
    watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01", "--number", "RR123456785CN")
    return "8100000000000001"


@pytest.mark.parametrize(("name", "begins"), [("x.svg", b"<svg"), ("x.PNG", b"\x89PNG\r\n")])
def test_it_is_drawn_to_a_private_file(sh: Shell, lamp: str, tmp_path: Path, name: str, begins: bytes) -> None:
    file = tmp_path / name
    assert "drawn" in sh("timeline", lamp, "-o", str(file)).stdout
    assert file.read_bytes().startswith(begins)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_s39_links_and_other_kinds_are_refused(sh: Shell, lamp: str, tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "x.svg"
    link.symlink_to(target)
    assert "not a plain file" in sh("timeline", lamp, "-o", str(link), code=1).stderr
    assert not target.exists()
    assert ".svg or .png" in sh("timeline", lamp, "-o", str(tmp_path / "x.jpg"), code=2).stderr
    assert "not watched" in sh("timeline", "7", "-o", str(tmp_path / "y.svg"), code=1).stderr
    assert not (tmp_path / "y.svg").exists()
