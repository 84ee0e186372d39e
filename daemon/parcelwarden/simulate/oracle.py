"""The oracle: what should have been told, what never should have been, counted from a diary. It reads lives, faults and
the diary, and shares no code with the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from parcelwarden.simulate.diary import Diary, Told
from parcelwarden.simulate.expect import CLAIM, Span, epochs, spans
from parcelwarden.simulate.faults import Weather
from parcelwarden.simulate.forbidden import Case, wrongs
from parcelwarden.simulate.life import Life
from parcelwarden.simulate.usable import Usable, usable

ENOUGH = timedelta(minutes=10)
"""A machine that was on for so long within a span has told it."""
NAG = timedelta(hours=20)
"""What is told again after so long, by either clock, is a daily reminder."""
NAGGING = CLAIM | {"window_grace", "paypal_last_route", "refund_paypal", "dispute_response", "return_shipment"}
"""What is told daily; a clock that was set in between makes a day longer or shorter."""
COUNTS = ("missed_spans", "late_alerts", "duplicates", "dates_later", "forbidden_advice")


@dataclass(slots=True)
class Score:
    """The score of one world: how often of each, what exactly, and how many notes, crashes, spans there were."""

    world: int
    orders: int
    notes: int = 0
    spans: int = 0
    crashes: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    worst: list[tuple[str, str]] = field(default_factory=list)

    def found(self, count: str, order: str, what: str) -> None:
        """One more of these."""
        self.counts[count] += 1
        self.worst.append((order, f"{count}: {what}"))


def score(world: int, lives: Sequence[Life], weather: Weather, diary: Diary, ends: datetime) -> Score:
    """Score one world."""
    result = Score(world, len(lives), len({(t.order, t.at) for t in diary.told}), crashes=len(diary.crashes))
    reached = usable(weather)
    said, told, heard = defaultdict(list), defaultdict(list), defaultdict(list)
    for word in diary.said:
        said[word.order].append(word)
    for note in diary.told:
        told[note.order].append(note)
    of_number = {number: life.order_id for life in lives for parcel in life.parcels for number in parcel.numbers}
    for answer in diary.heard:
        heard[of_number[answer.number]].append(answer)
    shown = defaultdict(list)
    for look in diary.shown:
        shown[look.order].append(look)
    for life in lives:
        order = life.order_id
        if not said[order]:
            continue
        for span in spans(life, said[order], heard[order], ends):
            result.spans += 1
            _span(result, order, span, told[order], reached)
        for what in _twice(told[order], weather):
            result.found("duplicates", order, what)
        case = Case(life, epochs(said[order], ends), heard[order], weather)
        for count, what in wrongs(case, told[order], shown[order]):
            result.found(count, order, what)
    return result


def _span(result: Score, order: str, span: Span, told: Sequence[Told], reached: Usable) -> None:
    begins, ends = span.active[0][0], span.active[-1][1]
    first = next((note.at for note in told if _says(note, span)), None)
    usable_until = min(first, ends) if first else ends
    waited = sum((reached.within(a, min(b, usable_until)) for a, b in span.active if a < usable_until), timedelta())
    if waited <= ENOUGH:
        return
    what = f"{span.name}, due {span.due:%Y-%m-%d %H:%M}, until {span.until:%Y-%m-%d %H:%M}, asked from {begins:%m-%d %H:%M}"
    if first is None:
        result.found("missed_spans", order, what)
    else:
        result.found("late_alerts", order, f"{what}, told {first:%m-%d %H:%M}")


def _says(note: Told, span: Span) -> bool:
    """Whether a note tells it in its time, by the machine's clock or the true one."""
    in_time = span.due <= note.wall < span.until or span.due <= note.at < span.until
    return in_time and any(line.code in span.codes for line in note.lines)


def _twice(told: Sequence[Told], weather: Weather) -> Iterator[str]:
    """Notes that were shown again within a day, by however many channels at once."""
    last: dict[tuple[str, int], Told] = {}
    again: set[tuple[int, datetime]] = set()
    for note in told:
        key = note.channel, note.alert
        before = last.get(key)
        soon = before is not None and max(note.at - before.at, note.wall - before.wall) < NAG
        if before and soon and (note.alert, note.at) not in again and not _reset(before, note, weather):
            again.add((note.alert, note.at))
            yield f"{note.lines[0].code} by {note.channel} at {before.at:%Y-%m-%d %H:%M:%S} and {note.at:%H:%M:%S}"
        last[key] = note


def _reset(before: Told, note: Told, weather: Weather) -> bool:
    """Whether a daily reminder came again because the clock was set."""
    nags = any(line.code in NAGGING for line in note.lines)
    return nags and any(before.at < edge <= note.at for begins, ends, _ in weather.clock for edge in (begins, ends))
