"""What becomes of a claim: the buyer's words about a dispute, in the order in which they become known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

DAY = timedelta(days=1)


def dispute(rng: Random, say: Callable[..., None], when: Callable[[datetime], str], opened: datetime) -> None:
    """The buyer opens a dispute; it ends with money, is rejected, or drags on. Some pay by a PayPal case instead."""
    say(opened, dispute__opened_at=_exact(opened))
    at = opened + DAY * rng.uniform(1, 8)
    course = rng.choice(("ignored", "answer", "return", "rejected", "won"))
    if course == "answer":
        by = at + DAY * rng.uniform(2, 6)
        say(at, dispute__seller_replied_at=_exact(at), dispute__respond_by_at=_exact(by))
        at = by + DAY * rng.uniform(-1, 3)
    elif course == "return":
        say(at, dispute__seller_replied_at=_exact(at), dispute__return_agreed_at=when(at))
        if rng.random() < 0.6:
            at += DAY * rng.uniform(1, 9)
            say(at, dispute__return_tracking_submitted_at=when(at))
        return
    elif course == "ignored" and rng.random() < 0.5:
        say(at, dispute__escalated_at=_exact(at))
        at += DAY * rng.uniform(2, 6)
    if course == "rejected":
        say(at, dispute__closed_at=when(at), dispute__closed_by="platform", dispute__outcome="rejected")
        if rng.random() < 0.4:
            at += DAY * rng.uniform(1, 6)
            say(at, dispute__appealed_at=_exact(at))
    elif course in ("answer", "won"):
        say(at, dispute__closed_at=when(at), dispute__outcome="refund", refund_granted_at=when(at))
        if rng.random() < 0.6:
            at += DAY * rng.uniform(3, 35)
            say(at, refunded_at=when(at))


def _exact(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
