"""Computed against observed: every difference, with its reason. The page wins (DESIGN §5); here it is only said why.

A window keeps its differences as `code computed seen` (`policy/observed.py`, `own_page.py`); the order keeps what
moved on its pages and which ends were read off a countdown. The reasons, the first that holds: the page's end moved
later (the seller extended it); it stood in a countdown; it is a day or so off (a page prints days in a zone of its
own, `ORDER_PAGES.md` finding 6); else the page simply says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from parcelwarden.domain.model import Difference, Moved, Order, PolicyAnswer, Window
from parcelwarden.domain.moment import iso

ENDS = ("observed_protection_ends_at", "delivery_due_at", "dispute.respond_by_at")
"""Facts of the page at which something ends for the buyer."""

SLIP = timedelta(days=2)
"""How far two pages may print one end apart: a date line and a rounded day."""

JITTER = timedelta(hours=1)
"""What a countdown that is rounded to minutes or hours may wander without having moved."""

_SEEN = {
    "button_before_opening": "difference_button_earlier",
    "button_after_end": "difference_button_later",
    "page_rule_earlier": "difference_page_rule",
}


def differences(policy: PolicyAnswer, order: Order) -> tuple[Difference, ...]:
    """Every difference of the order's windows, and of pages that print one end apart. The same reason for several
    windows is told for each."""
    found = [_of_window(window, text, order) for window in policy.windows.values() for text in window.conflicts]
    return (*found, *_two_pages(order))


def last_move(order: Order, field: str) -> Moved | None:
    """How an end of the page moved last, None when it never did by more than a countdown wanders."""
    moves = (move for move in reversed(order.moved) if move.field == field and move.taken)
    return next((move for move in moves if abs(move.after - move.before) >= JITTER), None)


def _of_window(window: Window, text: str, order: Order) -> Difference:
    kind, computed, seen = text.split(" ")
    at = datetime.fromisoformat(computed), datetime.fromisoformat(seen)
    code, more = (_SEEN[kind], {}) if kind in _SEEN else _of_end(order, *at)
    params = {"computed": computed, "seen": seen, **more}
    return Difference(subject=window.id, code=code, computed=at[0], seen=at[1], params=params)


def _of_end(order: Order, computed: datetime, seen: datetime) -> tuple[str, dict[str, str]]:
    field = ENDS[0]
    move = last_move(order, field)
    if move is not None and move.direction == "later" and seen > computed:
        return "difference_extended", {"moved_at": iso(move.at) or ""}
    if field in order.countdowns:
        return "difference_countdown", {"read_at": iso(order.countdowns[field]) or ""}
    return ("difference_day" if abs(seen - computed) <= SLIP else "difference_page"), {}


def _two_pages(order: Order) -> Iterator[Difference]:
    """Ends that another page shows later, and that were not taken for it: the newest of each fact."""
    for field in ENDS:
        moves = [move for move in order.moved if move.field == field]
        if moves and not moves[-1].taken and abs(moves[-1].after - moves[-1].before) >= JITTER:
            kept, other = moves[-1].before, moves[-1].after
            params = {"computed": iso(kept) or "", "seen": iso(other) or ""}
            yield Difference(subject=field, code="difference_two_pages", computed=kept, seen=other, params=params)
