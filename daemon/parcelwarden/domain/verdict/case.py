"""What every step of the decision looks at, prepared once."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from parcelparsers.model import Event, Flag, Leg
from parcelwarden.domain.model import Facts, ParcelFacts, Reason, Silence, Verdict, VerdictCode
from parcelwarden.domain.moment import iso
from parcelwarden.domain.verdict.lines import LineClass, ShippingLines
from parcelwarden.domain.verdict.movement import furthest_leg, own_movement, silent_since
from parcelwarden.domain.verdict.silence import Quantiles, SilenceModel, lane_key, step_after
from parcelwarden.domain.verdict.wording import is_quiet_status

SECOND = timedelta(seconds=1)
"""The finest step of time that is kept; "beyond" begins one of it later."""

ECONOMY_SPAN = timedelta(days=30)
"""How long an economy line may be silent after one of the three quiet statuses (AE-T1)."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel of one order. `looked_at`: the last look that got an answer; `movement` is what can belong
    to this order, oldest first; `silent_since`: the latest instant at which the silence can have begun."""

    facts: Facts
    parcel: ParcelFacts
    looked_at: datetime | None
    first_scan_due: datetime | None
    lines: ShippingLines
    model: SilenceModel
    movement: tuple[Event, ...]
    silent_since: datetime | None

    @property
    def silence(self) -> timedelta | None:
        """How long nothing moved, up to the last look that got an answer; None while either end is
        unknown."""
        if self.looked_at is None or self.silent_since is None:
            return None
        return max(self.looked_at - self.silent_since, timedelta())

    @property
    def line(self) -> LineClass:
        """Economy by the order's line, the carrier's line or the carrier's flag; else what the order's line
        is."""
        named = [self.lines.classify(name) for name in (self.facts.shipping_method, self.parcel.service_line)]
        if Flag.ECONOMY_NO_LASTMILE in self.parcel.flags or LineClass.ECONOMY in named:
            return LineClass.ECONOMY
        return LineClass.TRACKED if LineClass.TRACKED in named else LineClass.UNKNOWN

    @property
    def lane(self) -> str | None:
        """The lane under which measurements are kept; None while line or country is unknown."""
        return lane_key(self.facts.shipping_method or self.parcel.service_line, self.facts.country)

    @property
    def quantiles(self) -> Quantiles:
        """What silence to expect on the leg that the parcel got to, after its newest movement."""
        step = step_after(self.movement) if self.movement else ""
        return self.model.quantiles(furthest_leg(self.movement), self.lane, step)

    @property
    def quiet_span(self) -> timedelta | None:
        """How long silence is expected because this line, or this lane, is not scanned from here on; None where
        it is."""
        if not self.movement:
            return None
        if self.line is LineClass.ECONOMY and is_quiet_status(self.movement[-1]):
            return ECONOMY_SPAN
        unscanned = self.lane in self.model.unscanned and furthest_leg(self.movement) < Leg.ARRIVED
        return self.model.unscanned_span if unscanned else None


def prepare(
    facts: Facts,
    parcel: ParcelFacts,
    now: datetime,
    first_scan_due: datetime | None,
    model: SilenceModel,
    lines: ShippingLines,
) -> Case:
    """The case of one parcel. A look that lies after `now` (the clock was set back) counts as one at
    `now`."""
    movement = own_movement(parcel.events, facts)
    return Case(
        facts=facts,
        parcel=parcel,
        looked_at=min(parcel.last_ok_at, now) if parcel.last_ok_at else None,
        first_scan_due=first_scan_due,
        lines=lines,
        model=model,
        movement=movement,
        silent_since=silent_since(movement),
    )


def shown(event: Event) -> str:
    """One line of a history as evidence: when, code, text."""
    parts = (iso(event.at) or event.local_time, event.code, event.description)
    return " ".join(part for part in parts if part)


def days(span: timedelta) -> float:
    """A span in days, to a thousandth."""
    return round(span / timedelta(days=1), 3)


def measured(case: Case, *, rank: float | None = None, until: datetime | None = None) -> Silence:
    """The silence of a case as it is reported."""
    silence = case.silence
    return Silence(
        days=None if silence is None else days(silence),
        quantile=None if rank is None else round(rank, 4),
        expected_until=until,
    )


def abnormal(case: Case, code: str, text: str, *evidence: str) -> Verdict:
    """The verdict `abnormal` for one reason."""
    return Verdict(
        verdict=VerdictCode.ABNORMAL,
        reasons=(Reason(code=code, text=text, evidence=evidence),),
        silence=measured(case),
        logistics="abnormal",
    )
