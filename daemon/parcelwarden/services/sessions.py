"""Dashboard sessions: a one-time code becomes a token bound to the page's Origin. All in memory, gone at exit.

Source of the figures: DESIGN §4, "Dashboard login has no cookie". A code that comes twice was read by somebody else on its
way (a command line is no secret): both are refused then, the one that was let in too (RFC 6749 §4.1.2).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from parcelwarden.services.tokens import digest, new_token, same

log = logging.getLogger(__name__)

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


@dataclass(frozen=True, slots=True)
class Code:
    """One code by its digest, its end, and the digest of the session's token that it was traded for."""

    sha256: str
    expires_at: datetime
    session: str | None = None


class Sessions:
    """The live one-time codes and sessions; the oldest give way when there are too many."""

    def __init__(self) -> None:
        self._codes: list[Code] = []
        self._sessions: list[Session] = []

    def issue(self, now: datetime) -> tuple[str, datetime]:
        """A one-time code and the instant at which it ends."""
        code, ends = new_token(), now + CODE_LIFE
        self._codes = [*self._codes, Code(digest(code), ends)][-MOST_CODES:]
        return code, ends

    def redeem(self, code: str, origin: str, now: datetime) -> tuple[str, datetime] | None:
        """Trade a code for a token bound to `origin`; None for a code that is wrong, too old, or used, whose session
        ends with that."""
        asked = digest(code)
        self._codes = [one for one in self._codes if _lives(one.expires_at, CODE_LIFE, now)]
        found = [one for one in self._codes if same(one.sha256, asked)]
        if not found:
            return None
        if found[0].session is not None:
            self._end(found[0].session)
            return None
        token, ends = new_token(), now + SESSION_LIFE
        self._codes = [replace(one, session=digest(token)) if one is found[0] else one for one in self._codes]
        live = [s for s in self._sessions if _lives(s.expires_at, SESSION_LIFE, now)]
        self._sessions = [*live, Session(digest(token), origin, ends)][-MOST_SESSIONS:]
        return token, ends

    def has(self, token_sha256: str) -> bool:
        """Whether the session of this token was not ended or gave way, whatever the time."""
        return any(same(s.token_sha256, token_sha256) for s in self._sessions)

    def _end(self, token_sha256: str) -> None:
        self._sessions = [s for s in self._sessions if not same(s.token_sha256, token_sha256)]
        log.warning(
            "a code of the dashboard came twice, its session is ended: look who is in `parcelwarden token list`"
        )

    def find(self, token_sha256: str, now: datetime) -> Session | None:
        """The live session of this token. Looks at every session, whichever fits."""
        found = [s for s in self._sessions if same(s.token_sha256, token_sha256)]
        return found[0] if found and _lives(found[0].expires_at, SESSION_LIFE, now) else None


def _lives(ends: datetime, life: timedelta, now: datetime) -> bool:
    """Whether `now` is within the life; a clock that was set back does not prolong it."""
    return ends - life <= now < ends
