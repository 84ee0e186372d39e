"""Logs hold neither tokens nor whole numbers. All numbers and tokens are constructed."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from parcelwarden.adapters.logs import mask, set_up_logging


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("parcelwarden")
    before = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:], root.level, ours.level = before[0], before[1], before[2]


@pytest.mark.parametrize(
    "secret",
    [
        "pw_" + "aB3-_" * 8 + "xyz",
        "Bearer abcdefghijklmnop",
        "token=abcdefgh12",
        "/v1/calendar/kkkk.ics",
        "RR123456785CN",
        "rr123456785cn",
        "LP00123456789012",
        "8100000000000001",
        "0" * 64,
    ],
)
@pytest.mark.parametrize("around", ["{}", "at /v1/parcels/{}/refresh", "({}): no", "'{}'"])
def test_it_is_masked(secret: str, around: str) -> None:
    bare = secret.rpartition(" ")[2].rpartition("=")[2].rpartition("/")[2].partition(".")[0]
    assert bare not in mask(around.format(secret))


@pytest.mark.parametrize("text", ["2026-03-02T09:00:00Z on 127.0.0.1:8377", "aliexpress: stalled since 2026-03-02"])
def test_times_and_addresses_stay(text: str) -> None:
    assert mask(text) == text


def test_the_trace_is_masked_too() -> None:
    stream = io.StringIO()
    set_up_logging("info", stream)
    log = logging.getLogger("parcelwarden.x")
    try:
        raise ValueError("number RR123456785CN")
    except ValueError:
        log.exception("failed for %s", "LP00123456789012")
    written = stream.getvalue()
    assert "LP…12" in written
    assert "RR123456785CN" not in written


def test_the_level_holds_for_us_alone() -> None:
    stream = io.StringIO()
    set_up_logging("info", stream)
    logging.getLogger("parcelwarden.x").info("ours")
    logging.getLogger("parcelwarden.x").debug("too much")
    logging.getLogger("other").info("theirs")
    assert stream.getvalue().count("\n") == 1
