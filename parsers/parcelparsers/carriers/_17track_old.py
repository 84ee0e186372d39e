"""The old form of 17TRACK: the site until about 2020, v1 of the API, and the buyer's account
(`CHINA_AND_AGGREGATORS.md` §6 and §7).

`e` is the state, `z1` the events of the origin, `z2` those of the destination, `z0` repeats the newest; all times are
wall clocks without a zone.
"""

from __future__ import annotations

from typing import Any

from parcelparsers.body import Body
from parcelparsers.carriers._17track_codes import OLD, OLD_NOT_FOUND
from parcelparsers.carriers._aggregators import by_words, concluded, figure
from parcelparsers.carriers._answers import answer, blocked, tidy
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.source import Asked
from parcelparsers.typed import Shape, convert

_WALLS = {-11: "captcha", -13: "captcha", -14: "captcha", -8: "rate_limited", -6: "login"}


class _Row(Shape, frozen=True):
    a: str | None = None
    c: str | None = None
    d: str | None = None
    z: str | None = None


class Track(Shape, frozen=True):
    """One parcel in the old form."""

    e: int | None = None
    z0: _Row | None = None
    z1: list[_Row] | None = None
    z2: list[_Row] | None = None
    z9: list[_Row] | None = None


class _Entry(Shape, frozen=True):
    no: str
    track: Any = None


class _Answer(Shape, frozen=True):
    ret: int | None = None
    msg: str | None = None
    dat: list[_Entry] | None = None


class _Bought(Shape, frozen=True, rename={"number": "FTrackNo", "state": "FPackageState", "last": "FLastEvent"}):
    number: str
    state: int | None = None
    last: str | None = None


class _Account(Shape, frozen=True, rename={"json": "Json"}):
    json: list[_Bought] | None = None


def fits_site(body: Body) -> bool:
    """Whether this is the old site's answer."""
    return body.is_json and isinstance(body.json, dict) and ("dat" in body.json or "ret" in body.json)


def read_site(body: Body, asked: Asked) -> Reading:
    """The old site's answer: one entry a number, `track` null where nothing is known. Raises `Unreadable`."""
    found = convert(body.json, _Answer)
    if found.ret not in (None, 1):
        return blocked(_WALLS.get(found.ret or 0, "refused"), f"{found.ret} {found.msg or ''}")
    if found.dat is None:
        raise Unreadable("dat", "a list with one entry a number")
    read = [(tidy(entry.no), entry_parcel(tidy(entry.no), entry.track)) for entry in found.dat]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


def fits_account(body: Body) -> bool:
    """Whether this is an answer of the buyer's account."""
    return body.is_json and isinstance(body.json, dict) and "Code" in body.json


def read_account(body: Body, asked: Asked) -> Reading:
    """The list of an account: each number with its state and its newest event, JSON in a string."""
    raw: dict[str, Any] = body.json
    code = figure(raw.get("Code"))
    if code != 0:
        reason = _WALLS.get(code, "refused") if isinstance(code, int) else "refused"
        return blocked(reason, f"{code} {raw.get('Message') or ''}")
    listed = convert(raw, _Account).json
    if listed is None:
        raise Unreadable("Json", "a list of parcels")
    read = [(tidy(each.number), _bought(each)) for each in listed]
    return answer([p for _, p in read if p], [n for n, p in read if not p], asked)


def _bought(each: _Bought) -> Parcel | None:
    last = _last(each.last)
    return old_parcel(tidy(each.number), Track(e=each.state, z0=last))


def _last(text: str | None) -> _Row | None:
    return convert(Body(text.encode("utf-8", "replace")).json, _Row, "FLastEvent") if text else None


def entry_parcel(number: str, track: Any) -> Parcel | None:
    """One parcel of its `track`, None where that is null. Raises `Unreadable`."""
    return None if track is None else old_parcel(number, convert(track, Track, f"track of {number}"))


def old_parcel(number: str, track: Track) -> Parcel | None:
    """One parcel, None where nothing is known. Raises `Unreadable` where a parcel under way has no events."""
    rows = [*(track.z1 or []), *(track.z2 or []), *(track.z9 or [])] or [r for r in (track.z0,) if r]
    own, leg = OLD.get(track.e or 0, (None, Leg.ANNOUNCED))
    if not rows:
        if track.e == OLD_NOT_FOUND:
            return None
        if own is State.EXPIRED:
            return Parcel(number=number, state=own)
        raise Unreadable(f"events of {number}", f"a history beside the state {track.e}")
    unknown = (str(track.e),) if track.e and own is None else ()
    events = tuple(_event(row, own) for row in rows)
    return concluded(Parcel(number=number, unknown_codes=unknown, events=events), own, leg, newest_first=True)


def _event(row: _Row, own: State | None) -> Event:
    when = stamp(row.a)
    text = (row.z or "")[:500]
    state, leg = by_words(text, own)
    return event(when, text, Meaning(state, leg), place=" ".join(filter(None, (row.c, row.d))))
