"""The pages of Correios for people: the list of 2013 to 2016, the page of 2020, and a mirror of 2022
(`POSTS_AND_COURIERS.md` §13). They print wordings, no codes; the newest event stands first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.carriers._answers import number_in, refused, told
from parcelparsers.carriers._correios_codes import SPREAD, ZONE, line, parcel_of
from parcelparsers.carriers._printed_dates import dated
from parcelparsers.carriers._rows import flat, in_utf8
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Reading
from parcelparsers.source import Asked, Reader

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

NOTHING = re.compile(
    r"n[ãa]o (?:foi )?encontrad|n[ãa]o (?:foi )?localizad|n[ãa]o (?:possui|h[áa]|existe)|aguardando (?:a )?postagem"
    r"|inv[áa]lid|n[ãa]o est[áa] dispon[íi]vel no momento|verifique se o c[óo]digo",
    re.I,
)
"""Words with which the answers say that they know nothing of a number."""
_S10 = re.compile(r"\b[A-Z]{2}\d{9}[A-Z]{2}\b")
_DATED = re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}")
_PLACE = re.compile(r"(?:Local|Origem)\s*:\s*(.+)", re.I | re.S)


def _marked(*marks: bytes) -> Callable[[Body], bool]:
    def fits(body: Body) -> bool:
        return not body.is_json and any(mark in body.data for mark in marks)

    return fits


def _texts(tags: list[Tag]) -> list[str]:
    return [flat(tag.get_text(" ")) for tag in tags]


def _event(when: str, text: str, place: str) -> Event:
    moment = stamp(dated(when), place=ZONE, uncertain=SPREAD)
    return line(moment, text, place=re.sub(r"\s*/\s*$", "", place))


def _answer(events: list[Event], heading: str, said: str, asked: Asked) -> Reading:
    """Events, or what the page says instead of them. Raises `Unreadable`."""
    found = _S10.search(heading)
    if events:
        return told([parcel_of(number_in(asked, found and found[0]), events, newest_first=True)], [], asked)
    if NOTHING.search(said):
        return told([], [found[0] if found else ""], asked)
    if said:
        return refused("", said)
    raise Unreadable("page", "events, or a word that there are none")


def _read_list(body: Body, asked: Asked) -> Reading:
    """2013 to 2016: a table of date, place and wording; an empty one where nothing is known. Raises `Unreadable`."""
    page = in_utf8(body).html("table", "p")
    heading = " ".join(_texts(page.find_all("p", limit=5)))
    events = list(_listed(page))
    return _answer(events, heading, "" if events else f"{heading} não há dados", asked)


def _listed(page: BeautifulSoup) -> Iterator[Event]:
    """A row with a date and two more cells is an event; a row below it with one cell says where it was sent."""
    for row in page.find_all("tr"):
        cells = _texts(row.find_all("td"))
        if len(cells) >= 3 and _DATED.search(cells[0]):
            yield _event(cells[0], cells[2], cells[1])


def _read_2020(body: Body, asked: Asked) -> Reading:
    """2020: `table.listEvent`, a cell with date, time and place beside one with the wording; or an alert.

    Raises `Unreadable`.
    """
    page = in_utf8(body).html("div", "table")
    rows = page.select("table.listEvent tr")
    events = [each for row in rows if (each := _row_2020(row))]
    heading = " ".join(_texts(page.select(".codSro, .tituloimagem", limit=5)))
    said = " ".join(_texts(page.select(".info.alert, .info.erro, .msg .alert", limit=3)))
    return _answer(events, heading, said, asked)


def _row_2020(row: Tag) -> Event | None:
    when, what = row.select_one(".sroDtEvent"), row.select_one(".sroLbEvent")
    if when is None or what is None:
        return None
    parts = [flat(part) for part in when.stripped_strings]
    strong = what.find("strong")
    text = strong.get_text(" ") if strong else next(what.stripped_strings, "")
    return _event(" ".join(parts[:2]), flat(text), " ".join(parts[2:]))


def _read_mirror(body: Body, asked: Asked) -> Reading:
    """The mirror: a list a scan, the newest one a second time at the head of the page. Raises `Unreadable`."""
    page = in_utf8(body).html("div", "h1")
    heading = " ".join(_texts(page.find_all("h1", limit=3)))
    lists = page.select("ul.linha_status")
    history = [each for each in lists if each.find_parent(class_="card-header") is None]
    events = [_mirrored(each) for each in history or lists]
    said = "" if events else " ".join(_texts(page.select(".col-lg-8 p", limit=5)))
    return _answer(events, heading, said, asked)


def _mirrored(scan: Tag) -> Event:
    lines = _texts(scan.find_all("li"))
    text = next((x.partition(":")[2].strip() for x in lines if x.lower().startswith("status")), "")
    when = next((x for x in lines if _DATED.search(x)), "")
    place = next((found[1] for x in lines if (found := _PLACE.match(x))), "")
    return _event(when, text, place)


PAGES = (
    Reader(name="list of 2016", fits=_marked(b"SRO - Internet", b"Historico do Objeto"), read=_read_list),
    Reader(name="mirror", fits=_marked(b"linkcorreios", b"linha_status"), read=_read_mirror),
    Reader(name="page of 2020", fits=_marked(b"listEvent", b"sroForm", b"sistemas/rastreamento"), read=_read_2020),
)
