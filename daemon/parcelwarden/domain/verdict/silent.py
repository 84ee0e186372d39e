"""Steps 5 and 6: a parcel under way, judged by its silence.

Source: `SEMANTICS.md`, Verdicts; help text L436 (economy lines: normally within 30 days after the status).
"Beyond" is strict: the verdict changes one second after the last instant of a span.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from parcelwarden.domain.model import Reason, Silence, Verdict, VerdictCode
from parcelwarden.domain.moment import DAY, iso
from parcelwarden.domain.verdict.case import SECOND, Case, days, measured, shown
from parcelwarden.domain.verdict.lines import LineClass
from parcelwarden.domain.verdict.wording import is_quiet_status


def quiet(case: Case) -> Verdict | None:
    """Step 5, and step 6 for the same parcels: an economy line after a quiet status, or a lane that is known not to
    be scanned at the destination. None for all others."""
    since, silence, span = case.silent_since, case.silence, case.quiet_span
    if since is None or silence is None or span is None:
        return None
    until = since + span
    if silence > span:
        return _stalled(case, span, measured(case, until=until))
    text = f"This lane is normally not scanned from here on; the parcel usually comes until {iso(until)}."
    return _under_way(case, VerdictCode.QUIET_EXPECTED, "lane_without_scans", text, until, measured(case, until=until))


def under_way(case: Case) -> Verdict:
    """Step 6: stalled, slow or normal by the quantiles of the leg that the parcel got to."""
    since, silence = case.silent_since, case.silence
    if since is None or silence is None:
        text = "The parcel moves, but the source prints no dates, so its silence cannot be measured."
        return _under_way(case, VerdictCode.NORMAL, "no_dates", text, None, measured(case))
    expected = case.quantiles
    told = measured(case, rank=expected.rank(silence), until=since + expected.q99)
    if silence > expected.q99:
        return _stalled(case, expected.q99, told)
    if silence > expected.q95:
        text = f"Nothing moved for {days(silence):.1f} days, longer than most parcels are silent on this leg."
        return _under_way(case, VerdictCode.SLOW, "slower_than_usual", text, since + expected.q99, told)
    text = "The parcel moves."
    if silence >= DAY:
        text = f"The parcel moves; {days(silence):.0f} days without a scan are usual on this leg."
    return _under_way(case, VerdictCode.NORMAL, "moving", text, since + expected.q95, told)


def _stalled(case: Case, span: timedelta, told: Silence) -> Verdict:
    expected = f"up to {round(days(span), 1):g} days are expected on this leg"
    text = f"Nothing moved for {told.days:.1f} days up to the last look; {expected}."
    reason = Reason(code="silent_beyond_expected", text=text, evidence=_evidence(case))
    return Verdict(
        verdict=VerdictCode.STALLED, reasons=(reason, *_unknown_line(case)), silence=told, logistics="normal"
    )


def _under_way(
    case: Case, verdict: VerdictCode, code: str, text: str, until: datetime | None, told: Silence
) -> Verdict:
    reason = Reason(code=code, text=text, evidence=_evidence(case))
    return Verdict(
        verdict=verdict,
        reasons=(reason, *_unknown_line(case)),
        silence=told,
        logistics="normal",
        changes_at=until + SECOND if until else None,
    )


def _evidence(case: Case) -> tuple[str, ...]:
    return (shown(case.movement[-1]), f"looked at {iso(case.looked_at)}")


def _unknown_line(case: Case) -> tuple[Reason, ...]:
    """Said where it matters: after a quiet status a known economy line would be judged otherwise."""
    name = case.facts.shipping_method or case.parcel.service_line
    if not name or case.line is not LineClass.UNKNOWN or not is_quiet_status(case.movement[-1]):
        return ()
    text = "This shipping line is not known here; it is treated as tracked to the door."
    return (Reason(code="unknown_line", text=text, evidence=(name,)),)
