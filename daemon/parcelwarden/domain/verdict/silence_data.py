"""The model of silence from its data file (`policies/silence.toml`), already parsed into tables.

`[clamp]` has `q95_least`, `q95_most` and `lane_parcels`; `[unscanned]` has `span`; each `[legs.<class>]` has
`q95`, `q99`, `q99_least`, `q99_most`. All times are hours, whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from parcelwarden.domain.errors import PackError
from parcelwarden.domain.verdict.silence import LegClass, LegPrior, Quantiles, SilenceModel

PACK = "silence"


def silence_model(tables: Mapping[str, Any]) -> SilenceModel:
    """The model without any measurement. Raises `PackError` naming the key that is missing or out of
    bounds."""
    clamp = _table(tables, "clamp")
    least, most = _span(clamp, "clamp", "q95_least"), _span(clamp, "clamp", "q95_most")
    legs = {kind: _leg(_table(tables, "legs"), kind) for kind in LegClass}
    for kind, leg in legs.items():
        if not least <= leg.prior.q95 <= most:
            raise PackError(PACK, f"legs.{kind}.q95", "a time within the clamp")
    return SilenceModel(
        legs=legs,
        q95_least=least,
        q95_most=most,
        lane_parcels=_whole(clamp, "clamp", "lane_parcels"),
        unscanned_span=_span(_table(tables, "unscanned"), "unscanned", "span"),
    )


def _leg(tables: Mapping[str, Any], kind: LegClass) -> LegPrior:
    table, where = _table(tables, kind), f"legs.{kind}"
    q95, q99, least, most = (_span(table, where, key) for key in ("q95", "q99", "q99_least", "q99_most"))
    if not (q95 <= q99 and least <= q99 <= most):
        raise PackError(PACK, f"{where}.q99", "a time not below q95, within q99_least and q99_most")
    return LegPrior(Quantiles(q95, q99), least, most)


def _table(tables: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = tables.get(key)
    if not isinstance(table, Mapping):
        raise PackError(PACK, key, "a table")
    return table


def _whole(table: Mapping[str, Any], where: str, key: str) -> int:
    number = table.get(key)
    if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
        raise PackError(PACK, f"{where}.{key}", "a whole number above 0")
    return number


def _span(table: Mapping[str, Any], where: str, key: str) -> timedelta:
    return timedelta(hours=_whole(table, where, key))
