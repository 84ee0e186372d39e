"""The names under which silences are counted: from one step of the way to everything."""

from __future__ import annotations

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.verdict.silence import leg_class


def step_of(leg: Leg, state: State | None, code: str | None) -> str:
    """A step: leg, state and the carrier's own code, e.g. `6|in_transit|GTMS_ACCEPT`."""
    return f"{int(leg)}|{state or ''}|{code or ''}"


def step_of_event(event: Event) -> str:
    """The step at which an event leaves a parcel."""
    return step_of(event.leg, event.state, event.code)


def levels(step: str) -> tuple[str, str, str, str]:
    """A step's hierarchy, the most general first: everything, class of leg, leg and state, the step itself."""
    leg, state, _ = step.split("|", 2)
    return "", leg_class(Leg(int(leg))).value, f"{leg}|{state}", step
