"""Which sources are asked about a number: those that may carry it, that the daemon can ask by itself, and whose reader
rests on captured answers (DESIGN §4, settled choices)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from parcelparsers import Access, Evidence, Source, registry
from parcelparsers.errors import BadNumber
from parcelparsers.numbers import guesses

MOST = 3
"""Sources asked about one number."""
HOME = {"aliexpress": "cainiao"}
"""The carrier that follows whatever a marketplace sends."""


class Routes:
    """The known sources, and the way from a number to them."""

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

    def ranked(self, number: str, marketplaces: Iterable[str]) -> list[Source]:
        """The sources to ask about a number, the likeliest first; none where only people can ask."""
        try:
            ids = [guess.source for guess in guesses(number)]
        except BadNumber:
            ids = []
        ids += [HOME[shop] for shop in marketplaces if shop in HOME]
        found = [self.pollable(source_id) for source_id in dict.fromkeys(ids)]
        return [source for source in found if source][:MOST]

    def by_page(self, url: str) -> Source | None:
        """The source on whose page the user was."""
        host = urlsplit(url).hostname
        known = (self.source(source_id) for source_id in self._ids())
        return next((found for found in known if found and host in found.hosts), None)
