"""Česká pošta (`POSTS_AND_COURIERS.md` §39), from a description of its open data service."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, number_of, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families, codes, not_known, weighed
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, field
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

BATCH = 10
"""Numbers in one request, as many as the service takes."""
_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "-M"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "21"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "75 8D 8T"),
    (_S.IN_TRANSIT, Leg.LOCAL, "51"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "82"),
    (_S.EXCEPTION, Leg.ACCEPTED, "8E 88"),
    (_S.RETURNED, Leg.LOCAL, "95 9V"),
    (_S.DELIVERED, Leg.FINAL, "91"),
)
_NOTHING = ("-3", "-4")
_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"vr[áa]cen|odes[íi]lateli|zp[ěe]t"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"nezastižen|nedoručen|nebylo možné doručit|odmítnut|neúspěšn"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"uložen|připraven\w* k vyzvednutí"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"v doručování|doručováno"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"čeká .{0,30}(?:celn|proclen)"),
    (_S.DELIVERED, Leg.FINAL, r"\bdodán|\bdoručen|vydán"),
)
"""Only the Czech wordings that a code must not hide."""


class _State(Shape, frozen=True):
    id: Code = None
    date: str | None = None
    text: str | None = None
    postoffice: str | None = None


class _States(Shape, frozen=True):
    state: list[_State] = field(default_factory=list)


class _Entry(Shape, frozen=True):
    id: str
    states: _States | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request for up to `BATCH` numbers."""
    groups = (asked.numbers[i : i + BATCH] for i in range(0, len(asked.numbers), BATCH))
    return tuple(
        Request(
            url="https://b2c.cpost.cz/services/ParcelHistory/getDataAsJson"
            f"?idParcel={';'.join(map(normalise, group))}&language=en"
        )
        for group in groups
    )


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"[" and b'"states"' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """One entry a number; a single state -3 or -4 says that it is unknown. Raises `Unreadable`."""
    parcels, missing = [], []
    for entry in convert(body.json, list[_Entry]):
        rows = entry.states.state if entry.states else []
        if len(rows) == 1 and plain(rows[0].id) in _NOTHING:
            missing.append(number_of(entry.id))
        elif rows:
            parcels.append(_parcel(entry.id, rows, asked))
        else:
            raise Unreadable("states", "a state")
    return told(parcels, missing, asked)


def _parcel(number: str, rows: list[_State], asked: Asked) -> Parcel:
    """The order of the list is the order of time; the days alone do not tell it."""
    return concluded(
        Parcel(
            number=number_in(asked, number),
            unknown_codes=not_known([plain(row.id) for row in rows], _CODES),
            events=tuple(map(_event, rows)),
        ),
        newest_first=False,
    )


def _event(row: _State) -> Event:
    """English words are asked only where the code says nothing: a misrouted parcel is one under way."""
    text, code = row.text or "", _CODES.get(plain(row.id))
    words = _WORDS.of(text) or (None if code else english(text))
    when = stamp(row.date, place="Europe/Prague")
    return event(when, text, weighed(code, words), code=plain(row.id), place=row.postoffice)


SOURCE = Source(
    id="ceskaposta",
    name="Česká pošta",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=("b2c.cpost.cz",),
    readers=(Reader(name="ParcelHistory", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="days without a time",
    page="https://www.postaonline.cz/trackandtrace/-/zasilka/cislo?parcelNumbers={number}",
    ask=ask,
    batch=BATCH,
    countries=("CZ",),
)
