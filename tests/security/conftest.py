"""A running API for the cases of `SECURITY.md` §8."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.api import Api, running


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    """A fresh server with a stand-in for the verbs and a real store."""
    async with running(tmp_path) as api:
        yield api
