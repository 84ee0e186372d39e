"""Alerts as a calendar (RFC 5545): one event for each thing to be done, at the last instant at which it helps, with an
alarm for each reminder. Its library is imported here, so this module is imported when a calendar is asked for.

The identifier of an event does not contain its date, so that a date that moves moves the event; what is not changed
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from parcelwarden.api.context import Wording
from parcelwarden.services.records import AlertRecord, AlertState

REFRESH = timedelta(hours=6)
_NEWS = frozenset({"browser", "verdict", "moved", "page", "source", "dates"})
"""Subjects of alerts that tell what happened; they belong to no date."""
_OVER = frozenset({"over", "late", "grace", "closed"})
"""Alerts that tell, once it came to that, that a date has passed."""
_PRIORITY = {"critical": 1, "warning": 3, "notice": 5, "info": 9}


def calendar(alerts: Iterable[AlertRecord], wording: Wording, language: str) -> bytes:
    """The calendar of these alerts, sentences in `language`. Alerts without an end are left out."""
    made = Calendar()
    made.add("prodid", "-//parcelwarden//dates//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", "parcelwarden")
    made.add("x-wr-calname", "parcelwarden")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for uid, group in sorted(_grouped(alerts).items()):
        made.add_component(_event(uid, group, wording, language))
    return bytes(made.to_ical())


def _grouped(alerts: Iterable[AlertRecord]) -> dict[str, list[AlertRecord]]:
    """The alerts that remind of a date, by the identifier of what is to be done. A key is
    `marketplace/id:subject:what:instant`."""
    found: dict[str, list[AlertRecord]] = {}
    for alert in alerts:
        subject, what, *_ = [*alert.key.removeprefix(f"{alert.ref}:").split(":"), "", ""]
        if alert.helps_until is not None and subject not in _NEWS and what not in _OVER:
            name = sha256(f"{alert.ref} {subject} {alert.code}".encode()).hexdigest()[:32]
            found.setdefault(f"{name}@parcelwarden.invalid", []).append(alert)
    return found


def _event(uid: str, group: Sequence[AlertRecord], wording: Wording, language: str) -> Event:
    group = sorted(group, key=lambda alert: (alert.due_at, alert.key))
    lead = group[-1]
    ends = max(alert.helps_until for alert in group if alert.helps_until)
    text = wording(lead.code, lead.params, language)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", max(alert.created_at for alert in group))
    event.add("dtstart", ends)
    event.add("summary", text)
    event.add("description", f"{text}\n{lead.ref}")
    event.add("categories", [lead.severity.value])
    event.add("priority", _PRIORITY[lead.severity.value])
    event.add("transp", "TRANSPARENT")
    for alert in group:
        at = alert.snoozed_until or alert.due_at
        if alert.state is not AlertState.ACKNOWLEDGED and at <= ends:
            event.add_component(_alarm(at - ends, text))
    return event


def _alarm(before: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", before)
    return alarm
