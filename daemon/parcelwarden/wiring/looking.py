"""One look at each of some sources, for `sources check`: asked once, nothing taken in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from parcelparsers import Asked, Outcome, Reading, Source
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.domain.moment import iso
from parcelwarden.services.asking import outcome_of
from parcelwarden.services.ports import Fetcher, FetchFailed, Reader
from parcelwarden.wiring.parts import read_config


def ask_each(asked: Sequence[tuple[Source, str]], config: Path | None, now: datetime) -> Iterator[dict[str, Any]]:
    """Ask each source for its number, one after the other, and read: `{"source", "outcome", "detail", "retry_at"}`;
    `outcome` of a failed look is its kind. Ends what it started when it is closed."""
    keys = read_config(config).keys
    with asyncio.Runner() as runner:
        fetcher, reader = HttpFetcher(keys=keys), ReaderProcess()
        try:
            for source, number in asked:
                yield runner.run(looked(fetcher, reader, source, number, now))
        finally:
            runner.run(fetcher.close())
            runner.run(reader.close())


async def looked(fetcher: Fetcher, reader: Reader, source: Source, number: str, now: datetime) -> dict[str, Any]:
    """Send the source's requests in turn until one is answered with the number found. Raises nothing for a refusal."""
    asked = Asked((number,))
    reading, retry_at, outcome = Reading(outcome=Outcome.UNREADABLE, reason="no_request"), None, "unreadable"
    try:
        for request in source.ask(asked) if source.ask else ():
            answer = await fetcher.fetch(source, request, now)
            retry_at = answer.retry_at
            reading = await reader.read(source, answer.body, asked)
            outcome = outcome_of(reading, answer.body.status)
            if reading.parcel(number):
                break
    except FetchFailed as fault:
        return {"source": source.id, "outcome": fault.kind, "detail": str(fault), "retry_at": None}
    detail = reading.detail or reading.reason
    return {"source": source.id, "outcome": outcome, "detail": detail, "retry_at": iso(retry_at)}
