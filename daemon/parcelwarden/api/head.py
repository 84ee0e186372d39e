"""The head of a request as the guard sees it: raw, nothing decoded, nothing trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from parcelwarden.api.problems import Denied

_LONGEST_TOKEN = 200


class Headers(Protocol):
    """A multi-value mapping of header fields, names in any case."""

    def getall(self, key: str, default: Sequence[str]) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Head:
    """`target` is the request target as it stood in the request line, `host` the host that the HTTP library would
    believe in (it falls back and it reads absolute targets; both must agree)."""

    method: str
    target: str
    host: str
    headers: Headers

    @property
    def path(self) -> str:
        """The target up to the query, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target's query, still percent-encoded."""
        return self.target.partition("?")[2]

    def all(self, name: str) -> Sequence[str]:
        """Every value of a header."""
        return self.headers.getall(name, ())

    def one(self, name: str) -> str | None:
        """The value of a header that may stand once. Raises `Denied` (400) when it stands twice."""
        values = self.all(name)
        if len(values) > 1:
            raise Denied("bad_request", f"the header {name} stands {len(values)} times")
        return values[0] if values else None

    @property
    def length(self) -> int:
        """The announced length of the body, 0 where none is announced."""
        text = self.one("Content-Length") or "0"
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 2**62

    @property
    def has_body(self) -> bool:
        """Whether a body comes with it."""
        return self.length > 0 or bool(self.all("Transfer-Encoding"))

    @property
    def bearer(self) -> str | None:
        """The Bearer token, None where there is none that could be one."""
        values = self.all("Authorization")
        scheme, _, token = (values[0] if len(values) == 1 else "").partition(" ")
        token = token.strip()
        return token if scheme.lower() == "bearer" and 0 < len(token) <= _LONGEST_TOKEN else None
