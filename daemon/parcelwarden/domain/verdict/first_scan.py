"""Steps 1 to 3: somebody else's number, no answer ever, no movement yet.

Source: `SEMANTICS.md`, Verdicts; `POLICIES.md` §1.1 (AE-D5), help text L107.
"""

from __future__ import annotations

from parcelwarden.domain.model import Facts, Reason, Silence, Verdict, VerdictCode
from parcelwarden.domain.moment import iso
from parcelwarden.domain.verdict.case import Case, abnormal, shown
from parcelwarden.domain.verdict.movement import begins, predating


def number_predates_order(case: Case) -> Verdict | None:
    """Step 1: all movement is surely older than a day before the payment (`movement.predating`)."""
    if not case.movement or len(predating(case.movement, case.facts)) < len(case.movement):
        return None
    return abnormal(
        case,
        "number_predates_order",
        "All scans of this number are older than the order; it probably belongs to another parcel.",
        shown(case.movement[-1]),
        _payment(case.facts),
    )


def _payment(facts: Facts) -> str:
    what, when = ("paid", facts.paid_at) if facts.paid_at else ("ordered", facts.placed_at)
    return f"{what} {iso(begins(when))}" if when else ""


def unverified(case: Case) -> Verdict | None:
    """Step 2: no look ever got an answer, so nothing may be concluded."""
    if case.looked_at is not None:
        return None
    text = "No source has answered for this number yet, so nothing is known of the parcel."
    return Verdict(
        verdict=VerdictCode.UNVERIFIED,
        reasons=(Reason(code="no_answer_yet", text=text, evidence=_attempt(case)),),
    )


def _attempt(case: Case) -> tuple[str, ...]:
    last = case.parcel.last_outcome
    return (f"last attempt: {last}",) if last else ()


def no_movement(case: Case) -> Verdict | None:
    """Step 3: no movement at the last look, before or from the day at which a missing scan counts. While
    that day is unknown (no shipping date) the parcel is waited for."""
    if case.movement or case.looked_at is None:
        return None
    due = case.first_scan_due
    if due is None or case.looked_at < due:
        return _awaiting(case)
    return abnormal(
        case,
        "no_tracking_information",
        "The parcel was declared shipped, and ten days later there is still no scan of it.",
        f"a first scan was due before {iso(due)}",
        f"looked at {iso(case.looked_at)}",
    )


def _awaiting(case: Case) -> Verdict:
    due = case.first_scan_due
    until = f"until {iso(due)}" if due else "and the day of shipping is not known"
    text = f"There is no scan yet; a first scan may be missing for ten full days after shipping ({until})."
    return Verdict(
        verdict=VerdictCode.AWAITING_FIRST_SCAN,
        reasons=(Reason(code="no_scan_yet", text=text, evidence=(f"looked at {iso(case.looked_at)}",)),),
        silence=Silence(expected_until=due),
        logistics="normal",
        changes_at=due,
    )
