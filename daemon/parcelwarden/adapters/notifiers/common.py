"""What the channels share: the callback of a pressed button, and text that no desktop can stumble over."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable

from parcelwarden.services.ports import NotifyFailed

OnAction = Callable[[int, str], Awaitable[None]]
"""Called with the alert's id and the pressed action: `default` (the note itself), `ack`, `snooze`."""

MOST = 1000
"""Characters of one text; longer ones are cut, desktops cut them anyway."""

APP = "parcelwarden"


class NotAnswering(NotifyFailed):
    """The desktop took the note and did not answer in time: whether it shows is unknown."""


async def no_action(alert_id: int, action: str) -> None:
    """For channels whose buttons nobody waits for."""


def plain(text: str, *, lines: bool = True) -> str:
    """The text without control and direction-changing characters, at most `MOST` long; on one line if asked."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    if not lines:
        kept = " ".join(kept.split())
    return kept if len(kept) <= MOST else kept[: MOST - 1] + "…"
