"""Kuaidi100, an aggregator of Chinese carriers (`CHINA_AND_AGGREGATORS.md` §19).

Confirmed states are 0, 1, 3, 5 and 6; the others, and the longer codes of the paid API, are general knowledge.
"""

from __future__ import annotations

from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Source
from parcelparsers.carriers._aggregators import Snake, by_words, concluded
from parcelparsers.carriers._answers import answer as answer_of
from parcelparsers.carriers._answers import blocked, nothing, the_only, tidy
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, State
from parcelparsers.typed import convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State
_CLEARANCE = (_S.IN_TRANSIT, Leg.ORIGIN)

_STATES: dict[str, tuple[State, Leg]] = {
    "0": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "1": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "2": (_S.EXCEPTION, Leg.ANNOUNCED),
    "3": (_S.DELIVERED, Leg.FINAL),
    "4": (_S.RETURNED, Leg.ANNOUNCED),
    "5": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "6": (_S.RETURNED, Leg.ANNOUNCED),
    "7": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "8": _CLEARANCE,
    "10": _CLEARANCE,
    "11": _CLEARANCE,
    "12": _CLEARANCE,
    "13": (_S.CUSTOMS_HOLD, Leg.ORIGIN),
    "14": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "101": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "102": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "203": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "204": (_S.DELIVERY_FAILED, Leg.LOCAL),
    "501": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
}
_LONG = 3
"""Digits of a longer code, whose first digit is the state that it narrows: 1001 is a 0, 304 a 3."""

_GONE = ("404", "500")
"""Of `status` (site) and `returnCode` (API): the number is unknown to the carrier, or no longer kept."""
_FINE = ("1", "200")
_REFUSED = {"503": "login", "601": "quota", "501": "unavailable", "502": "unavailable"}


class _Row(Snake, frozen=True):
    time: str | None = None
    ftime: str | None = None
    context: str | None = None
    location: str | None = None
    areaname: str | None = None


class _Answer(Snake, frozen=True):
    data: list[_Row] | None = None
    nu: str | None = None
    com: str | None = None
    state: str | None = None
    status: str | None = None
    message: str | None = None


def _object(body: Body) -> dict[str, Any]:
    return body.json if body.is_json and isinstance(body.json, dict) else {}


def _fits(body: Body) -> bool:
    whole = _object(body)
    return "returnCode" in whole or ("message" in whole and ("data" in whole or "status" in whole))


def _read(body: Body, asked: Asked) -> Reading:
    """One parcel, `status` "0" with no data where nothing is known. Raises `Unreadable`."""
    whole = _object(body)
    if code := str(whole.get("returnCode") or ""):
        return nothing(asked) if code in _GONE else _refused(code, whole.get("message"))
    plain = {key: str(value) if isinstance(value, int) else value for key, value in whole.items()}
    found = convert(plain, _Answer)
    if found.data:
        return answer_of([_parcel(found, tidy(found.nu) or the_only(asked))], (), asked)
    if found.status in _GONE or (found.status == "0" and found.data is not None):
        return nothing(asked)
    if found.status not in _FINE:
        return _refused(found.status or "", found.message)
    raise Unreadable("data", "events, or a status that says that there are none")


def _refused(code: str, message: object) -> Reading:
    return blocked(_REFUSED.get(code, "refused"), f"{code} {message or ''}")


def _parcel(found: _Answer, number: str) -> Parcel:
    code = (found.state or "").strip()
    own, leg = _STATES.get(code) or (_STATES.get(code[0]) if len(code) >= _LONG else None) or (None, Leg.ANNOUNCED)
    rows = found.data or []
    events = tuple(_event(row, own) for row in rows)
    parcel = Parcel(
        number=number,
        service_line=found.com or None,
        unknown_codes=(code,) if code and own is None else (),
        events=events,
    )
    return concluded(parcel, own, leg)


def _event(row: _Row, own: State | None) -> Event:
    when = stamp(row.time or row.ftime, place="Asia/Shanghai")
    text = (row.context or "")[:500]
    state, leg = by_words(text, own)
    return event(when, text, Meaning(state, max(Leg.ACCEPTED, leg)), place=row.location or row.areaname)


SOURCE = Source(
    id="kuaidi100",
    name="Kuaidi100",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=("www.kuaidi100.com",),
    readers=(Reader(name="query", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="China, without a zone",
    page="https://www.kuaidi100.com/?nu={number}",
    countries=("CN",),
)
