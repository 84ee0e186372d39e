"""La Poste and Colissimo, Chronopost numbers too (`POSTS_AND_COURIERS.md` §3): the site's own data, and
Okapi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Eta, Event, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.private import scrub
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = {
    "DR1": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "PC1": (_S.IN_TRANSIT, Leg.ACCEPTED),
    "ET1": (_S.IN_TRANSIT, Leg.ORIGIN),
    "ET2": (_S.IN_TRANSIT, Leg.ORIGIN),
    "ET3": (_S.IN_TRANSIT, Leg.ARRIVED),
    "EP1": (_S.IN_TRANSIT, Leg.ORIGIN),
    "TR1": (_S.IN_TRANSIT, Leg.ORIGIN),
    "DO1": (_S.IN_TRANSIT, Leg.ARRIVED),
    "MD1": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "MD2": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "AG1": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "DI1": (_S.DELIVERED, Leg.FINAL),
}
_GROUPS = {
    "EXPANN": (_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "ACHNAT": (_S.IN_TRANSIT, Leg.ORIGIN),
    "DISARR": (_S.IN_TRANSIT, Leg.LOCAL),
    "DISTOU": (_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "DISMAD": (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "DESBAL": (_S.DELIVERED, Leg.FINAL),
    "DESTIN": (_S.DELIVERED, Leg.FINAL),
    "DESLIVD": (_S.DELIVERED, Leg.FINAL),
    "RETOUR": (_S.RETURNED, Leg.LOCAL),
}
_INCIDENTS = (
    (_S.RETURNED, r"retourn|retour (?:à|a|vers) l.exp[ée]diteur|remis à l.exp[ée]diteur"),
    (_S.DELIVERY_FAILED, r"n.a (?:pas )?pu être (?:livr|distribu|remis)|absent|refus[ée]|adresse incompl"),
    (_S.CUSTOMS_HOLD, r"(?:retenu|bloqu)\w* (?:en|par la) douane|droits et taxes .{0,40}payer"),
    (_S.EXCEPTION, r"incident|endommag|retard|perdu"),
)
_INCIDENT = re.compile("|".join(f"(?P<{state.value}>{words})" for state, words in _INCIDENTS), re.I)
_PREPARED = re.compile(r"pr[ée]par", re.I)

_FOUND = (0, 200)
_NOT_FOUND = (104, 400, 404)
"""104 is the site's only positive "unknown"; 400 and 404 are Okapi's for a number that is none, or unknown.
"""


class _Row(Shape, frozen=True):
    date: str | None = None
    code: str | None = None
    group: str | None = None
    label: str | None = None
    country: str | None = None
    order: int | None = None


class _Shipment(Shape, frozen=True):
    id_ship: str
    product: str | None = None
    event: list[_Row] | None = None
    estim_date: str | None = None
    is_final: bool | None = None


class _Entry(Shape, frozen=True):
    return_code: int
    shipment: _Shipment | None = None
    id_ship: str | None = None
    return_message: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, with the Referer of the page that shows it."""
    return tuple(
        Request(
            url=f"https://www.laposte.fr/ssu/sun/back/suivi-unifie/{normalise(number)}?lang=fr",
            headers={"Referer": f"https://www.laposte.fr/outils/suivre-vos-envois?code={normalise(number)}"},
        )
        for number in asked.numbers
    )


def _entries(parsed: Any) -> list[Any]:
    return parsed if isinstance(parsed, list) else [parsed]


def _fits(body: Body) -> bool:
    return body.is_json and any(isinstance(e, dict) and "returnCode" in e for e in _entries(body.json))


def _read(body: Body, asked: Asked) -> Reading:
    """An entry, or a list of them. Raises `Unreadable`."""
    entries = [convert(raw, _Entry, f"[{n}]") for n, raw in enumerate(_entries(body.json))]
    parcels = tuple(_parcels(entries, asked))
    if parcels:
        return Reading(outcome=Outcome.FOUND, parcels=parcels)
    if refused := [e for e in entries if e.return_code not in (*_FOUND, *_NOT_FOUND)]:
        detail = f"{refused[0].return_code} {scrub(refused[0].return_message or '')}"
        return Reading(outcome=Outcome.BLOCKED, reason="inconclusive", detail=detail.strip())
    if all(e.return_code in _NOT_FOUND for e in entries):
        return Reading(outcome=Outcome.NOT_FOUND, missing=tuple(_missing(entries, asked)))
    raise Unreadable("shipment", "a parcel that was asked for")


def _parcels(entries: list[_Entry], asked: Asked) -> Iterator[Parcel]:
    for entry in entries:
        if entry.return_code in _FOUND and entry.shipment:
            number = entry.shipment.id_ship.strip().upper()
            if not asked.numbers or number in asked.numbers:
                yield _parcel(number, entry.shipment)


def _missing(entries: list[_Entry], asked: Asked) -> Iterator[str]:
    """The numbers that the answer is about; one without an echo is about the only one that was asked for."""
    for entry in entries:
        try:
            number = normalise(entry.id_ship or "")
        except BadNumber:
            number = ""
        if number in asked.numbers or (number and not asked.numbers):
            yield number
        elif not number and len(asked.numbers) == 1:
            yield asked.numbers[0]


def _parcel(number: str, shipment: _Shipment) -> Parcel:
    # Newest first in Okapi, oldest first on the site: `order` counts up where it is printed.
    rows = shipment.event or []
    if all(row.order is not None for row in rows):
        rows = sorted(rows, key=lambda row: row.order or 0)
    parcel = Parcel(
        number=number,
        eta=_eta(shipment),
        service_line=shipment.product or None,
        unknown_codes=tuple(dict.fromkeys(row.code for row in rows if row.code and not _known(row))),
        events=tuple(map(_event, rows)),
    )
    if not parcel.events:
        raise Unreadable(f"shipment of {number}", "events")
    return settled(parcel)


def _eta(shipment: _Shipment) -> Eta | None:
    day = stamp(shipment.estim_date).local_time[:10]
    return Eta(earliest=day, latest=day) if day and not shipment.is_final else None


def _known(row: _Row) -> bool:
    return row.code in _CODES or row.group in _GROUPS


def _meaning(row: _Row) -> tuple[State | None, Leg]:
    """Incident wording before the code, the code before the group; a round that is being prepared is no
    round yet.
    """
    state, leg = _CODES.get(row.code or "") or _GROUPS.get(row.group or "") or (None, Leg.ANNOUNCED)
    label = row.label or ""
    if incident := _INCIDENT.search(label):
        return State(incident.lastgroup or ""), min(leg, Leg.LOCAL)
    if state is State.OUT_FOR_DELIVERY and _PREPARED.search(label):
        state = State.IN_TRANSIT
    return state, leg


def _event(row: _Row) -> Event:
    when = stamp(row.date, place="Europe/Paris")
    return event(when, row.label, Meaning(*_meaning(row)), code=row.code or row.group, place=row.country)


SOURCE = Source(
    id="laposte",
    name="La Poste, Colissimo",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("www.laposte.fr",),
    readers=(Reader(name="suivi", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="Paris, with its offset in each time",
    page="https://www.laposte.fr/outils/suivre-vos-envois?code={number}",
    ask=ask,
    countries=("FR",),
)
