"""The outbox's way to the buyer: due alerts, one note an order, to every channel, each with its own retries.

A row is marked delivered only after a notifier confirmed it, in the transaction that keeps that word; a crash in
between sends it once more. A channel that failed goes on trying after another one told the row, until its span is over
or the buyer or the facts settle it. Sends are tasks of their own: a hung channel delays nothing but itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from time import monotonic
from typing import Any

import msgspec

from parcelwarden.domain.model import OrderRef
from parcelwarden.services import delivering, digest, quiet, settings, telling
from parcelwarden.services.delivering import Sent
from parcelwarden.services.errors import Unavailable
from parcelwarden.services.health import ChannelHealth
from parcelwarden.services.ports import Note, Notifier, NotifyFailed, Store, Unit
from parcelwarden.services.records import AlertRecord, AlertState
from parcelwarden.services.wording import Wording

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Due rows taken up by one tick."""
SEND_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Parcelled:
    """One note for one order: the rows that it tells, and the channels that still have to tell just these."""

    rows: tuple[AlertRecord, ...]
    note: Note
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """What a channel made of some rows, and when it was given them."""

    channel: str
    rows: tuple[AlertRecord, ...]
    sent: Sent
    at: datetime


class Dispatch:
    """Tells what is due."""

    def __init__(
        self,
        store: Store,
        notifiers: Sequence[Notifier],
        wording: Wording,
        zone: tzinfo,
        *,
        seconds: float = SEND_SECONDS,
    ) -> None:
        self._store = store
        self._notifiers = {notifier.name: notifier for notifier in notifiers}
        self._turns = {name: asyncio.Lock() for name in self._notifiers}
        self._reaching = tuple(name for name in self._notifiers if name not in telling.SILENT)
        self._wording = wording
        self._zone = zone
        self._seconds = seconds
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: set[tuple[int, str]] = set()
        self._unkept: list[_Word] = []
        self._hung: dict[str, datetime] = {}
        self.health = {name: ChannelHealth() for name in self._notifiers}

    async def start(self, now: datetime) -> None:
        """Fold, expire and give out what is due; answers without waiting for any channel."""
        await self._keep_rest()
        for parcelled in await self._store.write(lambda unit: self._taken_up(unit, now)):
            for channel in parcelled.channels:
                self._send(channel, parcelled, now)

    async def settled(self) -> None:
        """Wait until every channel that was given something has said what came of it."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop sending; what was not confirmed is sent again after the next start."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _taken_up(self, unit: Unit, now: datetime) -> list[Parcelled]:
        chosen = settings.current(unit)
        due = unit.alerts.due(now, AT_ONCE + len(self._busy))
        return [
            each for ref in dict.fromkeys(row.ref for row in due) for each in self._of_order(unit, ref, now, chosen)
        ]

    def _of_order(self, unit: Unit, ref: OrderRef, now: datetime, chosen: dict[str, Any]) -> list[Parcelled]:
        """Settle in the outbox what needs no channel; the rest of the order as one note for each channel."""
        if ref == digest.REF:
            digest.renew(unit, now)
        plan = telling.plan(delivering.renewed(unit, ref, unit.alerts.of_order(ref)), now)
        _put(unit, map(telling.folded, plan.folded))
        _put(unit, map(telling.expired, plan.expired))
        told = list(plan.told)
        if plan.missed and (notice := delivering.missed(unit, ref, plan.expired, now)):
            told.insert(0, notice)
        night = quiet.night(chosen["quiet_hours"], now, self._zone)
        if night and told and not any(quiet.breaks(row, now, night) for row in (*told, *plan.folded)):
            _put(unit, (msgspec.structs.replace(row, next_at=night.end) for row in told))
            return []
        given: dict[tuple[int, ...], Parcelled] = {}
        for channel, rows in self._owed(unit, told, now).items():
            ids = tuple(row.id for row in rows)
            made = given.get(ids) or Parcelled(rows, self._note(rows, chosen["language"], now), ())
            given[ids] = replace(made, channels=(*made.channels, channel))
        self._wait(unit, (row for row in told if not any(row.id in ids for ids in given)), now)
        return list(given.values())

    def _owed(self, unit: Unit, rows: Sequence[AlertRecord], now: datetime) -> dict[str, tuple[AlertRecord, ...]]:
        """By channel what it is to tell now: all that it owes, once its back-off is over for one of them."""
        deliveries = {row.id: delivering.of_channels(unit, row) for row in rows}
        found = {}
        for channel in self._notifiers:
            owed = [
                row
                for row in rows
                if (row.id, channel) not in self._busy and telling.owes(row, channel, deliveries[row.id], now)
            ]
            if any(not telling.waiting(row, deliveries[row.id].get(channel), now) for row in owed):
                found[channel] = tuple(owed)
        return found

    def _wait(self, unit: Unit, rows: Iterable[AlertRecord], now: datetime) -> None:
        """Nothing can be sent now: come back when the first channel may be tried again."""
        for row in rows:
            if any((row.id, channel) in self._busy for channel in self._notifiers):
                continue
            if row.state is AlertState.DELIVERED and not telling.anew(row, now):
                unit.alerts.put(delivering.still_owed(unit, row, self._reaching, now))
                continue
            retries = [d.retry_at for d in unit.alerts.deliveries(row.id) if d.retry_at and d.retry_at > now]
            at = min(retries, default=now + telling.MOST_RETRY)
            unit.alerts.put(msgspec.structs.replace(row, next_at=at))

    def _note(self, rows: Sequence[AlertRecord], language: str, now: datetime) -> Note:
        lead = rows[0]
        title = next((str(row.params["title"]) for row in rows if row.params.get("title")), str(lead.ref))
        lines = [self._wording(row.code, {**row.params, "title": None}, language, now) for row in rows]
        return Note(
            alert_id=lead.id,
            title=title,
            body="\n".join(dict.fromkeys(lines)),
            severity=max((row.severity for row in rows), key=lambda severity: severity.rank).value,
            replaces=str(lead.ref),
            actions=self._wording.actions(language),
        )

    def _send(self, channel: str, parcelled: Parcelled, now: datetime) -> None:
        keys = {(row.id, channel) for row in parcelled.rows}
        self._busy |= keys

        def ended(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            unkept = {(row.id, word.channel) for word in self._unkept for row in word.rows}
            self._busy.difference_update(keys - unkept)
            if not task.cancelled() and (fault := task.exception()):
                log.error("what channel %s made of an alert could not be kept: %r", channel, fault)

        task = asyncio.create_task(self._sent(channel, parcelled, now), name=f"alert by {channel}")
        self._tasks.add(task)
        task.add_done_callback(ended)

    async def _sent(self, channel: str, parcelled: Parcelled, now: datetime) -> None:
        """Give the channel its turn, which lasts until its word is kept: a crash leaves one note of a channel in doubt,
        not several. What waited for its turn is told as it is by then."""
        turn, began = self._turns[channel], monotonic()
        waits = turn.locked()
        async with turn:
            if waits:
                later = now + timedelta(seconds=monotonic() - began)
                current = await self._store.read(lambda unit: self._by_now(unit, parcelled, later))
                if current is None:
                    return
                parcelled = current
            sent = await self._told(channel, parcelled.note, now)
            self.health[channel].seen(sent.result, sent.error, now)
            word = _Word(channel, parcelled.rows, sent, now)
            try:
                await self._keep(word)
            except Unavailable as fault:
                self._unkept.append(word)
                log.error("what channel %s made of an alert is kept when the database takes it: %s", channel, fault)

    def _by_now(self, unit: Unit, parcelled: Parcelled, now: datetime) -> Parcelled | None:
        """What is left to tell of it: nothing that was settled, put off or is over; the text made anew."""
        found = [row for old in parcelled.rows if (row := unit.alerts.get(old.id)) and telling.tellable(row, now)]
        if not found:
            return None
        note = self._note(found, settings.current(unit)["language"], now)
        return replace(parcelled, rows=tuple(found), note=note)

    async def _keep(self, word: _Word) -> None:
        await self._store.write(
            lambda unit: delivering.keep(unit, word.channel, word.rows, word.sent, self._reaching, word.at)
        )

    async def _keep_rest(self) -> None:
        """Write what could not be kept when it was said (a full disk); until then nobody is told it again."""
        while self._unkept:
            word = self._unkept[0]
            try:
                await self._keep(word)
            except Unavailable:
                return
            self._unkept.pop(0)
            self._busy.difference_update((row.id, word.channel) for row in word.rows)

    async def _told(self, channel: str, note: Note, now: datetime) -> Sent:
        """Give it to the channel; whatever it does, something came of it."""
        if self._hung.get(channel) == now:
            return Sent("failed", f"{channel} did not answer a moment ago")
        try:
            async with asyncio.timeout(self._seconds):
                confirmed = await self._notifiers[channel].send(note)
        except TimeoutError:
            self._hung[channel] = now
            return Sent("failed", f"no answer in {self._seconds:g} s")
        except NotifyFailed as fault:
            return Sent("failed", str(fault)[:300], fault.permanent)
        except Exception as fault:
            log.exception("channel %s has a fault", channel)
            return Sent("failed", repr(fault)[:300])
        return Sent("delivered" if confirmed else "unconfirmed")


def _put(unit: Unit, rows: Iterable[AlertRecord]) -> None:
    for row in rows:
        unit.alerts.put(row)
