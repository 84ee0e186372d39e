"""Building one advice: params, act_by, rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from parcelwarden.domain.advice.remarks import DAY, STALE, remarks
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import stamp
from parcelwarden.domain.model import Advice, Clock, Rule, Severity, Window
from parcelwarden.domain.moment import When

INFO, NOTICE, WARNING, CRITICAL = Severity
"""The four, least first."""

__all__ = ["CRITICAL", "DAY", "INFO", "NOTICE", "STALE", "WARNING", "advise", "by_time_left", "of_clock"]
__all__ += ["params_of", "settled"]

Stamped = When | str | None


def params_of(window: Window | None, **more: Stamped) -> dict[str, Any]:
    """What a sentence may name: the window's opening, act_by, last safe instant and zone, and `more`;
    unknown ones are left out. The stated end is never among them: nobody shall rest on it."""
    params: dict[str, Any] = {}
    if window is not None:
        _put(params, "opens_at", window.opens_at)
        _put(params, "act_by", window.act_by)
        _put(params, "last_safe_at", window.last_safe_at)
        params["zone"] = window.zone
        params["edition"] = window.rule.edition
    for name, value in more.items():
        _put(params, name, value)
    return params


def _put(params: dict[str, Any], name: str, value: Stamped) -> None:
    if value is not None:
        params[name] = value if isinstance(value, str) else stamp(value)


def advise(
    sit: Situation,
    code: str,
    severity: Severity,
    window: Window | None = None,
    *,
    rule: Rule | None = None,
    missing: tuple[str, ...] = (),
    **more: Stamped,
) -> Advice:
    """The advice `code` about a window (or none), with what is to be remarked beside it; an `act_by` that has passed
    is no longer named."""
    params = params_of(window, **remarks(sit, window), **more)
    if window is not None and sit.horizon.reached(window.act_by):
        del params["act_by"]
    return Advice(
        code=code,
        severity=severity,
        params=params,
        act_by=window.act_by if window else None,
        opens_at=window.opens_at if window else None,
        window=window.id if window else None,
        state=window.state if window else None,
        rule=rule or (window.rule if window else None),
        zone=window.zone if window and rule is None else None,
        missing=missing,
    )


def settled(code: str, severity: Severity, *, rule: Rule | None = None, **more: Stamped) -> Advice:
    """An advice about something that no look at a carrier can change."""
    return Advice(code=code, severity=severity, params=params_of(None, **more), rule=rule)


def of_clock(code: str, severity: Severity, clock: Clock) -> Advice:
    """An advice about somebody's time. For a duty the last safe instant is what to act by."""
    params = params_of(None, due_at=clock.due_at, last_safe_at=clock.last_safe_at)
    return Advice(
        code=code, severity=severity, params=params, act_by=clock.last_safe_at, rule=clock.rule, zone=clock.zone or None
    )


def by_time_left(
    sit: Situation, end: datetime | None, *, warn: timedelta = 3 * DAY, critical: timedelta = DAY
) -> Severity:
    """Notice, warning or critical by what is left to an end."""
    if sit.horizon.within(end, critical):
        return CRITICAL
    return WARNING if sit.horizon.within(end, warn) else NOTICE
