"""Reference material beside the checkout, read in place; a test that needs it skips, with the reason, without it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3] / "shared"


def shared(name: str) -> Path:
    """The path of one file or folder of the reference material, or a skip."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"reference material is not beside this checkout: shared/{name}")
    return path


def lines(name: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file of the reference material; nothing where it is absent."""
    path = ROOT / name
    if path.exists():
        yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
