"""How a source is after an attempt, and when it may be asked again: remembered across restarts."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from parcelwarden.services.pace import DAY, HOUR, SOON, spread
from parcelwarden.services.records import SourceHealth
from parcelwarden.services.timeline import LONGEST

log = logging.getLogger(__name__)

WALL = 12 * HOUR
RATE = 2 * HOUR
FAULT = SOON
MOST_WALL, MOST_FAULT = 3 * DAY, 6 * HOUR
LONGEST_PAUSE = 2 * MOST_WALL
"""Nobody keeps a source from being asked for longer, neither an answer nor the owner's word nor an import."""
CODES = 200
"""Unknown codes kept of one source."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one request ended in. `outcome`: found, not_found, unreadable, blocked, rate_limited, unavailable, or the
    kind of a failure (network, timeout, …). `stops`: nobody asks the source again before its back-off."""

    outcome: str
    stops: bool = False
    retry_at: datetime | None = None
    codes: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the source answered as it should, and did not ask to be let be."""
        return self.outcome in GOOD and not self.stops and self.retry_at is None


GOOD = ("found", "not_found")


def after(health: SourceHealth, attempt: Attempt, asked_at: datetime) -> SourceHealth:
    """The source's health after an attempt; logs once that it went down, once that it is back, once each new code."""
    retry_at = attempt.retry_at and min(attempt.retry_at, asked_at + LONGEST_PAUSE)
    tried = msgspec.structs.replace(
        health,
        last_tried_at=asked_at,
        last_outcome=attempt.outcome,
        unknown_codes=_codes(health, attempt.codes),
        resume_at=retry_at,
    )
    if attempt.outcome in GOOD:
        if health.state in ("failing", "walled"):
            log.info("source %s answers again", health.source)
        return msgspec.structs.replace(tried, state="ok", last_ok_at=asked_at, failing_since=None, failures=0)
    if health.state not in ("failing", "walled"):
        log.warning("source %s does not answer as it should: %s", health.source, attempt.outcome)
    resume = retry_at or (asked_at + _back_off(health, attempt.outcome) if attempt.stops else None)
    return msgspec.structs.replace(
        tried,
        state="walled" if attempt.outcome in ("blocked", "rate_limited") else "failing",
        failing_since=health.failing_since or asked_at,
        failures=health.failures + 1,
        resume_at=resume,
    )


def _back_off(health: SourceHealth, outcome: str) -> timedelta:
    first, most = {"blocked": (WALL, MOST_WALL), "rate_limited": (RATE, MOST_WALL)}.get(outcome, (FAULT, MOST_FAULT))
    return spread(health.source, min(most, first * 2 ** min(health.failures, 10)))


def _codes(health: SourceHealth, codes: Iterable[str]) -> tuple[str, ...]:
    new = [code for code in dict.fromkeys(code[:LONGEST] for code in codes) if code not in health.unknown_codes]
    for code in new:
        log.warning("source %s sent a code that is not known here: %.60r", health.source, code)
    return (*health.unknown_codes, *new)[:CODES]
