"""The words of the picture."""

from __future__ import annotations

from collections.abc import Mapping

from parcelparsers.model import State
from parcelwarden.domain.timeline.model import Shape

FACTS: Mapping[str, tuple[str, Shape]] = {
    "placed_at": ("ordered", Shape.RING),
    "paid_at": ("paid", Shape.CIRCLE),
    "shipped_at": ("shipped", Shape.TRIANGLE),
    "delivered_at": ("delivered", Shape.SQUARE),
    "received_at": ("received", Shape.SQUARE),
    "completed_at": ("completed", Shape.SQUARE),
    "cancel_requested_at": ("cancelling asked", Shape.RING),
    "cancelled_at": ("cancelled", Shape.SQUARE),
    "refund_granted_at": ("refund granted", Shape.DIAMOND),
    "refunded_at": ("refunded", Shape.DIAMOND),
    "paypal_case_opened_at": ("PayPal case opened", Shape.RING),
    "paypal_case_escalated_at": ("PayPal case escalated", Shape.RING),
    "paypal_case_closed_at": ("PayPal case closed", Shape.SQUARE),
    "chargeback_opened_at": ("chargeback opened", Shape.RING),
    "chargeback_closed_at": ("chargeback closed", Shape.SQUARE),
}
"""What is marked on the order's line; `SEMANTICS.md`, Facts."""

DISPUTE: Mapping[str, tuple[str, Shape]] = {
    "opened_at": ("dispute opened", Shape.DIAMOND),
    "seller_replied_at": ("seller replied", Shape.RING),
    "escalated_at": ("escalated", Shape.DIAMOND),
    "return_agreed_at": ("return agreed", Shape.RING),
    "return_tracking_submitted_at": ("return sent", Shape.TRIANGLE),
    "closed_at": ("dispute closed", Shape.SQUARE),
    "appealed_at": ("appealed", Shape.DIAMOND),
}

WINDOWS: Mapping[str, str] = {
    "dispute_not_received": "Dispute, not received",
    "dispute_not_as_described": "Dispute, not as described",
    "free_return": "Free return",
    "warranty_claim": "Warranty",
    "paypal_dispute": "PayPal dispute",
    "card_chargeback": "Chargeback at your card's bank",
}

STATES: Mapping[str, str] = {
    "not_yet": "not yet",
    "open": "open now",
    "maybe": "may be open, the shop decides",
    "grace": "past the last safe time",
    "closed": "closed by the rule",
    "unknown": "opening not known",
}

MAYBE: Mapping[str, str] = {"open": "maybe"}
"""The state of a window that opens by our own verdict alone."""

CLOCKS: Mapping[str, str] = {
    "ship_by": "Seller ships",
    "cancel_answer": "Answer to the cancelling",
    "seller_reply": "Seller's reply",
    "platform_judgement": "Judgement",
    "dispute_response": "Your answer in the dispute",
    "return_shipment": "Your return",
    "warehouse_receipt": "Warehouse receives the return",
    "appeal": "Your appeal",
    "appeal_result": "Result of the appeal",
    "refund_arrival": "Refund arrives",
    "paypal_escalation": "Your escalation at PayPal",
    "platform_escalation": "You ask the shop to step in",
}

LEGS = ("announced", "accepted", "in origin", "on its way", "arrived", "cleared", "local", "at the door")
"""By leg, 0 to 7 (`STATUSES.md` §1)."""

VERDICTS: Mapping[str, str] = {
    "unverified": "no answer yet",
    "awaiting_first_scan": "waits for its first scan",
    "normal": "moves as it should",
    "quiet_expected": "quiet, as this line is",
    "slow": "slow",
    "stalled": "stalled",
    "abnormal": "something is wrong",
    "action_needed": "needs you",
    "ready_for_pickup": "ready for pick-up",
    "delivered": "delivered",
}

_THERE = frozenset({State.DELIVERED, State.AVAILABLE_FOR_PICKUP})
_WRONG = frozenset({State.CUSTOMS_HOLD, State.DELIVERY_FAILED, State.EXCEPTION, State.RETURNED, State.EXPIRED})


def named(names: Mapping[str, str], key: str) -> str:
    """The words for a key; what a pack names anew is told by its own name."""
    return names.get(key) or key.rpartition(".")[2].replace("_", " ")


def scan_shape(state: State | None, advisory: bool) -> Shape:
    """How a scan is marked: there, wrong, only said, moving."""
    if state in _THERE:
        return Shape.SQUARE
    if state in _WRONG:
        return Shape.TRIANGLE
    return Shape.RING if advisory or state in (None, State.INFO_RECEIVED) else Shape.CIRCLE
