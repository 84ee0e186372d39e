"""The text for a dispute form: only what was seen, the shop's own words for the reason, short enough for the form.

It claims nothing that the carrier or the order's page did not say: what the buyer knows beside that, the buyer writes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from parcelparsers.model import Event, Outcome, State
from parcelwarden.domain.anchors import ANYWHERE
from parcelwarden.domain.facts import is_settled
from parcelwarden.domain.form_limits import FormLimits
from parcelwarden.domain.model import Assessment, Order, ParcelFacts
from parcelwarden.domain.moment import Between, When
from parcelwarden.domain.policy.days import over

LONGEST_QUOTE = 90
_EAST_ASIAN = 0x2E80
"""The first of the code points of Chinese, Japanese and Korean script (Unicode, CJK Radicals Supplement)."""
_NO_MOVEMENT = (None, State.INFO_RECEIVED)


def statement(order: Order, found: Assessment | None, limits: FormLimits, now: datetime) -> str:
    """The statement at `now`: whole sentences, the most important first, as many as the form has room for."""
    text = ""
    for sentence in _sentences(order, found, limits, now):
        longer = f"{text} {sentence}".strip()
        if takes(sentence) and units(longer) <= limits.characters:
            text = longer
    return text


def units(text: str) -> int:
    """The length in UTF-16 units, as a browser counts it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def takes(text: str) -> bool:
    """Whether a form that refuses Chinese letters and punctuation takes the text."""
    return all(
        ord(char) < _EAST_ASIAN and unicodedata.east_asian_width(char) not in "WF" and char.isprintable()
        for char in text
    )


def reason(order: Order, found: Assessment | None, limits: FormLimits, now: datetime) -> str | None:
    """The shop's words for what was found; None where it has none for it, nothing was found, or the order is over for
    the buyer: what was received or paid back is no parcel that did not come (AE-A1)."""
    if is_settled(order.facts):
        return None
    codes = [why.code for verdict in (found.verdicts.values() if found else ()) for why in verdict.reasons]
    due = order.facts.delivery_due_at
    if due is not None and over(due, ANYWHERE) < now and not any(_delivered(parcel) for parcel in order.parcels):
        codes.append("delivery_over")
    return next((limits.reasons[code] for code in codes if code in limits.reasons), None)


def _sentences(order: Order, found: Assessment | None, limits: FormLimits, now: datetime) -> Iterator[str]:
    if words := reason(order, found, limits, now):
        yield f"Reason: {words}."
    facts = order.facts
    known = (
        ("paid", facts.paid_at),
        ("shipped", facts.shipped_at),
        ("delivery time until", facts.delivery_due_at),
        ("received", facts.received_at),
    )
    told = ", ".join(f"{word} {_day(when)}" for word, when in known if when is not None)
    yield f"Order {facts.order_id}: {told}." if told else f"Order {facts.order_id}."
    for parcel in order.parcels:
        yield _of_parcel(parcel, here=facts.received_at is not None)


def _of_parcel(parcel: ParcelFacts, *, here: bool) -> str:
    """One sentence, so that none is ever read of another parcel. `here`: by the buyer's word it came."""
    looked = f"{parcel.last_ok_at:%Y-%m-%d %H:%M} UTC" if parcel.last_ok_at else None
    if looked is None:
        return f"Tracking {parcel.number}: no answer of the carrier is known."
    moves = [event for event in parcel.events if event.state not in _NO_MOVEMENT and not event.advisory]
    if not moves:
        none = "no record" if parcel.outcome == Outcome.NOT_FOUND else "no movement"
        return f"Tracking {parcel.number}: the carrier showed {none} when asked on {looked}."
    last = moves[-1]
    missing = "no newer movement" if here else "no newer movement and no delivery"
    seen = f"as seen on {looked}" if _delivered(parcel) else f"{missing} when asked on {looked}"
    quoted = f'Tracking {parcel.number}: {_printed(last)} "{last.description}"; {seen}.'
    if last.description and len(last.description) <= LONGEST_QUOTE and takes(quoted):
        return quoted
    return f"Tracking {parcel.number}: newest movement {_printed(last)}; {seen}."


def _delivered(parcel: ParcelFacts) -> bool:
    return any(event.state is State.DELIVERED for event in parcel.events)


def _printed(event: Event) -> str:
    """The time as the carrier printed it."""
    return " ".join(filter(None, (event.local_time.replace("T", " ")[:16], event.zone)))


def _day(when: When) -> str:
    if isinstance(when, Between):
        return f"{when.earliest + (when.latest - when.earliest) / 2:%Y-%m-%d}"
    return f"{when:%Y-%m-%d}"
