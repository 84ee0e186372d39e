"""A parcel of one source made whole: its events in order, what the source says of the parcel itself, flags."""

from __future__ import annotations

import re
from typing import Any

from parcelparsers.carriers._meanings import Meaning
from parcelparsers.errors import Unreadable
from parcelparsers.model import Eta, Flag, Leg, Parcel, State
from parcelparsers.timeline import settled
from parcelparsers.typed import replace
from parcelparsers.wording import less_final

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOVING = (State.INFO_RECEIVED, State.IN_TRANSIT)
_UNDER_WAY = (*_MOVING, State.OUT_FOR_DELIVERY)
_OVER = (State.DELIVERED, State.RETURNED)
_TROUBLE = (State.EXCEPTION, State.CUSTOMS_HOLD, State.DELIVERY_FAILED, State.RETURNED, State.AVAILABLE_FOR_PICKUP)

_LOST = (
    r"\blost\b(?! and found)|extravi|\broub|\brobad|n[ãa]o localizad|perdid|smarrit|\bperdu|утер|утрач|втрач|ztracen"
    r"|elveszett|tappad|tapt|mistet|丢失"
)
_DAMAGED = (
    r"\bdamage|avariad|dañad|danneggi|endommag|beschadig|beschädig|поврежд|пошкодж|skadad|skadet|beskadig|poškozen"
    r"|sérült|破损"
)
_PAYMENT = (
    r"(?:pagamento|pago|pagar|paiement|payer|betaling|оплат|уплат|сплат)\w*.{0,60}(?:aguard|impost|tribut|dazi|oneri"
    r"|aduan|dogan|douan|droits|taxes?\b|toll|тамож|мит)"
    r"|(?:aguardando|pendiente|attesa|en attente).{0,30}(?:pagamento|pago|paiement)"
    r"|\b(?:duty|duties|customs (?:fee|charge)s?|import charges)\b.{0,40}\b(?:due|pay|owed|unpaid)"
)
_TOLD = (
    (Flag.LOST, re.compile(_LOST, re.I)),
    (Flag.DAMAGED, re.compile(_DAMAGED, re.I)),
    (Flag.PAYMENT_DUE, re.compile(_PAYMENT, re.I)),
)


def concluded(parcel: Parcel, own: Meaning | None = None, *, eta: str | None = None, **order: Any) -> Parcel:
    """The parcel settled (`order` as in `settled`), with the flags that the newest decisive event's words raise, and
    without a forecast where its journey is over. `eta`: the forecast, ISO.

    What the source's own status says (`own`) counts where the newest event says nothing, where it says delivered and
    that event is a move, and alone, as `SPARSE`, where there are no events. Raises `Unreadable` where there is neither
    an event nor a known status.
    """
    state = (own.state if own else None) or parcel.state
    if not parcel.events and state is None:
        raise Unreadable(f"history of {parcel.number or 'the parcel'}", "events or a known status")
    done = settled(parcel, **order)
    if own and own.state and _counts(own.state, done):
        done = replace(done, state=own.state, leg=max(done.leg, own.leg))
    if not done.events:
        done = replace(done, flags=(*done.flags, Flag.SPARSE))
    if eta and _DAY.match(eta):
        done = replace(done, eta=Eta(earliest=eta[:10], latest=eta[:10]))
    return replace(done, flags=_flags(done), eta=None if done.state in _OVER else done.eta)


def _counts(own: State, done: Parcel) -> bool:
    newest = next((e for e in reversed(done.events) if not e.advisory), None)
    if done.state is None or newest is None or newest.state is None:
        return True
    return own is State.DELIVERED and done.state in _UNDER_WAY


def _flags(parcel: Parcel) -> tuple[Flag, ...]:
    newest = next((e for e in reversed(parcel.events) if e.state), None)
    text = newest.description if newest and newest.state in _TROUBLE else ""
    told = (flag for flag, words in _TOLD if text and words.search(text))
    return tuple(dict.fromkeys((*parcel.flags, *told)))


def in_state(parcel: Parcel, state: State | None, leg: Leg = Leg.ANNOUNCED) -> Parcel:
    """The parcel with the state that the source's own status field says, where it says one."""
    return parcel if state is None else replace(parcel, state=state, leg=max(leg, parcel.leg))


def agree(parcel: Parcel, own: Meaning | None) -> Parcel:
    """The parcel after the source's own status field was asked too.

    A plain "moving" on either side gives way to what says more, and a problem in the history stands; of
    "delivered" and anything that is more than moving the less final one stands, with a flag (DESIGN §4).
    """
    if own is None or own.state is None or own.state is parcel.state:
        return parcel
    if parcel.state is None or parcel.state in _MOVING:
        return in_state(parcel, own.state, own.leg)
    if State.DELIVERED in (own.state, parcel.state):
        unsure = own.state is not State.DELIVERED or parcel.state is not State.OUT_FOR_DELIVERY
        settled_on = less_final(own.state, parcel.state) if unsure else own.state
        flags = (*parcel.flags, Flag.CODE_AND_WORDING_DISAGREE) if unsure else parcel.flags
        return replace(parcel, state=settled_on, leg=max(parcel.leg, own.leg), flags=flags)
    return parcel if own.state in _UNDER_WAY else in_state(parcel, own.state, own.leg)
