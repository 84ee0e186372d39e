"""YunExpress, YunTrack (`CHINA_AND_AGGREGATORS.md` §17): the data that the page loads for itself, signed by its
own script behind a firewall, so that only the user's browser can ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import answer, blocked, others, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_STATUSES = {50: Meaning(State.DELIVERED, Leg.FINAL)}
"""The only status number that is described; 60 stands beside a parcel in customs, 0 beside an unknown one."""
_PLACE = "----"
"""Stands between the words of a row and its place."""


class _Pascal(Shape, frozen=True, rename="pascal"):
    pass


class _Row(_Pascal, frozen=True):
    process_date: str | None = None
    process_content: str | None = None
    process_location: str | None = None
    gmt_process_timezone: str | None = None


class _Info(_Pascal, frozen=True):
    waybill_number: str | None = None
    tracking_number: str | None = None
    origin_country_code: str | None = None
    destination_country_code: str | None = None
    last_track_event: _Row | None = None
    track_event_details: list[_Row] | None = None


class _Group(_Pascal, frozen=True):
    process_detail_list: list[_Row] | None = None


class _Data(_Pascal, frozen=True):
    process_group_list: list[_Group] | None = None


class _Entry(_Pascal, frozen=True):
    id: str
    status: int | None = None
    track_info: _Info | None = None
    track_data: _Data | None = None


class _Answer(_Pascal, frozen=True):
    result_list: list[_Entry] | None = None
    message: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(
        Request(url=f"https://www.yuntrack.com/parcelTracking?id={normalise(number)}") for number in asked.numbers
    )


def _read(body: Body, asked: Asked) -> Reading:
    """The entries of `Track/Query`. Raises `Unreadable`."""
    told = decode(body, _Answer)
    if told.result_list is None:
        return blocked("refused", told.message)
    found = [(entry, tuple(_rows(entry))) for entry in told.result_list]
    missing = [tidy(entry.id) for entry, rows in found if not rows and not entry.status]
    return answer([_parcel(e, rows, asked) for e, rows in found if rows or e.status], missing, asked)


def _rows(entry: _Entry) -> Iterator[_Row]:
    """The dated rows; the flat list and the newest row where the groups are not there."""
    groups = (entry.track_data and entry.track_data.process_group_list) or ()
    grouped = [row for group in groups for row in group.process_detail_list or ()]
    if grouped:
        yield from grouped
        return
    info = entry.track_info or _Info()
    listed = [row for row in info.track_event_details or () if row.process_date]
    newest = info.last_track_event
    yield from listed or ([newest] if newest and newest.process_content else ())


def _parcel(entry: _Entry, rows: tuple[_Row, ...], asked: Asked) -> Parcel:
    info = entry.track_info or _Info()
    own = tidy(info.waybill_number) or tidy(entry.id)
    last_mile = tidy(info.tracking_number)
    number = next((n for n in (own, last_mile, tidy(entry.id)) if n in asked.numbers), own)
    if not rows:
        raise Unreadable(f"entry of {number}", "events")
    return concluded(
        Parcel(
            number=number,
            aliases=others(number, last_mile, own),
            flags=(Flag.HANDOFF_NUMBER,) if last_mile and last_mile != own else (),
            origin=info.origin_country_code or None,
            destination=info.destination_country_code or None,
            events=tuple(_event(row, info.last_track_event) for row in rows),
        ),
        _STATUSES.get(entry.status or 0),
        newest_first=True,
        wall_clock=True,
    )


def _event(row: _Row, newest: _Row | None) -> Event:
    text, _, place = flat(row.process_content).partition(_PLACE)
    place = place or flat(row.process_location)
    same = newest is not None and newest.process_date == row.process_date
    return event(_when(row, newest if same else None), text, meaning(text), place=place)


def _when(row: _Row, newest: _Row | None) -> Stamp:
    """The wall clock of the place; only the newest row has its zone beside it."""
    return stamp(row.process_date, row.gmt_process_timezone or (newest.gmt_process_timezone if newest else None))


SOURCE = Source(
    id="yunexpress",
    name="YunExpress",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("www.yuntrack.com", "services.yuntrack.com"),
    readers=(
        Reader(name="Track/Query", fits=lambda b: b.is_json and b'"ResultList"' in b.data, read=_read),
        PAGE_FOR_DATA,
    ),
    clock="the wall clock of the place; only the newest event has its zone beside it",
    page="https://www.yuntrack.com/parcelTracking?id={number}",
    ask=ask,
)
