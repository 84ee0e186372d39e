"""ParcelsApp: the site's data and API v3 (`CHINA_AND_AGGREGATORS.md` §20).

Its status word is coarse (`transit` from the announcement on): the words of the events narrow it. The site's
answer does not name its number.
"""

from __future__ import annotations

import re
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Source
from parcelparsers.carriers._aggregators import concluded, reached, words_say
from parcelparsers.carriers._answers import answer, blocked, nothing, the_only, tidy
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, State
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_STATUS: dict[str, tuple[State, Leg]] = {
    "transit": (_S.IN_TRANSIT, Leg.ANNOUNCED),
    "arrived": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "pickup": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "delivered": (_S.DELIVERED, Leg.FINAL),
    "archive": (_S.EXPIRED, Leg.ANNOUNCED),
}
"""`transit` is seen; the others are general knowledge."""

_ANNOUNCED = re.compile(
    r"electronic (?:information|notification|data)|information (?:submitted|received|sent|transmitted)"
    r"|(?:shipping )?label (?:created|printed)|pre-?advi[cs]e|pre-?shipment|order (?:created|received|information)"
    r"|not yet (?:arrived|received|handed)|announced|awaiting (?:item|parcel|shipment)",
    re.I,
)
_NO_SCAN = re.compile(r"preference|notification|\bsms\b|e-?mail|\bnotified\b|estimated|expected delivery", re.I)
_GONE = ("NO_DATA", "NO_TRACKER")
_REFUSED = {"RELOAD": "still_asking", "REQUIRE_FIELDS": "postcode", "CAPTCHA": "captcha", "RECAPTCHA": "captcha"}


class _Row(Shape, frozen=True):
    date: str | None = None
    status: str | None = None
    location: str | None = None


class _Parcel(Shape, frozen=True):
    states: list[_Row] | None = None
    status: str | None = None
    tracking_id: str | None = None
    last_state: _Row | None = None
    origin_code: str | None = None
    destination_code: str | None = None
    error: str | None = None


class _Paid(Shape, frozen=True):
    shipments: list[_Parcel] | None = None
    done: bool | None = None
    uuid: str | None = None


def _object(body: Body) -> dict[str, Any]:
    return body.json if body.is_json and isinstance(body.json, dict) else {}


def _fits_paid(body: Body) -> bool:
    whole = _object(body)
    return "shipments" in whole or "uuid" in whole


def _read_paid(body: Body, asked: Asked) -> Reading:
    """The shipments of API v3; a `uuid` alone means that it still asks. Raises `Unreadable`."""
    found = convert(_object(body), _Paid)
    if not found.shipments:
        return blocked("still_asking") if found.uuid or found.done is False else nothing(asked)
    read = [(tidy(each.tracking_id), _parcel(tidy(each.tracking_id), each)) for each in found.shipments]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


def _fits_site(body: Body) -> bool:
    whole = _object(body)
    return bool({"states", "error", "status", "require_fields"} & set(whole)) and not _fits_paid(body)


def _read_site(body: Body, asked: Asked) -> Reading:
    """The site's data about the one number that was asked for. Raises `Unreadable`."""
    whole = _object(body)
    if not whole.get("states") and (marks := _marks(whole)):
        reason = next((_REFUSED[mark] for mark in marks if mark in _REFUSED), None)
        return blocked(reason) if reason else nothing(asked)
    found = _parcel(the_only(asked), convert(whole, _Parcel))
    return Reading(outcome=Outcome.FOUND, parcels=(found,)) if found else nothing(asked)


def _marks(whole: dict[str, Any]) -> list[str]:
    """The source's own words for "nothing" and "no": as a value, or as the name of something that is wanted."""
    said = [str(value).upper() for value in whole.values() if isinstance(value, str)]
    said += [key.upper() for key, value in whole.items() if value]
    return [word for word in said if word in _GONE or word in _REFUSED]


def _parcel(number: str, found: _Parcel) -> Parcel | None:
    """One parcel, None where nothing is known. Raises `Unreadable` where the history has no shape."""
    if (found.error or "").upper() in _GONE:
        return None
    rows = found.states or ([found.last_state] if found.last_state else [])
    if not rows and found.states is None:
        raise Unreadable("states", "a list of events")
    if not rows:
        return None
    own, leg = _STATUS.get((found.status or "").lower(), (None, Leg.ANNOUNCED))
    unknown = (found.status[:80],) if found.status and own is None else ()
    parcel = Parcel(
        number=number,
        state=own,
        origin=found.origin_code or None,
        destination=found.destination_code or None,
        unknown_codes=unknown,
        events=tuple(_event(row, own) for row in rows),
    )
    return concluded(parcel, None if own is State.IN_TRANSIT else own, leg, newest_first=True)


def _event(row: _Row, own: State | None) -> Event:
    state, leg = _meaning((row.status or "")[:500], own)
    return event(stamp(row.date), row.status, Meaning(state, leg), place=row.location)


def _meaning(text: str, own: State | None) -> tuple[State | None, Leg]:
    """What a line says; *delivered* must be confirmed by the status. A line that is neither an announcement nor a
    message to the buyer is a scan."""
    if not text or _NO_SCAN.search(text):
        return None, Leg.ANNOUNCED
    if _ANNOUNCED.search(text):
        return State.INFO_RECEIVED, Leg.ANNOUNCED
    state, leg = WORDS.of(text) or (State.IN_TRANSIT, Leg.ACCEPTED)
    state = words_say(text) or state
    if state is State.DELIVERED:
        return (state, Leg.FINAL) if own is State.DELIVERED else (None, Leg.ANNOUNCED)
    return state, max(min(leg, Leg.LOCAL), reached(text))


SOURCE = Source(
    id="parcelsapp",
    name="ParcelsApp",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("parcelsapp.com",),
    readers=(
        Reader(name="api v3", fits=_fits_paid, read=_read_paid),
        Reader(name="site", fits=_fits_site, read=_read_site),
        PAGE_FOR_DATA,
    ),
    clock="each time with its offset",
    page="https://parcelsapp.com/en/tracking/{number}",
    echo=False,
)
