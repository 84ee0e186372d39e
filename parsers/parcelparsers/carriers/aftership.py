"""AfterShip, asked with the user's key (`CHINA_AND_AGGREGATORS.md` §21, `STATUSES.md` §2).

Paths, parameters and the key's header are those of AfterShip's own Python library (API 2025-07); the bodies that the
readers know are of v4, which has the same names.
"""

from __future__ import annotations

import json
import re
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Request, Source
from parcelparsers.carriers._aftership_codes import FLAGS, meaning
from parcelparsers.carriers._aggregators import FALSE_ZONES, Snake, Told, concluded, figure, told
from parcelparsers.carriers._answers import answer, blocked, tidy
from parcelparsers.carriers._answers import nothing as nothing_known
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Parcel, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import convert
from parcelparsers.walls import PAGE_FOR_DATA

_ROOT = "https://api.aftership.com/tracking/2025-07/trackings"
_SINCE = "2020-01-01T00:00:00Z"
"""Without a start the list holds the last 30 days only, less than a parcel from China takes."""
_HEADERS = {"as-api-key": "{key}", "Content-Type": "application/json"}

_FINE = (200, 201, 202)
_EXISTS = 4003
_NOTHING = (4004, 4005, 4012, 404)
"""No such tracking, no such number, no courier for it."""
_REFUSED = {401: "login", 402: "quota", 403: "login", 429: "rate_limited"}
_CHARGES = re.compile(r"custom|import|dut(?:y|ies)|\btax|\bvat\b", re.I)


class _Point(Snake, frozen=True):
    checkpoint_time: str | None = None
    message: str | None = None
    location: str | None = None
    city: str | None = None
    country_iso3: str | None = None
    tag: str | None = None
    subtag: str | None = None


class _Tracking(Snake, frozen=True):
    tracking_number: str
    tag: str | None = None
    subtag: str | None = None
    checkpoint: _Point | None = None
    checkpoints: list[_Point] | None = None
    expected_delivery: str | None = None
    shipment_type: str | None = None
    origin_country_iso3: str | None = None
    destination_country_iso3: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """What the account has of a number, then its creation there: a new one is known some minutes after it."""
    return tuple(request for number in asked.numbers for request in _requests(normalise(number)))


def _requests(number: str) -> tuple[Request, Request]:
    listed = Request(url=f"{_ROOT}?tracking_numbers={number}&created_at_min={_SINCE}", headers=_HEADERS)
    body = json.dumps({"tracking_number": number}).encode()
    return listed, Request(url=_ROOT, method="POST", headers=_HEADERS, body=body)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _fits(body: Body) -> bool:
    return body.is_json and bool({"meta", "data", "msg"} & set(_object(body.json)))


def _read(body: Body, asked: Asked) -> Reading:
    """One tracking, a list, a last checkpoint or a webhook. Raises `Unreadable`."""
    whole = _object(body.json)
    meta = _object(whole.get("meta"))
    code = figure(meta.get("code", 200))
    if code in _NOTHING or code == _EXISTS:
        return nothing_known(asked)
    if code not in _FINE:
        reason = _REFUSED.get(code, "refused") if isinstance(code, int) else "refused"
        return blocked(reason, f"{code} {meta.get('message') or ''}")
    entries = [convert(raw, _Tracking, f"trackings[{n}]") for n, raw in enumerate(_trackings(whole))]
    if not entries:
        return nothing_known(asked)
    read = [(tidy(entry.tracking_number), _parcel(entry)) for entry in entries]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


def _trackings(whole: dict[str, Any]) -> list[Any]:
    """The trackings of any of the forms. Raises `Unreadable` where there are none of them."""
    data = _object(whole.get("data")) or _object(whole.get("msg"))
    for key in ("trackings", "tracking"):
        if key in data:
            found = data[key]
            return found if isinstance(found, list) else [found]
    if "tracking_number" not in data:
        raise Unreadable("data", "a tracking, or a list of them")
    return [data]


def _parcel(entry: _Tracking) -> Parcel | None:
    """One tracking, None while it is pending. Raises `Unreadable` where a parcel under way has no checkpoints."""
    number = tidy(entry.tracking_number)
    listed = entry.checkpoints or ([entry.checkpoint] if entry.checkpoint else [])
    points = [p for p in listed if p.message or p.checkpoint_time]
    own, leg, known = meaning(entry.subtag, entry.tag)
    if not points:
        return _without_points(number, entry, own)
    said = [_told(point, entry) for point in points]
    found = Parcel(
        number=number,
        flags=_flags(entry, points, said),
        eta=_eta(entry) if own is not State.DELIVERED else None,
        service_line=entry.shipment_type or None,
        origin=entry.origin_country_iso3 or None,
        destination=entry.destination_country_iso3 or None,
        unknown_codes=_unknown(entry, points, known),
        events=tuple(map(_event, points, said)),
    )
    if entry.subtag == "Exception_006" and any(_CHARGES.search((p.message or "")[:500]) for p in points):
        own = State.CUSTOMS_HOLD
    return concluded(found, own, leg if own is not State.IN_TRANSIT else Leg.ACCEPTED)


def _without_points(number: str, entry: _Tracking, own: State | None) -> Parcel | None:
    if own is None and (entry.tag or "Pending") == "Pending":
        return None
    if own in (State.INFO_RECEIVED, State.EXPIRED):
        return Parcel(number=number, state=own)
    raise Unreadable(f"checkpoints of {number}", f"a history beside the tag {(entry.tag or '')[:40]!r}")


def _told(point: _Point, entry: _Tracking) -> Told:
    state, leg, _ = meaning(point.subtag, point.tag)
    said = told(state, leg, (point.message or "")[:500])
    abroad = entry.destination_country_iso3 not in (None, "", entry.origin_country_iso3)
    if abroad and said.state is State.IN_TRANSIT and point.country_iso3 == entry.destination_country_iso3:
        return said._replace(leg=max(said.leg, Leg.ARRIVED))
    return said


def _event(point: _Point, said: Told) -> Event:
    when = _when(point.checkpoint_time)
    place = point.location or point.city or point.country_iso3
    return event(when, point.message, said.meaning, code=point.subtag or point.tag, place=place)


def _when(text: str | None) -> Stamp:
    """The same event is printed with an offset, without one, or at `Z`: only an offset is believed."""
    bare = (text or "").strip()
    return stamp(bare, uncertain=FALSE_ZONES if bare.endswith(("Z", "+00:00")) else 0.0)


def _flags(entry: _Tracking, points: list[_Point], said: list[Told]) -> tuple[Flag, ...]:
    codes = [entry.subtag, points[-1].subtag]
    flags = [FLAGS[code] for code in codes if code in FLAGS]
    return tuple(flags) if all(s.agreed for s in said) else (*flags, Flag.CODE_AND_WORDING_DISAGREE)


def _unknown(entry: _Tracking, points: list[_Point], known: bool) -> tuple[str, ...]:
    own = [] if known else [entry.subtag or entry.tag]
    theirs = [p.subtag or p.tag for p in points if not meaning(p.subtag, p.tag)[2]]
    return tuple(dict.fromkeys(code[:80] for code in (*own, *theirs) if code))


def _eta(entry: _Tracking) -> Eta | None:
    day = stamp(entry.expected_delivery).local_time[:10]
    return Eta(earliest=day, latest=day) if day else None


SOURCE = Source(
    id="aftership",
    name="AfterShip",
    access=Access.KEY,
    evidence=Evidence.CAPTURED,
    hosts=("api.aftership.com", "www.aftership.com"),
    readers=(Reader(name="trackings", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the carrier's wall clock with its offset, with none, or at a Z that is doubted",
    page="https://www.aftership.com/track/{number}",
    ask=ask,
)
