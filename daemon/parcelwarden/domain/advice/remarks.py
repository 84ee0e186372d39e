"""What is said beside an advice, whatever it is: how old the looks and the dates are, what moved, what delays were
published, where the parcel goes, and what the conduct rules ask. Each is a param that the catalogue words."""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import flat
from parcelwarden.domain.advisories import days_of
from parcelwarden.domain.model import Moved, Window, WindowState
from parcelwarden.domain.moment import When
from parcelwarden.domain.reconcile import ENDS, last_move

DAY = timedelta(days=1)
STALE = 2 * DAY
"""From this age on a look is named beside what rests on it (four looks at the slowest usual pace
missed)."""

OLD_PAGE = 7 * DAY
"""From this age on the dates of a page are to be read again, when a window ends within as long."""

MOVED_FOR = 14 * DAY
"""How long an end that moved towards the buyer is named."""

MANY_OPEN = 3
"""More open disputes than these are remarked. The help text names no number (L392); this one is ours."""

Remark = When | str | None


def remarks(sit: Situation, window: Window | None) -> dict[str, Remark]:
    """The params of all that holds; None for what does not."""
    return {
        "unchecked_since": sit.unchecked_since(STALE),
        "page_read_at": old_page(sit, window),
        **_moved(sit),
        **_advisory(sit),
        "elsewhere": flat(sit.elsewhere) if sit.elsewhere and sit.claimable else None,
        "seller_asked_at": _seller(sit, window),
        "open_disputes": _open_disputes(sit, window),
    }


def old_page(sit: Situation, window: Window | None) -> datetime | None:
    """When the page was read, where that is long ago and the window ends soon: its dates may have moved."""
    seen, end = sit.order.page_seen_at, next_end(sit, window)
    if seen is None or end is None or not sit.horizon.within(end, OLD_PAGE):
        return None
    return seen if sit.horizon.reached(seen + OLD_PAGE) else None


def next_end(sit: Situation, window: Window | None) -> datetime | None:
    """Until when to act, or after it the last safe instant; None once both have passed."""
    ends = (window.act_by, window.last_safe_at) if window else ()
    return next((end for end in ends if end is not None and not sit.horizon.reached(end)), None)


def lost_time(sit: Situation) -> Moved | None:
    """The newest move by which an end of the page came nearer, None when it was extended since or never moved."""
    moves = (last_move(sit.order, field) for field in ENDS)
    return next((move for move in moves if move is not None and move.direction == "earlier"), None)


def _moved(sit: Situation) -> dict[str, Remark]:
    move = lost_time(sit) if sit.claimable else None
    if move is None or sit.horizon.reached(move.at + MOVED_FOR):
        return {}
    return {"moved_from": move.before, "moved_to": move.after}


def _advisory(sit: Situation) -> dict[str, Remark]:
    found = next((one for one in sit.advisories if one.kind != "returns"), None)
    if found is None or not sit.claimable:
        return {}
    return {"advisory": found.kind, "advisory_days": days_of(found)}


def _seller(sit: Situation, window: Window | None) -> When | None:
    open_now = window is not None and window.id == names.NOT_RECEIVED and window.state is WindowState.OPEN
    return sit.facts.seller_asked_at if open_now and sit.claimable else None


def _open_disputes(sit: Situation, window: Window | None) -> str | None:
    """How many are open, where one more may be thought of."""
    count = sit.order.open_disputes
    asks = window is not None and window.state in (WindowState.OPEN, WindowState.GRACE) and not sit.dispute_known
    return str(count) if asks and count > MANY_OPEN else None
