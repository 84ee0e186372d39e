"""What goes wrong in one world: when the machine runs, how it ends, what its clock says, who does not answer. Random but
reproducible; with faults off everything works all the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
CHANNELS = ("desktop", "phone")


@dataclass(frozen=True, slots=True)
class Spell:
    """From `begins` to just before `ends`; `kind` says what."""

    begins: datetime
    ends: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Weather:
    """Everything that befalls one world. `runs`: when the machine is on, `kind` is how the pause before it was
    (`sleep`, `off`); `clock`: by how much the wall clock is wrong; `crashes`: at the so-maniest write from then on."""

    zone: str
    runs: tuple[Spell, ...]
    clock: tuple[tuple[datetime, datetime, timedelta], ...] = ()
    crashes: tuple[tuple[datetime, int], ...] = ()
    carrier: tuple[Spell, ...] = ()
    channels: dict[str, tuple[Spell, ...]] = field(default_factory=dict)
    quiet: tuple[str, str] | None = None

    def offset(self, at: datetime) -> timedelta:
        """By how much the wall clock is ahead."""
        return next((span for begins, ends, span in self.clock if begins <= at < ends), timedelta())


def now_of(spells: Sequence[Spell], at: datetime) -> str | None:
    """What holds at an instant, None when nothing does."""
    return next((spell.kind for spell in spells if spell.begins <= at < spell.ends), None)


def calm(begins: datetime, ends: datetime) -> Weather:
    """Nothing goes wrong."""
    return Weather("UTC", (Spell(begins, ends, "off"),))


def stormy(rng: Random, begins: datetime, ends: datetime) -> Weather:
    """Everything may."""
    runs = _runs(rng, begins, ends)
    return Weather(
        zone=rng.choice(("UTC", "Europe/Madrid", "America/Sao_Paulo", "Asia/Tokyo")),
        runs=runs,
        clock=_clock(rng, begins, ends),
        crashes=tuple((at, rng.randint(0, 4)) for at in _instants(rng, begins, ends, 9)),
        carrier=_spells(rng, begins, ends, 20, ("network", "blocked", "rate", "broken", "garbage", "empty"), 4 * DAY),
        channels={name: _spells(rng, begins, ends, 30, ("fail", "hang", "unconfirmed"), 2 * DAY) for name in CHANNELS},
        quiet=rng.choice((None, None, ("22:00", "07:00"), ("13:00", "15:30"))),
    )


def _runs(rng: Random, begins: datetime, ends: datetime) -> tuple[Spell, ...]:
    """The machine's habits: always on, by day, or now and then; and weeks away."""
    habit = rng.choice(("always", "by day", "by day", "now and then"))
    pause = rng.choice(("sleep", "sleep", "sleep", "off"))
    spells: list[Spell] = []
    at = begins
    while at < ends:
        if habit == "always":
            on, off = DAY * rng.uniform(10, 60), HOUR * rng.uniform(0.2, 9)
        elif habit == "by day":
            on, off = HOUR * rng.uniform(3, 15), HOUR * rng.uniform(5, 14)
        else:
            on, off = HOUR * rng.uniform(0.3, 3), HOUR * rng.uniform(8, 60)
        if rng.random() < 0.01:
            off = DAY * rng.uniform(5, 30)
        spells.append(Spell(at, min(at + on, ends), pause if rng.random() < 0.9 else "off"))
        at += on + off
    return tuple(spells)


def _clock(rng: Random, begins: datetime, ends: datetime) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The wall clock goes wrong, by minutes to days, for minutes to days."""
    found, free = [], begins
    for at in _instants(rng, begins, ends, 60):
        if at < free:
            continue
        size = rng.choice((HOUR, 12 * HOUR, 5 * DAY, 40 * DAY)) * rng.uniform(0.1, 1)
        free = at + rng.choice((HOUR, 30 * HOUR)) * rng.uniform(0.1, 1)
        found.append((at, free, size * rng.choice((1, -1))))
    return tuple(found)


def _spells(
    rng: Random, begins: datetime, ends: datetime, every: float, kinds: Sequence[str], most: timedelta
) -> tuple[Spell, ...]:
    return tuple(
        Spell(at, at + most * rng.uniform(0.01, 1), rng.choice(kinds)) for at in _instants(rng, begins, ends, every)
    )


def _instants(rng: Random, begins: datetime, ends: datetime, every: float) -> list[datetime]:
    """Some instants, `every` so many days on average."""
    found, at = [], begins
    while (at := at + DAY * rng.expovariate(1 / every)) < ends:
        found.append(at)
    return found
