"""Which orders are worth opening."""

from __future__ import annotations

from typing import Literal

from parcelwarden.api.shapes.base import Instant, Shape


class OpenableShape(Shape, frozen=True, kw_only=True):
    """An order whose page should be opened once, and why: its dates are missing, or old while a window ends soon."""

    marketplace: str
    order_id: str
    why: Literal["missing", "old"]
    act_by: Instant | None


class DatesShape(Shape, frozen=True, kw_only=True):
    """How many orders there are, how many lack dates, and the first ones to open, the most pressing first."""

    now: Instant
    total: int
    without_dates: int
    open: tuple[OpenableShape, ...]
