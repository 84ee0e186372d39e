"""Published disruptions: which of them concern an order now. They explain why a parcel is late; no date moves for them.

Data: `policies/advisories.toml`, checked here as values. Source of the shape: `POLICIES.md` §5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from msgspec.structs import replace

from parcelwarden.domain.anchors import ANYWHERE
from parcelwarden.domain.model import Advisory, Facts, Reason, Verdict, VerdictCode
from parcelwarden.domain.moment import DAY, When
from parcelwarden.domain.policy.days import beginning_day, end_day, start_of
from parcelwarden.domain.policy.rules import country_codes
from parcelwarden.domain.policy.table import Table
from parcelwarden.domain.verdict.lines import line_key

KINDS = frozenset({"delay", "suspended", "held", "contactless", "returns"})
"""In the order in which one is named where several run: what stops a parcel before what slows it."""
RANK = ("suspended", "held", "delay", "returns", "contactless")
MOST_DAYS = 365


def advisories_for(facts: Facts, now: datetime, advisories: Sequence[Advisory]) -> tuple[Advisory, ...]:
    """Those that run at `now` (aware) and concern this order, what stops a parcel first. An unknown country or line is
    in no list; an order whose shipping date is unknown is concerned."""
    found = [one for one in advisories if _runs(one, now) and _concerns(one, facts)]
    return tuple(sorted(found, key=lambda one: (RANK.index(one.kind), one.id)))


def next_turn(facts: Facts, now: datetime, advisories: Sequence[Advisory]) -> datetime | None:
    """The next instant after `now` at which one that concerns this order begins or is over; None for never."""
    turns = (at for one in advisories for at in _span(one) if at > now and _concerns(one, facts))
    return min(turns, default=None)


def days_of(advisory: Advisory) -> str | None:
    """The extra days as text: `20`, `15-30`."""
    if advisory.extra_days is None:
        return None
    least, most = advisory.extra_days
    return str(least) if least == most else f"{least}-{most}"


EXPLAINS = frozenset(
    {
        VerdictCode.ABNORMAL,
        VerdictCode.AWAITING_FIRST_SCAN,
        VerdictCode.QUIET_EXPECTED,
        VerdictCode.SLOW,
        VerdictCode.STALLED,
    }
)
"""Verdicts to which a published disruption may be the reason."""

V = TypeVar("V", Verdict, Verdict | None)


def explained(verdict: V, running: Sequence[Advisory]) -> V:
    """The verdict with the disruptions that run as further reasons; the verdict itself stays as it is."""
    if verdict is None or not running or verdict.verdict not in EXPLAINS:
        return verdict
    return replace(verdict, reasons=(*verdict.reasons, *map(_reason, running)))


def _reason(advisory: Advisory) -> Reason:
    told = f"A disruption was published for this time: {advisory.quote}"
    return Reason(code="advisory", text=told, evidence=(advisory.id, advisory.source))


def _span(advisory: Advisory) -> tuple[datetime, datetime]:
    """From the first to the last instant of its days anywhere on earth."""
    return _instants(advisory.runs_from, advisory.runs_until)


@lru_cache(maxsize=256)
def _instants(first: date, last: date) -> tuple[datetime, datetime]:
    return start_of(first, ANYWHERE.earliest), start_of(last + DAY, ANYWHERE.latest)


def _runs(advisory: Advisory, now: datetime) -> bool:
    begins, ends = _span(advisory)
    return begins <= now < ends


def _concerns(advisory: Advisory, facts: Facts) -> bool:
    line = line_key(facts.shipping_method or "")
    return (
        (not advisory.countries or facts.country in advisory.countries)
        and (not advisory.lines or line in advisory.lines)
        and _shipped_in_time(advisory, facts.shipped_at)
    )


def _shipped_in_time(advisory: Advisory, shipped: When | None) -> bool:
    """Whether the order can have been shipped in its time: not before it began, not after it was over."""
    if shipped is None:
        return True
    since = advisory.shipped_from
    last = advisory.runs_until
    return (since is None or beginning_day(shipped, ANYWHERE) >= since) and end_day(shipped, ANYWHERE) <= last


def build_advisories(mapping: Mapping[str, Any], name: str) -> tuple[Advisory, ...]:
    """Check and build the advisories of the file `name`. Raises `PackError`."""
    table = Table(name, "", mapping)
    found = tuple(map(_read, table.tables("advisories")))
    if len({one.id for one in found}) < len(found):
        raise table.fault("advisories", "an id of its own for each")
    table.done()
    return found


def _read(table: Table) -> Advisory:
    first, last = table.day("runs_from"), table.day("runs_until")
    if last - first < timedelta():
        raise table.fault("runs_until", "a day not before runs_from")
    found = Advisory(
        id=table.text("id"),
        kind=table.text("kind", among=KINDS),
        quote=table.text("quote"),
        source=table.text("source"),
        runs_from=first,
        runs_until=last,
        countries=country_codes(table, "countries"),
        lines=frozenset(map(line_key, table.texts("lines", ()))),
        shipped_from=table.maybe_day("shipped_from"),
        extra_days=_days(table),
        note=table.text("note", ""),
    )
    table.done()
    return found


def _days(table: Table) -> tuple[int, int] | None:
    if not table.has("extra_days"):
        return None
    span = table.table("extra_days")
    days = span.number("least", 0, MOST_DAYS), span.number("most", 0, MOST_DAYS)
    if days[0] > days[1]:
        raise span.fault("most", "not less than least")
    span.done()
    return days
