"""The event codes of Australia Post's tracking and its milestones (`POSTS_AND_COURIERS.md` §21)."""

from __future__ import annotations

from parcelparsers.carriers._meanings import (
    ACCEPTED,
    ARRIVED,
    CLEARED,
    DELIVERED,
    EXPORTED,
    FAILED,
    LABEL,
    LOCAL,
    MOVING,
    RETURNED,
    ROUND,
    TROUBLE,
    WAITING,
    codes,
)

CODES = codes(
    (*LABEL, "ADMIN-ER39 ADMIN-ER40"),
    (*ACCEPTED, "AFC-ER36 AFC-ER15 AFC-ER16 AFC-ER31 INT-2144 INT-0001"),
    (*MOVING, "TTP-ER81 AFP-ER37 NSS-ER42 AFP-ER59 AFP-ER73 AFP-ER87 NSS-ER46 TDD-ER37 TTP-ER8 TTP-ER14 TTP-ER21"),
    (*MOVING, "TTP-ER37 INT-0008 INT-0071"),
    (*EXPORTED, "INT-2171 INT-2177"),
    (*ARRIVED, "INT-2180 INT-2164 INT-2165 DOM-0033 INT-0030 INT-0031 INT-0044"),
    (*CLEARED, "DOM-0035 DOM-0046 INT-2185"),
    (*LOCAL, "INT-0032 INT-0035"),
    (*ROUND, "AFP-ER13 INT-0074"),
    (*FAILED, "DD-ER5 DD-ER11 INT-0036"),
    (*WAITING, "DD-ER4 NT-ER4 INT-0075"),
    (*DELIVERED, "DD-ER13 DD-ER14 DD-ER15 DD-ER37 DD-ER38 INT-0037"),
)

STATUSES = {
    "initiated": LABEL,
    "created": LABEL,
    "label created by sender": LABEL,
    "we've got it": ACCEPTED,
    "in transit": MOVING,
    "it's on its way": MOVING,
    "on its way": MOVING,
    "it's coming today": ROUND,
    "on board for delivery": ROUND,
    "onboard with driver": ROUND,
    "attempted delivery": FAILED,
    "unsuccessful delivery": FAILED,
    "to be re-delivered": FAILED,
    "cannot be delivered": FAILED,
    "awaiting collection": WAITING,
    "ready for pickup": WAITING,
    "held by courier": TROUBLE,
    "article damaged": TROUBLE,
    "possible delay": TROUBLE,
    "delayed": TROUBLE,
    "cancelled": TROUBLE,
    "returned to sender": RETURNED,
    "delivered": DELIVERED,
    "delivered in full": DELIVERED,
}
"""`milestone` and `status`, lower case."""
