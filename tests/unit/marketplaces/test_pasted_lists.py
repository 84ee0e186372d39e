"""Pasted lists of several orders: which state is whose. Constructed; the tabs are those of 2026."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture, OrderStatus

TABS = ("View all", "To pay", "Processing", "Processed", "Completed")
SEEN = datetime(2026, 10, 10, 12, tzinfo=UTC)


def states(*lines: str) -> list[OrderStatus | None]:
    """What is read of each order's state."""
    body = "\n".join(("AliExpress", *TABS, *lines))
    orders = read_page(Capture(url="", kind="text", form="text", body=body, seen_at=SEEN)).orders
    return [order.fields["status"].value if "status" in order.fields else None for order in orders]


def above(number: int, state: str) -> tuple[str, ...]:
    """One order whose state stands over its number."""
    return state, "Date: Sep 1, 2026", f"Ref. Number: 800000000000010{number}", "Example Store", "Thing", "x1"


def below(number: int, state: str) -> tuple[str, ...]:
    """One order whose state stands under its number."""
    return f"Ref. Number: 800000000000010{number}", "Date: Sep 1, 2026", state, "Example Store", "Thing", "x1"


@pytest.mark.parametrize("order", [above, below])
def test_the_tabs_keep_no_state_from_being_read(order: object) -> None:
    assert callable(order)
    lines = (*order(1, "Awaiting delivery"), *order(2, "Processing"), *order(3, "Completed"))
    assert states(*lines) == [OrderStatus.AWAITING_DELIVERY, OrderStatus.AWAITING_SHIPMENT, OrderStatus.COMPLETED]


@pytest.mark.parametrize("order", [above, below])
def test_the_tabs_are_no_states_of_orders(order: object) -> None:
    """Three tabs that name a state are not the states of three orders whose own word names none."""
    assert callable(order)
    assert states(*order(1, "Processed"), *order(2, "Processed"), *order(3, "Processed")) == [None, None, None]


@pytest.mark.parametrize("first", ["Processed", "Something new"])
def test_the_last_tab_is_not_the_state_of_the_first_order(first: str) -> None:
    lines = (*above(1, first), *above(2, "Awaiting delivery"), *above(3, "Completed"))
    assert states(*lines) == [None, None, None]
