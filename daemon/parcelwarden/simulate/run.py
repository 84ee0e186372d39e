"""Worlds over all cores: each is made from its seed alone, so the report is the same however many there are."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from parcelwarden.simulate.diary import Diary
from parcelwarden.simulate.drive import lived
from parcelwarden.simulate.faults import Weather, calm, stormy
from parcelwarden.simulate.life import Life
from parcelwarden.simulate.lives import random_life
from parcelwarden.simulate.loop import AtOnce
from parcelwarden.simulate.oracle import Score, score

MOST = 50
"""Orders of one world."""
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
MEMORY = Path("/dev/shm")  # noqa: S108 - files in memory; folders in it are made with a name of their own
NEEDED = 256 * 1024 * 1024
"""Bytes that must be free there."""
LAST_ORDERS = 0.6
"""The last order begins when so much of the last year is over, so that most lives come to their end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated: `orders` over so many `years`."""

    orders: int
    years: float
    seed: int
    faults: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One world of a plan."""

    plan: Plan
    world: int
    orders: int


def tasks(plan: Plan) -> list[Task]:
    """The worlds of a plan."""
    count = -(-plan.orders // MOST)
    return [Task(plan, world, plan.orders // count + (world < plan.orders % count)) for world in range(count)]


@dataclass(frozen=True, slots=True)
class Made:
    """A world before it is lived through."""

    lives: list[Life]
    weather: Weather
    begins: datetime
    ends: datetime


def made(task: Task) -> Made:
    """The world that the seed gives."""
    plan = task.plan
    rng = Random(f"{plan.seed}/{task.world}")  # noqa: S311 - lives, not secrets
    begins = FIRST_DAY + timedelta(days=rng.randint(0, 700))
    ends = begins + YEAR * plan.years
    weather = stormy(rng, begins, ends) if plan.faults else calm(begins, ends)
    last = YEAR * max(plan.years - 1 + LAST_ORDERS, plan.years * LAST_ORDERS)
    lives = [
        random_life(rng, f"81{task.world:06}{number:08}", (begins + last * rng.random()).replace(microsecond=0))
        for number in range(task.orders)
    ]
    return Made(lives, weather, begins, ends)


def diary_of(world: Made) -> Diary:
    """Live through a world, with its database in a folder that goes away."""
    logging.disable(logging.CRITICAL)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="parcelwarden-world-", dir=_place()) as folder,
            asyncio.Runner(loop_factory=AtOnce) as runner,
        ):
            path = Path(folder) / "parcelwarden.db"
            return runner.run(lived(path, world.lives, world.weather, world.begins, world.ends))
    finally:
        logging.disable(logging.NOTSET)


def one(task: Task) -> Score:
    """Live through one world and score it."""
    world = made(task)
    return score(task.world, world.lives, world.weather, diary_of(world), world.ends)


def _place() -> str | None:
    """Where files are real and a sync costs nothing, where the platform has such a place: a world's crash is that of
    the process, never of the power. None: the platform's folder for temporary files."""
    enough = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > NEEDED
    return str(MEMORY) if enough else None


def _seldom_collected() -> None:
    """A world makes millions of small values and few cycles: looking for these less often saves a twentieth."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def run(plan: Plan, cores: int) -> Iterator[Score]:
    """The score of each world, in no particular order."""
    todo = tasks(plan)
    if cores == 1 or len(todo) == 1:
        yield from map(one, todo)
        return
    with multiprocessing.get_context("spawn").Pool(min(cores, len(todo)), _seldom_collected) as pool:
        yield from pool.imap_unordered(one, todo)
