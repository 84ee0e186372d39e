"""The ends that a page prints: "refund if no delivery before D" and countdowns, made fields of the order.

"Refund if no delivery before D" means that the delivery time is over at the end of D-1 (`POLICIES.md` Q16). Of two ends
the earlier is kept and both stand in `raw`. A countdown counts from the instant at which the page was seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from parcelparsers.marketplaces.countdown import milliseconds, read_countdown
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.pagerules import read_rule, sentences
from parcelparsers.marketplaces.shop import Page
from parcelparsers.marketplaces.words import says
from parcelparsers.page import OrderStatus, PageRule

NO_SEEN_AT = "a countdown counts from the time at which the page was seen, and that is not known"


class End(msgspec.Struct, frozen=True):
    """One printed end: a date (over at its end) or an instant."""

    value: date | datetime
    strategy: str
    raw: str

    @property
    def over(self) -> datetime:
        """The instant at which it is over, for comparing ends only: a date is taken in UTC."""
        if isinstance(self.value, datetime):
            return self.value
        return datetime.combine(self.value, time(), UTC) + timedelta(days=1)


def add(draft: Draft, page: Page, texts: Iterable[tuple[str, str]]) -> None:
    """Read rules, delivery ends and countdowns from texts (strategy, text) into the draft.

    The draft's status must have been read before: it tells what an unlabelled countdown counts to.
    """
    ends: dict[str, list[End]] = {}
    for strategy, text in texts:
        for sentence in sentences(text):
            rule = read_rule(sentence, page.coming)
            if rule:
                draft.rules.append(rule)
                _from_rule(ends, rule, strategy)
            else:
                _from_countdown(draft, page, ends, sentence, strategy)
    for name, found in ends.items():
        put_earliest(draft, name, found)


def _from_rule(ends: dict[str, list[End]], rule: PageRule, strategy: str) -> None:
    if rule.kind == "refund_if_not_delivered" and rule.before:
        ends.setdefault("delivery_due_at", []).append(day_before(rule.before, strategy, rule.quote))


def day_before(day: date, strategy: str, raw: str) -> End:
    """The end that "refund if no delivery before `day`" means."""
    return End(day - timedelta(days=1), strategy, raw)


def _from_countdown(draft: Draft, page: Page, ends: dict[str, list[End]], sentence: str, strategy: str) -> None:
    left = read_countdown(sentence)
    name = counted_field(draft, sentence, left) if left else None
    if left is None:
        return
    if name is None:
        if draft.value("status") is None and says("left", sentence):
            draft.miss(
                "delivery_due_at", f"the order's state, which tells what this counts to, is unread: {sentence[:60]!r}"
            )
        return
    if page.seen_at is None:
        draft.miss(name, f"{NO_SEEN_AT}: {sentence[:60]!r}")
    else:
        ends.setdefault(name, []).append(End(page.seen_at + left, f"{strategy}:countdown", sentence))


def counted_field(draft: Draft, sentence: str, left: timedelta) -> str | None:
    """Which field a countdown is about, from its words and the order's status; None where nothing tells.

    Of an order on its way the word for what is left may be unknown where days and hours are both stated."""
    status = draft.value("status")
    if says("protection", sentence):
        return "observed_protection_ends_at"
    if status is OrderStatus.AWAITING_SHIPMENT and says("shipped", sentence):
        return "ship_by_at"
    if status is OrderStatus.AWAITING_DELIVERY and (says("left", sentence) or left.seconds):
        return "delivery_due_at"
    return None


def add_milliseconds(draft: Draft, page: Page, value: object, strategy: str) -> None:
    """A countdown in ms (`lefttime`): the end of the delivery time of an order on its way, of the shipping time of
    one not yet shipped; unread without the instant at which the page was seen."""
    left = milliseconds(value)
    names = {OrderStatus.AWAITING_DELIVERY: "delivery_due_at", OrderStatus.AWAITING_SHIPMENT: "ship_by_at"}
    name = names.get(draft.value("status"))
    if left is None or name is None:
        draft.miss("delivery_due_at", "the countdown cannot be read" if left is None else "counts to what is not known")
    elif page.seen_at is None:
        draft.miss(name, NO_SEEN_AT)
    else:
        put_earliest(draft, name, [End(page.seen_at + left, strategy, str(value))])


def put_earliest(draft: Draft, name: str, found: list[End]) -> None:
    """Keep the earliest of the ends, with all that were printed as raw; an end already in the draft counts too."""
    if name in draft.fields:
        old = draft.fields[name]
        found = [End(old.value, old.strategy, old.raw), *found]
    if not found:
        return
    best = min(found, key=lambda end: end.over)
    raws = list(dict.fromkeys(end.raw for end in (best, *found)))
    draft.put(name, best.value, best.strategy, " | ".join(raws))
