"""Correios, Brazil (`POSTS_AND_COURIERS.md` §13): the data of the page and of the closed app, the contract's XML, and
three generations of pages. The page for people asks for a captcha, which nobody but the user answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, number_of, refused, told
from parcelparsers.carriers._correios_codes import SPREAD, ZONE, line, parcel_of
from parcelparsers.carriers._correios_pages import NOTHING, PAGES
from parcelparsers.carriers._printed_dates import dated, forecast
from parcelparsers.carriers._rows import Code, flat, plain
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert

if TYPE_CHECKING:
    from lxml.etree import _Element

PAGE = "https://rastreamento.correios.com.br/app/index.php?objetos={number}"

_REFUSED = re.compile(r"captcha|acesso|autoriza|senha|usu[áa]rio|tente (?:novamente|mais tarde)|indispon", re.I)


class _Place(Shape, frozen=True):
    cidade: str | None = None
    uf: str | None = None


class _Unit(_Place, frozen=True):
    endereco: _Place | None = None
    local: str | None = None


class _Row(Shape, frozen=True):
    codigo: str | None = None
    tipo: Code = None
    status: Code = None
    descricao: str | None = None
    dt_hr_criado: Any = None
    data: str | None = None
    hora: str | None = None
    unidade: _Unit | None = None


class _Category(Shape, frozen=True):
    categoria: str | None = None


class _Entry(Shape, frozen=True):
    cod_objeto: str | None = None
    numero: str | None = None
    eventos: list[_Row] | None = None
    evento: list[_Row] | None = None
    mensagem: str | None = None
    erro: Any = None
    dt_prevista: str | None = None
    tipo_postal: _Category | None = None
    categoria: str | None = None


class _Many(Shape, frozen=True):
    objetos: list[_Entry] | None = None
    objeto: list[_Entry] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number; it shows a captcha first."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


def _fits(body: Body) -> bool:
    keys = ("codObjeto", "objetos", "objeto", "eventos", "mensagem")
    return body.is_json and isinstance(body.json, dict) and any(key in body.json for key in keys)


def _read(body: Body, asked: Asked) -> Reading:
    """One object, or several under `objetos` (the app) or `objeto` (the mobile service). Raises `Unreadable`."""
    many = convert(body.json, _Many)
    entries = many.objetos or many.objeto or [convert(body.json, _Entry)]
    parcels, missing, refusals = [], [], []
    for entry in entries:
        said = flat(entry.mensagem or (entry.erro if isinstance(entry.erro, str) else ""))
        if entry.eventos or entry.evento:
            parcels.append(_parcel(entry, asked))
        elif said and (_REFUSED.search(said) or not NOTHING.search(said)):
            refusals.append(refused("", said))
        elif said:
            missing.append(number_of(entry.cod_objeto or entry.numero))
        else:
            raise Unreadable("eventos", "events, or a message that there are none")
    return refusals[0] if refusals and not parcels and not missing else told(parcels, missing, asked)


def _parcel(entry: _Entry, asked: Asked) -> Parcel:
    service = entry.categoria or (entry.tipo_postal.categoria if entry.tipo_postal else None)
    return parcel_of(
        number_in(asked, entry.cod_objeto, entry.numero),
        [_event(row) for row in entry.eventos or entry.evento or ()],
        eta=forecast(entry.dt_prevista),
        service=service,
        newest_first=True,
    )


def _event(row: _Row) -> Event:
    unit = row.unidade or _Unit()
    town = unit.endereco or unit
    place = ", ".join(filter(None, (town.cidade, town.uf))) or unit.local
    kind, number = (row.codigo, row.tipo) if row.codigo else (row.tipo, row.status)
    return line(_when(row), row.descricao, _code(kind, number), place)


def _code(kind: Code, number: Code) -> str | None:
    return f"{plain(kind)}/{plain(number).zfill(2)}" if plain(kind) else None


def _when(row: _Row) -> Stamp:
    """A date with the zone of the event, an ISO time, or day and time apart. Raises `Unreadable`."""
    made = row.dt_hr_criado
    if isinstance(made, dict):
        label = made.get("timezone")
        return stamp(str(made.get("date") or ""), label if isinstance(label, str) else None, place=ZONE)
    if isinstance(made, str):
        return stamp(made, place=ZONE, uncertain=SPREAD)
    return _apart(row.data, row.hora)


def _apart(day: str | None, time: str | None) -> Stamp:
    return stamp(dated(f"{day or ''} {time or ''}"), place=ZONE, uncertain=SPREAD)


def _fits_xml(body: Body) -> bool:
    marks = (b"buscaEventos", b"<sroxml", b"<objeto>", b".webservice.correios.")
    return body.is_html and any(mark in body.data for mark in marks)


def _read_xml(body: Body, asked: Asked) -> Reading:
    """`objeto` with `evento`s or an `erro`, in a SOAP envelope or bare. Raises `Unreadable`."""
    root = body.xml()
    parcels, missing = [], []
    for item in root.iter("{*}objeto"):
        events = [_event_of(row) for row in item.iter("{*}evento")]
        if events:
            number = number_in(asked, _text(item, "numero"))
            parcels.append(parcel_of(number, events, service=_text(item, "categoria"), newest_first=True))
        elif NOTHING.search(_text(item, "erro")):
            missing.append(number_of(_text(item, "numero")))
    fault = next(_faults(root), "")
    return refused("", fault) if fault and not parcels and not missing else told(parcels, missing, asked)


def _faults(root: _Element) -> Iterator[str]:
    for name in ("faultstring", "erro", "error"):
        yield from (text for found in root.iter("{*}" + name) if (text := flat(found.text)))


def _text(item: _Element, name: str) -> str:
    return flat(item.findtext("{*}" + name))


def _event_of(row: _Element) -> Event:
    place = ", ".join(filter(None, (_text(row, "cidade"), _text(row, "uf")))) or _text(row, "local")
    when = _apart(_text(row, "data"), _text(row, "hora"))
    return line(when, _text(row, "descricao"), _code(_text(row, "tipo"), _text(row, "status")), place)


SOURCE = Source(
    id="correios",
    name="Correios",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("rastreamento.correios.com.br",),
    readers=(
        Reader(name="rastreamento", fits=_fits, read=_read),
        Reader(name="buscaEventos (XML)", fits=_fits_xml, read=_read_xml),
        *PAGES,
    ),
    clock="the zone named in each event; the older answers name none and write Brasília's clock",
    page=PAGE,
    ask=ask,
    countries=("BR",),
)
