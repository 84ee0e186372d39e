"""The parcel is on its way: what the carrier's lines ask of the buyer, and what its silence means."""

from __future__ import annotations

from typing import Any

from parcelwarden.domain.advice.say import DAY, INFO, NOTICE, WARNING, advise, by_time_left
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.unsent import missing_dates
from parcelwarden.domain.model import Advice, Outlook, Severity, VerdictCode, WindowState

ASK_SELLER = 7 * DAY
"""A seller can be asked for an extension five to seven days ahead; under 48 h is late (`NEEDS.md` §2)."""

TO_DO: dict[str, tuple[str, Severity]] = {
    "ready_for_pickup": ("pickup", NOTICE),
    "duties_to_pay": ("pay_duties", WARNING),
    "address_to_confirm": ("confirm_address", WARNING),
    "delivery_failed": ("delivery_failed", WARNING),
}
"""By the verdict's reason: what the buyer must do."""

SILENT: dict[VerdictCode | None, tuple[str, Severity]] = {
    None: ("no_parcel", INFO),
    VerdictCode.UNVERIFIED: ("unverified", NOTICE),
    VerdictCode.AWAITING_FIRST_SCAN: ("awaiting_first_scan", INFO),
    VerdictCode.NORMAL: ("moving", INFO),
    VerdictCode.QUIET_EXPECTED: ("quiet_expected", INFO),
    VerdictCode.SLOW: ("slow", INFO),
    VerdictCode.STALLED: ("stalled", NOTICE),
    VerdictCode.ABNORMAL: ("abnormal", NOTICE),
    VerdictCode.READY_FOR_PICKUP: ("pickup", NOTICE),
    VerdictCode.ACTION_NEEDED: ("delivery_failed", WARNING),
    VerdictCode.DELIVERED: ("delivered_check", NOTICE),
}
"""By verdict, where nothing else presses."""


def to_do(sit: Situation) -> Advice | None:
    """Fetch it, pay, confirm the address, arrange a new delivery. The window's dates stand beside it; in
    the last day before `act_by`, and from then on, the window itself is the advice."""
    if sit.code not in (VerdictCode.READY_FOR_PICKUP, VerdictCode.ACTION_NEEDED):
        return None
    window = sit.not_received
    if window and window.state is not WindowState.NOT_YET and sit.horizon.within(window.act_by, DAY):
        return None
    code, severity = TO_DO.get(sit.reason or "", SILENT[sit.code])
    return advise(sit, code, severity, window, missing=missing_dates(sit))


def delivery_ends(sit: Situation) -> Advice | None:
    """The delivery time ends soon and nothing came: now the seller can still be asked for an extension."""
    if not sit.claimable or not sit.horizon.within(sit.delivery_end, ASK_SELLER):
        return None
    if sit.horizon.reached(sit.delivery_over):
        return None
    return advise(sit, "delivery_end_near", NOTICE, sit.not_received, delivery_end=sit.delivery_end)


def seller_asks(sit: Situation) -> Advice | None:
    """The seller asks to wait, or to confirm what has not come (by the buyer's word): no date hangs on that. Only an
    extension on the order's own page moves the end (`NEEDS.md` §1, 5)."""
    window = sit.not_received
    if sit.facts.seller_asked_at is None or window is None or not sit.claimable:
        return None
    if window.act_by is None or sit.horizon.reached(window.act_by):
        return None
    severity = by_time_left(sit, window.act_by, warn=ASK_SELLER)
    return advise(sit, "seller_asks", NOTICE if sit.rests_on_verdict else severity, window, reason=sit.reason)


PROMISING = frozenset(
    {
        None,
        VerdictCode.AWAITING_FIRST_SCAN,
        VerdictCode.NORMAL,
        VerdictCode.QUIET_EXPECTED,
        VerdictCode.SLOW,
    }
)
"""Verdicts beside which a late delivery is still news; the others say more."""


def expected_late(sit: Situation) -> Advice | None:
    """By the buyer's own parcels it will probably come late: no claim follows from that, and no date."""
    outlook = late_outlook(sit)
    if outlook is None or sit.code not in PROMISING:
        return None
    window, params = sit.not_received, late_params(outlook)
    return advise(sit, "expected_late", NOTICE, window, delivery_end=sit.delivery_end, **params)


def late_outlook(sit: Situation) -> Outlook | None:
    """The outlook where it is a late delivery that nobody knows of yet."""
    outlook = sit.order.outlook
    awaited = sit.claimable and sit.facts.completed_at is None and not sit.horizon.reached(sit.delivery_over)
    return outlook if outlook is not None and outlook.expected and awaited else None


def late_params(outlook: Outlook) -> dict[str, Any]:
    """How likely it is, in 100, and on how many parcels of the buyer's own that rests."""
    return {"chance": str(min(int(outlook.late * 100), 99)), "arrived": str(outlook.evidence)}


def on_its_way(sit: Situation) -> Advice:
    """What the verdict alone says; always something."""
    code, severity = SILENT[sit.code]
    return advise(
        sit,
        code,
        severity,
        sit.not_received,
        expected_until=sit.silence.expected_until,
        try_from=sit.try_from if sit.code is VerdictCode.STALLED else None,
        reason=sit.reason,
    )
