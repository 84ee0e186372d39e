"""A parcel made of the events that a shop's page lists: order, decisive state, leg, flags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from parcelparsers.model import Eta, Event, Flag, Leg, Parcel, State

_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?=[A-Z0-9-]*\d{3})[A-Z0-9][A-Z0-9-]{6,38}[A-Z0-9](?![A-Za-z0-9])")
_NOWHEN = datetime.min.replace(tzinfo=UTC)


def tracking_number(text: object) -> str:
    """The tracking number in a text (capital letters and digits, 8 to 40), empty where there is none."""
    found = _NUMBER.search(text.strip().upper()[:200]) if isinstance(text, str) else None
    return found[0] if found else ""


def epoch(value: object) -> datetime | None:
    """An instant given in ms since 1970, as number or text, from 2005 on; None for anything else."""
    digits = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"1[0-9]{12}|2[0-9]{12}", digits):
        return None
    at = datetime.fromtimestamp(int(digits[:10]), UTC) + timedelta(milliseconds=int(digits[10:]))
    return at if at.year >= 2005 else None


def make(
    number: str,
    newest_first: Sequence[Event],
    *,
    aliases: Sequence[str] = (),
    eta: tuple[date, date] | None = None,
    service_line: str | None = None,
    last_mile: str | None = None,
    unknown_codes: Sequence[str] = (),
) -> Parcel:
    """A parcel from events in the order of the page (newest first). They are put oldest first by their instants; of
    equal instants the page's order holds. The newest event that names a state decides."""
    events = list(reversed(newest_first))
    events.sort(key=lambda e: e.at or _NOWHEN)
    deciding = next((e.state for e in reversed(events) if e.state and not e.advisory), None)
    others = [a for a in dict.fromkeys(aliases) if a and a != number]
    flags = [Flag.TIME_UNCERTAIN] if any(e.uncertain_hours for e in events) else []
    return Parcel(
        number=number,
        state=deciding,
        leg=max((e.leg for e in events), default=Leg.ANNOUNCED),
        aliases=tuple(others),
        flags=tuple([*flags, Flag.HANDOFF_NUMBER] if others else flags),
        eta=Eta(earliest=eta[0].isoformat(), latest=eta[1].isoformat()) if eta else None,
        service_line=service_line or None,
        last_mile=last_mile or None,
        unknown_codes=tuple(dict.fromkeys(unknown_codes)),
        events=tuple(events),
    )


_WORDS = (
    (State.DELIVERED, Leg.FINAL, r"\bdelivered\b(?! to (?:air|the (?:air|carrier)))|\bsigned\b|package received by"),
    (State.OUT_FOR_DELIVERY, Leg.LOCAL, r"out for delivery"),
    (State.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"ready for (?:pick|collection)|awaiting pick|pickup point"),
    (State.IN_TRANSIT, Leg.CLEARED, r"import customs clearance complete|leaving customs"),
    (State.IN_TRANSIT, Leg.ARRIVED, r"arrived at (?:local|destination)|arrived in destination|import customs"),
    (State.IN_TRANSIT, Leg.LINE_HAUL, r"awaiting flight|leaving origin|departed (?:from )?(?:departure )?country"),
    (State.IN_TRANSIT, Leg.ORIGIN, r"sorting center of origin|export customs"),
    (State.IN_TRANSIT, Leg.ACCEPTED, r"collected by|received by (?:the )?(?:carrier|logist)|in transit|depart|arriv"),
    (State.INFO_RECEIVED, Leg.ANNOUNCED, r"being prepared|order (?:created|placed)|order's been created"),
)  # fmt: skip
_REFUSED = re.compile(r"\bnot (?:been )?delivered|undelivered|delivery (?:attempt )?failed|unsuccessful", re.I)
_PATTERNS = tuple((state, leg, re.compile(pattern, re.I)) for state, leg, pattern in _WORDS)


def by_words(text: str) -> tuple[State | None, Leg]:
    """State and leg of an English tracking sentence that came without a code; no state where the words tell none."""
    plain = text[:300]
    if _REFUSED.search(plain):
        return State.DELIVERY_FAILED, Leg.LOCAL
    return next(((s, leg) for s, leg, p in _PATTERNS if p.search(plain)), (None, Leg.ANNOUNCED))
