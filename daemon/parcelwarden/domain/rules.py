"""Everything that a reassessment rests on beside the order itself, as one value."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from parcelwarden.domain.alerts.leads import LeadTimes
from parcelwarden.domain.late_risk.prior import LateRiskPrior
from parcelwarden.domain.model import Advisory
from parcelwarden.domain.policy import Pack
from parcelwarden.domain.verdict import ShippingLines, SilenceModel


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """`packs`: all editions that are known, each order picks its own; `lines`: the lists of shipping lines;
    `model`: the model of silence; `leads`: how long before an end the buyer is told; `advisories`: published
    disruptions; `late_risk`: where the estimate of late deliveries starts from; `countries`: codes of countries by
    name and by code, in lower case."""

    packs: tuple[Pack, ...]
    lines: ShippingLines
    model: SilenceModel
    leads: LeadTimes = LeadTimes()
    advisories: tuple[Advisory, ...] = ()
    late_risk: LateRiskPrior = LateRiskPrior()
    countries: Mapping[str, str] = {}
