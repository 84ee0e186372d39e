"""What `/v1/stream` tells: the data of each event. Place names (`id:`) are for `Last-Event-ID` alone."""

from __future__ import annotations

import msgspec

from parcelwarden.api.shapes.base import Instant, Shape
from parcelwarden.api.shapes.orders import OrderName, SeverityName


class StreamStart(Shape, frozen=True, kw_only=True):
    """`start`, the first event, and again where some were missed. Not `resumed`: read everything anew."""

    now: Instant
    resumed: bool


class OrderChanged(OrderName, frozen=True, kw_only=True):
    """`order`: the order, or what follows from it, was written."""

    forgotten: bool


class AlertChanged(Shape, frozen=True, kw_only=True):
    """`alert`: an alert was raised, became due, was told, acknowledged, put off or withdrawn."""

    id: int
    order: OrderName
    code: str
    severity: SeverityName
    state: str
    due_at: Instant


class SourceChanged(Shape, frozen=True, kw_only=True):
    """`source`: a source answers again, fails, or is not asked before `resume_at`."""

    source: str
    state: str
    failing_since: Instant | None
    resume_at: Instant | None


STREAMED: dict[str, type[msgspec.Struct]] = {"order": OrderChanged, "alert": AlertChanged, "source": SourceChanged}
"""The shape of each kind of change."""
