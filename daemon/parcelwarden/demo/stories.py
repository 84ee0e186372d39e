"""Six orders and what becomes of them, as data. All of it is constructed: no number, name or page is anybody's.

Days are counted from the start of the story. Codes and wordings are Cainiao's (`CHINA_AND_AGGREGATORS.md` §3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAYS = 61
CAPTCHA_DAY = 12
OUTAGE_DAYS = (19, 20)
SEEN_IN_LIST = "8190000000000006"


def day(number: float) -> datetime:
    """The instant of a day of the story."""
    return START + timedelta(days=number)


def date_of(number: float) -> str:
    """The date of a day of the story, `YYYY-MM-DD`."""
    return day(number).date().isoformat()


@dataclass(frozen=True, slots=True)
class Scan:
    """One line that the carrier prints from its day on."""

    day: float
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the buyer does or sees: facts that become known on a day, with a line for the story."""

    day: float
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One order: what is known at first, its parcel, what the carrier prints, what the buyer does."""

    title: str
    order_id: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    number: str | None = None
    handed_to: tuple[float, str] | None = None
    economy: bool = False
    scans: tuple[Scan, ...] = ()
    acts: tuple[Act, ...] = field(default=())


def _facts(due: float, method: str, **more: Any) -> dict[str, Any]:
    return {
        "country": "ES",
        "placed_at": date_of(0),
        "paid_at": day(0.1).isoformat(),
        "shipped_at": date_of(2),
        "delivery_due_at": date_of(due),
        "shipping_method": method,
        **more,
    }


_ORIGIN = (
    Scan(3.1, "PU_PICKUP_SUCCESS", "Received by logistics company"),
    Scan(4.3, "SC_INBOUND_SUCCESS", "Processing at sorting center"),
    Scan(5.2, "SC_OUTBOUND_SUCCESS", "Left from sorting center"),
)
_FLIGHT = (
    Scan(7.0, "LH_HO_AIRLINE", "Leaving from departure country/region"),
    Scan(8.4, "LH_DEPART", "Left from departure country/region"),
)
_ARRIVAL = (
    Scan(13.5, "LH_ARRIVE", "Arrived at linehaul office"),
    Scan(14.2, "CC_IM_SUCCESS", "Import customs clearance complete"),
    Scan(15.6, "GTMS_ACCEPT", "Received by local delivery company"),
)

STORIES: tuple[Story, ...] = (
    Story(
        title="phone case: moves as it should",
        order_id="8190000000000001",
        facts=_facts(40, "AliExpress Standard Shipping", total="7.20", currency="EUR"),
        number="LP00190000000017",
        handed_to=(15.5, "LX190000018ES"),
        scans=(
            *_ORIGIN,
            *_FLIGHT,
            *_ARRIVAL,
            Scan(22.9, "GTMS_DO_DEPART", "Out for delivery"),
            Scan(23.2, "GTMS_SIGNED", "Delivered"),
        ),
        acts=(Act(25, "The buyer confirms receipt.", {"received_at": day(25).isoformat()}),),
    ),
    Story(
        title="LED strip: economy line, silent after the airline, which is normal",
        order_id="8190000000000002",
        facts=_facts(45, "Cainiao Super Economy", total="3.10", currency="EUR"),
        number="LP00190000000024",
        economy=True,
        scans=(*_ORIGIN, *_FLIGHT),
        acts=(Act(33, "It lies in the letter box; the buyer says so.", {"received_at": day(33).isoformat()}),),
    ),
    Story(
        title="drone battery: stalls after the sorting centre",
        order_id="8190000000000003",
        facts=_facts(40, "AliExpress Standard Shipping", total="41.90", currency="EUR"),
        number="LP00190000000031",
        scans=_ORIGIN,
        acts=(
            Act(42, "The buyer opens a dispute.", {"dispute.opened_at": day(42).isoformat()}),
            Act(
                49,
                "The seller did not answer in five days; the dispute closes with a refund.",
                {
                    "dispute.closed_at": day(49).isoformat(),
                    "dispute.closed_by": "seller",
                    "dispute.outcome": "refund",
                    "refund_granted_at": day(49).isoformat(),
                },
            ),
        ),
    ),
    Story(
        title="headphones: on their way back to the seller",
        order_id="8190000000000004",
        facts=_facts(44, "AliExpress Standard Shipping", total="28.00", currency="EUR", payment_method="PayPal"),
        number="LP00190000000048",
        scans=(
            *_ORIGIN,
            *_FLIGHT,
            Scan(13.5, "LH_ARRIVE", "Arrived at linehaul office"),
            Scan(21.0, "RT_HO_OUT", "Returned to sender"),
        ),
        acts=(Act(42.5, "The buyer opens a dispute.", {"dispute.opened_at": day(42.5).isoformat()}),),
    ),
    Story(
        title="watch strap: the order is completed while the parcel still travels",
        order_id="8190000000000005",
        facts=_facts(40, "AliExpress Standard Shipping", total="5.60", currency="EUR"),
        number="LP00190000000055",
        scans=(
            *_ORIGIN,
            *_FLIGHT,
            *_ARRIVAL,
            Scan(31.2, "GTMS_SIGNED", "Delivered"),
        ),
        acts=(
            Act(25, "The order page says: completed.", {"completed_at": day(25).isoformat()}),
            Act(32, "It is the right strap; the buyer confirms.", {"received_at": day(32).isoformat()}),
        ),
    ),
    Story(
        title="garden lights: seen in the order list only, so its dates are unknown",
        order_id=SEEN_IN_LIST,
    ),
)
