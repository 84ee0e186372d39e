"""Where there is nothing yet, commands say how to begin; a filter that nothing passes says that. Constructed orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from parcelwarden.cli import views
from support.shell import Shell

WAYS = ("parcelwarden pair", "parcelwarden add", "parcelwarden import")


@pytest.mark.parametrize("command", ["list", "status"])
def test_an_empty_home_is_told_how_to_begin(sh: Shell, command: str) -> None:
    said = sh(command).stdout
    for way in WAYS:
        assert way in said


def test_parcels_alone_are_not_nothing(sh: Shell) -> None:
    sh("add", "RC301390345DE")
    listed, status, shown = sh("list").stdout, sh("status").stdout, sh("show", "RC301390345DE").stdout
    assert "RC301390345DE  state unknown, announced" in listed
    assert "Nothing is watched yet" not in listed + status
    assert "No scan of it is known yet." in shown


@pytest.mark.parametrize(("tried", "said"), [(None, "not asked yet"), ("2026-03-01T09:00:00Z", "last answer never")])
def test_not_asked_is_not_unanswered(capsys: pytest.CaptureFixture[str], tried: str | None, said: str) -> None:
    look = {"source": "cainiao", "outcome": None, "last_outcome": None, "last_ok_at": None, "next_look_at": None}
    empty = {"orders": [], "events": [], "doubtful_numbers": [], "ways": [{"asked_by": "daemon"}]}
    found = {"numbers": ["RC301390345DE"], "state": None, "leg": 0, "looks": [{**look, "last_tried_at": tried}]}
    views.parcel({**empty, **found})
    assert said in capsys.readouterr().out


def test_a_filter_that_nothing_passes_says_so(sh: Shell, watched: Callable[..., Any]) -> None:
    watched("shipped_at=2026-03-05", "delivery_due_at=2046-05-01")
    assert sh("list", "--urgency", "critical").stdout == "No order presses so much.\n"
    assert sh("list", "--without-dates").stdout == "The dates of every order are known.\n"
    assert "Lamp" in sh("list").stdout


@pytest.mark.parametrize("command", ["list", "show"])
def test_what_is_not_watched_is_named(sh: Shell, command: str) -> None:
    if command == "show":
        refused = sh("show", "8100000000000001", code=1)
        assert "8100000000000001" in refused.stderr
        assert "parcelwarden list" in refused.stderr
    else:
        assert sh.json("list") == {"orders": []}
