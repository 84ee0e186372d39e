"""What the buyer must be told of one order, and from when to when that helps: the oracle's own list (`SEMANTICS.md`; lead
times as the promise names them)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from parcelwarden.simulate import truth
from parcelwarden.simulate.days import DAY, SHOP
from parcelwarden.simulate.diary import Heard, Said
from parcelwarden.simulate.life import Life, Parcel, Scan
from parcelwarden.simulate.truth import FALSE_ZONES, Facts, Window

HOUR = timedelta(hours=1)
EVER, FOREVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
LEADS = (7 * DAY, 3 * DAY, DAY, 6 * HOUR)
BEFORE_DELIVERY_ENDS = (7 * DAY, 3 * DAY, DAY)
UNSTATED = (7 * DAY, 3 * DAY, 2 * DAY)
STILL_NEWS = 14 * DAY
CLAIM = frozenset({"dispute_open_now", "dispute_open_late", "completed_not_delivered", "completed_not_delivered_late"})
MAY = frozenset({"may_be_open", "may_be_open_late", "dispute_offered", "opening_unknown"})
CLOSED = frozenset({"window_closed", "window_closed_paypal", "window_closed_card"})
NEWS = {
    "RT_HO_OUT": ("trouble", 30 * DAY),
    "CC_IM_FAILURE": ("trouble", 30 * DAY),
    "GTMS_STA_SIGNED": ("pickup", 30 * DAY),
    "GTMS_DEL_FAILURE": ("delivery_failed", 30 * DAY),
    "GTMS_SIGNED": ("delivered", 3 * DAY),
}
"""What is to be told of a scan, and for how long that is news."""


@dataclass(slots=True)
class Span:
    """One thing to be told: by one of `codes`, from `due` to just before `until`, as far as the facts call for it
    (`active`, intervals of true time in order), and never before the daemon can know of it (`known`)."""

    name: str
    codes: frozenset[str]
    due: datetime
    until: datetime
    known: datetime = EVER
    active: list[tuple[datetime, datetime]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Epoch:
    """The facts that are known from one word of the buyer to the next."""

    begins: datetime
    ends: datetime
    facts: Facts
    numbers: tuple[str, ...]


def epochs(said: Sequence[Said], ends: datetime) -> list[Epoch]:
    """The epochs of one order."""
    following = [word.at for word in said[1:]] + [ends]
    return [Epoch(w.at, until, Facts(w.facts), w.numbers) for w, until in zip(said, following, strict=True)]


def spans(life: Life, said: Sequence[Said], heard: Sequence[Heard], ends: datetime) -> list[Span]:
    """Everything that is to be told of one order."""
    found: dict[tuple[str, datetime, datetime], Span] = {}
    for epoch in epochs(said, ends):
        for span, until in (*_by_facts(life, epoch), *_by_scans(life, epoch, heard)):
            begins, over = max(epoch.begins, span.due, span.known), min(epoch.ends, span.until, until)
            if begins < over:
                kept = found.setdefault((span.name, span.due, span.until), span)
                kept.active.append((begins, over))
    return list(found.values())


Asked = Iterator[tuple[Span, datetime]]
"""Spans, each with the instant from which it is not asked for any more, whatever it says itself."""


def _by_facts(life: Life, epoch: Epoch) -> Asked:
    facts = epoch.facts
    yield from _duties(facts, epoch.ends)
    here = [parcel for parcel in life.parcels if parcel.number in epoch.numbers]
    came = delivered(here) or epoch.ends
    if not facts.over:
        window = truth.not_received(facts)
        if window is not None:
            trouble = min((at for parcel in here if (at := _trouble(parcel, window))), default=epoch.ends)
            yield from _before(facts, window, min(came, trouble))
            yield from ((span, came) for span in _claims(facts, window, trouble < epoch.ends))
        yield from ((span, came) for span in _paypal(facts, window))
    elif facts.has("cancelled_at", "refund_granted_at") and not facts.disputed and not facts.has("refunded_at"):
        yield from ((span, epoch.ends) for span in _leads("refund_paypal", truth.paypal_until(facts), UNSTATED))


def delivered(parcels: Sequence[Parcel]) -> datetime | None:
    """The first instant at which all of them can have been delivered, None when some never is."""
    firsts = [next((scan.at for scan in p.scans if scan.code == "GTMS_SIGNED"), None) for p in parcels]
    found = [at - FALSE_ZONES for at in firsts if at is not None]
    return max(found) if found and len(found) == len(firsts) else None


def _trouble(parcel: Parcel, window: Window) -> datetime | None:
    """From when the carrier's answers may make the parcel abnormal, by which a claim opens sooner."""
    bad = next((scan.at - FALSE_ZONES for scan in parcel.scans if scan.code in ("RT_HO_OUT", "CC_IM_FAILURE")), None)
    first = parcel.scans[0].at if parcel.scans else None
    unseen = window.eleventh if window.eleventh and (first is None or first > window.eleventh - 2 * DAY) else None
    return min((at for at in (bad, unseen) if at), default=None)


def _before(facts: Facts, window: Window, until: datetime) -> Asked:
    """The end of the delivery time, and the last day before `act_by`; for an abnormal parcel other words say it."""
    due, completed = facts.time("delivery_due_at"), facts.has("completed_at")
    if due is not None and not completed:
        end, over = SHOP.may_end(due), SHOP.over(due)
        yield from ((span, until) for span in _leads("delivery_end_near", end, BEFORE_DELIVERY_ENDS))
        if window.opens is None or window.opens > over:
            yield Span("delivery_over", frozenset({"delivery_over"}), over, window.opens or over + STILL_NEWS), until
    certain = certainly(facts, window)
    if certain and window.act_by and window.act_by != window.last_safe:
        for lead in _leads_of(facts):
            if window.act_by - lead >= certain:
                yield Span(f"act_by-{lead}", CLAIM, window.act_by - lead, window.act_by), until


def _leads_of(facts: Facts) -> tuple[timedelta, ...]:
    """The zone is stated for the delivery time alone: another end is told two days before it at the latest."""
    stated = not facts.has("completed_at") or facts.has("observed_protection_ends_at")
    return LEADS if stated else UNSTATED


def certainly(facts: Facts, window: Window) -> datetime | None:
    """From when a claim rests on more than a verdict or a button."""
    due = facts.time("delivery_due_at")
    if window.opens is None or facts.has("completed_at"):
        return window.opens
    return max(window.opens, SHOP.over(due)) if due is not None else None


def _claims(facts: Facts, window: Window, abnormal: bool) -> Iterator[Span]:
    certain, act_by, safe, stated = certainly(facts, window), window.act_by, window.last_safe, window.stated
    if certain and act_by and safe and certain < safe:
        if certain < act_by:
            yield Span("opens", CLAIM, certain, act_by)
        if act_by < safe:
            yield Span("act_by_passed", CLAIM, certain if abnormal else max(act_by, certain), safe)
    if safe is None or stated is None:
        return
    for lead in _leads_of(facts):
        due = safe - lead
        if due >= max(at for at in (window.opens, act_by if act_by != safe else None, due) if at):
            yield Span(f"last_safe-{lead}", CLAIM | MAY, due, safe)
    if safe < stated:
        yield Span("grace", frozenset({"window_grace"}), safe, stated)
    yield Span("closed", CLOSED, stated, stated + STILL_NEWS)


def _paypal(facts: Facts, window: Window | None) -> Iterator[Span]:
    end = truth.paypal_until(facts)
    closes = window.stated if window else None
    for span in _leads("paypal_last_route", end, UNSTATED):
        if window is None or window.last_safe is None or (closes and closes <= span.due):
            yield span


def _duties(facts: Facts, until: datetime) -> Asked:
    if facts.has("refunded_at"):
        return
    for name, (end, leads) in truth.duties(facts).items():
        yield from ((span, until) for span in _leads(name, end, leads))
    for code, due in truth.waits(facts).items():
        yield Span(code, frozenset({code}), due, due + STILL_NEWS), until


def _leads(code: str, end: datetime | None, leads: Iterable[timedelta]) -> Iterator[Span]:
    if end is not None:
        for lead in leads:
            yield Span(f"{code}-{lead}", frozenset({code}), end - lead, end)


def _by_scans(life: Life, epoch: Epoch, heard: Sequence[Heard]) -> Asked:
    """News of the carrier, from when its answer was taken in."""
    facts = epoch.facts
    if facts.has("received_at", "cancelled_at", "refund_granted_at", "refunded_at"):
        return
    for parcel in life.parcels:
        if parcel.number in epoch.numbers:
            for scan, begins, ends in newest(parcel, heard):
                if scan.code in NEWS and not _unasked(facts, scan):
                    code, news = NEWS[scan.code]
                    since = scan.at - FALSE_ZONES
                    until = since + news
                    window = truth.not_received(facts)
                    if code == "trouble" and window and window.last_safe:
                        until = window.last_safe
                    yield Span(f"{code}/{parcel.number}", frozenset({code}), since, until, begins), ends


def newest(parcel: Parcel, heard: Iterable[Heard]) -> Iterator[tuple[Scan, datetime, datetime]]:
    """Each scan that was the newest known one, from when to when."""
    last, since = 0, FOREVER
    for answer in heard:
        if answer.number in parcel.numbers and answer.scans > last:
            if last:
                yield parcel.scans[last - 1], since, answer.at
            last, since = answer.scans, answer.at
    if last:
        yield parcel.scans[last - 1], since, FOREVER


def _unasked(facts: Facts, scan: Scan) -> bool:
    if scan.code == "GTMS_SIGNED":
        return facts.has("completed_at")
    return NEWS[scan.code][0] == "trouble" and facts.over
