"""Words, people in texts, and typed JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers import Asked, Body, State, source
from parcelparsers.errors import Unreadable
from parcelparsers.private import LONGEST, scrub
from parcelparsers.typed import Shape, decode, field
from parcelparsers.wording import less_final, said


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Delivered", State.DELIVERED),
        ("Your package has been delivered", State.DELIVERED),
        ("Delivered to a service point", State.AVAILABLE_FOR_PICKUP),
        ("Package delivered to UPS Access Point", State.AVAILABLE_FOR_PICKUP),
        ("Ready for pickup", State.AVAILABLE_FOR_PICKUP),
        ("Awaiting collection", None),
        ("Out for delivery", State.OUT_FOR_DELIVERY),
        ("Delivery attempt failed", State.DELIVERY_FAILED),
        ("The item could not be delivered", State.DELIVERY_FAILED),
        ("Item delivered to sender", State.RETURNED),
        ("Returned to the seller", State.RETURNED),
        ("To be delivered tomorrow", None),
        ("Delivered by the airline to customs", None),
        ("Reached the line-haul hall", None),
        ("", None),
    ],
)
def test_what_words_say(text: str, state: State | None) -> None:
    assert said(text) is state


def test_the_less_final_state_wins() -> None:
    assert less_final(State.DELIVERED, State.AVAILABLE_FOR_PICKUP) is State.AVAILABLE_FOR_PICKUP
    assert less_final(State.RETURNED, State.DELIVERED) is State.RETURNED
    assert all(less_final(state, state) is state for state in State)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Delivered, signed by R. EXAMPLE", "Delivered, signed by …"),
        ("Recipient: Example Person (door)", "Recipient: … (door)"),
        ("Call 000-000-0000 now", "Call … now"),
        ("mail to x.y@mail.example", "mail to …"),
        ("With the local company", "With the local company"),
        ("Handed over, number SINOA00000000IL", "Handed over, number SINOA00000000IL"),
        ("Signed by the station", "Signed by the station"),
    ],
)
def test_people_are_taken_out(text: str, clean: str) -> None:
    assert scrub(text) == clean


@given(st.text())
def test_a_text_stays_a_sentence(text: str) -> None:
    assert len(scrub(text)) <= LONGEST + 2 * text.count("@") + 20


class Item(Shape, frozen=True):
    item_no: str
    weight: int | None = None


class Inner(Shape, frozen=True):
    rows: list[Item] = field(default_factory=list)
    name: str = ""


class Outer(Shape, frozen=True):
    items: list[Item]
    note: str | None = None
    best: Item | None = None
    inner: Inner | None = None


def body(value: object) -> Body:
    return Body(json.dumps(value).encode())


def test_a_shape_is_read() -> None:
    outer = decode(body({"items": [{"itemNo": "a", "weight": "3"}], "secret": "x"}), Outer)
    assert outer == Outer(items=[Item("a", 3)])


def test_a_wrong_optional_field_costs_only_itself() -> None:
    raw = {"items": [{"itemNo": "a", "weight": {}}], "note": [1], "best": {"weight": 1}}
    assert decode(body(raw), Outer) == Outer(items=[Item("a")])


@pytest.mark.parametrize("nothing", [None, "", [], {}, False])
def test_an_empty_inner_shape_is_nothing(nothing: object) -> None:
    assert not getattr(decode(body({"items": [], "inner": nothing}), Outer).inner, "rows", None)


@pytest.mark.parametrize(
    ("raw", "where"),
    [
        ({"items": [], "inner": {"rows": [{"number": "a"}]}}, r"body.inner.rows\[0\].itemNo"),
        ({"items": [], "inner": {"rows": "a"}}, "body.inner.rows"),
        ({"items": [], "inner": [{"rows": []}]}, "body.inner"),
        ({}, "body.items"),
        ({"items": {}}, "body.items"),
        ({"items": ["x"]}, r"body.items\[0\]"),
        ({"items": [{"itemNo": "a"}, {"weight": 1}]}, r"body.items\[1\].itemNo"),
        ([], "body"),
    ],
)
def test_a_wrong_list_or_mandatory_field_is_unreadable(raw: object, where: str) -> None:
    with pytest.raises(Unreadable, match=where):
        decode(body(raw), Outer)


def test_la_poste_is_asked_one_number_at_a_time() -> None:
    laposte = source("laposte")
    assert laposte.ask
    requests = laposte.ask(Asked(("8Z90000000017", "8Z90000000024")))
    assert [r.url.rpartition("/")[2] for r in requests] == ["8Z90000000017?lang=fr", "8Z90000000024?lang=fr"]
    assert all("Referer" in r.headers for r in requests)
