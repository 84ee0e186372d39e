"""The event codes of Australia Post's tracking and its milestones (`POSTS_AND_COURIERS.md` §21)."""

from __future__ import annotations

from parcelparsers.carriers import _meanings as say
from parcelparsers.carriers._meanings import codes

CODES = codes(
    (*say.LABEL, "ADMIN-ER39 ADMIN-ER40"),
    (*say.ACCEPTED, "AFC-ER36 AFC-ER15 AFC-ER16 AFC-ER31 INT-2144 INT-0001"),
    (*say.MOVING, "TTP-ER81 AFP-ER37 NSS-ER42 AFP-ER59 AFP-ER73 AFP-ER87 NSS-ER46 TDD-ER37 TTP-ER8 TTP-ER14 TTP-ER21"),
    (*say.MOVING, "TTP-ER37 INT-0008 INT-0071"),
    (*say.EXPORTED, "INT-2171 INT-2177"),
    (*say.ARRIVED, "INT-2180 INT-2164 INT-2165 DOM-0033 INT-0030 INT-0031 INT-0044"),
    (*say.CLEARED, "DOM-0035 DOM-0046 INT-2185"),
    (*say.LOCAL, "INT-0032 INT-0035"),
    (*say.ROUND, "AFP-ER13 INT-0074"),
    (*say.FAILED, "DD-ER5 DD-ER11 INT-0036"),
    (*say.WAITING, "DD-ER4 NT-ER4 INT-0075"),
    (*say.DELIVERED, "DD-ER13 DD-ER14 DD-ER15 DD-ER37 DD-ER38 INT-0037"),
)

STATUSES = {
    "initiated": say.LABEL,
    "created": say.LABEL,
    "label created by sender": say.LABEL,
    "we've got it": say.ACCEPTED,
    "in transit": say.MOVING,
    "it's on its way": say.MOVING,
    "on its way": say.MOVING,
    "it's coming today": say.ROUND,
    "on board for delivery": say.ROUND,
    "onboard with driver": say.ROUND,
    "attempted delivery": say.FAILED,
    "unsuccessful delivery": say.FAILED,
    "to be re-delivered": say.FAILED,
    "cannot be delivered": say.FAILED,
    "awaiting collection": say.WAITING,
    "ready for pickup": say.WAITING,
    "held by courier": say.TROUBLE,
    "article damaged": say.TROUBLE,
    "possible delay": say.TROUBLE,
    "delayed": say.TROUBLE,
    "cancelled": say.TROUBLE,
    "returned to sender": say.RETURNED,
    "delivered": say.DELIVERED,
    "delivered in full": say.DELIVERED,
}
"""`milestone` and `status`, lower case."""
