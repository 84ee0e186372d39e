"""One line of a history as an event: third-party texts made plain, people taken out."""

from __future__ import annotations

import re
from html import unescape

from parcelparsers.body import Body
from parcelparsers.carriers._chinese import scrub_chinese
from parcelparsers.carriers._meanings import NO_MEANING, Meaning
from parcelparsers.clock import Stamp
from parcelparsers.model import Event

Code = str | int | None
"""A code that a source prints as a text or as a number, as it likes."""

_TAG = re.compile(r"<[^<>]{0,2000}>")
_LONGEST = 4000
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def flat(text: str | None) -> str:
    """Third-party text without markup and entities, white space as single spaces."""
    bare = _TAG.sub(" ", text[:_LONGEST]) if text and "<" in text else (text or "")[:_LONGEST]
    return " ".join(unescape(bare).replace("\xa0", " ").split())


def joined(*parts: str | None) -> str:
    """The parts of a place that are there, with commas."""
    return ", ".join(filter(None, map(flat, parts)))


def is_page(body: Body) -> bool:
    """Whether the body is a page for people, or XML."""
    return body.is_html


def plain(code: Code) -> str:
    """A code as text, empty where there is none."""
    return "" if code is None else str(code).strip()


def event(
    when: Stamp,
    text: str | None,
    meaning: Meaning | None,
    *,
    code: str | None = None,
    place: str | None = None,
    zone: str | None = None,
    advisory: bool = False,
) -> Event:
    """One line of a history; `zone` is the printed label where `when` was read by another one. An advisory says nothing
    of the parcel."""
    state, leg = NO_MEANING if advisory else meaning or NO_MEANING
    return Event(
        local_time=when.local_time,
        at=when.at,
        zone=zone or when.zone,
        uncertain_hours=when.uncertain_hours,
        code=code or None,
        state=state,
        leg=leg,
        advisory=advisory,
        description=scrub_chinese(flat(text)),
        location=scrub_chinese(flat(place)),
    )


def in_utf8(body: Body) -> Body:
    """The body as UTF-8 where a page mixes in bytes of Western Europe's old code (cp1252), as old pages do."""
    text = body.data.decode("utf-8", "surrogateescape").translate(_STRAY)
    return Body(text.encode("utf-8", "replace"), status=body.status, content_type=body.content_type)
