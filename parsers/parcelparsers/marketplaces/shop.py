"""What a shop module declares: which addresses are its, what its order ids look like, and its readers by content."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import parse_qs, urlsplit

import msgspec

from parcelparsers.body import Body
from parcelparsers.marketplaces.dates import language, read_date
from parcelparsers.page import Capture, PageReading

_HTML_LANG = re.compile(r"<html[^>]{0,300}?\slang=[\"']?([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)", re.I)
# Browsers write the address into a page that they save; shops name it in the markup.
_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=\(\d{1,6}\)(https?://[^\s>]{1,1500})", re.I)
_CANONICAL = re.compile(
    r"<link[^>]{0,200}?\srel=[\"']?canonical[\"']?[^>]{0,200}?\shref=[\"']?(https?://[^\s\"'>]{1,1500})", re.I
)
_IDS_IN_URL = ("tradeOrderId", "orderId", "orderID", "tradeId", "order_id")


class Page:
    """One capture on its way through the readers. Reads nothing but the capture."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.body = Body(capture.body.encode("utf-8", "replace"))

    @property
    def seen_at(self) -> datetime | None:
        """When the page was seen, aware; None: unknown."""
        seen = self.capture.seen_at
        return seen if seen is not None and seen.tzinfo is not None else None

    @cached_property
    def url(self) -> str:
        """The page's address: as captured, or as the browser that saved it or the page itself wrote it; or empty."""
        if host_of(self.capture.url):
            return self.capture.url
        head = self.body.text[:20_000] if self.body.is_html else ""
        found = _SAVED_FROM.search(head) or _CANONICAL.search(head)
        return html.unescape(found[1]) if found else ""

    @property
    def host(self) -> str:
        """The host of the page's address, lower case, empty where the address is unknown or broken."""
        return host_of(self.url)

    @cached_property
    def locale(self) -> str | None:
        """The language of the page: as captured, from its host (`ko.aliexpress.com`), or from its markup."""
        if language(self.capture.locale):
            return self.capture.locale
        if language(sub := self.host.split(".")[0]) and len(sub) == 2:
            return sub
        found = _HTML_LANG.search(self.body.text[:5000])
        return found[1] if found else None

    def query(self, *names: str) -> str:
        """The first of these parameters of the address, also from the JSON in a `data` parameter; empty for none."""
        try:
            asked = parse_qs(urlsplit(self.url).query)
        except ValueError:
            return ""
        inner = as_object(asked.get("data", [""])[0])
        for name in names:
            value = asked.get(name, [""])[0] or str(inner.get(name) or "")
            if value:
                return value
        return ""

    @property
    def order_id(self) -> str:
        """The order id that the address names, empty for none."""
        return order_id(self.query(*_IDS_IN_URL))

    def past(self, text: str) -> date | None:
        """A date of the past as printed; see `dates.read_date`."""
        return read_date(text, locale=self.locale, seen_at=self.seen_at)

    def coming(self, text: str) -> date | None:
        """A date that may lie ahead, as printed."""
        return read_date(text, locale=self.locale, seen_at=self.seen_at, future=True)


def host_of(url: str) -> str:
    """The host of an address, lower case, empty where there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").lower()
    except ValueError:
        return ""


def order_id(text: object) -> str:
    """An order id of digits and dashes, as text; empty where the value is none."""
    plain = str(text).strip() if isinstance(text, str | int) and not isinstance(text, bool) else ""
    return plain if re.fullmatch(r"[0-9][0-9-]{8,30}", plain) else ""


def as_object(value: object) -> dict[str, object]:
    """A JSON object, given as such or as text; empty for anything else."""
    if isinstance(value, str) and value.lstrip()[:1] == "{":
        try:
            value = msgspec.json.decode(value.encode("utf-8", "replace"))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class PageReader:
    """One layout of a shop. `fits` looks at the content alone and cheaply; `read` may raise `BadPage` or
    `Unreadable` and nothing else."""

    name: str
    fits: Callable[[Body], bool]
    read: Callable[[Page], PageReading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One marketplace. `host` matches its hosts whole, `order_id` an order id in a text, `words` names it in a mail;
    the first reader that fits reads."""

    id: str
    name: str
    host: re.Pattern[str]
    order_id: re.Pattern[str]
    words: re.Pattern[str]
    readers: tuple[PageReader, ...]

    def owns(self, url: str) -> bool:
        """Whether the address is one of this shop's."""
        return self.host.fullmatch(host_of(url)) is not None
