"""Step 4: the newest decisive line, where it still stands.

Source: `SEMANTICS.md`, Verdicts (movement after a hold ends it); `STATUSES.md` §1 (a plain moving scan
after `delivered` does not undo it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parcelparsers.model import Event, Flag, State
from parcelwarden.domain.model import Reason, Verdict, VerdictCode
from parcelwarden.domain.verdict.case import Case, abnormal, measured, shown
from parcelwarden.domain.verdict.wording import (
    asks_for_address,
    asks_for_payment,
    says_damaged,
    says_lost,
    says_wrong_destination,
    waits_for_address,
)

MOVING = frozenset({State.IN_TRANSIT, State.OUT_FOR_DELIVERY})
ENDED_BY: dict[State, frozenset[State]] = {
    State.DELIVERED: frozenset(),
    State.RETURNED: frozenset(),
    State.AVAILABLE_FOR_PICKUP: frozenset({State.OUT_FOR_DELIVERY}),
    State.DELIVERY_FAILED: frozenset({State.OUT_FOR_DELIVERY}),
    State.CUSTOMS_HOLD: MOVING,
    State.EXCEPTION: MOVING,
}
"""The decisive states, and the states of later movement that end them: a hold or hitch ends when the parcel
moves on, a failed attempt and a deposit when it is carried out again. Delivered and returned stand until
another decisive line."""


def newest_decisive(movement: Sequence[Event]) -> Event | None:
    """The newest decisive line that no later movement ended, None when there is none. Damage is not undone
    by travel."""
    later: set[State] = set()
    for event in reversed(movement):
        if event.state in ENDED_BY:
            ended = later & ENDED_BY[event.state]
            sticks = event.state is State.EXCEPTION and says_damaged(event) and not says_lost(event)
            return event if sticks or not ended else None
        if event.state is not None:
            later.add(event.state)
    return None


def decided(case: Case) -> Verdict | None:
    """Step 4: the verdict of the newest decisive line, None when none stands."""
    event = newest_decisive(case.movement)
    if event is None or event.state is None:
        return _waiting_for_address(case)
    return _VERDICTS[event.state](case, event)


def _waiting_for_address(case: Case) -> Verdict | None:
    """A carrier that waits for the buyer's address files the line under plain transit (Cainiao
    `GTMS_STA_WAIT_CUST_CHANGE_ADDRESS`); it counts while it is the newest movement."""
    newest = case.movement[-1]
    return _address(case, newest) if waits_for_address(newest) else None


def _arrived(case: Case, event: Event) -> Verdict:
    done = event.state is State.DELIVERED
    code = VerdictCode.DELIVERED if done else VerdictCode.READY_FOR_PICKUP
    text = "The carrier says that the parcel was delivered." if done else "The parcel can be collected."
    return _normal(case, event, code, code.value, text)


def _returned(case: Case, event: Event) -> Verdict:
    return abnormal(case, "returned_to_sender", "The parcel is on its way back to the sender.", shown(event))


def _customs(case: Case, event: Event) -> Verdict:
    if asks_for_payment(event) or Flag.PAYMENT_DUE in case.parcel.flags:
        text = "Customs hold the parcel until duties, tax or charges are paid."
        return _normal(case, event, VerdictCode.ACTION_NEEDED, "duties_to_pay", text)
    return abnormal(case, "held_in_customs", "Customs hold the parcel.", shown(event))


def _failed(case: Case, event: Event) -> Verdict:
    if asks_for_address(event):
        return _address(case, event)
    text = "A delivery was attempted and failed."
    return _normal(case, event, VerdictCode.ACTION_NEEDED, "delivery_failed", text)


def _exception(case: Case, event: Event) -> Verdict:
    flags = case.parcel.flags
    if says_lost(event):
        return abnormal(case, "lost", "The carrier says that the parcel is lost.", shown(event))
    if says_damaged(event):
        return abnormal(case, "damaged", "The carrier says that the parcel is damaged.", shown(event))
    if says_wrong_destination(event):
        return abnormal(case, "wrong_destination", "The parcel was sent to a wrong place.", shown(event))
    if asks_for_address(event):
        return _address(case, event)
    if Flag.LOST in flags or Flag.DAMAGED in flags:
        code = "lost" if Flag.LOST in flags else "damaged"
        return abnormal(case, code, f"The carrier says that the parcel is {code}.", shown(event))
    return abnormal(case, "exception", "The carrier reports a problem with the parcel.", shown(event))


def _address(case: Case, event: Event) -> Verdict:
    text = "The carrier doubts the address and waits for it to be confirmed."
    return _normal(case, event, VerdictCode.ACTION_NEEDED, "address_to_confirm", text)


def _normal(case: Case, event: Event, verdict: VerdictCode, code: str, text: str) -> Verdict:
    return Verdict(
        verdict=verdict,
        reasons=(Reason(code=code, text=text, evidence=(shown(event),)),),
        silence=measured(case),
        logistics="normal",
    )


_VERDICTS: dict[State, Callable[[Case, Event], Verdict]] = {
    State.DELIVERED: _arrived,
    State.AVAILABLE_FOR_PICKUP: _arrived,
    State.RETURNED: _returned,
    State.CUSTOMS_HOLD: _customs,
    State.DELIVERY_FAILED: _failed,
    State.EXCEPTION: _exception,
}
