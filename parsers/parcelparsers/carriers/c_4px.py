"""4PX (`CHINA_AND_AGGREGATORS.md` §15): the site's own data, and the partner API of 2016."""

from __future__ import annotations

import json

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer, blocked, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning, codes, disagree, held_back
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "FPX_L_RPIF FPX_O_IR FPX_O_IRI"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "FPX_C_SPLS FPX_O_RR"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "FPX_C_AAF FPX_C_ADFF"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "FPX_M_HA FPX_M_DFOA FPX_M_IT"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "FPX_M_ATA FPX_M_CRSD FPX_I_RCUK"),
    (_S.IN_TRANSIT, Leg.CLEARED, "FPX_D_AOPC FPX_D_APC FPX_D_AAD FPX_D_STPP FPX_D_HQ"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "FPX_D_SD"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "FPX_D_FD"),
)
"""States are those of the list; legs are our reading, the lower one where a meaning is not given."""
_DELIVERED = "FPX_S_OK"
"""A prefix: longer codes name the place of the delivery."""


class _Track(Shape, frozen=True):
    tk_code: str | None = None
    tk_desc: str | None = None
    tk_translated_desc: str | None = None
    tk_location: str | None = None
    tk_date: str | None = None
    tk_date_str: str | None = None
    tk_timezone: str | None = None


class _Entry(Shape, frozen=True):
    query_code: str
    server_code: str | None = None
    tracks: list[_Track] | None = None


class _Answer(Shape, frozen=True):
    data: list[_Entry]


class _Row(Shape, frozen=True):
    occur_datetime: str | None = None
    occur_location: str | None = None
    tracking_content: str | None = None
    business_link_code: str | None = None


class _Delivery(Shape, frozen=True):
    delivery_order_no: str | None = None
    tracking_list: list[_Row] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    return tuple(
        Request(
            url="https://track.4px.com/track/v2/front/listTrackV3",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"queryCodes": [normalise(number)], "language": "en-us", "translateLanguage": ""}).encode(),
        )
        for number in asked.numbers
    )


def _read_site(body: Body, asked: Asked) -> Reading:
    """Entries of `listTrackV3`. Raises `Unreadable`."""
    entries = decode(body, _Answer).data
    unknown = [tidy(e.query_code) for e in entries if not e.tracks and not e.server_code]
    parcels = [_parcel(e) for e in entries if e.tracks or e.server_code]
    return answer(parcels, unknown, asked)


def _parcel(entry: _Entry) -> Parcel:
    events = tuple(map(_event, entry.tracks or ()))
    parcel = Parcel(
        number=tidy(entry.query_code),
        flags=disagree(events, _known),
        unknown_codes=tuple(dict.fromkeys(e.code for e in events if e.code and not _known(e.code))),
        events=events,
    )
    return concluded(parcel, Meaning(_S.INFO_RECEIVED, Leg.ANNOUNCED) if not events else None, newest_first=True)


def _known(code: str) -> Meaning | None:
    return Meaning(_S.DELIVERED, Leg.FINAL) if code.startswith(_DELIVERED) else _CODES.get(code)


def _event(track: _Track) -> Event:
    code = tidy(track.tk_code)
    text = flat(track.tk_translated_desc) or flat(track.tk_desc)
    when = stamp(track.tk_date or track.tk_date_str, track.tk_timezone or None)
    return event(when, text or code, held_back(_known(code), meaning(text)), code=code, place=track.tk_location)


def _fits_partner(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "result" in body.json


def _read_partner(body: Body, asked: Asked) -> Reading:
    """The partner API's `data`, or the refusal that either format gives. Raises `Unreadable`."""
    told = body.json
    if str(told["result"]) != "1":
        return blocked("refused", told.get("msg") or told.get("message"))
    delivery = convert(told.get("data"), _Delivery, "data")
    if delivery.tracking_list is None:
        raise Unreadable("data.trackingList", "a list")
    number = tidy(delivery.delivery_order_no)
    events = tuple(map(_partner_event, delivery.tracking_list))
    parcel = Parcel(number=number, flags=disagree(events, _known), events=events)
    return answer([concluded(parcel, newest_first=True)] if events else [], [number], asked)


def _partner_event(row: _Row) -> Event:
    text = flat(row.tracking_content)
    code = tidy(row.business_link_code)
    when = stamp(row.occur_datetime, place="Asia/Shanghai")
    return event(when, text, held_back(_known(code), meaning(text)), code=code, place=row.occur_location)


SOURCE = Source(
    id="4px",
    name="4PX",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("track.4px.com",),
    readers=(
        Reader(name="listTrackV3", fits=lambda b: b.is_json and b'"queryCode"' in b.data, read=_read_site),
        Reader(name="partner API", fits=_fits_partner, read=_read_partner),
        PAGE_FOR_DATA,
    ),
    clock="an offset in each time; the partner API prints China's clock",
    page="https://track.4px.com/#/result/0/{number}",
    ask=ask,
)
