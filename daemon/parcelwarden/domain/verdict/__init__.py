"""What is to be thought of a parcel now: `judge` for one parcel, `combine` for an order, `judge_line` for
JSON lines.

Source: `SEMANTICS.md`, Verdicts. Pure: no clock, no file; the model of silence, the shipping lines and the
day from which a missing scan counts are handed in.
"""

from __future__ import annotations

from parcelwarden.domain.verdict.jsonl import judge_line
from parcelwarden.domain.verdict.judge import judge
from parcelwarden.domain.verdict.lines import ShippingLines
from parcelwarden.domain.verdict.order import all_delivered, combine, delivered_at, first_delivery
from parcelwarden.domain.verdict.silence import LegClass, Measured, Quantiles, SilenceModel
from parcelwarden.domain.verdict.silence_data import silence_model

__all__ = [
    "LegClass",
    "Measured",
    "Quantiles",
    "ShippingLines",
    "SilenceModel",
    "all_delivered",
    "combine",
    "delivered_at",
    "first_delivery",
    "judge",
    "judge_line",
    "silence_model",
]
