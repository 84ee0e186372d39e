"""The picture of an order's life: well formed, nothing over anything else, everything told. All orders constructed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, timedelta
from importlib.resources import files
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcelparsers.model import Event, Leg, State
from parcelwarden.domain.model import Assessment, Order, ParcelFacts
from parcelwarden.domain.policy import Pack
from parcelwarden.domain.reassess import reassess
from parcelwarden.domain.timeline import NARROWEST, WIDEST, gather, render
from parcelwarden.domain.timeline.canvas import Box
from parcelwarden.domain.timeline.labels import CLOCKS, WINDOWS
from parcelwarden.domain.timeline.render import drawn
from parcelwarden.domain.timeline.text import width, wrapped
from support.assessing import at, orders, rules
from support.assessing import order as an_order
from support.stories import DATELESS, ECONOMY, NORMAL, RETURNED, STALLED, lived

MADRID = ZoneInfo("Europe/Madrid")
SVG = "{http://www.w3.org/2000/svg}"
DAYS = [
    (NORMAL, 1),
    (NORMAL, 12),
    (NORMAL, 24),
    (ECONOMY, 20),
    (STALLED, 30),
    (STALLED, 43),
    (RETURNED, 43),
    (DATELESS, 5),
]
WIDTHS = (NARROWEST, 320, 720, WIDEST)
HOSTILE = "<script>alert(1)</script> & \"quote' ]]> \u202eabc\u0000\u0007"


def over(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def picture(order: Order, found: Assessment | None, now: object, across: int = 320) -> ET.Element:
    return ET.fromstring(render(gather(order, found, now, MADRID), across))  # type: ignore[arg-type]


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("across", WIDTHS)
@pytest.mark.parametrize(("story", "until"), DAYS)
def test_no_text_lies_on_another_and_none_leaves_the_picture(story: int, until: float, across: int) -> None:
    order, found, now = lived(story, until)
    canvas, high = drawn(gather(order, found, now, MADRID), across)
    assert canvas.boxes
    for box in canvas.boxes:
        assert box.left >= 0
        assert box.left + box.width <= across
        assert box.top >= 0
        assert box.top + box.height <= high
    assert [(a, b) for a, b in combinations(canvas.boxes, 2) if over(a, b)] == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(orders(), st.integers(0, 200), st.sampled_from(WIDTHS))
def test_any_order_can_be_drawn(order: Order, day: int, across: int) -> None:
    found = reassess(order, at(day), rules())
    line = gather(order, found, at(day), MADRID)
    ET.fromstring(render(line, across))
    canvas, _ = drawn(line, across)
    assert not any(over(a, b) for a, b in combinations(canvas.boxes, 2))
    assert all(0 <= box.left and box.left + box.width <= across for box in canvas.boxes)


def test_the_same_values_give_the_same_picture() -> None:
    order, found, now = lived(STALLED, 30)
    assert render(gather(order, found, now, MADRID)) == render(gather(order, found, now, MADRID))


def test_it_has_a_title_and_tells_everything_in_words() -> None:
    order, found, now = lived(STALLED, 30)
    svg = picture(order, found, now)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "title desc"
    assert (svg.find(f"{SVG}title").text or "").startswith("drone battery")  # type: ignore[union-attr]
    said = svg.find(f"{SVG}desc").text or ""  # type: ignore[union-attr]
    for words in ("paid 2 Mar", "shipped 4 Mar", "Delivery time until 11 Apr", "25 days without a movement",
                  "Left from sorting center", "opens 12 Apr", "act by 14 Apr", "last safe 26 Apr"):  # fmt: skip
        assert words in said


def test_the_windows_and_marks_stand_on_the_picture_too() -> None:
    order, found, now = lived(RETURNED, 43)
    shown = " ".join(texts(picture(order, found, now)))
    for words in ("paid 2 Mar", "dispute opened 13 Apr", "PayPal dispute: open now", "Seller's reply", "now 14 Apr"):
        assert words in shown


def test_each_kind_of_area_has_a_pattern_of_its_own() -> None:
    order, found, now = lived(STALLED, 30)
    svg = render(gather(order, found, now, MADRID))
    for pattern in ("p-late", "p-grace", "p-quiet", "p-expected", "p-delivery"):
        assert f'id="{pattern}"' in svg
        assert f"url(#{pattern})" in svg


def test_silence_is_shaded_up_to_the_last_look_and_then_as_expected() -> None:
    order, found, now = lived(STALLED, 20)
    (lane,) = gather(order, found, now, MADRID).lanes
    assert lane.silence
    assert lane.silence.since < lane.silence.looked < now
    assert lane.silence.expected
    assert lane.silence.expected > now


def test_nothing_in_it_is_fetched_or_run() -> None:
    order, found, now = lived(NORMAL, 12)
    svg = picture(order, found, now)
    names = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert names <= {"svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "circle", "text"}
    whole = render(gather(order, found, now, MADRID)).replace("http://www.w3.org/2000/svg", "")
    for sign in ("http", "href", "@import", "url(//", "<!DOCTYPE", "<!ENTITY"):
        assert sign not in whole
    assert "prefers-color-scheme:dark" in whole


def test_foreign_texts_stay_texts() -> None:
    event = Event(local_time="2026-03-04", at=at(3), state=State.IN_TRANSIT, leg=Leg.ORIGIN, description=HOSTILE)
    parcel = ParcelFacts(number=HOSTILE, outcome="found", last_ok_at=at(4), events=(event,))
    order = an_order(parcel, title=HOSTILE)
    svg = picture(order, reassess(order, at(5), rules()), at(5), 720)
    assert not [element for element in svg.iter() if element.tag.endswith("script")]
    shown = "".join(texts(svg)) + (svg.find(f"{SVG}desc").text or "")  # type: ignore[union-attr]
    assert "<script>alert(1)</script>" in shown
    assert not set(shown) & set("\u202e\u0000\u0007")


def test_an_order_without_dates_says_so_and_what_is_missing() -> None:
    order, found, now = lived(DATELESS, 5)
    shown = " ".join(texts(picture(order, found, now)))
    assert "No date of this order is known yet." in shown
    assert "Not known yet" in shown


def test_an_order_that_was_never_assessed_is_drawn_by_its_facts() -> None:
    order, _, now = lived(STALLED, 30)
    assert "shipped 4 Mar" in " ".join(texts(picture(order, None, now)))


def test_a_window_far_ahead_does_not_squeeze_the_rest() -> None:
    order, found, now = lived(RETURNED, 20)
    line = gather(order, found, now, UTC)
    far = max(bar.ends for bar in line.bars if bar.ends)
    assert far - now > timedelta(days=100)
    canvas, _ = drawn(line, 320)
    assert "ends" in line.bars[-1].text
    assert canvas.boxes


@pytest.mark.parametrize("pack", rules().packs, ids=lambda pack: pack.name)
def test_every_window_and_clock_of_a_pack_has_its_words(pack: Pack) -> None:
    """On the picture and on the dashboard, whose words stand in a file of their own."""
    words = (files("parcelwarden.dashboard") / "words.js").read_text("utf-8")
    for name, named in [*((w.id, WINDOWS) for w in pack.windows), *((c.id, CLOCKS) for c in pack.clocks)]:
        assert name in named
        assert f"\n  {name}: " in words


def test_days_are_those_of_the_reader() -> None:
    order, found, now = lived(STALLED, 30)
    said = [bar.text for zone in (UTC, ZoneInfo("Asia/Tokyo")) for bar in gather(order, found, now, zone).bars]
    assert said[0] != said[1]


@pytest.mark.parametrize("text", ["", "one", "a b c d e f g h i j k", "W" * 200, "漢字" * 60, "x " * 300])
def test_wrapped_text_fits(text: str) -> None:
    lines = wrapped(text, 12, 120, lines=3)
    assert len(lines) <= 3
    assert all(width(line, 12) <= 120 for line in lines)


def test_what_opens_by_our_verdict_alone_is_not_called_open() -> None:
    order, found, now = lived(RETURNED, 30)
    line = gather(order, found, now, MADRID)
    bar = next(bar for bar in line.bars if not bar.sure)
    assert bar.title.endswith("may be open, the shop decides")
    assert bar.text.startswith("may open")
    svg = render(line)
    assert 'fill="url(#p-maybe)"' in svg
    assert "open now" not in bar.title
