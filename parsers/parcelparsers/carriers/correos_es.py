"""Correos, Spain (`POSTS_AND_COURIERS.md` §5): the data behind its locator."""

from __future__ import annotations

import re

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, number_of, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning, codes, contradicted, weighed
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.carriers._spanish import WORDS
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, field
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.IN_TRANSIT, Leg.ACCEPTED, "A010000V A090000V X010000V"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "P040000V P090000V P100000V P110000V H01I360V X110100V"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "C010000V"),
    (_S.IN_TRANSIT, Leg.CLEARED, "F010000V"),
    (_S.IN_TRANSIT, Leg.LOCAL, "G01L010V G200000V"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "H020000V H250000V X080000V"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "H01I350V X380000V X390000V L010000V"),
    (_S.DELIVERED, Leg.FINAL, "I01H210V I010000V X120000V"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "H010930R H06P010V X130000R M01E020R H01R390V H01R420V X090060R"),
    (_S.RETURNED, Leg.LOCAL, "O140000V L03D320R"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "ADV0000V"),
)
_RETURN_POSTED = "ADV0000V"
"""A parcel of its own that the buyer sends back: its words "devolución admitida" are no return of this one."""
_PATTERNS = (
    (re.compile(r"P1011\d0V|X0[2-7]\d{4}V"), Meaning(_S.IN_TRANSIT, Leg.ORIGIN)),
    (re.compile(r"X0901\d0R"), Meaning(_S.DELIVERY_FAILED, Leg.LOCAL)),
)
"""Codes that the notes list by their form."""
_UNKNOWN = "3"
_FINE = ("", "0")


class _Row(Shape, frozen=True):
    cod_evento: str | None = None
    fec_evento: str | None = None
    hor_evento: str | None = None
    des_texto_resumen: str | None = None
    des_texto_ampliado: str | None = None


class _Fault(Shape, frozen=True):
    cod_error: Code = None
    des_error: str | None = None


class _Entry(Shape, frozen=True):
    cod_envio: str | None = None
    eventos: list[_Row] | None = None
    error: _Fault | None = None
    nom_codired: str | None = field(default=None, name="nom_codired")


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number, in Spanish as the page asks."""
    return tuple(
        Request(
            url="https://localizador.correos.es/canonico/eventos_envio_servicio/"
            f"{normalise(number)}?codAplicacion=60&codCanal=3&codIdioma=ES&indUltEvento=N"
        )
        for number in asked.numbers
    )


def _entries(body: Body) -> list[object]:
    return body.json if isinstance(body.json, list) else [body.json]


def _fits(body: Body) -> bool:
    return body.is_json and any(isinstance(e, dict) and ("codEnvio" in e or "eventos" in e) for e in _entries(body))


def _read(body: Body, asked: Asked) -> Reading:
    """A list of one entry, or the entry bare; `error.codError` says how it went. Raises `Unreadable`."""
    parcels, missing, refusals = [], [], []
    for n, raw in enumerate(_entries(body)):
        entry = convert(raw, _Entry, f"[{n}]")
        fault = entry.error or _Fault()
        if entry.eventos:
            parcels.append(_parcel(entry, asked))
        elif plain(fault.cod_error) == _UNKNOWN:
            missing.append(number_of(entry.cod_envio))
        elif plain(fault.cod_error) in _FINE:
            raise Unreadable(f"[{n}].eventos", "events, or an error that says why there are none")
        else:
            refusals.append(refused(fault.cod_error, fault.des_error, "inconclusive"))
    return refusals[0] if refusals and not parcels and not missing else told(parcels, missing, asked)


def _parcel(entry: _Entry, asked: Asked) -> Parcel:
    rows = entry.eventos or []
    unknown = (row.cod_evento for row in rows if row.cod_evento and not _code(row.cod_evento))
    parcel = Parcel(
        number=number_in(asked, entry.cod_envio),
        flags=contradicted((_code(row.cod_evento), _words(row)) for row in rows),
        unknown_codes=tuple(dict.fromkeys(unknown)),
        events=tuple(_event(row, entry.nom_codired) for row in rows),
    )
    return concluded(parcel, newest_first=False)


def _code(code: str | None) -> Meaning | None:
    if known := _CODES.get(code or ""):
        return known
    return next((meaning for form, meaning in _PATTERNS if form.fullmatch(code or "")), None)


def _words(row: _Row) -> Meaning | None:
    if row.cod_evento == _RETURN_POSTED:
        return None
    texts = [text for text in (row.des_texto_resumen, row.des_texto_ampliado) if text]
    return next((found for text in texts if (found := WORDS.of(text) or english(text))), None)


def _event(row: _Row, office: str | None) -> Event:
    """The clock is Madrid's; the Canaries' is one hour behind. The office is where a waiting parcel lies."""
    when = stamp(dated(f"{row.fec_evento or ''} {row.hor_evento or ''}"), place="Europe/Madrid", uncertain=1.0)
    known = weighed(_code(row.cod_evento), _words(row))
    place = office if known and known.state is _S.AVAILABLE_FOR_PICKUP else None
    text = row.des_texto_resumen or row.des_texto_ampliado
    return event(when, text, known, code=row.cod_evento, place=place)


SOURCE = Source(
    id="correos_es",
    name="Correos",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("localizador.correos.es",),
    readers=(Reader(name="eventos_envio_servicio", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="Madrid's wall clock; a scan on the Canaries may be an hour off",
    page="https://www.correos.es/es/es/herramientas/localizador/envios/detalle?tracking-number={number}",
    ask=ask,
    countries=("ES",),
)
