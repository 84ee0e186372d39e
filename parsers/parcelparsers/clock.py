"""Printed times to instants: a wall clock, the zone label beside it, and how far the instant may be off.

Rules: `POSTS_AND_COURIERS.md` §0.4 (who prints whose clock), `CHINA_AND_AGGREGATORS.md` §0 (false zones).
A date that was not printed gives no instant, nor does one that cannot be read: a row costs no other row.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import msgspec

from parcelparsers.errors import Unreadable

ANYWHERE = 14.0
"""Hours that a wall clock without a zone, read as UTC, may be off: the earth's zones run from -12 to +14."""

_LABEL = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_NAMED = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}", re.ASCII)
_PRINTED = re.compile(
    r"(\d{4})([-/.]?)(\d\d?)\2(\d\d?)(?:[T ]+(\d\d?):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?(?:\s?([AP])M)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII | re.I,
)


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """A printed time: `local_time` `YYYY-MM-DD[THH:MM[:SS]]`, the instant (UTC), the label, hours it may be
    off.
    """

    local_time: str
    at: datetime | None
    zone: str | None
    uncertain_hours: float


NOT_PRINTED = Stamp("", None, None, 0.0)
UNREAD = Stamp("", None, None, ANYWHERE)
"""A time that was printed in a form that is not known: no instant, and anywhere."""


def usable(label: str | None) -> str | None:
    """The label where it names a zone, else None: a strange label is no worse than none."""
    try:
        return label if label and zone(label) else None
    except Unreadable:
        return None


@lru_cache(maxsize=512)
def fixed(label: str) -> timedelta | None:
    """The offset of a label, None where it names no zone or one whose offset changes. Raises `Unreadable`."""
    where = zone(label)
    return where.utcoffset(None) if isinstance(where, timezone) else None


def instant(text: str, offset: timedelta) -> datetime | None:
    """The instant (UTC) of a wall clock `YYYY-MM-DD( |T)HH:MM:SS`, None where it is none or of another form."""
    if len(text) != 19 or text[4] != "-" or text[7] != "-" or text[10] not in "T ":
        return None
    try:
        return datetime.fromisoformat(text + "Z") - offset
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=512)
def zone(label: str) -> tzinfo | None:
    """The zone of a label: `GMT+8`, `GMT+5:30`, `UTC`, `Z`, `+02:00`, `+2`, an IANA name; None where empty.

    Raises `Unreadable` for anything else.
    """
    text = label.strip()
    if not text:
        return None
    if text.upper() in ("GMT", "UTC", "Z"):
        return UTC
    if found := _LABEL.fullmatch(text.upper()):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes <= ANYWHERE * 60:
            return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    if _NAMED.fullmatch(text):
        return _named(text)
    raise Unreadable("time zone", f"a label such as GMT+8 or an IANA name, not {text[:40]!r}")


def _named(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Unreadable("time zone", f"an IANA name, not {name[:40]!r}") from None


def stamp(text: str | None, label: str | None = None, *, place: str = "", uncertain: float = 0.0) -> Stamp:
    """A printed time `YYYY-MM-DD[( |T)HH:MM[:SS[.f]]][offset]` as an instant.

    The offset in the text counts first, then `label` as printed beside it, then `place` (the zone that the
    source is known to print in, an IANA name or a label). Without any of them the wall clock is read as UTC
    and may be off by `ANYWHERE`. `uncertain`: the hours that this source's times may be off at the least. A
    day without a time is its noon, 12 hours more uncertain. A label that names no zone counts as none. Nothing
    printed gives `NOT_PRINTED`, anything else `UNREAD`.
    """
    if not text or not text.strip():
        return NOT_PRINTED
    label = usable(label)
    offset = fixed(label or place)
    if offset is not None and (at := instant(text, offset)):
        return Stamp(text.replace(" ", "T"), at, label, uncertain)
    try:
        return _stamp(text, label, place, uncertain)
    except (ValueError, OverflowError):
        return UNREAD


def _stamp(text: str, label: str | None, place: str, uncertain: float) -> Stamp:
    local, offset = _split(text)
    where = zone(offset) if offset else zone(label or "") or zone(place)
    naive = datetime.fromisoformat(local)
    at, spread = _instant(naive if len(local) > 10 else naive.replace(hour=12), where)
    spread = max(uncertain, spread) + (12.0 if len(local) == 10 else 0.0)
    return Stamp(local, at, offset or label or None, spread)


def _split(text: str) -> tuple[str, str]:
    """The wall clock in the form `YYYY-MM-DD[THH:MM[:SS]]`, and the offset. Raises `Unreadable`."""
    found = _PRINTED.fullmatch(text.strip())
    if not found or (not found[2] and len(found[3] + found[4]) < 4):
        raise Unreadable("time", f"YYYY-MM-DD HH:MM:SS, not {text[:40]!r}")
    year, _, month, day, hour, minute, second, half, offset = found.groups()
    local = f"{year}-{month:0>2}-{day:0>2}"
    if hour:
        full = int(hour) % 12 + (12 if half in "Pp" else 0) if half else int(hour)
        local += f"T{full:02}:{minute}" + (f":{second}" if second else "")
    return local, (offset or "").upper()


def _instant(naive: datetime, where: tzinfo | None) -> tuple[datetime, float]:
    """The instant of a wall clock and how far it may be off: by the shift where an hour comes twice or
    never.
    """
    if where is None:
        return naive.replace(tzinfo=UTC), ANYWHERE
    first = naive.replace(tzinfo=where).astimezone(UTC)
    if isinstance(where, timezone):
        return first, 0.0
    second = naive.replace(tzinfo=where, fold=1).astimezone(UTC)
    return min(first, second), abs((second - first).total_seconds()) / 3600


def epoch(value: object, label: str | None = None, *, uncertain: float = 0.0) -> Stamp:
    """Seconds or milliseconds since 1970 (told apart by their size; digits in a string too) as an instant.

    The wall clock is written in the zone of `label`, UTC without one. Anything else gives `UNREAD`.
    """
    if value is None or value == "":
        return NOT_PRINTED
    label = usable(label)
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        number = float(value)
        at = datetime.fromtimestamp(number / 1000 if abs(number) >= 1e11 else number, UTC)
        local = at.astimezone((zone(label) if label else None) or UTC)
    except (ValueError, OverflowError, OSError):
        return UNREAD
    return Stamp(local.isoformat()[:19], at, label or None, uncertain)
