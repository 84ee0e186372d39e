"""The pairing window: opened by the user only, eight digits, two minutes, five tries, one client.

Source of the figures: `SECURITY.md` T7, S20–S22.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parcelwarden.services.errors import Conflict, Refused
from parcelwarden.services.tokens import digest, new_digits, same

WINDOW = timedelta(minutes=2)
TRIES = 5
CLIENT_SCOPES = ("read", "write", "relay")

CLOSED = "no pairing window is open: run `parcelwarden pair` and type the code that it shows"


@dataclass(slots=True)
class _Window:
    code: str
    scopes: tuple[str, ...]
    opened_at: datetime
    tries_left: int = TRIES
    used: bool = False
    client: str | None = None

    @property
    def pending(self) -> bool:
        """Whether the code was right and the client is still being made."""
        return self.used and self.client is None

    def covers(self, now: datetime) -> bool:
        return self.opened_at <= now < self.opened_at + WINDOW


@dataclass(frozen=True, slots=True)
class PairingState:
    """What the window is at an instant; `client` is the one that was paired in it."""

    open: bool
    expires_at: datetime | None = None
    tries_left: int = 0
    client: str | None = None


class PairingWindow:
    """At most one window; opening again replaces the former. Lives in memory only."""

    def __init__(self) -> None:
        self._window: _Window | None = None
        self._taken: _Window | None = None

    def open(self, now: datetime, scopes: tuple[str, ...] = CLIENT_SCOPES) -> tuple[str, datetime]:
        """Open a window for `WINDOW` from `now`. Answers the code, kept here only as a digest, and the end."""
        code = new_digits()
        self._window = _Window(digest(code), scopes, now)
        return code, now + WINDOW

    def close(self) -> None:
        """Close the window; its code is void."""
        self._window = None

    def listening(self, now: datetime) -> bool:
        """Whether a request to pair is looked at: within the window's time and tries, also after a first client
        took it (so that a second learns that it came too late)."""
        return bool(self._window and self._window.covers(now) and self._window.tries_left)

    def state(self, now: datetime) -> PairingState:
        """The window at `now`, for the one who opened it."""
        window = self._window
        if window is None:
            return PairingState(open=False)
        if window.pending:
            return PairingState(True, window.opened_at + WINDOW)
        if window.used or not self.listening(now):
            return PairingState(open=False, client=window.client)
        return PairingState(True, window.opened_at + WINDOW, window.tries_left)

    def redeem(self, code: str, now: datetime) -> tuple[str, ...]:
        """Take the window by its code; answers the scopes to give. Raises `Refused` (no window, wrong code) or
        `Conflict` (another client took it)."""
        window = self._window
        if window is None or not self.listening(now):
            raise Refused(CLOSED)
        if window.used:
            raise Conflict("another client was paired in this window: open a new one with `parcelwarden pair`")
        if not same(digest(code), window.code):
            window.tries_left -= 1
            raise Refused(f"wrong code, {window.tries_left} tries left" if window.tries_left else CLOSED, field="code")
        window.used = True
        self._taken = window
        return window.scopes

    def paired(self, client: str) -> None:
        """Note which client took the window."""
        if self._taken:
            self._taken.client = client

    def released(self) -> None:
        """No client could be made: the code holds again."""
        if self._taken:
            self._taken.used = False
