"""The hierarchy of steps of the way: from one step, named by `step_of`, to everything."""

from __future__ import annotations

from parcelparsers.model import Leg
from parcelwarden.domain.verdict.silence import SLOW, TRIED, leg_class

EVERYTHING = ""
MARKS = TRIED, SLOW
SETS: tuple[tuple[str, ...], ...] = MARKS, (TRIED,), (SLOW,), ()
"""The sets of marks, those with more of them first."""


def levels(step: str) -> tuple[str, ...]:
    """An unmarked step's hierarchy, the most general first: everything, class of leg, leg and state, the step."""
    leg, state, _ = step.split("|", 2)
    return EVERYTHING, leg_class(Leg(int(leg))).value, f"{leg}|{state}", step


def is_abroad(step: str) -> bool:
    """Whether a step lies before the arrival in the destination country."""
    return int(step.partition("|")[0]) < Leg.ARRIVED


def marks(step: str) -> tuple[str, ...]:
    """What a step is marked with: one of `SETS`."""
    return next(found for found in SETS if step.endswith("".join(found)))
