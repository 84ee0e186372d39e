"""The policy engine: facts and packs in, windows and clocks out. Pure: `now` decides states, never dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.model import Clock, Facts, PolicyAnswer, Window
from parcelwarden.domain.policy.clocks import clock
from parcelwarden.domain.policy.combining import combine_clocks, combine_windows
from parcelwarden.domain.policy.editions import in_scope
from parcelwarden.domain.policy.pack import Pack
from parcelwarden.domain.policy.windows import window


def answer(facts: Facts, now: datetime, packs: Sequence[Pack]) -> PolicyAnswer:
    """All windows and clocks of an order at `now` (aware) by these packs, those of other marketplaces left aside.

    For advice give `editions.applicable(facts, packs)`; for named editions `editions.named(packs)`. Raises
    `FactError` when a date lies so far off that no calendar holds what follows from it."""
    windows: dict[str, list[Window]] = {}
    clocks: dict[str, list[Clock]] = {}
    try:
        for pack in packs:
            if in_scope(facts, pack):
                _collect(facts, now, pack, windows, clocks)
    except (OverflowError, ValueError) as fault:
        raise FactError("facts", "times that leave every window between the years 1 and 9999") from fault
    return PolicyAnswer(
        windows={name: combine_windows(found, now) for name, found in windows.items()},
        clocks={name: combine_clocks(found) for name, found in clocks.items()},
    )


def _collect(
    facts: Facts, now: datetime, pack: Pack, windows: dict[str, list[Window]], clocks: dict[str, list[Clock]]
) -> None:
    for window_rule in pack.windows:
        if found := window(window_rule, facts, now, pack.id, pack.days):
            windows.setdefault(found.id, []).append(found)
    for clock_rule in pack.clocks:
        if running := clock(clock_rule, facts, pack.id, pack.days):
            clocks.setdefault(running.id, []).append(running)


def next_change(found: PolicyAnswer, now: datetime) -> datetime | None:
    """The next instant after `now` at which this answer, or what is said of it, changes by itself; None for never."""
    return min((at for at in _instants(found) if at > now), default=None)


def _instants(found: PolicyAnswer) -> Iterator[datetime]:
    for window_ in found.windows.values():
        yield from filter(None, (window_.opens_at, window_.act_by, window_.last_safe_at, window_.stated_end_at))
    for clock_ in found.clocks.values():
        yield from filter(None, (clock_.due_at, clock_.last_safe_at, clock_.stated_end_at))
