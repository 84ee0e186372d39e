"""DHL Paket's site (`POSTS_AND_COURIERS.md` §9): its data, and the pages of 2018 with and without the data inside.

There are no codes: the wording decides, in German or English, beside the flags of the whole parcel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parcelparsers import Asked, Body, Reader
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import agree
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._parcel_words import WORDS
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, Reading, State
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

_RETURNED = Meaning(State.RETURNED, Leg.LOCAL)
_DELIVERED = Meaning(State.DELIVERED, Leg.FINAL)
_EMBEDDED = "JSON.parse("


class _Row(Shape, frozen=True):
    datum: str | None = None
    status: str | None = None
    ort: str | None = None


class _History(Shape, frozen=True):
    events: list[_Row] | None = None
    aktueller_status: str | None = None
    kurz_status: str | None = None
    status: str | None = None


class _Details(Shape, frozen=True):
    sendungsverlauf: _History | None = None
    ist_zugestellt: bool | None = None
    ruecksendung: bool | None = None
    zielland: str | None = None
    sendung_nicht_gefunden: Any = None


class _Parcel(Shape, frozen=True):
    id: str
    sendungsdetails: _Details | None = None
    sendung_nicht_gefunden: Any = None


class _Answer(Shape, frozen=True):
    sendungen: list[_Parcel] | None = None
    rate_limited: bool | None = None


def _fits_data(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and bool({"sendungen", "rateLimited"} & body.json.keys())


def _read_data(body: Body, asked: Asked) -> Reading:
    """`sendungen[]`; a parcel that was not found is one with `sendungNichtGefunden`. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if not answer.sendungen:
        if answer.rate_limited:
            return Reading(outcome=Outcome.BLOCKED, reason="rate_limited", detail="the site says rateLimited")
        raise Unreadable("sendungen", "a parcel")
    known = [each for each in answer.sendungen if not _is_unknown(each)]
    if not known:
        return nothing(asked, answer.sendungen[0].id)
    return found(*(_parcel(each, asked) for each in known))


def _is_unknown(each: _Parcel) -> bool:
    details = each.sendungsdetails or _Details()
    rows = details.sendungsverlauf.events if details.sendungsverlauf else None
    return not rows and (_flagged(each.sendung_nicht_gefunden) or _flagged(details.sendung_nicht_gefunden))


def _flagged(flags: Any) -> bool:
    return flags is True or (isinstance(flags, dict) and any(value is True for value in flags.values()))


def _parcel(each: _Parcel, asked: Asked) -> Parcel:
    details = each.sendungsdetails or _Details()
    history = details.sendungsverlauf or _History()
    own = _own(details, history)
    if not history.events and own is None:
        raise Unreadable(f"parcel {each.id}", "a history, or a known status")
    events = tuple(map(_event, history.events or ()))
    parcel = Parcel(number=the_number(each.id, asked), destination=details.zielland or None, events=events)
    return agree(settled(parcel), own)


def _own(details: _Details, history: _History) -> Meaning | None:
    """The flags of the parcel, then the words of its status."""
    if details.ruecksendung:
        return _RETURNED
    if details.ist_zugestellt:
        return _DELIVERED
    return WORDS.of(history.aktueller_status or history.status or "") or WORDS.of(history.kurz_status or "")


def _event(row: _Row) -> Event:
    return event(stamp(row.datum, place="Europe/Berlin"), row.status, WORDS.of(row.status or ""), place=row.ort)


def _fits_state(body: Body) -> bool:
    return body.is_html and b"initialState" in body.data and _EMBEDDED.encode() in body.data


def _read_state(body: Body, asked: Asked) -> Reading:
    """The same data as a string of the page's script. Raises `Unreadable`."""
    inner = Body(_string(body.text.partition("initialState")[2]).encode())
    if not _fits_data(inner):
        raise Unreadable("initialState", "the data of the site")
    return _read_data(inner, asked)


def _string(script: str) -> str:
    """The first string that is given to `JSON.parse`, its escapes resolved. Raises `Unreadable`."""
    start = script.find('"', script.find(_EMBEDDED))
    end = script.find('")', start + 1)
    while end > 0 and script[end - 1] == "\\":
        end = script.find('")', end + 1)
    if start < 0 or end < 0:
        raise Unreadable("initialState", "a string")
    packed = Body(("[" + script[start : end + 1] + "]").encode())
    return str(packed.json[0])


def _fits_page(body: Body) -> bool:
    return body.is_html and b"data-label-status" in body.data


def _text(node: PageElement | None) -> str:
    return " ".join(node.get_text(" ").split()) if node else ""


def _read_page(body: Body, asked: Asked) -> Reading:
    """Pairs of `dt` (time and place) and `dd` (wording), newest first. Raises `Unreadable`."""
    page = body.html("div", "dl")
    events = [_pair(node) for node in page.select("dt[data-label-date]")]
    if not events:
        raise Unreadable("page", "a history (dt[data-label-date])")
    shown = page.select_one("[data-shipment-number]")
    status = next((_text(node) for node in page.find_all("dd") if _text(node).startswith("Status:")), "")
    parcel = Parcel(
        number=the_number(str(shown["data-shipment-number"]) if shown else None, asked), events=tuple(events)
    )
    return found(agree(settled(parcel, newest_first=True), WORDS.of(status.removeprefix("Status:"))))


def _pair(node: Tag) -> Event:
    """`Mi, 21.02.18 08:18 Deutschland`: the place stands behind the time."""
    head = _text(node)
    when = dated(head)
    place = head.partition(when[11:16])[2] if len(when) > 10 else ""
    text = _text(node.find_next_sibling("dd"))
    return event(stamp(when, place="Europe/Berlin"), text, WORDS.of(text), place=place)


SITE = Reader(name="site data", fits=_fits_data, read=_read_data)
STATE = Reader(name="page with data", fits=_fits_state, read=_read_state)
OLD_PAGE = Reader(name="page of early 2018", fits=_fits_page, read=_read_page)
