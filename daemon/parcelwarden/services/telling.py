"""Which of an order's due alerts are told, as one note: decided from rows alone.

Late ones of one matter fold into the latest, which tells the time still left. What was not told while it helped is
expired, and said once as missed; nothing is told as if there were time when there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from parcelwarden.services.records import AlertRecord, AlertState, Delivery

DAY = timedelta(days=1)
SILENT = frozenset({"log"})
"""Channels that record but do not reach the buyer."""
FIRST_RETRY, MOST_RETRY = timedelta(minutes=1), timedelta(hours=1)
PERMANENT = timedelta(hours=6)
UNCONFIRMED = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Plan:
    """`told` go out as one note, the most pressing first; `folded` are told by one of them; `expired` came too late."""

    told: tuple[AlertRecord, ...]
    folded: tuple[AlertRecord, ...]
    expired: tuple[AlertRecord, ...]

    @property
    def missed(self) -> bool:
        """Whether something passed untold and nothing that goes out now speaks of what came after it."""
        over = [row.helps_until for row in self.expired if row.state is AlertState.PENDING and row.helps_until]
        return bool(over) and not any(row.due_at >= min(over) for row in self.told)


def plan(rows: Sequence[AlertRecord], now: datetime) -> Plan:
    """What to do with the alerts of one order that can be due at `now` (pending, or delivered and to be repeated)."""
    due = [row for row in rows if _is_due(row, now)]
    expired = [row for row in due if row.helps_until is not None and row.helps_until <= now]
    latest: dict[object, AlertRecord] = {}
    folded: list[AlertRecord] = []
    for row in sorted((row for row in due if row not in expired), key=lambda row: (row.due_at, row.id)):
        before = latest.get(_matter(row))
        if before is not None:
            folded.append(before)
        latest[_matter(row)] = row
    folded += [row for row in rows if row not in due and _nags(row) and _matter(row) in latest]
    told = sorted(latest.values(), key=lambda row: (-row.severity.rank, not row.nag, -row.due_at.timestamp(), row.id))
    return Plan(tuple(told), tuple(folded), tuple(expired))


def tellable(row: AlertRecord, now: datetime) -> bool:
    """Whether a row that was taken up to be told may still be."""
    put_off = row.snoozed_until is not None and row.snoozed_until > now
    over = row.helps_until is not None and row.helps_until <= now
    return row.next_at is not None and row.state in (AlertState.PENDING, AlertState.DELIVERED) and not (put_off or over)


def _is_due(row: AlertRecord, now: datetime) -> bool:
    if row.state is AlertState.PENDING:
        return row.due_at <= now and (row.snoozed_until is None or row.snoozed_until <= now)
    return row.state is AlertState.DELIVERED and row.next_at is not None and row.next_at <= now


def _nags(row: AlertRecord) -> bool:
    return row.state is AlertState.DELIVERED and row.next_at is not None


def _matter(row: AlertRecord) -> object:
    """Reminders of one end at several lead times are one matter."""
    return row.code, row.helps_until, None if row.helps_until else row.key


def folded(row: AlertRecord) -> AlertRecord:
    """The row of an alert that a later one tells; one that was told before is only not repeated."""
    state = AlertState.FOLDED if row.state is AlertState.PENDING else row.state
    return msgspec.structs.replace(row, state=state, next_at=None)


def expired(row: AlertRecord) -> AlertRecord:
    """The row of an alert whose time passed; one that was told before stays told."""
    state = AlertState.EXPIRED if row.state is AlertState.PENDING else row.state
    return msgspec.structs.replace(row, state=state, next_at=None)


def reached(row: AlertRecord, now: datetime) -> AlertRecord:
    """The row once a channel confirmed: told in this round, and looked at again soon for what other channels owe. One
    that was told already stays as it is; one that was put off while it was being sent stays put off."""
    if row.state is AlertState.DELIVERED and not anew(row, now):
        return row
    put_off = row.snoozed_until if row.snoozed_until and row.snoozed_until > now else None
    return msgspec.structs.replace(
        row,
        state=AlertState.DELIVERED,
        delivered_at=now,
        next_at=put_off or (now + FIRST_RETRY if row.next_at else None),
        snoozed_until=put_off,
        times_sent=row.times_sent + 1,
    )


def repeated_at(row: AlertRecord) -> datetime | None:
    """The day after it was told, while it nags and helps."""
    again = row.delivered_at and row.delivered_at + DAY
    nags = row.nag and again and (row.helps_until is None or again < row.helps_until)
    return again if nags else None


def anew(row: AlertRecord, now: datetime) -> bool:
    """Whether a round begins, in which every channel tells the row; between rounds only those that failed do."""
    if row.snoozed_until is not None:
        return row.snoozed_until <= now
    again = repeated_at(row)
    return row.state is AlertState.PENDING or (again is not None and again <= now)


def done(row: AlertRecord, delivery: Delivery | None, now: datetime) -> bool:
    """Whether the channel has told this row already in the round that runs."""
    return delivery is not None and delivery.result == "delivered" and _of_round(row, delivery, now)


def _of_round(row: AlertRecord, delivery: Delivery, now: datetime) -> bool:
    """Whether the word is of the round that runs: it began with the row, the end of a snooze, a repetition, or what was
    told last."""
    again = repeated_at(row)
    begin = row.snoozed_until or (again if again and again <= now else row.delivered_at)
    return begin is None or delivery.at >= begin


def owes(row: AlertRecord, channel: str, deliveries: Mapping[str, Delivery], now: datetime) -> bool:
    """Whether the channel is still to tell the row, now or after its back-off. Once another one told it, only while it
    helps (a day where it has no end), and not where it may stand on the screen already."""
    delivery = deliveries.get(channel)
    if done(row, delivery, now):
        return False
    if row.delivered_at is None or anew(row, now):
        return True
    shown = delivery is not None and delivery.result == "unconfirmed" and _of_round(row, delivery, now)
    beside = channel == "desktop" and done(row, deliveries.get("browser"), now)
    return now < (row.helps_until or row.delivered_at + DAY) and not shown and not beside


def following(
    row: AlertRecord, deliveries: Mapping[str, Delivery], channels: Iterable[str], now: datetime
) -> datetime | None:
    """When a row that was told comes up again: after its snooze, to be repeated, or for a channel that still owes it."""
    if row.snoozed_until is not None and row.snoozed_until > now:
        return row.snoozed_until
    tries = [_tried_at(deliveries.get(name), now) for name in channels if owes(row, name, deliveries, now)]
    return min((at for at in (repeated_at(row), *tries) if at), default=None)


def _tried_at(delivery: Delivery | None, now: datetime) -> datetime:
    retry = delivery.retry_at if delivery else None
    return retry if retry and retry > now else now + FIRST_RETRY


def waiting(delivery: Delivery | None, now: datetime) -> bool:
    """Whether the channel's back-off still runs."""
    return delivery is not None and delivery.retry_at is not None and delivery.retry_at > now


def retry_at(result: str, attempts: int, helps_until: datetime | None, now: datetime, *, permanent: bool) -> datetime:
    """When a channel that did not confirm is tried again: sooner where little time is left."""
    span: timedelta = min(MOST_RETRY, FIRST_RETRY * 2 ** min(attempts - 1, 10))
    if permanent:
        span = PERMANENT
    if result == "unconfirmed":
        span = UNCONFIRMED
    if helps_until is not None and helps_until > now:
        span = min(span, max(FIRST_RETRY, (helps_until - now) / 2))
    return now + span
