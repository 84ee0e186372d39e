"""Which sources tell of a number: those that may carry it, ranked, and who can ask each of them (DESIGN §4, settled
choices: a source read from descriptions only is off by default)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from urllib.parse import urlsplit

from parcelparsers import Access, Asked, Evidence, Source, registry
from parcelparsers.errors import BadNumber
from parcelparsers.numbers import guesses, post_of
from parcelwarden.services.trace import Trace

MOST = 3
"""Sources asked by the daemon about one number, beside those that the user gave a key for."""
MOST_RELAYED = 2
"""Sources that the user's browser is asked to fetch for one number."""
HOME = {"aliexpress": "cainiao"}
"""The carrier that follows whatever a marketplace sends."""
LINES = ("yanwen", "4px", "sunyou", "yunexpress", "cainiao")
"""Carriers whose name stands in the names of their lines: `Yanwen Economic Air Mail`."""


class Routes:
    """The known sources, and the way from a number to them."""

    everywhere: tuple[str, ...] = ()
    """Sources that follow parcels of many carriers, asked last."""

    def __init__(
        self,
        find: Callable[[str], Source] = registry.source,
        ids: Callable[[], Iterable[str]] = registry.source_ids,
    ) -> None:
        self._find = find
        self._ids = ids

    def source(self, source_id: str) -> Source | None:
        """The source with this id, None where no module has it (any more)."""
        return self._find(source_id) if source_id in self._ids() else None

    def pollable(self, source_id: str) -> Source | None:
        """The source, when the daemon may ask it by itself."""
        found = self.source(source_id)
        if found is None or found.ask is None or found.needs:
            return None
        asked = found.access is Access.KEYLESS and found.evidence is Evidence.CAPTURED
        return found if asked else None

    def relayable(self, source_id: str) -> Source | None:
        """The source, when the user's browser may fetch its page."""
        found = self.source(source_id)
        if found is None or found.ask is None or found.needs:
            return None
        asked = found.access is Access.RELAY and found.evidence is Evidence.CAPTURED
        return found if asked else None

    def chain(self, trace: Trace) -> list[Source]:
        """Every source that may tell of a parcel, the likeliest first, whoever can ask it: by its number, its line, its
        marketplace, and the post of the country that it goes to."""
        try:
            ids = [guess.source for guess in guesses(trace.number)]
            post = post_of(trace.number, trace.country)
        except BadNumber:
            ids, post = [], None
        ids += [HOME[shop] for shop in trace.marketplaces if shop in HOME]
        ids += [line for line in LINES if line in (trace.line or "").casefold()]
        ids += [post] if post else []
        found = [self.source(source_id) for source_id in dict.fromkeys((*ids, *self.everywhere))]
        return [source for source in found if source]

    def ranked(self, trace: Trace) -> list[Source]:
        """The sources that the daemon asks, the likeliest first; none where only people can ask."""
        found = [source for source in self.chain(trace) if self.pollable(source.id) and asks(source, trace.number)]
        first = [source for source in found if source.id not in self.everywhere][:MOST]
        return first + [source for source in found if source.id in self.everywhere]

    def relayed(self, trace: Trace) -> list[Source]:
        """The sources that the user's browser is asked for, the likeliest first."""
        found = [source for source in self.chain(trace) if self.relayable(source.id) and asks(source, trace.number)]
        return found[:MOST_RELAYED]

    def by_page(self, url: str) -> Source | None:
        """The source on whose page the user was; of several at one host the one whose page is most like it. None for what
        is no address."""
        try:
            host = urlsplit(url).hostname
        except ValueError:
            return None
        known = (self.source(source_id) for source_id in self._ids())
        there = [source for source in known if source and host in (*source.hosts, urlsplit(source.page).hostname)]
        return max(there, key=lambda source: _alike(url, source.page), default=None)


def asks(source: Source, number: str) -> bool:
    """Whether the source can be asked for such a number: some know numbers of their own shape only."""
    return bool(source.ask and source.ask(Asked((number,))))


def _alike(one: str, other: str) -> int:
    """How many characters two addresses have in common at their beginning."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
