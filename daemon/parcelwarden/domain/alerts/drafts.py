"""Collecting alerts: what every one of them must have, so that none is raised after its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import flat, stamp
from parcelwarden.domain.model import AlertDraft, Severity


class Drafts:
    """The alerts of one order. A key is `marketplace/id:subject:what:instant`: a date that moves gives a
    new key."""

    def __init__(self, sit: Situation) -> None:
        self.sit = sit
        self.ref = str(sit.facts.ref)
        self.title = {"title": flat(sit.order.title)} if sit.order.title else {}
        self.found: dict[str, AlertDraft] = {}

    def add(
        self,
        subject: str,
        what: str,
        anchor: datetime | str,
        *,
        code: str,
        severity: Severity,
        due_at: datetime,
        helps_until: datetime | None,
        params: dict[str, Any],
        ends_at: datetime | None = None,
    ) -> None:
        """Raise one, unless its span is empty or over. `ends_at` is the end to which the time left is told. A
        critical one is repeated daily until it is acknowledged."""
        if helps_until is not None and (due_at >= helps_until or self.sit.horizon.reached(helps_until)):
            return
        instant = anchor if isinstance(anchor, str) else stamp(anchor)
        key = f"{self.ref}:{subject}:{what}:{instant}"
        told = {**self.title, **params}
        if ends_at is not None:
            told["ends_at"] = stamp(ends_at)
        self.found[key] = AlertDraft(
            key=key,
            code=code,
            severity=severity,
            due_at=due_at,
            helps_until=helps_until,
            params=told,
            nag=severity is Severity.CRITICAL,
        )


def by_lead(lead: timedelta, critical: timedelta = timedelta(days=1)) -> Severity:
    """Notice, warning up to three days before, critical in the last span."""
    if lead <= critical:
        return Severity.CRITICAL
    return Severity.WARNING if lead <= timedelta(days=3) else Severity.NOTICE
