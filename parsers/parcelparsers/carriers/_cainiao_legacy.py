"""Cainiao's page until about 2021: JSON, escaped, inside a text area (`CHINA_AND_AGGREGATORS.md` §4).

Read from descriptions of client code; no body of it is known.
"""

from __future__ import annotations

from html import unescape

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._cainiao_codes import LEGACY
from parcelparsers.carriers._cainiao_events import FALSE_ZONES
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, Reading
from parcelparsers.private import scrub
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

_BOX = b"waybill_list_val_box"
_UNKNOWN_ERRORS = ("ORDER_NOT_FOUND", "RESULT_EMPTY")
_UNKNOWN_STATUSES = ("ORDER_NOT_EXISTS", "NOT_LAZADA_ORDER")


class _Row(Shape, frozen=True):
    time: str | None = None
    time_zone: str | None = None
    desc: str | None = None
    status: str | None = None


class _Section(Shape, frozen=True):
    mail_no: str | None = None
    country_name: str | None = None
    detail_list: list[_Row] | None = None


class _Entry(Shape, frozen=True):
    mail_no: str
    error_code: str | None = None
    status: str | None = None
    origin_country: str | None = None
    dest_country: str | None = None
    latest_tracking_info: _Row | None = None
    section1: _Section | None = None
    section2: _Section | None = None
    section3: _Section | None = None


class _Page(Shape, frozen=True):
    data: list[_Entry]


def _read(body: Body, asked: Asked) -> Reading:
    """The entries of the text area. Raises `Unreadable`."""
    box = body.data.partition(_BOX)[2].partition(b">")[2].partition(b"</textarea")[0]
    page = decode(Body(unescape(box.decode("utf-8", "replace")).encode()), _Page)
    if any("STOPCRAWLER" in (entry.status or "") for entry in page.data):
        return Reading(outcome=Outcome.BLOCKED, reason="waf", detail="the page says STOPCRAWLER")
    named = ((entry.mail_no.strip().upper(), entry) for entry in page.data)
    wanted = [(n, entry) for n, entry in named if not asked.numbers or n in asked.numbers]
    missing = tuple(n for n, entry in wanted if _unknown(entry))
    parcels = tuple(_parcel(n, entry) for n, entry in wanted if n not in missing)
    if not wanted:
        raise Unreadable("data", "an entry for a number that was asked for")
    outcome = Outcome.FOUND if parcels else Outcome.NOT_FOUND
    return Reading(outcome=outcome, parcels=parcels, missing=missing)


def _unknown(entry: _Entry) -> bool:
    return entry.error_code in _UNKNOWN_ERRORS or entry.status in _UNKNOWN_STATUSES


def _parcel(number: str, entry: _Entry) -> Parcel:
    sections = [s for s in (entry.section1, entry.section2, entry.section3) if s]
    events = [_event(row, s.country_name or "") for s in sections for row in s.detail_list or ()]
    if not events and entry.latest_tracking_info:
        events = [_event(entry.latest_tracking_info, "")]
    known = LEGACY.get(entry.status or "")
    if not events and not known:
        raise Unreadable(f"entry of {number}", "events or a known status")
    statuses = (e.code for e in events if e.code and e.code not in LEGACY)
    parcel = Parcel(
        number=number,
        state=known.state if known else None,
        leg=known.leg if known else Leg.ANNOUNCED,
        origin=entry.origin_country or None,
        destination=entry.dest_country or None,
        unknown_codes=tuple(dict.fromkeys(statuses)),
        events=tuple(events),
    )
    return settled(parcel, wall_clock=True)


def _event(row: _Row, country: str) -> Event:
    when = stamp(row.time, row.time_zone or None, place="GMT+8", uncertain=FALSE_ZONES)
    found = LEGACY.get(row.status or "")
    return Event(
        local_time=when.local_time,
        at=when.at,
        zone=when.zone,
        uncertain_hours=when.uncertain_hours,
        code=row.status or None,
        state=found.state if found else None,
        leg=found.leg if found else Leg.ANNOUNCED,
        description=scrub(row.desc or ""),
        location=country,
    )


LEGACY_PAGE = Reader(name="legacy page", fits=lambda body: _BOX in body.data, read=_read)
