"""Magyar Posta (`POSTS_AND_COURIERS.md` §40), from a description of the data behind its page."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_of, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning, codes, weighed
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.clock import epoch
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CATEGORIES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "1"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "2"),
    (_S.DELIVERED, Leg.FINAL, "5"),
)
"""3 and 4 are known by their transactions alone."""
_TRANSACTIONS = codes(
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "AVATS"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "30"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "31 38 NAV_KIADHATO_H7 UERT18_ONLINE SIKERES_ONLINE_FIZ"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "KLUVK"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "KIJKO"),
)


class _Row(Shape, frozen=True):
    time: int | None = None
    posta_nev: str | None = None
    tranzakcio_kategoria_kod: Code = None
    tranzakcio_tipus_leiras: str | None = None
    tranzakcio_azon: Code = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, in English."""
    return tuple(
        Request(
            url="https://posta.hu/szolgaltatasok/PostaWeb/TrackingInfo"
            f"?ragszam={normalise(number)}&language=2&registered=false"
        )
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"tranzakcio' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """Rows by number, newest first. Raises `Unreadable`."""
    rows = convert(body.json, dict[str, list[_Row]])
    return told([_parcel(number_of(number), listed) for number, listed in rows.items() if listed], [], asked)


def _parcel(number: str, rows: list[_Row]) -> Parcel:
    if not number:
        raise Unreadable("body", "rows by number")
    unknown = (plain(r.tranzakcio_azon) for r in rows if r.tranzakcio_azon and not _known(r))
    parcel = Parcel(number=number, unknown_codes=tuple(dict.fromkeys(unknown)), events=tuple(map(_event, rows)))
    return concluded(parcel, newest_first=True)


def _known(row: _Row) -> Meaning | None:
    return _TRANSACTIONS.get(plain(row.tranzakcio_azon)) or _CATEGORIES.get(plain(row.tranzakcio_kategoria_kod))


def _event(row: _Row) -> Event:
    text = row.tranzakcio_tipus_leiras or ""
    known = weighed(_known(row), english(text))
    return event(epoch(row.time, "UTC"), text, known, code=plain(row.tranzakcio_azon), place=row.posta_nev)


SOURCE = Source(
    id="magyarposta",
    name="Magyar Posta",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=("posta.hu",),
    readers=(Reader(name="TrackingInfo", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="instants",
    page="https://posta.hu/nyomkovetes/nyitooldal?searchvalue={number}",
    ask=ask,
    countries=("HU",),
)
