"""`parcelwarden judge`: one JSON object in, one out (`SEMANTICS.md`, Verdicts).

Events are taken as given: state, leg and advisory were read before. Unknown keys are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import Meta

from parcelparsers.model import Event, Flag, Leg, State
from parcelwarden.domain.errors import FactError
from parcelwarden.domain.model import Facts, ParcelFacts, Verdict
from parcelwarden.domain.moment import When, iso, parse_when
from parcelwarden.domain.verdict.judge import judge
from parcelwarden.domain.verdict.lines import ShippingLines
from parcelwarden.domain.verdict.silence import SilenceModel

FirstScanDue = Callable[[When], datetime]
"""From the time of shipping to surely from (shipped, 11) of the order's pack."""

LookOutcome = Literal["found", "not_found", "blocked", "unreadable", "rate_limited", "network"]
FIRST_YEAR, LAST_YEAR = 1970, 9990
"""Times outside leave no room for the spans that are added to them."""

Text = Annotated[str, Meta(min_length=1)]


class EventLine(msgspec.Struct, frozen=True):
    """One event of a line; `at` may be null where no date was printed."""

    at: str | None
    state: State | None
    leg: Leg
    advisory: bool = False
    local_time: str = ""
    code: str | None = None
    description: str = ""
    location: str = ""
    uncertain_hours: Annotated[float, Meta(ge=0, le=48)] = 0.0


class ParcelLine(msgspec.Struct, frozen=True):
    """The parcel of a line."""

    number: Text
    outcome: LookOutcome
    last_ok_at: str | None
    events: tuple[EventLine, ...]
    last_outcome: LookOutcome | None = None
    source: str | None = None
    flags: tuple[Flag, ...] = ()
    service_line: str | None = None


class OrderLine(msgspec.Struct, frozen=True):
    """What a verdict needs of an order."""

    marketplace: Text
    order_id: Text
    country: str | None = None
    placed_at: str | None = None
    paid_at: str | None = None
    shipped_at: str | None = None
    shipping_method: str | None = None


class JudgeLine(msgspec.Struct, frozen=True):
    """One line of input."""

    id: str
    now: str
    order: OrderLine
    parcel: ParcelLine


def judge_line(obj: object, model: SilenceModel, lines: ShippingLines, first_scan_due: FirstScanDue) -> dict[str, Any]:
    """Judge one line: `{"id","now","order","parcel"}` to `{"id","verdict","reasons","silence"}`.

    Raises `FactError` naming the field (e.g. `parcel.events[0].state`)."""
    line = _line(obj)
    facts = _facts(line.order)
    verdict = judge(
        facts,
        _parcel(line.parcel),
        now=_instant(line.now, "now"),
        first_scan_due=first_scan_due(facts.shipped_at) if facts.shipped_at else None,
        model=model,
        lines=lines,
    )
    return {"id": line.id, **_told(verdict)}


def _told(verdict: Verdict) -> dict[str, Any]:
    silence = verdict.silence
    return {
        "verdict": verdict.verdict.value,
        "reasons": [msgspec.to_builtins(reason) for reason in verdict.reasons],
        "silence": {
            "days": silence.days,
            "quantile": silence.quantile,
            "expected_until": iso(silence.expected_until),
        },
    }


def _line(obj: object) -> JudgeLine:
    try:
        return msgspec.convert(obj, JudgeLine)
    except msgspec.ValidationError as fault:
        what, _, path = str(fault).partition(" - at `$")
        field = path.rstrip("`").lstrip(".")
        missing = re.fullmatch(r"Object missing required field `(\w+)`", what)
        if missing:
            raise FactError(f"{field}.{missing[1]}".lstrip("."), "a value; the field is missing") from fault
        raise FactError(field or "line", what[:1].lower() + what[1:].removeprefix("xpected ")) from fault


def _facts(order: OrderLine) -> Facts:
    return Facts(
        marketplace=order.marketplace,
        order_id=order.order_id,
        country=order.country,
        placed_at=_when(order.placed_at, "order.placed_at"),
        paid_at=_when(order.paid_at, "order.paid_at"),
        shipped_at=_when(order.shipped_at, "order.shipped_at"),
        shipping_method=order.shipping_method,
    )


def _parcel(parcel: ParcelLine) -> ParcelFacts:
    return ParcelFacts(
        number=parcel.number,
        source=parcel.source,
        outcome=parcel.outcome,
        last_outcome=parcel.last_outcome,
        last_ok_at=_optional_instant(parcel.last_ok_at, "parcel.last_ok_at"),
        flags=parcel.flags,
        service_line=parcel.service_line,
        events=tuple(_event(event, index) for index, event in enumerate(parcel.events)),
    )


def _event(event: EventLine, index: int) -> Event:
    return Event(
        local_time=event.local_time,
        at=_optional_instant(event.at, f"parcel.events[{index}].at"),
        uncertain_hours=event.uncertain_hours,
        code=event.code,
        state=event.state,
        leg=event.leg,
        advisory=event.advisory,
        description=event.description,
        location=event.location,
    )


def _when(text: str | None, field: str) -> When | None:
    if text is None:
        return None
    when = parse_when(text, field)
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise FactError(field, f"a time between the years {FIRST_YEAR} and {LAST_YEAR}", text)
    return when


def _optional_instant(text: str | None, field: str) -> datetime | None:
    when = _when(text, field)
    if when is not None and not isinstance(when, datetime):
        raise FactError(field, "an instant with an offset such as 2020-05-24T09:00:00Z", text)
    return when


def _instant(text: str, field: str) -> datetime:
    return cast("datetime", _optional_instant(text, field))
