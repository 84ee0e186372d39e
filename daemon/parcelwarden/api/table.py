"""The table of all routes: found by method and raw path, exactly as written; nothing is normalised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote_to_bytes

from parcelwarden.api.problems import Denied
from parcelwarden.api.routing import Route


@dataclass(frozen=True, slots=True)
class Hit:
    """A route with the path's values, still percent-encoded."""

    route: Route
    raw: Mapping[str, str]

    def values(self) -> dict[str, str]:
        """The path's values, decoded. Raises `Denied` (404) for bytes that are no UTF-8, control characters and
        separators: no name has them."""
        return {name: _segment(text) for name, text in self.raw.items()}


@dataclass(frozen=True)
class Table:
    """All routes."""

    routes: tuple[Route, ...]

    @cached_property
    def _fixed(self) -> dict[str, tuple[Route, ...]]:
        return _by_path(r for r in self.routes if not r.names)

    @cached_property
    def _named(self) -> tuple[tuple[Route, ...], ...]:
        return tuple(_by_path(r for r in self.routes if r.names).values())

    def find(self, method: str, path: str) -> Hit | None:
        """The route for a method at a path. HEAD is answered by GET."""
        wanted = "GET" if method == "HEAD" else method
        return next((hit for hit in self._at(path) if hit.route.method == wanted), None)

    def missing(self, path: str) -> Denied:
        """Why nothing was found: the path answers other methods (405), or there is no such path (404)."""
        if hits := self._at(path):
            allowed = ", ".join(sorted(hit.route.method for hit in hits))
            return Denied("method_not_allowed", f"this path answers {allowed}", headers={"Allow": allowed})
        return Denied("not_found", "no such path")

    def _at(self, path: str) -> tuple[Hit, ...]:
        if routes := self._fixed.get(path):
            return tuple(Hit(route, {}) for route in routes)
        for routes in self._named:
            if (raw := routes[0].fits(path)) is not None:
                return tuple(Hit(route, raw) for route in routes)
        return ()


def _by_path(routes: Iterable[Route]) -> dict[str, tuple[Route, ...]]:
    found: dict[str, tuple[Route, ...]] = {}
    for route in routes:
        found[route.path] = (*found.get(route.path, ()), route)
    return found


def _segment(text: str) -> str:
    try:
        value = unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        raise Denied("not_found", "no such path") from None
    if not value.isprintable() or "/" in value or "\\" in value or value in (".", ".."):
        raise Denied("not_found", "no such path")
    return value
