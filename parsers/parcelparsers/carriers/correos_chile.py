"""Correos de Chile (`POSTS_AND_COURIERS.md` §43), from descriptions of the data behind its page: read where the user
has its answer, never asked, because each question needs a session of its own.
"""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._answers import number_in, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.carriers._spanish import WORDS
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.typed import Shape, decode, field
from parcelparsers.walls import PAGE_FOR_DATA


class _Answer(Shape, frozen=True):
    error: bool
    max_limit: bool | None = None
    seguimiento: str | None = None
    """JSON as text."""


class _Row(Shape, frozen=True):
    state: str = field(name="Estado")
    at: str | None = field(default=None, name="FechaDate")
    icon: Code = field(default=None, name="Icono")
    office: str | None = field(default=None, name="Oficina")


class _Detail(Shape, frozen=True):
    number: str = field(name="MainCodigo")
    rows: list[_Row] = field(name="historial")


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"error"' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """The history, newest first. An error may mean an unknown number as well as one that expired: it is no answer.
    Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if answer.error:
        return refused("", "no history is shown", "rate_limited" if answer.max_limit else "refused")
    detail = decode(Body((answer.seguimiento or "").encode("utf-8", "replace")), _Detail)
    if not detail.rows:
        raise Unreadable("historial", "at least one row")
    parcel = Parcel(number=number_in(asked, detail.number), events=tuple(map(_event, detail.rows)))
    return told([concluded(parcel, newest_first=True)], [], asked)


def _event(row: _Row) -> Event:
    when = stamp(row.at, place="America/Santiago")
    return event(when, row.state, WORDS.of(row.state), code=plain(row.icon), place=row.office)


SOURCE = Source(
    id="correos_chile",
    name="Correos de Chile",
    access=Access.PASTE,
    evidence=Evidence.DOCUMENTED,
    hosts=("www.correos.cl",),
    readers=(Reader(name="seguimiento", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="Chile's wall clock, as far as is known",
    page="https://www.correos.cl/seguimiento-en-linea?codigos={number}",
    countries=("CL",),
)
