"""The rules of advice, most pressing first: the first that holds is the advice. One route, never two."""

from __future__ import annotations

from collections.abc import Callable

from parcelwarden.domain.advice import arrived, dispute, overdue, settlement, under_way, unsent
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.model import Advice

RULES: tuple[Callable[[Situation], Advice | None], ...] = (
    settlement.refunded,
    dispute.duty,
    settlement.refund_due,
    settlement.closed_by_shop,
    settlement.paypal_case,
    settlement.chargeback,
    dispute.waiting,
    dispute.running,
    arrived.received,
    arrived.delivered,
    unsent.cancelling,
    under_way.to_do,
    overdue.overdue,
    unsent.not_shipped,
    under_way.seller_asks,
    overdue.paypal_first,
    unsent.no_dates,
    overdue.may_be_open,
    under_way.delivery_ends,
    under_way.expected_late,
)


def advice_for(sit: Situation) -> Advice:
    """The advice: the first rule that holds, else what the parcel's verdict says."""
    for rule in RULES:
        found = rule(sit)
        if found is not None:
            return found
    return under_way.on_its_way(sit)
