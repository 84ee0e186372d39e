"""Comparing instants with now, and remembering when a comparison would first turn out otherwise.

Whatever is decided only by `Horizon.reached` cannot change before `next_at`: a first-match rule takes the
same way as long as every comparison on that way stays the same, and each turns only once, at the instant
that it compares with.
"""

from __future__ import annotations

from datetime import datetime, timedelta


class Horizon:
    """`now`, and the earliest instant after it with which anything was compared (None: nothing)."""

    __slots__ = ("next_at", "now")

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.next_at: datetime | None = None

    def reached(self, instant: datetime | None) -> bool:
        """Whether `now` is at or after the instant; an unknown one is never reached."""
        if instant is None:
            return False
        if instant <= self.now:
            return True
        if self.next_at is None or instant < self.next_at:
            self.next_at = instant
        return False

    def within(self, instant: datetime | None, span: timedelta) -> bool:
        """Whether less than or just `span` is left to the instant (or it has passed)."""
        return instant is not None and self.reached(instant - span)
