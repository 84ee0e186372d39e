"""One world lived through: the clock jumps from one instant of interest to the next, the buyer acts, the machine sleeps,
ends, dies and starts anew."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Conflict
from parcelwarden.services.ports import AlertQuery, Note
from parcelwarden.simulate import wire
from parcelwarden.simulate.carrier import Carrier, InProcess
from parcelwarden.simulate.channel import Channel
from parcelwarden.simulate.diary import Diary, Said, Shown, Told
from parcelwarden.simulate.faults import CHANNELS, Weather
from parcelwarden.simulate.house import Dying, House
from parcelwarden.simulate.life import Act, Life

SHOP = "aliexpress"
SECOND = timedelta(seconds=1)
RESTART = timedelta(seconds=20)
"""From a crash to the next start, as the service manager makes it."""
LOOKED_AT = timedelta(days=5)
"""How often the buyer looks at the orders."""


class World:
    """One world: its lives, its faults, its diary."""

    def __init__(self, path: Path, lives: Sequence[Life], weather: Weather, begins: datetime, ends: datetime) -> None:
        self.now, self._ends = begins, ends
        self._weather = weather
        self.diary = Diary()
        self._facts: dict[str, Said] = {}
        self._carrier = Carrier(lives, weather, lambda: self.now)
        channels = [Channel(n, weather.channels.get(n, ()), lambda: self.now, self._told) for n in CHANNELS]
        self._house = House(path, weather.zone, self._carrier, InProcess(), channels)
        self._acts = [(act.at, life.order_id, number, act) for life in lives for number, act in enumerate(life.acts)]
        heapq.heapify(self._acts)
        self._crashes = list(weather.crashes)
        self._look_at = begins + LOOKED_AT
        self._edges = _edges(weather)

    @property
    def wall(self) -> datetime:
        """What the machine's clock says."""
        return self.now + self._weather.offset(self.now)

    async def live(self) -> Diary:
        """From the beginning to the end."""
        runs = self._weather.runs
        is_open = False
        for place, run in enumerate(runs):
            self.now = max(self.now, run.begins)
            if not is_open:
                await self._start()
            await self._while_on(run.ends)
            following = runs[place + 1] if place + 1 < len(runs) else None
            is_open = following is not None and following.kind == "sleep"
            if not is_open:
                await self._house.close()
        return self.diary

    async def _start(self) -> None:
        await self._house.open()
        if self._weather.quiet and not self._facts:
            begins, ends = self._weather.quiet
            await self._house.warden.change_settings({"quiet_hours": {"from": begins, "until": ends}}, self.wall)

    async def _while_on(self, until: datetime) -> None:
        while self.now < until:
            try:
                following = await self._step()
            except Dying:
                following = None
            if self._house.store.dead:
                await self._die()
                continue
            self.now = max(self._next(following, until), self.now + SECOND)

    async def _step(self) -> datetime | None:
        """Everything that is due now; answers the next instant of interest by the true clock."""
        house = self._house
        while self._crashes and self._crashes[0][0] <= self.now:
            house.store.fatal = self._crashes.pop(0)[1]
        while self._acts and self._acts[0][0] <= self.now:
            await self._act(*self._acts[0][1::2])
            heapq.heappop(self._acts)
        house.store.written = False
        following = await house.warden.tick(self.wall)
        await house.warden.settled()
        if house.store.dead:
            raise Dying
        self.diary.heard += self._carrier.answers
        self._carrier.answers.clear()
        if self._look_at <= self.now:
            await self._look()
        if house.store.written:
            return self.now + SECOND
        return following and following - self._weather.offset(self.now)

    async def _die(self) -> None:
        self.diary.crashes.append(self.now)
        self._carrier.answers.clear()
        await self._house.close()
        self.now += RESTART
        await self._house.open()

    def _next(self, following: datetime | None, until: datetime) -> datetime:
        while self._edges and self._edges[0] <= self.now:
            self._edges.pop(0)
        nearest = [until, self._look_at, *self._edges[:1], *(at for at, *_ in self._acts[:1])]
        return min([*nearest, *([following] if following else []), *(at for at, _ in self._crashes[:1])])

    async def _act(self, order: str, act: Act) -> None:
        """What the buyer does. A word that was lost in a crash is said again."""
        warden, ref = self._house.warden, OrderRef(SHOP, order)
        before = self._facts.get(order) or Said(self.now, order, {}, ())
        numbers = (*before.numbers, act.number) if act.number else before.numbers
        if act.what == "add":
            given = {"marketplace": SHOP, "order_id": order, **act.facts}
            try:
                await warden.add_order(given, numbers, self.wall)
            except Conflict:
                pass
        elif act.what == "set":
            await warden.change_order(ref, act.facts, self.wall)
        elif act.what == "number":
            await warden.add_parcel(act.number or "", [ref], self.wall)
        else:
            await self._silence(act.what, ref)
        said = Said(self.now, order, {**before.facts, **act.facts}, numbers)
        self._facts[order] = said
        self.diary.said.append(said)

    async def _silence(self, what: str, ref: OrderRef) -> None:
        warden = self._house.warden
        rows, _ = await warden.alerts(AlertQuery(self.wall, order=ref, state="delivered"))
        for row in rows:
            await warden.acknowledge(row.id, self.wall)
            self.diary.silenced.append((self.now, ref.order_id))

    async def _look(self) -> None:
        """The buyer looks at all orders: what does the overlay say?"""
        self._look_at = self.now + LOOKED_AT
        refs = [OrderRef(SHOP, order) for order in self._facts]
        found = await self._house.warden.advice(refs) if refs else {}
        for ref, brief in found.items():
            advice = brief.advice
            text = self._house.warden.wording(advice.code, {**advice.params, "title": None}, "en", self.wall)
            line = wire.lines(text, self._weather.zone)[0]
            self.diary.shown.append(Shown(self.now, self.wall, ref.order_id, line))

    def _told(self, channel: str, note: Note) -> None:
        if self._house.store.dead:
            raise Dying
        order = note.replaces.rpartition("/")[2]
        lines = wire.lines(note.body, self._weather.zone)
        self.diary.told.append(Told(self.now, self.wall, channel, order, note.alert_id, lines))


def _edges(weather: Weather) -> list[datetime]:
    """When the clock is set: the daemon's watch on it ticks a few seconds later."""
    return sorted(at + SECOND * 5 for begins, ends, _ in weather.clock for at in (begins, ends))


async def lived(path: Path, lives: Iterable[Life], weather: Weather, begins: datetime, ends: datetime) -> Diary:
    """Live through one world whose database is at `path`; answers its diary."""
    return await World(path, list(lives), weather, begins, ends).live()
