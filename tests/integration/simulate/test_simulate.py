"""The simulation: reproducible, with every fault in it, and an oracle that sees what is broken. All worlds are
constructed from their seeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from parcelwarden.adapters.store import SqliteStore
from parcelwarden.cli import main
from parcelwarden.simulate import run as running
from parcelwarden.simulate.channel import Channel
from parcelwarden.simulate.diary import Diary, Told
from parcelwarden.simulate.house import Dying, Mortal
from parcelwarden.simulate.lives import KINDS
from parcelwarden.simulate.oracle import Score, score
from parcelwarden.simulate.report import passed, report
from parcelwarden.simulate.run import Made, Plan, Task, diary_of, made, one, run, tasks
from parcelwarden.simulate.wire import Line

DAY = timedelta(days=1)
Lived = tuple[Made, Diary]


def test_the_same_seed_gives_the_same_report_on_one_core_and_on_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST", 3)
    plan = Plan(6, 1, 7, faults=True)
    assert len(tasks(plan)) == 2
    first, second = (report(run(plan, cores), 6, 1, 7, 0) for cores in (1, 2))
    assert first == second
    assert first["spans"] > 0


def test_worlds_hold_fifty_orders_at_most_and_all_of_them() -> None:
    sizes = [task.orders for task in tasks(Plan(120, 1, 1, faults=True))]
    assert sum(sizes) == 120
    assert max(sizes) <= running.MOST


def test_another_seed_is_another_world() -> None:
    assert made(Task(Plan(3, 1, 1, True), 0, 3)) != made(Task(Plan(3, 1, 2, True), 0, 3))


def test_every_fault_and_every_life_is_drawn() -> None:
    worlds = [made(Task(Plan(50, 1, seed, True), 0, 50)) for seed in range(8)]
    weathers = [world.weather for world in worlds]
    assert {life.kind for world in worlds for life in world.lives} == set(KINDS)
    assert {spell.kind for w in weathers for spell in w.carrier} == {
        "network", "blocked", "rate", "broken", "garbage", "empty"
    }  # fmt: skip
    assert {spell.kind for w in weathers for c in w.channels.values() for spell in c} == {"fail", "hang", "unconfirmed"}
    assert {spell.kind for w in weathers for spell in w.runs} == {"sleep", "off"}
    assert {span > timedelta() for w in weathers for _, _, span in w.clock} == {True, False}
    assert any(w.crashes for w in weathers)
    assert any(w.quiet for w in weathers)


def test_a_world_with_all_faults_keeps_the_promise_and_its_process_dies() -> None:
    plan = Plan(8, 1, 3, faults=True)
    found = one(tasks(plan)[0])
    assert found.crashes > 0
    assert found.worst == [] or all(what.startswith("duplicates") for _, what in found.worst)
    assert passed(report([found], 8, 1, 3, 0))


async def test_a_process_that_dies_in_a_write_leaves_nothing_of_it(tmp_path: Path) -> None:
    store = Mortal(await SqliteStore.open(tmp_path / "parcelwarden.db"))
    await store.write(lambda unit: unit.settings.put("kept", 1))
    store.fatal = 0
    with pytest.raises(Dying):
        await store.write(lambda unit: unit.settings.put("lost", 1))
    with pytest.raises(Dying):
        await store.read(lambda unit: unit.settings.get("kept"))
    await store.close()
    again = await SqliteStore.open(tmp_path / "parcelwarden.db")
    assert await again.read(lambda unit: (unit.settings.get("kept"), unit.settings.get("lost"))) == (1, None)
    await again.close()


# ------------------------------------------------------------------- an oracle that is shown what is broken


@pytest.fixture(scope="module")
def lived() -> Iterator[Lived]:
    """A calm world of eight orders that went well."""
    world = made(Task(Plan(8, 1, 5, faults=False), 0, 8))
    yield world, diary_of(world)


def scored(lived: Lived, told: Callable[[Told], Told | None]) -> Score:
    """The score after every note was changed; None: it was never shown."""
    world, diary = lived
    notes = [changed for note in diary.told if (changed := told(note))]
    return score(0, world.lives, world.weather, replace(diary, told=notes), world.ends)


def dated(note: Told, name: str, by: timedelta) -> Told:
    """The note with one of its dates moved."""
    lines = [
        replace(line, dates=tuple((key, at + by if key == name else at) for key, at in line.dates))
        for line in note.lines
    ]
    return replace(note, lines=tuple(lines))


def test_what_went_well_is_scored_so(lived: Lived) -> None:
    found = scored(lived, lambda note: note)
    assert found.worst == []
    assert found.spans > 20


def test_notes_that_nobody_saw_are_missed(lived: Lived) -> None:
    found = scored(lived, lambda note: None)
    assert found.counts["missed_spans"] == found.spans > 0


def test_notes_that_came_hours_late_are_late(lived: Lived) -> None:
    hours = timedelta(hours=3)
    found = scored(lived, lambda note: replace(note, at=note.at + hours, wall=note.wall + hours))
    assert found.counts["late_alerts"] > 10


def test_a_window_that_is_told_a_day_too_long_is_seen(lived: Lived) -> None:
    assert scored(lived, lambda note: dated(note, "last_safe_at", DAY)).counts["dates_later"] > 0
    assert scored(lived, lambda note: dated(note, "act_by", DAY)).counts["dates_later"] > 0
    assert scored(lived, lambda note: dated(note, "last_safe_at", -DAY)).counts["dates_later"] == 0


def test_an_opening_that_is_told_too_early_is_seen(lived: Lived) -> None:
    assert scored(lived, lambda note: dated(note, "opens_at", -60 * DAY)).counts["forbidden_advice"] > 0


def test_a_note_that_is_shown_twice_is_seen(lived: Lived) -> None:
    world, diary = lived
    again = replace(diary.told[0], at=diary.told[0].at + timedelta(minutes=1))
    twice = replace(diary, told=sorted([*diary.told, again], key=lambda note: note.at))
    assert score(0, world.lives, world.weather, twice, world.ends).counts["duplicates"] == 1


def test_a_claim_for_what_was_received_is_seen(lived: Lived) -> None:
    world, diary = lived
    received = next(word for word in diary.said if "received_at" in word.facts)
    at: datetime = received.at + DAY
    note = Told(at, at, "desktop", received.order, 1, (Line("dispute_open_now", ()),))
    wrong = replace(diary, told=sorted([*diary.told, note], key=lambda each: each.at))
    assert score(0, world.lives, world.weather, wrong, world.ends).counts["forbidden_advice"] > 0


def test_channels_that_swallow_every_note_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The services believe that they told; the buyer saw nothing."""

    async def swallow(self: Channel, note: object) -> bool:
        return True

    monkeypatch.setattr(Channel, "send", swallow)
    found = one(Task(Plan(3, 1, 5, faults=False), 0, 3))
    assert found.notes == 0
    assert found.counts["missed_spans"] == found.spans > 0


# ------------------------------------------------------------------------------------------------- the command


def test_the_command_answers_with_the_report_alone_on_its_output() -> None:
    done = CliRunner().invoke(main, ["simulate", "--orders", "2", "--seed", "4", "--faults", "none", "--json"])
    assert done.exit_code == 0
    result = json.loads(done.stdout)
    assert result["order_years"] == 2
    assert {
        "orders", "order_years", "seed", "missed_spans", "late_alerts", "duplicates", "dates_later", "forbidden_advice",
        "alerts_per_order", "worst", "seconds",
    } <= result.keys()  # fmt: skip


@pytest.mark.soak
def test_ten_thousand_order_years_with_all_faults() -> None:
    """Within ten minutes on two cores that are free; the time is in the report."""
    done = CliRunner().invoke(main, ["simulate", "--orders", "10000", "--seed", "1", "--json"])
    result = json.loads(done.stdout)
    assert result["order_years"] == 10_000
    assert (result["missed_spans"], result["late_alerts"], result["dates_later"], result["forbidden_advice"]) == (
        0,
    ) * 4
    assert result["duplicates"] <= result["crashes"]
