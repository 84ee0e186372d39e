"""17TRACK: the paid API v2.2 / v2.4 (asked with the user's key), its webhooks, the site and the account
(`CHINA_AND_AGGREGATORS.md` §6 to §8, `STATUSES.md` §3).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Request, Source
from parcelparsers.carriers._17track_info import parcel
from parcelparsers.carriers._17track_old import entry_parcel, fits_account, fits_site, read_account, read_site
from parcelparsers.carriers._aggregators import Snake
from parcelparsers.carriers._answers import answer, blocked, nothing, tidy
from parcelparsers.errors import Unreadable
from parcelparsers.model import Parcel
from parcelparsers.numbers import normalise
from parcelparsers.typed import convert
from parcelparsers.walls import PAGE_FOR_DATA

BATCH = 40
"""Numbers in one call, the API's own limit."""

_NOTHING = (-18010012, -18019902, -18019903, -18019909)
"""Malformed, not registered, no carrier for it, no tracking information: 17TRACK has nothing of this number."""
_REGISTERED = -18019901
"""Said of a number that is registered again: it costs nothing and tells nothing."""
_REFUSED = {
    429: "rate_limited",
    -18010001: "login",
    -18010002: "login",
    -18010004: "login",
    -18010005: "login",
    -18019907: "quota",
    -18019908: "quota",
}
_SITE_REFUSED = {-11: "captcha", -13: "captcha", -14: "captcha", -10: "refused", 429: "rate_limited"}
_SITE_OK = 200
_SITE_WAIT = {100: "still_asking", 400: "unavailable"}


class _Error(Snake, frozen=True):
    code: int | None = None
    message: str | None = None


class _Accepted(Snake, frozen=True):
    number: str
    track_info: Any = None
    track: Any = None


class _Rejected(Snake, frozen=True):
    error: _Error
    number: str | None = None


class _Data(Snake, frozen=True):
    accepted: list[_Accepted] | None = None
    rejected: list[_Rejected] | None = None
    errors: list[_Error] | None = None


class _Answer(Snake, frozen=True):
    code: int
    data: _Data | None = None


class _Shipment(Snake, frozen=True):
    number: str
    code: int | None = None
    shipment: Any = None


class _Meta(Snake, frozen=True):
    code: int | None = None
    message: str | None = None


class _Site(Snake, frozen=True):
    meta: _Meta | None = None
    shipments: list[_Shipment] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """What is known, then a registration of the same numbers: a new one is known some minutes after it.

    A number that is registered already costs no quota again and is only said to be so.
    """
    groups = [asked.numbers[i : i + BATCH] for i in range(0, len(asked.numbers), BATCH)]
    return tuple(_request(method, group) for group in groups for method in ("gettrackinfo", "register"))


def _request(method: str, numbers: tuple[str, ...]) -> Request:
    return Request(
        url=f"https://api.17track.net/track/v2.4/{method}",
        method="POST",
        headers={"17token": "{key}", "Content-Type": "application/json"},
        body=json.dumps([{"number": normalise(number)} for number in numbers]).encode(),
    )


def _object(body: Body) -> dict[str, Any]:
    return body.json if body.is_json and isinstance(body.json, dict) else {}


def _fits_api(body: Body) -> bool:
    whole = _object(body)
    return "code" in whole and "shipments" not in whole and "meta" not in whole


def _read_api(body: Body, asked: Asked) -> Reading:
    """The answer of `gettrackinfo` or `register`: accepted and rejected numbers. Raises `Unreadable`."""
    found = convert(body.json, _Answer)
    data = found.data or _Data()
    if faults := [e for e in data.errors or [] if e.code not in _NOTHING]:
        return blocked(_REFUSED.get(faults[0].code or 0, "refused"), f"{faults[0].code} {faults[0].message or ''}")
    if found.code != 0:
        return blocked(_REFUSED.get(found.code, "refused"), found.code)
    if data.accepted is None and data.rejected is None:
        raise Unreadable("data", "accepted and rejected numbers")
    return _numbers(data.accepted or [], data.rejected or [], asked)


def _numbers(accepted: list[_Accepted], rejected: list[_Rejected], asked: Asked) -> Reading:
    read = [(tidy(entry.number), _parcel(entry)) for entry in accepted]
    silent = [tidy(r.number) for r in rejected if r.error.code in (*_NOTHING, _REGISTERED)]
    refused = [r.error for r in rejected if r.error.code not in (*_NOTHING, _REGISTERED)]
    if refused and not any(p for _, p in read):
        return blocked(_REFUSED.get(refused[0].code or 0, "refused"), f"{refused[0].code} {refused[0].message or ''}")
    if silent and not any(silent) and not accepted:
        return nothing(asked)
    return answer([p for _, p in read if p], [*(n for n, p in read if not p), *filter(None, silent)], asked)


def _parcel(entry: _Accepted) -> Parcel | None:
    number = tidy(entry.number)
    if entry.track_info is None:
        return entry_parcel(number, entry.track)
    return parcel(number, entry.track_info)


def _fits_webhook(body: Body) -> bool:
    whole = _object(body)
    return "event" in whole and isinstance(whole.get("data"), dict)


def _read_webhook(body: Body, asked: Asked) -> Reading:
    """`TRACKING_UPDATED` or `TRACKING_STOPPED`: one accepted entry. Raises `Unreadable`."""
    return _numbers([convert(_object(body)["data"], _Accepted, "data")], [], asked)


def _fits_site(body: Body) -> bool:
    whole = _object(body)
    return "shipments" in whole or "meta" in whole


def _read_site(body: Body, asked: Asked) -> Reading:
    """The site's answer: shipments, each with a code of its own. Raises `Unreadable`."""
    found = convert(body.json, _Site)
    code = found.meta.code if found.meta else None
    if code not in (None, _SITE_OK):
        said = found.meta.message if found.meta else ""
        return blocked(_SITE_REFUSED.get(code or 0, "refused"), f"{code} {said or ''}")
    if found.shipments is None:
        raise Unreadable("shipments", "a list with one entry a number")
    told = [s for s in found.shipments if s.code in (None, _SITE_OK)]
    if not told and found.shipments:
        waiting = found.shipments[0].code or 0
        return blocked(_SITE_WAIT.get(waiting) or _SITE_REFUSED.get(waiting, "refused"), waiting)
    read = [(tidy(s.number), parcel(tidy(s.number), s.shipment, site=True)) for s in told]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


SOURCE = Source(
    id="17track",
    name="17TRACK",
    access=Access.KEY,
    evidence=Evidence.CAPTURED,
    hosts=("api.17track.net", "t.17track.net"),
    readers=(
        Reader(name="site", fits=_fits_site, read=_read_site),
        Reader(name="webhook", fits=_fits_webhook, read=_read_webhook),
        Reader(name="api", fits=_fits_api, read=_read_api),
        Reader(name="old site", fits=fits_site, read=read_site),
        Reader(name="account", fits=fits_account, read=read_account),
        PAGE_FOR_DATA,
    ),
    clock="the carrier's wall clock with an offset that may be false (always doubted at +08:00), or no zone at all",
    page="https://t.17track.net/en#nums={number}",
    ask=ask,
    floor=timedelta(hours=6),
    batch=BATCH,
)
