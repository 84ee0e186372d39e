"""The zone of this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tzlocal

from parcelwarden.adapters.machine_zone import machine_zone


@pytest.fixture(autouse=True)
def read_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the library remembers is the machine's own afterwards."""
    yield
    monkeypatch.undo()
    tzlocal.reload_localzone()


def test_it_is_read_anew_and_a_zone_that_is_none_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Asia/Tokyo", "Europe/Madrid"):
        monkeypatch.setenv("TZ", name)
        assert str(machine_zone()) == name
    monkeypatch.setenv("TZ", "no/such_zone")
    assert str(machine_zone()) == "Europe/Madrid"
