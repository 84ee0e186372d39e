"""A saved mail (`.eml`) or a page saved as one file (`.mhtml`): its text, read as pasted text or as the page it holds.

A mail is as old as its own `Date` header: countdowns and dates without a year in it count from there and from nothing
else. No mail of a shop is publicly known; what is read are ids, labelled dates and tracking numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime

import msgspec

from parcelparsers.body import Body
from parcelparsers.errors import BadPage
from parcelparsers.marketplaces.shop import Page, Shop
from parcelparsers.marketplaces.text import read_lines
from parcelparsers.markup import soup
from parcelparsers.page import Capture, PageReading

_HEADER = re.compile(rb"^(From|Subject|Date|MIME-Version|Received|Message-ID|To|Return-Path):", re.I | re.M)
_FAULTS = (
    MessageError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
_MOST_PARTS = 60
_MOST_TEXT = 1_000_000


def fits(body: Body) -> bool:
    """Whether this looks like a mail: at least two of a mail's headers before the first empty line."""
    head = re.split(rb"\r?\n\r?\n", body.data[:60_000].lstrip(), maxsplit=1)[0]
    return len({m[1].lower() for m in _HEADER.finditer(head[:30_000])}) >= 2


def saved_page(page: Page) -> Capture | None:
    """The page inside a file that a browser saved as one (`Snapshot-Content-Location`), None for a mail.

    Where it is not known when the page was seen, the date that the browser wrote at saving is taken."""
    mail = _parse(page)
    url = str(mail.get("Snapshot-Content-Location") or "").strip()
    html = next((text for kind, text in _texts(mail) if kind == "text/html"), "") if url else ""
    seen = page.capture.seen_at or _sent_at(mail)
    return msgspec.structs.replace(page.capture, url=url[:2000], body=html, seen_at=seen) if html else None


def read(page: Page, shops: Sequence[Shop]) -> PageReading:
    """Read a mail. Raises `BadPage` where neither an order id nor a labelled tracking number stands in it."""
    mail = _parse(page)
    found = dict(reversed(list(_texts(mail))))
    html = found.get("text/html", "")
    text = found.get("text/plain", "") or (soup(html).get_text("\n") if html else "")
    head = [str(mail.get(name) or "")[:300] for name in ("From", "Subject")]
    lines = [line for line in (*head, *text.splitlines()) if line.strip()]
    dated = Page(msgspec.structs.replace(page.capture, body="", seen_at=_sent_at(mail)))
    return read_lines(dated, shops, lines)


def _parse(page: Page) -> Message:
    try:
        return message_from_bytes(page.body.data)
    except _FAULTS as fault:
        raise BadPage("mail: its structure cannot be read; paste its text instead") from fault


def _texts(mail: Message) -> Iterator[tuple[str, str]]:
    try:
        parts = [part for _, part in zip(range(_MOST_PARTS), mail.walk(), strict=False)]
    except _FAULTS:
        return
    for part in parts:
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and (text := _decoded(part)):
            yield kind, text


def _decoded(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
        charset = str(part.get_content_charset("utf-8"))
        return data[:_MOST_TEXT].decode(charset, "replace") if isinstance(data, bytes) else ""
    except _FAULTS:
        return ""


def _sent_at(mail: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(mail.get("Date") or "")[:100])
    except _FAULTS:
        return None
    return sent if sent.tzinfo is not None and sent.year >= 2005 else None
