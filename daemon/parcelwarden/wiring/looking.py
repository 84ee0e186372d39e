"""One look at one source, for `sources check`: asked once, nothing written."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from parcelparsers import Asked, Reading, Source
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.reader_process import ReaderProcess
from parcelwarden.domain.moment import iso
from parcelwarden.services.ports import Fetcher, FetchFailed, Reader
from parcelwarden.wiring.parts import read_config


def ask_once(source: Source, number: str, config: Path | None, now: datetime) -> dict[str, Any]:
    """Ask and read: `{"source", "outcome", "detail", "retry_at"}`; `outcome` of a failed look is its kind."""
    keys = read_config(config).keys

    async def look() -> dict[str, Any]:
        fetcher, reader = HttpFetcher(keys=keys), ReaderProcess()
        try:
            return await looked(fetcher, reader, source, number, now)
        finally:
            await fetcher.close()
            await reader.close()

    return asyncio.run(look())


async def looked(fetcher: Fetcher, reader: Reader, source: Source, number: str, now: datetime) -> dict[str, Any]:
    """Send the source's requests in turn until one is answered with the number found. Raises nothing for a refusal."""
    asked = Asked((number,))
    reading, retry_at = Reading(outcome="unreadable", reason="no_request"), None  # type: ignore[arg-type]
    try:
        for request in source.ask(asked) if source.ask else ():
            answer = await fetcher.fetch(source, request, now)
            retry_at = answer.retry_at
            reading = await reader.read(source, answer.body, asked)
            if reading.parcel(number):
                break
    except FetchFailed as fault:
        return {"source": source.id, "outcome": fault.kind, "detail": str(fault), "retry_at": None}
    detail = reading.detail or reading.reason
    return {"source": source.id, "outcome": str(reading.outcome), "detail": detail, "retry_at": iso(retry_at)}
