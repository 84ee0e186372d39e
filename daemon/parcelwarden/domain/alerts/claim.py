"""Alerts of the window for a parcel that did not come: the delivery time's end, the opening, `act_by`, the
last safe instant, and its passing. None of them where it arrived, where money came back, or where a claim
runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from parcelwarden.domain.advice.overdue import claim_codes
from parcelwarden.domain.advice.say import params_of
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.alerts.drafts import Drafts, by_lead
from parcelwarden.domain.alerts.leads import LeadTimes, lead_name
from parcelwarden.domain.model import Severity, VerdictCode, Window, WindowState


def claim_alerts(drafts: Drafts, leads: LeadTimes) -> None:
    """All of them."""
    sit = drafts.sit
    if not sit.claimable:
        return
    _delivery_end(drafts, leads)
    if sit.not_received is not None:
        _opening(drafts, sit.not_received)
        _leads_to_act_by(drafts, sit.not_received, leads)
        _leads_to_the_end(drafts, sit.not_received, leads)
        _passing(drafts, sit.not_received, leads)


def _delivery_end(drafts: Drafts, leads: LeadTimes) -> None:
    """Before the delivery time ends, and when it is over. Where the claim rests on our verdict the leads
    before `act_by` (the day before) say the same."""
    sit, window = drafts.sit, drafts.sit.not_received
    end, over = sit.delivery_end, sit.delivery_over
    if end is None or over is None or sit.facts.completed_at is not None:
        return
    params = params_of(window, delivery_end=end)
    for lead in () if sit.opened_by_verdict else leads.delivery_end:
        drafts.add(
            "delivery_end",
            lead_name(lead),
            end,
            code="delivery_end_near",
            severity=Severity.NOTICE,
            due_at=end - lead,
            helps_until=end,
            params=params,
            ends_at=end,
        )
    if window is None or window.opens_at is None or window.opens_at > over:
        helps = window.opens_at if window and window.opens_at else over + leads.closed_for
        drafts.add(
            "delivery_end",
            "over",
            over,
            code="delivery_over",
            severity=Severity.WARNING,
            due_at=over,
            helps_until=helps,
            params=params,
        )


def _opening(drafts: Drafts, window: Window) -> None:
    """When a claim may be possible by our verdict, and when it surely is."""
    sit, opens_at = drafts.sit, window.opens_at
    if opens_at is None:
        return
    certain = sit.certain_from
    params = _params(sit, window)
    if sit.opened_by_verdict and (certain is None or certain > opens_at):
        drafts.add(
            window.id,
            "may_open",
            opens_at,
            code="may_be_open",
            severity=Severity.NOTICE,
            due_at=opens_at,
            helps_until=window.act_by,
            params=params,
        )
    if certain is None:
        return
    late = window.act_by is None or window.act_by <= certain
    until = window.last_safe_at if late else window.act_by
    if until is None:
        return
    drafts.add(
        window.id,
        "opens",
        certain,
        code=claim_codes(sit)[late],
        severity=Severity.CRITICAL if late else Severity.WARNING,
        due_at=certain,
        helps_until=until,
        params=params,
        ends_at=None if late else until,
    )


def _leads_to_act_by(drafts: Drafts, window: Window, leads: LeadTimes) -> None:
    sit, act_by, opens_at = drafts.sit, window.act_by, window.opens_at
    if act_by is None or opens_at is None or act_by == window.last_safe_at:
        return
    certain = sit.certain_from
    for lead in _known_zone(sit, window, leads):
        due_at = act_by - lead
        if certain is not None and due_at >= certain:
            _lead(drafts, window, "act_by", act_by, lead, claim_codes(sit)[0], by_lead(lead, _last(sit, window, leads)))
        elif sit.opened_by_verdict and due_at >= opens_at:
            _lead(drafts, window, "act_by", act_by, lead, "may_be_open", Severity.NOTICE)
    if certain is not None and act_by > certain:
        _act_by_passed(drafts, window, act_by, leads)


def _act_by_passed(drafts: Drafts, window: Window, act_by: datetime, leads: LeadTimes) -> None:
    """From here on the buyer is reminded daily, to the last safe instant; once, where that is not known."""
    end = window.last_safe_at
    drafts.add(
        window.id,
        "act_by_passed",
        act_by,
        code="window_end_unknown" if end is None else claim_codes(drafts.sit)[1],
        severity=Severity.WARNING if end is None else Severity.CRITICAL,
        due_at=act_by,
        helps_until=end or act_by + leads.closed_for,
        params=params_of(window),
    )


def _leads_to_the_end(drafts: Drafts, window: Window, leads: LeadTimes) -> None:
    sit, end = drafts.sit, window.last_safe_at
    if end is None:
        return
    for lead in _known_zone(sit, window, leads):
        due_at = end - lead
        if window.act_by is not None and window.act_by < end and due_at < window.act_by:
            continue
        if window.opens_at is not None and due_at < window.opens_at:
            continue
        code, severity = _towards_the_end(sit, window, due_at)
        _lead(drafts, window, "last_safe", end, lead, code, severity or by_lead(lead, _last(sit, window, leads)))


def _towards_the_end(sit: Situation, window: Window, due_at: datetime) -> tuple[str, Severity | None]:
    """The code, and the severity where the lead does not give it."""
    if window.opens_at is None:
        return "opening_unknown", None
    certain = sit.certain_from
    if certain is not None and due_at >= certain:
        open_code, late_code = claim_codes(sit)
        passed = window.act_by is not None and due_at >= window.act_by
        return (late_code, Severity.CRITICAL) if passed else (open_code, None)
    return ("may_be_open", Severity.NOTICE) if sit.opened_by_verdict else ("dispute_offered", None)


def _lead(
    drafts: Drafts, window: Window, target: str, end: datetime, lead: timedelta, code: str, severity: Severity
) -> None:
    sit = drafts.sit
    drafts.add(
        window.id,
        f"{target}-{lead_name(lead)}",
        end,
        code=code,
        severity=severity,
        due_at=end - lead,
        helps_until=end,
        params=_params(sit, window),
        ends_at=end,
    )


def _params(sit: Situation, window: Window) -> dict[str, Any]:
    wrong = sit.code in (VerdictCode.ABNORMAL, VerdictCode.STALLED)
    return params_of(window, reason=sit.reason if wrong else None)


def _passing(drafts: Drafts, window: Window, leads: LeadTimes) -> None:
    """The last safe instant has passed; then even the plain reading's end."""
    sit, end, closes = drafts.sit, window.last_safe_at, window.stated_end_at
    if end is None or closes is None:
        return
    params = params_of(window)
    certain = sit.certain_from
    capped = sit.opened_by_verdict and (certain is None or certain > end)
    drafts.add(
        window.id,
        "grace",
        end,
        code="window_grace",
        severity=Severity.NOTICE if capped else Severity.CRITICAL,
        due_at=end,
        helps_until=closes,
        params=params,
    )
    code, params = _last_route(sit, window, closes)
    drafts.add(
        window.id,
        "closed",
        closes,
        code=code,
        severity=Severity.WARNING,
        due_at=closes,
        helps_until=closes + leads.closed_for,
        params=params,
    )


def _last_route(sit: Situation, window: Window, closes: datetime) -> tuple[str, dict[str, Any]]:
    """What is left when the shop's window has closed: PayPal, else the card's bank, else nothing but the page."""
    paypal, card = sit.paypal, sit.card
    if paypal and paypal.last_safe_at and paypal.last_safe_at > closes and paypal.state is WindowState.OPEN:
        return "window_closed_paypal", params_of(window, paypal_until=paypal.last_safe_at)
    if card and card.last_safe_at and card.last_safe_at > closes and card.state is not WindowState.CLOSED:
        return "window_closed_card", params_of(window, card_until=card.last_safe_at)
    return "window_closed", params_of(window)


def _known_zone(sit: Situation, window: Window, leads: LeadTimes) -> tuple[timedelta, ...]:
    """The rules state the zone for the delivery time alone (help text L18, L20, L284); a page's own end
    needs none."""
    stated = window.ends_observed or sit.facts.completed_at is None
    return leads.window if stated else leads.unstated(leads.window)


def _last(sit: Situation, window: Window, leads: LeadTimes) -> timedelta:
    """The span before an end that is critical: its last day, or its last two where the zone is not stated."""
    return min(max(timedelta(days=1), min(_known_zone(sit, window, leads))), leads.unstated_least)
