"""The application: every verb in one place, for the API, the command line, the scheduler, the demo.

Each verb takes `now`, does its work in one transaction, and answers with records or small values. The verbs
themselves stand in the modules beside this one; here they only get what they need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from parcelparsers.page import Capture

from parcelwarden.domain.model import OrderRef
from parcelwarden.services.ports import AlertQuery, OrderQuery
from parcelwarden.services.records import (
    AlertRecord,
    CaptureRecord,
    FactChange,
    OrderRecord,
    ParcelRecord,
    SourceHealth,
)


class Warden:
    """The verbs (CONTRACT: signatures are fixed, bodies are being written)."""

    # orders
    async def resolve(self, name: str) -> OrderRef:
        """`marketplace/id`, or an id where unique. Raises NotFound, Ambiguous."""
        raise NotImplementedError

    async def add_order(self, facts: Mapping[str, Any], numbers: Sequence[str], now: datetime) -> OrderRecord:
        """Take an order by hand: JSON facts as in SEMANTICS.md plus title, seller, total, currency; numbers of its
        parcels. Raises Invalid (field), Conflict when it is there already."""
        raise NotImplementedError

    async def change_order(self, ref: OrderRef, changes: Mapping[str, Any], now: datetime) -> OrderRecord:
        """Set facts (dotted names) by the user's word; None takes one back. Raises NotFound, Invalid."""
        raise NotImplementedError

    async def forget_order(self, ref: OrderRef, now: datetime) -> None:
        """Drop the order, its alerts, and parcels that no other order has."""
        raise NotImplementedError

    async def order(self, ref: OrderRef) -> OrderRecord:
        raise NotImplementedError

    async def orders(self, query: OrderQuery) -> tuple[list[OrderRecord], str | None]:
        raise NotImplementedError

    async def advice(self, refs: Sequence[OrderRef]) -> dict[OrderRef, OrderRecord | None]:
        """The stored assessments for the overlay; None for an unknown order."""
        raise NotImplementedError

    async def changes(self, ref: OrderRef) -> list[FactChange]:
        raise NotImplementedError

    # parcels
    async def add_parcel(self, number: str, orders: Sequence[OrderRef], now: datetime) -> ParcelRecord:
        """Watch a number. Raises Invalid (not a tracking number; a failed check digit is kept and said)."""
        raise NotImplementedError

    async def parcel(self, number: str) -> ParcelRecord:
        raise NotImplementedError

    async def parcels(self, limit: int, cursor: str | None) -> tuple[list[ParcelRecord], str | None]:
        raise NotImplementedError

    async def refresh(self, number: str, now: datetime) -> datetime:
        """Look as soon as the source's floor allows; answers when that is."""
        raise NotImplementedError

    # captures
    async def take_capture(self, capture: Capture, account: str | None, now: datetime) -> CaptureRecord:
        """Read what the browser showed and take it in; idempotent. Raises Invalid when nothing can be read."""
        raise NotImplementedError

    # alerts
    async def alerts(self, query: AlertQuery) -> tuple[list[AlertRecord], str | None]:
        raise NotImplementedError

    async def alert_delivered(self, alert_id: int, channel: str, now: datetime) -> AlertRecord:
        raise NotImplementedError

    async def acknowledge(self, alert_id: int, now: datetime) -> AlertRecord:
        raise NotImplementedError

    async def snooze(self, alert_id: int, until: datetime, now: datetime) -> AlertRecord:
        raise NotImplementedError

    # sources, settings
    async def sources(self) -> list[SourceHealth]:
        raise NotImplementedError

    async def settings(self) -> dict[str, Any]:
        raise NotImplementedError

    async def change_settings(self, changes: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        raise NotImplementedError

    # time
    async def tick(self, now: datetime) -> datetime | None:
        """Everything that is due at `now`: sweep, dispatch, start of polls. Answers the next instant of interest."""
        raise NotImplementedError

    async def settled(self) -> None:
        """Wait until the looks that were started have been taken in (demo, tests, shutdown)."""
        raise NotImplementedError

    async def health(self, now: datetime) -> dict[str, Any]:
        """For `status` and `doctor`: last tick, counts, failing sources and channels, what was postponed."""
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError
