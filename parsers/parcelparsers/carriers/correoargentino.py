"""Correo Argentino (`POSTS_AND_COURIERS.md` §42), from a description: a piece of table behind its form."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import event, flat, in_utf8
from parcelparsers.carriers._spanish import WORDS
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Parcel, Reading
from parcelparsers.numbers import normalise

HOST = "www.correoargentino.com.ar"

_S10 = re.compile(r"([A-Z]{2})(\d{9})([A-Z]{2})")


def ask(asked: Asked) -> tuple[Request, ...]:
    """One POST a number: a postal number is split up, any other is asked for as e-commerce."""
    return tuple(
        Request(
            url=f"https://{HOST}/sites/all/modules/custom/ca_forms/api/wsFacade.php",
            method="POST",
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"https://{HOST}",
                "Referer": f"https://{HOST}/formularios/ondnc",
                "X-Requested-With": "XMLHttpRequest",
            },
            body=urlencode(_form(normalise(number))).encode(),
        )
        for number in asked.numbers
    )


def _form(number: str) -> dict[str, str]:
    if found := _S10.fullmatch(number):
        return {"action": "ondnc", "id": found[2], "producto": found[1], "pais": found[3]}
    return {"action": "ecommerce", "id": number}


def _fits(body: Body) -> bool:
    return not body.is_json and (b"<td" in body.data or b"No se encontraron resultados" in body.data)


def _read(body: Body, asked: Asked) -> Reading:
    """Rows of date, office, history and state, newest first; the rows are not closed. Raises `Unreadable`."""
    if b"No se encontraron resultados" in body.data:
        return nothing(asked)
    cells = [flat(cell.get_text(" ")) for cell in in_utf8(body).html("td").find_all("td")]
    starts = [n for n, cell in enumerate(cells) if re.match(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}", cell)]
    rows = [cells[at : at + 4] for at in starts if len(cells) - at >= 4]
    if not rows:
        raise Unreadable("rows", "a date, an office, a history and a state")
    parcel = Parcel(number=number_in(asked), events=tuple(map(_event, rows)))
    return told([concluded(parcel, newest_first=True)], [], asked)


def _event(cells: list[str]) -> Event:
    day, office, history, state = cells
    text = f"{history} ({state})" if state else history
    when = stamp(dated(day), place="America/Argentina/Buenos_Aires")
    return event(when, text, WORDS.of(state) or WORDS.of(history), place=office)


SOURCE = Source(
    id="correoargentino",
    name="Correo Argentino",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=(HOST,),
    readers=(Reader(name="wsFacade", fits=_fits, read=_read),),
    clock="Argentina's wall clock, as far as is known",
    page=f"https://{HOST}/formularios/ondnc",
    ask=ask,
    countries=("AR",),
)
