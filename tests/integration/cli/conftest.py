"""A command line on a data directory of its own, with no daemon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.daemon import quiet_config
from support.shell import Shell


@pytest.fixture
def sh(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data", quiet_config(tmp_path))


@pytest.fixture
def watched(sh: Shell) -> Callable[..., Any]:
    """Add the constructed order aliexpress/8100000000000001 with further facts."""

    def add(*facts: str) -> Any:
        return sh.json("add", "aliexpress/8100000000000001", "paid_at=2026-03-01", "title=Lamp", *facts)

    return add
