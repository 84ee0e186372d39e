"""From an order and what follows from it to what the picture shows. Nothing is computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo

from parcelparsers.model import Event, State
from parcelwarden.domain.model import Assessment, Clock, Facts, Order, ParcelFacts, Verdict, VerdictCode, Window
from parcelwarden.domain.moment import When
from parcelwarden.domain.timeline import labels
from parcelwarden.domain.timeline.dates import Dates, place
from parcelwarden.domain.timeline.model import Bar, Lane, Limit, Mark, Scan, Shape, Silence, Timeline

_FAR = datetime.max.replace(tzinfo=UTC)


def gather(order: Order, found: Assessment | None, now: datetime, zone: tzinfo) -> Timeline:
    """The picture's values. `found` None: the order was never assessed. `now` and the order's instants are aware."""
    dates = Dates(zone, now)
    facts = order.facts
    windows = found.policy.windows.values() if found else ()
    clocks = found.policy.clocks.values() if found else ()
    verdicts = found.verdicts if found else {}
    delivery = _delivery(facts)
    return Timeline(
        title=order.title or "Order",
        name=" · ".join(filter(None, (str(facts.ref), _money(order)))),
        now=now,
        zone=zone,
        marks=tuple(sorted(_marks(facts, dates), key=lambda mark: mark.at)),
        delivery=delivery,
        delivery_text=f"Delivery time until {dates.day(facts.delivery_due_at)}" if facts.delivery_due_at else "",
        lanes=tuple(_lane(parcel, verdicts.get(parcel.number), dates) for parcel in order.parcels),
        bars=tuple(_bar(window, dates) for window in sorted(windows, key=_ending)),
        limits=tuple(limit for clock in clocks if (limit := _limit(clock, dates))),
        missing=", ".join(name.replace("_", " ") for name in found.advice.missing) if found else "",
    )


def _money(order: Order) -> str:
    return " ".join(filter(None, (order.total, order.currency)))


def _delivery(facts: Facts) -> tuple[datetime, datetime] | None:
    begun = facts.shipped_at or facts.paid_at or facts.placed_at
    if begun is None or facts.delivery_due_at is None:
        return None
    span = place(begun), place(facts.delivery_due_at)
    return span if span[0] < span[1] else None


def _marks(facts: Facts, dates: Dates) -> Iterator[Mark]:
    told = [(getattr(facts, name), *words) for name, words in labels.FACTS.items()]
    told += [(getattr(facts.dispute, name), *words) for name, words in labels.DISPUTE.items()]
    known: list[tuple[When, str, Shape]] = [entry for entry in told if entry[0] is not None]
    days = {label: dates.day(when) for when, label, _ in known}
    for when, label, shape in known:
        if label == "ordered" and days.get("paid") == days[label]:
            continue
        yield Mark(at=place(when), label=f"{label} {days[label]}", shape=shape)


def _lane(parcel: ParcelFacts, verdict: Verdict | None, dates: Dates) -> Lane:
    scans = tuple(sorted(filter(None, map(_scan, parcel.events)), key=lambda scan: scan.at))
    return Lane(
        title=parcel.number,
        text=_told(parcel, verdict, dates),
        scans=scans,
        silence=_silence(parcel, verdict),
    )


def _scan(event: Event) -> Scan | None:
    if event.at is None:
        return None
    shape = labels.scan_shape(event.state, event.advisory)
    return Scan(at=event.at, leg=int(event.leg), label=event.description or (event.code or ""), shape=shape)


def _told(parcel: ParcelFacts, verdict: Verdict | None, dates: Dates) -> str:
    said = [labels.named(labels.VERDICTS, verdict.verdict)] if verdict else []
    if verdict and verdict.silence.days is not None and verdict.verdict != VerdictCode.DELIVERED:
        said.append(f"{verdict.silence.days:.0f} days without a movement")
        if verdict.silence.expected_until:
            said.append(f"expected until {dates.day(verdict.silence.expected_until)}")
    if parcel.last_ok_at:
        said.append(f"looked at {dates.instant(parcel.last_ok_at)}")
    return " · ".join(said)


def _silence(parcel: ParcelFacts, verdict: Verdict | None) -> Silence | None:
    """The silence that the verdict measured, after the newest movement that is not a delivery."""
    days = verdict.silence.days if verdict else None
    if verdict is None or days is None or parcel.last_ok_at is None or verdict.verdict == VerdictCode.DELIVERED:
        return None
    moved = [e.at for e in parcel.events if e.at and not e.advisory and e.state not in (None, State.INFO_RECEIVED)]
    since = max(moved, default=None)
    if since is None:
        return None
    return Silence(since=since, looked=max(parcel.last_ok_at, since), expected=verdict.silence.expected_until)


def _ending(window: Window) -> tuple[bool, datetime]:
    end = window.act_by or window.last_safe_at or window.stated_end_at
    return end is None, end or window.opens_at or _FAR


def _bar(window: Window, dates: Dates) -> Bar:
    parts = (
        ("opens" if window.opened_by != "abnormal" else "may open", window.opens_at),
        ("act by", window.act_by),
        ("last safe", window.last_safe_at if window.last_safe_at != window.act_by else None),
        ("ends", window.stated_end_at),
    )
    said = [f"{word} {dates.instant(at)}" for word, at in parts if at is not None]
    sure = window.opened_by != "abnormal"
    state = window.state if sure else labels.MAYBE.get(window.state, window.state)
    return Bar(
        title=f"{labels.named(labels.WINDOWS, window.id)}: {labels.named(labels.STATES, state)}",
        text=" · ".join(said),
        opens=window.opens_at,
        act_by=window.act_by,
        last_safe=window.last_safe_at,
        ends=window.stated_end_at,
        sure=sure,
    )


def _limit(clock: Clock, dates: Dates) -> Limit | None:
    until = clock.due_at or clock.last_safe_at or clock.stated_end_at
    if until is None:
        return None
    word = "by" if clock.kind == "duty" else "expected by"
    title = labels.named(labels.CLOCKS, clock.id)
    return Limit(title=title, text=f"{word} {dates.instant(until)}", until=until, ours=clock.kind == "duty")
