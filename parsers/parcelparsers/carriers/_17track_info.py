"""`track_info` of 17TRACK, the form that the paid API, its webhooks and today's site share
(`CHINA_AND_AGGREGATORS.md` §6 and §8).

The API prints the carrier's clock (`time_iso`, else `time_raw` without a zone), the site `time_utc`; offsets of either
may be false: `+08:00` is given for scans in Spain, `+01:00` for Hamburg in September.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from parcelparsers.carriers._17track_codes import CUSTOMS, FLAGS, NOT_FOUND, known, meaning
from parcelparsers.carriers._aggregators import FALSE_ZONES, Snake, Told, concluded, told
from parcelparsers.carriers._answers import others
from parcelparsers.carriers._printed_dates import between
from parcelparsers.carriers._rows import event
from parcelparsers.clock import NOT_PRINTED, Stamp, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Parcel, State
from parcelparsers.timeline import in_order
from parcelparsers.typed import Shape, convert, replace

_SUMMER_TIME = 1.0
_BEIJING = re.compile(r"\+08:?00\s*\Z")


class _Raw(Snake, frozen=True):
    date: str | None = None
    time: str | None = None
    timezone: str | None = None


class _Place(Snake, frozen=True):
    country: str | None = None


class _Translation(Snake, frozen=True):
    description: str | None = None


class Row(Snake, frozen=True):
    """One event."""

    time_iso: str | None = None
    time_utc: str | None = None
    time_raw: _Raw | None = None
    description: str | None = None
    description_translation: _Translation | None = None
    location: str | None = None
    stage: str | None = None
    sub_status: str | None = None
    address: _Place | None = None


class _Provider(Snake, frozen=True):
    events: list[Row] | None = None


class _Tracking(Snake, frozen=True):
    providers: list[_Provider] | None = None


class _Status(Snake, frozen=True):
    status: str | None = None
    sub_status: str | None = None


class _Shipping(Snake, frozen=True):
    shipper_address: _Place | None = None
    recipient_address: _Place | None = None


class _Forecast(Shape, frozen=True, rename={"since": "from"}):
    since: str | None = None
    to: str | None = None


class _Metrics(Snake, frozen=True):
    estimated_delivery_date: _Forecast | None = None


class _Misc(Snake, frozen=True):
    service_type: str | None = None
    local_number: str | None = None
    local_provider: str | None = None


class _Info(Snake, frozen=True):
    """What is read of one parcel; addresses and persons are not."""

    tracking: Any = None
    latest_status: _Status | None = None
    latest_event: Row | None = None
    shipping_info: _Shipping | None = None
    time_metrics: _Metrics | None = None
    misc_info: _Misc | None = None


class _Way(NamedTuple):
    """From which country to which."""

    origin: str | None
    destination: str | None


def parcel(number: str, raw: Any, *, site: bool = False) -> Parcel | None:
    """The parcel, None where 17TRACK has nothing of it. `site`: the answer is the site's, not the API's.

    Raises `Unreadable` where a parcel under way has no events, or where these changed their shape.
    """
    info = convert(raw, _Info, f"track_info of {number}")
    latest = info.latest_status or _Status()
    rows = [row for each in _providers(info) for row in each.events or []]
    rows = rows or ([info.latest_event] if info.latest_event and info.latest_event.description else [])
    if not rows:
        return _without_events(number, latest)
    own, leg = meaning(latest.sub_status, latest.status)
    way = _way(info)
    said = [_told(row, way) for row in rows]
    events = _preclearance(in_order(map(_event, rows, said, [site] * len(rows)), newest_first=True))
    aliases = others(number, info.misc_info.local_number if info.misc_info else None)
    found = Parcel(
        number=number,
        aliases=aliases,
        flags=_flags(latest, said, aliases),
        eta=_eta(info) if own is not State.DELIVERED else None,
        service_line=(info.misc_info.service_type or None) if info.misc_info else None,
        origin=way.origin,
        destination=way.destination,
        last_mile=(info.misc_info.local_provider or None) if info.misc_info and aliases else None,
        unknown_codes=_unknown(latest, rows),
        events=events,
    )
    return concluded(found, own, leg if own is not State.IN_TRANSIT else Leg.ACCEPTED, newest_first=False)


def _providers(info: _Info) -> list[_Provider]:
    if info.tracking is None:
        return []
    return convert(info.tracking, _Tracking, "track_info.tracking").providers or []


def _without_events(number: str, latest: _Status) -> Parcel | None:
    own, _ = meaning(latest.sub_status, latest.status)
    if own is None and (latest.status or NOT_FOUND).startswith(NOT_FOUND):
        return None
    if own in (State.INFO_RECEIVED, State.EXPIRED):
        return Parcel(number=number, state=own)
    raise Unreadable(f"events of {number}", f"a history beside the status {(latest.status or '')[:40]!r}")


def _way(info: _Info) -> _Way:
    ship = info.shipping_info or _Shipping()
    origin = ship.shipper_address.country if ship.shipper_address else None
    destination = ship.recipient_address.country if ship.recipient_address else None
    return _Way(origin or None, destination or None)


def _told(row: Row, way: _Way) -> Told:
    state, leg = meaning(row.sub_status, row.stage)
    free = row.description or ""
    translated = (row.description_translation.description if row.description_translation else None) or ""
    said = told(state, leg, *dict.fromkeys((translated[:500], free[:500])))
    if said.state is State.IN_TRANSIT and _abroad(row, way):
        return said._replace(leg=max(said.leg, Leg.ARRIVED))
    return said


def _abroad(row: Row, way: _Way) -> bool:
    """Whether the scan was made in the country of destination of a parcel from another one."""
    if not way.destination or way.destination == way.origin:
        return False
    country = row.address.country if row.address else None
    return country == way.destination or (row.location or "").startswith(f"{way.destination} ")


def _event(row: Row, said: Told, site: bool) -> Event:
    when = _when(row, site)
    return event(when, row.description, said.meaning, code=row.sub_status or row.stage, place=row.location)


def _when(row: Row, site: bool) -> Stamp:
    raw = row.time_raw or _Raw()
    offset = raw.timezone or row.time_iso or ""
    spread = FALSE_ZONES if not offset or _BEIJING.search(offset) else _SUMMER_TIME
    printed = (row.time_utc, row.time_iso) if site else (row.time_iso, None)
    if text := next(filter(None, printed), None):
        return stamp(text, uncertain=spread)
    if raw.date:
        text = f"{raw.date} {raw.time}" if raw.time else raw.date
        return stamp(text, raw.timezone, uncertain=spread)
    return stamp(row.time_utc, uncertain=spread) if row.time_utc else NOT_PRINTED


def _preclearance(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Customs codes do not say whose customs: before a scan on or past the line they are those of the origin."""
    kept, past = [], False
    for each in events:
        if each.code in CUSTOMS and not past:
            each = replace(each, leg=min(each.leg, Leg.ORIGIN))
        past = past or each.leg >= Leg.LINE_HAUL
        kept.append(each)
    return tuple(kept)


def _flags(latest: _Status, said: list[Told], aliases: tuple[str, ...]) -> tuple[Flag, ...]:
    flags = [FLAGS[latest.sub_status]] if latest.sub_status in FLAGS else []
    if not all(each.agreed for each in said):
        flags.append(Flag.CODE_AND_WORDING_DISAGREE)
    return (*flags, Flag.HANDOFF_NUMBER) if aliases else tuple(flags)


def _unknown(latest: _Status, rows: list[Row]) -> tuple[str, ...]:
    codes = [latest.status, latest.sub_status, *(code for row in rows for code in (row.sub_status, row.stage))]
    return tuple(dict.fromkeys(code[:80] for code in codes if code and not known(code)))


def _eta(info: _Info) -> Eta | None:
    forecast = info.time_metrics.estimated_delivery_date if info.time_metrics else None
    return between(stamp(forecast.since), stamp(forecast.to)) if forecast else None
