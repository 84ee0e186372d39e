"""TrackingMore's answers, API v2 to v4 and its webhooks (`CHINA_AND_AGGREGATORS.md` §22, `STATUSES.md` §5).

Its main status `pickup` means *out for delivery*.
"""

from __future__ import annotations

from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Source
from parcelparsers.carriers._aggregators import Snake, Told, concluded, figure, told
from parcelparsers.carriers._answers import answer, blocked, nothing, tidy
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Parcel, State
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_MAIN: dict[str, tuple[State | None, Leg]] = {
    "pending": (None, Leg.ANNOUNCED),
    "notfound": (None, Leg.ANNOUNCED),
    "inforeceived": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "transit": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "pickup": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "undelivered": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "delivered": (_S.DELIVERED, Leg.FINAL),
    "exception": (_S.EXCEPTION, Leg.ANNOUNCED),
    "expired": (_S.EXPIRED, Leg.ANNOUNCED),
}
_OWN: dict[str, tuple[State | None, Leg]] = {
    "transit003": (_S.IN_TRANSIT, Leg.LOCAL),
    "transit004": (_S.IN_TRANSIT, Leg.ARRIVED),
    "transit005": (_S.IN_TRANSIT, Leg.CLEARED),
    "transit007": (_S.IN_TRANSIT, Leg.LINE_HAUL),
    "pickup002": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "exception006": (_S.CUSTOMS_HOLD, Leg.ANNOUNCED),
    "exception010": (_S.RETURNED, Leg.ANNOUNCED),
}
_NUMBERED = {
    "inforeceived": (1,),
    "transit": range(1, 8),
    "pickup": range(1, 4),
    "delivered": range(1, 5),
    "undelivered": range(1, 5),
    "exception": range(4, 12),
    "notfound": (2,),
    "expired": (1,),
}
_SUB = {f"{main}{n:03}": _OWN.get(f"{main}{n:03}", _MAIN[main]) for main, numbers in _NUMBERED.items() for n in numbers}
_LOST_OR_DAMAGED = "exception007"

_FINE = (200, 201, 202)
_NOTHING = (4102, 4110, 4121)
"""No such tracking, no such number, no courier for it."""
_REFUSED = {401: "login", 4190: "quota", 429: "rate_limited"}


class _Row(
    Shape,
    frozen=True,
    rename={"old_date": "Date", "old_text": "StatusDescription", "old_place": "Details"},
):
    """The names of v4, then those of v2 and v3."""

    checkpoint_date: str | None = None
    tracking_detail: str | None = None
    location: str | None = None
    checkpoint_delivery_status: str | None = None
    checkpoint_delivery_substatus: str | None = None
    checkpoint_status: str | None = None
    substatus: str | None = None
    old_date: str | None = None
    old_text: str | None = None
    old_place: str | None = None


class _Side(Snake, frozen=True):
    trackinfo: list[_Row] | None = None


class _Item(Snake, frozen=True):
    tracking_number: str
    delivery_status: str | None = None
    status: str | None = None
    substatus: str | None = None
    origin_country: str | None = None
    destination_country: str | None = None
    original_country: str | None = None
    scheduled_delivery_date: str | None = None
    service_code: str | None = None
    origin_info: Any = None
    destination_info: Any = None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _fits(body: Body) -> bool:
    return body.is_json and bool({"meta", "data"} & set(_object(body.json)))


def _read(body: Body, asked: Asked) -> Reading:
    """One tracking or a list of them. Raises `Unreadable`."""
    whole = _object(body.json)
    meta = _object(whole.get("meta"))
    code = figure(meta.get("code", whole.get("code", 200)))
    items = _items(whole.get("data"))
    if code in _NOTHING:
        return nothing(asked)
    if code not in _FINE:
        reason = _REFUSED.get(code, "refused") if isinstance(code, int) else "refused"
        return blocked(reason, f"{code} {meta.get('message') or ''}")
    if items is None:
        raise Unreadable("data", "a tracking, or a list of them")
    if not items:
        return nothing(asked)
    entries = [convert(raw, _Item, f"data[{n}]") for n, raw in enumerate(items)]
    read = [(tidy(entry.tracking_number), _parcel(entry)) for entry in entries]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


def _items(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    inner = _object(data)
    for key in ("items", "success", "trackings"):
        if isinstance(inner.get(key), list):
            found: list[Any] = inner[key]
            return found
    return [inner] if "tracking_number" in inner else None


def _meaning(sub: str | None, main: str | None) -> tuple[State | None, Leg, bool]:
    """State, leg, and whether the words are known; an unknown substatus speaks by its main status alone."""
    sub, main = (sub or "").lower(), (main or "").lower()
    if sub in _SUB:
        return (*_SUB[sub], True)
    main = main or sub.rstrip("0123456789")
    if not main:
        return None, Leg.ANNOUNCED, True
    state, leg = _MAIN.get(main, (None, Leg.ANNOUNCED))
    return state, leg, main in _MAIN and not sub


def _codes(row: _Row) -> tuple[str | None, str | None]:
    return row.checkpoint_delivery_substatus or row.substatus, row.checkpoint_delivery_status or row.checkpoint_status


def _parcel(item: _Item) -> Parcel | None:
    """One tracking, None where nothing is known. Raises `Unreadable` where a parcel under way has no events."""
    number, main = tidy(item.tracking_number), item.delivery_status or item.status
    sides = [convert(side, _Side, "trackinfo") for side in (item.destination_info, item.origin_info) if side]
    rows = [row for side in sides for row in side.trackinfo or []]
    own, leg, known = _meaning(item.substatus, main)
    if not rows:
        return _without_rows(number, main, own)
    said = [told(*_meaning(*_codes(row))[:2], _text(row)) for row in rows]
    found = Parcel(
        number=number,
        flags=_flags(item, rows, said),
        eta=_eta(item) if own is not State.DELIVERED else None,
        service_line=item.service_code or None,
        origin=item.origin_country or item.original_country or None,
        destination=item.destination_country or None,
        unknown_codes=_unknown(item, rows, known),
        events=tuple(map(_event, rows, said)),
    )
    return concluded(found, own, leg if own is not State.IN_TRANSIT else Leg.ACCEPTED, newest_first=True)


def _without_rows(number: str, main: str | None, own: State | None) -> Parcel | None:
    if own is None and (main or "pending").lower() in ("pending", "notfound"):
        return None
    if own in (State.INFO_RECEIVED, State.EXPIRED):
        return Parcel(number=number, state=own)
    raise Unreadable(f"trackinfo of {number}", f"a history beside the status {(main or '')[:40]!r}")


def _text(row: _Row) -> str:
    return (row.tracking_detail or row.old_text or row.old_place or "")[:500]


def _event(row: _Row, said: Told) -> Event:
    when = stamp(row.checkpoint_date or row.old_date)
    sub, main = _codes(row)
    place = row.location or (row.old_place if row.old_text else "")
    return event(when, _text(row), said.meaning, code=sub or main, place=place)


def _flags(item: _Item, rows: list[_Row], said: list[Told]) -> tuple[Flag, ...]:
    flags = []
    if (item.substatus or "").lower() == _LOST_OR_DAMAGED:
        text = " ".join(map(_text, rows)).lower()
        flags.append(Flag.DAMAGED if "damage" in text and "lost" not in text else Flag.LOST)
    return tuple(flags) if all(s.agreed for s in said) else (*flags, Flag.CODE_AND_WORDING_DISAGREE)


def _unknown(item: _Item, rows: list[_Row], known: bool) -> tuple[str, ...]:
    own = [] if known else [item.substatus or item.delivery_status or item.status]
    theirs = [next(filter(None, _codes(row)), None) for row in rows if not _meaning(*_codes(row))[2]]
    return tuple(dict.fromkeys(code[:80] for code in (*own, *theirs) if code))


def _eta(item: _Item) -> Eta | None:
    day = stamp(item.scheduled_delivery_date).local_time[:10]
    return Eta(earliest=day, latest=day) if day else None


SOURCE = Source(
    id="trackingmore",
    name="TrackingMore",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("www.trackingmore.com",),
    readers=(Reader(name="trackings", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="the wall clock of each scan, without a zone",
    page="https://www.trackingmore.com/track/en/{number}",
)
