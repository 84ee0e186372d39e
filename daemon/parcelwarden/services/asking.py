"""One question to one source: its requests sent, its answers read, all of it as one value that never raises."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from parcelparsers import Asked, Outcome, Reading, Source
from parcelwarden.services.answers import fingerprint
from parcelwarden.services.intake import Answered
from parcelwarden.services.politeness import Attempt
from parcelwarden.services.ports import Answer, Fetcher, FetchFailed, Reader
from parcelwarden.services.records import Look

log = logging.getLogger(__name__)

NO_ANSWER = "network"
"""The outcome of a look that failed."""
UNAVAILABLE = "unavailable"
TOLD_APART = frozenset({"rate_limited", UNAVAILABLE})
"""Walls that are told by their own names: too many questions, and a house that is shut for now."""
_BEST_FIRST = (Outcome.FOUND, Outcome.BLOCKED, Outcome.UNREADABLE, Outcome.NOT_FOUND)
"""Of several answers to one question: one that found it, else what keeps us from knowing, else "not there"."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a question: the readings, in the order of the requests, and the attempt as the source's health takes
    it. Where a request failed or met a wall, that holds for whatever no reading tells of."""

    readings: tuple[Reading, ...]
    attempt: Attempt
    received: tuple[str, ...] = ()
    """The SHA-256 of each answer as received, in the order of the readings."""

    def answered(self, look: Look) -> Answered:
        """What it says to one look."""
        outcomes = {reading.outcome_for(look.number): reading for reading in self.readings}
        best = next((outcome for outcome in _BEST_FIRST if outcome in outcomes), None)
        if best is Outcome.FOUND:
            return Answered(look, best, outcomes[best].parcel(look.number), self._received(outcomes[best]))
        if self.attempt.stops or best is None:
            return Answered(look, self.attempt.outcome)
        return Answered(look, best, received=self._received(outcomes[best]))

    def _received(self, reading: Reading) -> str | None:
        place = next(place for place, each in enumerate(self.readings) if each is reading)
        return self.received[place] if place < len(self.received) else None


class Asking:
    """Asks by the fetcher and reads by the reader."""

    def __init__(self, fetcher: Fetcher, reader: Reader) -> None:
        self._fetcher = fetcher
        self._reader = reader

    async def ask(self, source: Source, asked: Asked, now: datetime) -> Result:
        """Send the source's requests one after the other; the first wall or failure ends it."""
        readings: list[Reading] = []
        received: list[str] = []
        try:
            requests = source.ask(asked) if source.ask else ()
            for request in requests:
                answer = await self._fetcher.fetch(source, request, now)
                reading, attempt = await self._read(source, answer, asked)
                readings.append(reading)
                received.append(fingerprint(answer.body.data))
                if attempt.stops or attempt.retry_at:
                    return Result(tuple(readings), attempt, tuple(received))
        except FetchFailed as fault:
            log.info("%s", fault)
            return Result(tuple(readings), Attempt(fault.kind, stops=True), tuple(received))
        except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as fault:
            log.exception("source %s: its module failed", source.id)
            broken = Reading(outcome=Outcome.UNREADABLE, reason="fault", detail=repr(fault)[:200])
            return Result((*readings, broken), Attempt(Outcome.UNREADABLE), tuple(received))
        return Result(tuple(readings), _overall(readings), tuple(received))

    async def read(self, source: Source, answer: Answer, asked: Asked) -> Result:
        """Read an answer that somebody else fetched."""
        reading, attempt = await self._read(source, answer, asked)
        return Result((reading,), attempt, (fingerprint(answer.body.data),))

    async def _read(self, source: Source, answer: Answer, asked: Asked) -> tuple[Reading, Attempt]:
        reading = await self._reader.read(source, answer.body, asked)
        outcome = outcome_of(reading, answer.body.status)
        stops = reading.outcome is Outcome.BLOCKED or outcome == NO_ANSWER
        return reading, Attempt(outcome, stops=stops, retry_at=answer.retry_at, codes=_codes(reading))


def outcome_of(reading: Reading, status: int) -> str:
    """What one answer comes to. A broken house (HTTP 5xx) without a wall's own marks is a failed look, no refusal and
    no change of format."""
    broken = reading.outcome is Outcome.UNREADABLE or reading.reason == UNAVAILABLE
    if status >= 500 and broken:
        return NO_ANSWER
    if reading.outcome is Outcome.BLOCKED and reading.reason in TOLD_APART:
        return reading.reason
    return reading.outcome


def _overall(readings: list[Reading]) -> Attempt:
    outcomes = [reading.outcome for reading in readings]
    best = next((outcome for outcome in _BEST_FIRST if outcome in outcomes), Outcome.UNREADABLE)
    return Attempt(best, codes=tuple(code for reading in readings for code in _codes(reading)))


def _codes(reading: Reading) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for parcel in reading.parcels for code in parcel.unknown_codes))
