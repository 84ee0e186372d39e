"""What changed, as it changes: a bounded memory of the newest changes, numbered, for readers that stay or come back.

A reader that was away longer than the memory reaches, or since before this start, is told so and reads anew. Nothing is
ever queued for one reader.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from parcelwarden.services.errors import TooSoon

KEPT = 1000
"""How many changes are remembered."""
MOST_READERS = 16
MOST_OF_ONE = 4
"""Readers at the same time, in all and of one client."""

Kind = Literal["order", "alert", "source"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what kind of thing, and which and how it is now, as plain JSON values."""

    kind: Kind
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What a reader gets: the name of its place afterwards, the changes since its last place; not `whole`: some were
    forgotten, everything is to be read anew."""

    place: str
    whole: bool
    changes: tuple[tuple[str, Change], ...]


class Feed:
    """The memory. Only for the event loop's thread."""

    def __init__(self) -> None:
        self._start = secrets.token_hex(4)
        self._kept: deque[Change] = deque(maxlen=KEPT)
        self._last = 0
        self._waiting: set[asyncio.Event] = set()
        self._readers: Counter[str] = Counter()
        self.closed = False

    def tell(self, changes: Iterable[Change]) -> None:
        """Remember changes and wake every reader."""
        before = self._last
        for change in changes:
            self._kept.append(change)
            self._last += 1
        if self._last != before:
            self._wake()

    def close(self) -> None:
        """The end: every reader is sent away."""
        self.closed = True
        self._wake()

    def reader(self, client: str, place: str | None) -> Reader:
        """A reader for `client` that goes on after `place`. Raises `TooSoon` when there are too many."""
        if self._readers[client] >= MOST_OF_ONE or self._readers.total() >= MOST_READERS:
            raise TooSoon(f"at most {MOST_OF_ONE} streams a client and {MOST_READERS} in all: close one first")
        self._readers[client] += 1
        return Reader(self, client, self._number(place))

    def leave(self, reader: Reader) -> None:
        """Forget a reader."""
        self._readers[reader.client] -= 1
        self._waiting.discard(reader.woken)

    def since(self, number: int | None) -> News:
        """What came after a number; None: an unknown place."""
        first = self._last - len(self._kept)
        whole = number is not None and first <= number <= self._last
        begin = number if whole and number is not None else self._last
        news = list(self._kept)[begin - first :]
        named = tuple((self._name(begin + n), change) for n, change in enumerate(news, 1))
        return News(self._name(self._last), whole, named)

    def wait(self, reader: Reader) -> None:
        """Have this reader woken by the next change."""
        reader.woken.clear()
        self._waiting.add(reader.woken)

    @property
    def last(self) -> int:
        """The number of the newest change."""
        return self._last

    def _wake(self) -> None:
        for woken in self._waiting:
            woken.set()
        self._waiting.clear()

    def _name(self, number: int) -> str:
        return f"{self._start}-{number}"

    def _number(self, place: str | None) -> int | None:
        start, _, number = (place or "").partition("-")
        known = start == self._start and number.isascii() and number.isdigit() and len(number) < 16
        return int(number) if known else None


class Reader:
    """One reader's place. Ends with `close`."""

    def __init__(self, feed: Feed, client: str, number: int | None) -> None:
        self._feed = feed
        self._number = number
        self._open = True
        self.client = client
        self.woken = asyncio.Event()

    def news(self) -> News:
        """What came since the last call; moves on."""
        found = self._feed.since(self._number)
        self._number = self._feed.last
        return found

    async def wait(self, patience: timedelta) -> bool:
        """Wait for a change, at most so long. Answers whether the feed goes on."""
        if self._number == self._feed.last and not self._feed.closed:
            self._feed.wait(self)
            try:
                async with asyncio.timeout(patience.total_seconds()):
                    await self.woken.wait()
            except TimeoutError:
                pass
        return not self._feed.closed

    def close(self) -> None:
        """Leave; twice is once."""
        if self._open:
            self._open = False
            self._feed.leave(self)
