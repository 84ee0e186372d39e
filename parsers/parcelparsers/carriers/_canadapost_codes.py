"""The event codes of Canada Post, without leading zeros, and the states of its page. Those beyond
`POSTS_AND_COURIERS.md` §20 and the known bodies are general knowledge, checked against no document.
"""

from __future__ import annotations

from parcelparsers.carriers import _meanings as say
from parcelparsers.carriers._meanings import codes

CODES = codes(
    (*say.LABEL, "3000"),
    (*say.ACCEPTED, "405 1301 1302 2300"),
    (*say.MOVING, "100 170 175 1703"),
    (*say.ARRIVED, "4310"),
    (*say.LOCAL, "4500 4600"),
    (*say.CUSTOMS, "117 120 121 125 127 810 1443 1484 1487 1494 4700"),
    (*say.ROUND, "174 500"),
    (*say.WAITING, "118 156 1407 1410 1435 1436 1437 1438 1488 1701 2407 2410"),
    (*say.FAILED, "154 167 168 169 179 181 182 183 184 190 1100 1417 1418 1419 1420 1450 1479 1482 1483 2802 4650"),
    (*say.TROUBLE, "119 122 123 124 126 142 143 144 145 146 147 148 149 150 151 152 153 159 160 161 162 163 172 173"),
    (*say.TROUBLE, "1411 1413 1414 1415 1416 1440 1485 1486 1489 1490 1491 1492 1493 2411 2412 2414"),
    (*say.RETURNED, "1481 2600"),
    (*say.DELIVERED, "1408 1409 1421 1422 1423 1424 1425 1426 1427 1428 1429 1430 1431 1432 1433 1434"),
    (*say.DELIVERED, "1441 1442 1466 1496 1497 1498 1499 5300"),
)

STATUSES = {
    "HalfAccepted": say.LABEL,
    "FullAccepted": say.ACCEPTED,
    "InTransit": say.MOVING,
    "InTransitAlert": say.TROUBLE,
    "FullProgress": say.ROUND,
    "FullProgressAlert": say.TROUBLE,
    "HalfDelivered": say.FAILED,
    "ReadyPickup": say.WAITING,
    "Delivered": say.DELIVERED,
}
"""`status` of the page's data."""

TYPES = {"Delivered": say.DELIVERED, "Out": say.ROUND, "Induction": say.ACCEPTED, "Attempted": say.FAILED}
"""`type` of an event of the page's data, where its code is not known."""

NOTICES = ("Signature", "SignatureImage")
"""Types of rows that are no scans: "Signature available" may stand above the delivery."""
