"""The verdict of one parcel: the first step that decides (`SEMANTICS.md`, Verdicts)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from parcelparsers.model import Outcome
from parcelwarden.domain.model import Facts, ParcelFacts, Reason, Verdict
from parcelwarden.domain.moment import iso
from parcelwarden.domain.verdict.case import Case, prepare
from parcelwarden.domain.verdict.decisive import decided
from parcelwarden.domain.verdict.first_scan import no_movement, number_predates_order, unverified
from parcelwarden.domain.verdict.lines import ShippingLines
from parcelwarden.domain.verdict.silence import SilenceModel
from parcelwarden.domain.verdict.silent import quiet, under_way

STEPS: tuple[Callable[[Case], Verdict | None], ...] = (
    number_predates_order,
    unverified,
    no_movement,
    decided,
    quiet,
    under_way,
)


def judge(
    facts: Facts,
    parcel: ParcelFacts,
    *,
    now: datetime,
    first_scan_due: datetime | None,
    model: SilenceModel,
    lines: ShippingLines,
) -> Verdict:
    """What is to be thought of this parcel.

    `first_scan_due` is surely from (shipped, 11) of the order's pack, None while the shipping date is
    unknown. Everything is judged at the last look that got an answer: time that passes without one changes
    nothing. So `changes_at` is the instant at which a look that finds nothing new would change the verdict;
    it may lie before `now`.
    """
    case = prepare(facts, parcel, now, first_scan_due, model, lines)
    found = next(verdict for step in STEPS if (verdict := step(case)) is not None)
    reasons = (*found.reasons, *_not_looked(case))
    return msgspec.structs.replace(found, reasons=reasons, checked_at=parcel.last_ok_at)


def _not_looked(case: Case) -> tuple[Reason, ...]:
    """A refused source makes a verdict older, never worse: that is said beside it."""
    last = case.parcel.last_outcome
    if case.looked_at is None or last in (None, Outcome.FOUND, Outcome.NOT_FOUND):
        return ()
    text = f"Not looked at since {iso(case.looked_at)}: the source does not answer."
    return (Reason(code="not_looked_at_since", text=text, evidence=(f"last attempt: {last}",)),)
