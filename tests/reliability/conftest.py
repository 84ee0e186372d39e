"""The services on a real database file, a virtual clock, and stand-ins for carrier and desktop."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.scripted import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A house that is open."""
    made = await House(tmp_path / "data").open()
    yield made
    await made.close()
