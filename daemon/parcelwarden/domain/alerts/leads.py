"""How long before an end the buyer is told."""

from __future__ import annotations

from datetime import timedelta

import msgspec

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class LeadTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Spans before an end at which an alert is due, longest first.

    `delivery_end`: seven days is when a seller can still be asked for an extension (`NEEDS.md` §2: five to
    seven days ahead, under 48 h is late). `unstated_least`: an end whose zone the rule does not state could
    come up to 15 h earlier, so no reminder of it comes later than this before it (`SEMANTICS.md`,
    Principle). `closed_for`: how long after an end its passing is still told.
    """

    delivery_end: tuple[timedelta, ...] = (7 * DAY, 3 * DAY, DAY)
    window: tuple[timedelta, ...] = (7 * DAY, 3 * DAY, DAY, 6 * HOUR)
    duty: tuple[timedelta, ...] = (3 * DAY, DAY, 6 * HOUR)
    unstated_least: timedelta = 2 * DAY
    closed_for: timedelta = 14 * DAY
    verdict_for: timedelta = 30 * DAY
    unchecked_after: timedelta = 2 * DAY

    def unstated(self, leads: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        """The same leads for an end whose zone is not stated: the short ones become one at
        `unstated_least`."""
        kept = tuple(lead for lead in leads if lead > self.unstated_least)
        return (*kept, self.unstated_least)


def lead_name(lead: timedelta) -> str:
    """A lead as it stands in an alert's key: `7d`, `48h`, `6h`."""
    hours = lead // HOUR
    return f"{hours // 24}d" if hours % 24 == 0 and hours > 48 else f"{hours}h"
