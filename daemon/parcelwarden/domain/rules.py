"""Everything that a reassessment rests on beside the order itself, as one value."""

from __future__ import annotations

import msgspec

from parcelwarden.domain.alerts.leads import LeadTimes
from parcelwarden.domain.policy import Pack
from parcelwarden.domain.verdict import ShippingLines, SilenceModel


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """`packs`: all editions that are known, each order picks its own; `lines`: the lists of shipping lines;
    `model`: the model of silence; `leads`: how long before an end the buyer is told."""

    packs: tuple[Pack, ...]
    lines: ShippingLines
    model: SilenceModel
    leads: LeadTimes = LeadTimes()
