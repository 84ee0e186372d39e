"""Where two packs may apply: ends are the earliest and openings the latest of both.

Source: SEMANTICS.md, last line of "Windows", and its principle.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from parcelwarden.domain.model import Clock, Window
from parcelwarden.domain.policy.act_by import within
from parcelwarden.domain.policy.windows import state_at

_FAR = datetime.max.replace(tzinfo=UTC)


def combine_windows(found: Sequence[Window], now: datetime) -> Window:
    """One window out of several packs' readings of it. An opening that one reading leaves unknown, or that is not
    before the earliest end, is unknown. The pack and rule named are those whose end binds."""
    if len(found) == 1:
        return found[0]
    opener = _latest_opening(found)
    last_safe_at = min((w.last_safe_at for w in found if w.last_safe_at), default=None)
    stated_end_at = min((w.stated_end_at for w in found if w.stated_end_at), default=None)
    opens_at = opener.opens_at if opener else None
    if opens_at and last_safe_at and opens_at >= last_safe_at:
        opens_at = None
    return replace(
        min(found, key=_end),
        opens_at=opens_at,
        last_safe_at=last_safe_at,
        stated_end_at=stated_end_at,
        state=state_at(opens_at, last_safe_at, stated_end_at, now),
        act_by=within(_act_by(found), opens_at, last_safe_at),
        opened_by=opener.opened_by if opener and opens_at else "unknown",
        conflicts=tuple(dict.fromkeys(text for w in found for text in w.conflicts)),
    )


def combine_clocks(found: Sequence[Clock]) -> Clock:
    """One clock out of several: nobody's time is called over before the latest reading, a duty ends by the earliest.
    Where kinds differ the duty stands."""
    duties = [clock for clock in found if clock.kind == "duty"]
    if duties:
        first = min(duties, key=_end)
        return replace(first, stated_end_at=min((d.stated_end_at for d in duties if d.stated_end_at), default=None))
    return max(found, key=_due)


def _latest_opening(found: Sequence[Window]) -> Window | None:
    known = [w for w in found if w.opens_at]
    return max(known, key=lambda w: w.opens_at or _FAR) if len(known) == len(found) else None


def _act_by(found: Sequence[Window]) -> datetime | None:
    """The earliest; a primary source in force on the order's dates replaces the others'."""
    primary = [w for w in found if w.rule.trust == "primary"]
    return min((w.act_by for w in primary or found if w.act_by), default=None)


def _end(item: Window | Clock) -> datetime:
    return item.last_safe_at or _FAR


def _due(clock: Clock) -> datetime:
    return clock.due_at or _FAR
