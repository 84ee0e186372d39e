"""Dashboard sessions: a one-time code becomes a token bound to the page's Origin. All in memory, gone at exit.

Source of the figures: DESIGN §4, "Dashboard login has no cookie".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from parcelwarden.services.tokens import digest, new_token, same

CODE_LIFE = timedelta(seconds=30)
SESSION_LIFE = timedelta(hours=12)
MOST_CODES = 8
MOST_SESSIONS = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One logged-in page: the digest of its token, the Origin it is bound to, and its end."""

    token_sha256: str
    origin: str
    expires_at: datetime


class Sessions:
    """The live one-time codes and sessions; the oldest give way when there are too many."""

    def __init__(self) -> None:
        self._codes: list[tuple[str, datetime]] = []
        self._sessions: list[Session] = []

    def issue(self, now: datetime) -> tuple[str, datetime]:
        """A one-time code and the instant at which it ends."""
        code, ends = new_token(), now + CODE_LIFE
        self._codes = [*self._codes, (digest(code), ends)][-MOST_CODES:]
        return code, ends

    def redeem(self, code: str, origin: str, now: datetime) -> tuple[str, datetime] | None:
        """Trade a code for a token bound to `origin`; None for a code that is wrong, used or too old."""
        asked = digest(code)
        found = [entry for entry in self._codes if same(entry[0], asked)]
        self._codes = [entry for entry in self._codes if entry not in found and _lives(entry[1], CODE_LIFE, now)]
        if not found or not _lives(found[0][1], CODE_LIFE, now):
            return None
        token, ends = new_token(), now + SESSION_LIFE
        live = [s for s in self._sessions if _lives(s.expires_at, SESSION_LIFE, now)]
        self._sessions = [*live, Session(digest(token), origin, ends)][-MOST_SESSIONS:]
        return token, ends

    def find(self, token_sha256: str, now: datetime) -> Session | None:
        """The live session of this token. Looks at every session, whichever fits."""
        found = [s for s in self._sessions if same(s.token_sha256, token_sha256)]
        return found[0] if found and _lives(found[0].expires_at, SESSION_LIFE, now) else None


def _lives(ends: datetime, life: timedelta, now: datetime) -> bool:
    """Whether `now` is within the life; a clock that was set back does not prolong it."""
    return ends - life <= now < ends
