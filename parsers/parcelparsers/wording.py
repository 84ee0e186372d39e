"""What the words of an event say, to check a code against them: where they disagree, the less final one wins.

Only wordings that leave no doubt are listed, in English, the language that sources are asked in; all else
says nothing. Traps: `POSTS_AND_COURIERS.md` §0.5 ("delivered to a service point" waits for pickup, "to the
sender" is returned).
"""

from __future__ import annotations

import re

from parcelparsers.model import State

_FINALITY = {
    state: rank
    for rank, state in enumerate(
        (
            State.INFO_RECEIVED,
            State.EXPIRED,
            State.IN_TRANSIT,
            State.CUSTOMS_HOLD,
            State.OUT_FOR_DELIVERY,
            State.DELIVERY_FAILED,
            State.EXCEPTION,
            State.AVAILABLE_FOR_PICKUP,
            State.RETURNED,
            State.DELIVERED,
        )
    )
}

_PLACE = (
    r"(?:an? |the |your |our )?(?:\w+ )?"
    r"(?:pick-?up|parcel ?(?:locker|shop|point)|collection|service point|access point|locker|station)"
)
_RETURNED = r"\b(?:returned|returning|delivered|return) to (?:the )?(?:sender|seller|shipper|merchant)\b"
_FAILED = (
    r"\b(?:delivery (?:attempt )?(?:has )?(?:failed|unsuccessful)|failed (?:to deliver|delivery)"
    r"|unsuccessful delivery|(?:could|can|was|were) ?not (?:be )?delivered|undeliver(?:ed|able))"
)
_PICKUP = (
    r"\b(?:(?:ready|available|a?waiting) (?:for|to be) (?:pick|collect|self)"
    r"|(?:delivered|deposited|signed) (?:to|at|in|into|by) " + _PLACE + r")"
)
_DELIVERED = (
    r"\A\W*(?:(?:your |the )?(?:package|parcel|item|shipment)(?: has been| was| is)? )?"
    r"(?:successfully )?delivered\b(?! (?:to|by|from) )"
)
_SAYS = (
    (State.RETURNED, _RETURNED),
    (State.DELIVERY_FAILED, _FAILED),
    (State.AVAILABLE_FOR_PICKUP, _PICKUP),
    (State.OUT_FOR_DELIVERY, r"\bout for delivery\b"),
    (State.DELIVERED, _DELIVERED),
)
_CUES = ("deliver", "return", "ready", "available", "waiting", "deposited", "signed")
"""One of them stands in every wording below: most texts have none, and are let go at once."""
_ANY = re.compile("|".join(f"(?P<{state.value}>{words})" for state, words in _SAYS))


def said(text: str) -> State | None:
    """The state that the words name beyond doubt, None for all others."""
    low = text.lower()
    for cue in _CUES:
        if cue in low:
            found = _ANY.search(low)
            return State(found.lastgroup) if found and found.lastgroup else None
    return None


def less_final(a: State, b: State) -> State:
    """The one of two states after which more may still happen."""
    return a if _FINALITY[a] <= _FINALITY[b] else b
