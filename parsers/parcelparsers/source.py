"""What a source module declares: how to ask and how to read. Values and callables; nothing is fetched here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from parcelparsers.body import Body
from parcelparsers.model import Reading


class Access(StrEnum):
    """Who can ask: the daemon by itself, with the user's key, through the user's browser, or only by pasting."""

    KEYLESS = "keyless"
    KEY = "key"
    RELAY = "relay"
    PASTE = "paste"


class Evidence(StrEnum):
    """What the reader rests on. `DOCUMENTED`: descriptions only; off by default and counted in no figure."""

    CAPTURED = "captured"
    DOCUMENTED = "documented"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: numbers (normalised) and what some sources want beside them."""

    numbers: tuple[str, ...]
    country: str | None = None
    postcode: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as a value. `{key}` in a header value is filled by the fetcher, never by a parser."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One format of a source. `fits` looks at the content alone; the first reader that fits reads.

    `read` may raise `Unreadable` and nothing else.
    """

    name: str
    fits: Callable[[Body], bool]
    read: Callable[[Body, Asked], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that publishes tracking.

    `hosts`: every host that a request or a relay may touch. `floor`: the least time between two looks at one number.
    `batch`: how many numbers one request may carry. `echo`: an answer without the asked number is refused.
    `page`: the page for people, with `{number}`. `clock`: in one sentence, what its printed times mean.
    """

    id: str
    name: str
    access: Access
    evidence: Evidence
    hosts: tuple[str, ...]
    readers: tuple[Reader, ...]
    clock: str
    page: str
    ask: Callable[[Asked], tuple[Request, ...]] | None = None
    floor: timedelta = timedelta(hours=6)
    batch: int = 1
    echo: bool = True
    countries: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
