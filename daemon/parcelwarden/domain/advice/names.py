"""The ids of windows and clocks that advice speaks of (`SEMANTICS.md`, Windows and Clocks)."""

from __future__ import annotations

NOT_RECEIVED = "dispute_not_received"
NOT_AS_DESCRIBED = "dispute_not_as_described"
FREE_RETURN = "free_return"
WARRANTY = "warranty_claim"
PAYPAL = "paypal_dispute"
CARD = "card_chargeback"

SHIP_BY = "ship_by"
CANCEL_ANSWER = "cancel_answer"
REFUND_ARRIVAL = "refund_arrival"
PAYPAL_ESCALATION = "paypal_escalation"

DUTIES = ("dispute_response", "return_shipment", "platform_escalation", "appeal", PAYPAL_ESCALATION)
"""What the buyer must do, most pressing first where two end at the same instant."""

DISPUTE_WAITS = ("platform_judgement", "appeal_result", "warehouse_receipt", "seller_reply")
"""What somebody else must do about a dispute, latest stage first."""
