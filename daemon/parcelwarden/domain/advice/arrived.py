"""The parcel is there: received by the buyer's word, or delivered by the carrier's. Nothing here alarms; a
claim is only spoken of for goods that are not as described."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from parcelwarden.domain.advice import names
from parcelwarden.domain.advice.say import INFO, NOTICE, WARNING, advise, settled
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import flat, stamp
from parcelwarden.domain.model import Advice, Severity, Window, WindowState


def received(sit: Situation) -> Advice | None:
    """The buyer confirmed receipt (or the order is complete and delivered): until when it can still be
    complained of."""
    facts = sit.facts
    if not (facts.received_at or (facts.completed_at and sit.delivered)):
        return None
    window = sit.not_as_described
    if window and window.state is not WindowState.CLOSED:
        return _while_open(sit, window)
    warranty = sit.policy.windows.get(names.WARRANTY)
    if warranty and warranty.state in (WindowState.NOT_YET, WindowState.OPEN):
        return advise(sit, "warranty", INFO, warranty)
    return settled("received_done", INFO)


def _while_open(sit: Situation, window: Window) -> Advice:
    when = sit.facts.received_at
    if sit.horizon.reached(window.last_safe_at):
        return advise(sit, "received_grace", INFO, window)
    if sit.horizon.reached(window.act_by):
        return advise(sit, "received_late", INFO, window)
    free = sit.policy.windows.get(names.FREE_RETURN)
    if free and free.state is WindowState.OPEN and not sit.horizon.reached(free.act_by):
        return _once_open(sit, "received_free_return", INFO, window, received_at=when, free_return_by=free.act_by)
    return _once_open(sit, "received_check", INFO, window, received_at=when)


def _once_open(sit: Situation, code: str, severity: Severity, window: Window | None, **more: Any) -> Advice:
    """The advice, naming from when a dispute can be opened while it cannot yet (a parcel that came before the eleventh
    day); a date to act by that comes no later than that is not named."""
    found = advise(sit, code, severity, window, **more)
    if window is None or window.state is not WindowState.NOT_YET or window.opens_at is None:
        return found
    early = window.act_by is not None and window.act_by <= window.opens_at
    params = {name: value for name, value in found.params.items() if not (early and name == "act_by")}
    return replace(found, params={**params, "not_before": stamp(window.opens_at)})


def delivered(sit: Situation) -> Advice | None:
    """The carrier or the page says delivered, and receipt is not confirmed: look first, confirm only what
    is right."""
    if not sit.delivered:
        return None
    window, when, contacts = sit.not_as_described, sit.facts.delivered_at, _contacts(sit)
    if sit.elsewhere and not (window and sit.horizon.reached(window.act_by)):
        place, country = flat(sit.elsewhere), sit.facts.country
        more: dict[str, Any] = {"place": place, "country": country, "contacts": contacts}
        return _once_open(sit, "delivered_elsewhere", WARNING, window, **more)
    if window and window.state is WindowState.CLOSED:
        return advise(sit, "delivered_over", INFO, window, delivered_at=when)
    if window and sit.horizon.reached(window.last_safe_at):
        return advise(sit, "delivered_grace", NOTICE, window, delivered_at=when)
    if window and sit.horizon.reached(window.act_by):
        return advise(sit, "delivered_but_order_not_confirmed", NOTICE, window, delivered_at=when)
    more = {"delivered_at": when, "contacts": contacts, "missing": _missing(sit)}
    return _once_open(sit, "delivered_check", NOTICE, window, **more)


def _contacts(sit: Situation) -> str | None:
    """The carriers' numbers in the buyer's country, for what is said to be delivered and is not there (AE-N1)."""
    return ", ".join(sit.contacts) or None


def _missing(sit: Situation) -> tuple[str, ...]:
    facts = sit.facts
    names_of = (("shipped_at", facts.shipped_at), ("delivered_at", facts.delivered_at))
    return tuple(name for name, value in names_of if value is None)
