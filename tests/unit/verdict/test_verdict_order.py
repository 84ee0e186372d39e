"""Several parcels: the order's verdict, and when it was delivered."""

from __future__ import annotations

from itertools import permutations

import pytest
from verdict_build import DAY, HOUR, PAID, SHIPPED, event, facts, parcel, verdict

from parcelparsers.model import Event, State
from parcelwarden.domain.model import Reason, Verdict
from parcelwarden.domain.model import VerdictCode as V
from parcelwarden.domain.moment import Between
from parcelwarden.domain.verdict import all_delivered, combine, delivered_at, first_delivery
from parcelwarden.domain.verdict.order import PRESSING, Judged

AT = SHIPPED + 20 * DAY


def said(code: V, logistics: str | None = "normal", **more: object) -> Verdict:
    """A verdict of this code, with its code as its reason."""
    return Verdict(verdict=code, reasons=(Reason(code=code, text=""),), logistics=logistics, **more)  # type: ignore[arg-type]


def judged(*events: Event) -> Judged:
    """A parcel with its verdict."""
    return parcel(*events, looked=AT + DAY), verdict(*events, looked=AT + DAY)


def signed(hours: float = 0, **more: object) -> Event:
    """A delivery, so many hours after `AT`."""
    return event(AT + hours * HOUR, State.DELIVERED, 7, **more)


def test_every_verdict_has_its_rank() -> None:
    assert set(PRESSING) == set(V)
    assert len(PRESSING) == len(V)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((V.DELIVERED, V.ABNORMAL, V.ACTION_NEEDED), V.ABNORMAL),
        ((V.NORMAL, V.ACTION_NEEDED, V.STALLED), V.ACTION_NEEDED),
        ((V.DELIVERED, V.NORMAL), V.NORMAL),
        ((V.DELIVERED, V.UNVERIFIED), V.UNVERIFIED),
        ((V.DELIVERED, V.DELIVERED), V.DELIVERED),
    ],
)
def test_the_most_pressing_parcel_speaks_for_the_order(codes: tuple[V, ...], expected: V) -> None:
    for order in permutations(codes):
        found = combine(map(said, order))
        assert found is not None
        assert found.verdict is expected
        assert found.reasons[0].code == expected.value
        assert len(found.reasons) == len(codes)


def test_an_order_without_parcels_has_no_verdict() -> None:
    assert combine(()) is None
    assert not all_delivered(())


@pytest.mark.parametrize(
    ("logistics", "expected"),
    [(("normal", "normal"), "normal"), (("normal", None), None), ((None, "abnormal", "normal"), "abnormal")],
)
def test_logistics_of_an_order(logistics: tuple[str | None, ...], expected: str | None) -> None:
    found = combine([said(V.NORMAL, one) for one in logistics])
    assert found is not None
    assert found.logistics == expected


def test_the_oldest_look_and_the_next_change_count() -> None:
    one = said(V.NORMAL, checked_at=AT, changes_at=AT + DAY)
    two = said(V.SLOW, checked_at=AT - DAY, changes_at=AT + 2 * DAY)
    found = combine([one, two])
    assert found is not None
    assert (found.checked_at, found.changes_at) == (AT - DAY, AT + DAY)
    unseen = combine([one, said(V.UNVERIFIED, None)])
    assert unseen is not None
    assert unseen.checked_at is None


def test_delivered_when_all_are_from_the_first_to_the_last() -> None:
    order, one, two = facts(), judged(signed()), judged(signed(5))
    assert delivered_at(order, [one]) == AT
    assert delivered_at(order, [two, one]) == Between(AT, AT + 5 * HOUR)
    moving = judged(event(AT))
    assert delivered_at(order, [one, moving]) is None
    assert first_delivery(order, [moving, two, one]) == AT
    assert first_delivery(order, [moving]) is None


def test_an_uncertain_delivery_is_kept_as_a_span() -> None:
    assert delivered_at(facts(), [judged(signed(0, uncertain_hours=14))]) == Between(AT - 14 * HOUR, AT + 14 * HOUR)


def test_the_first_of_several_delivery_lines_counts_but_not_one_before_a_return_or_of_another_order() -> None:
    order = facts()
    assert delivered_at(order, [judged(signed(), event(AT + HOUR), signed(3))]) == AT
    failed = event(AT + HOUR, State.DELIVERY_FAILED, 6)
    assert delivered_at(order, [judged(signed(), failed, signed(3))]) == AT + 3 * HOUR
    foreign = event(PAID - 9 * DAY, State.DELIVERED, 7)
    assert delivered_at(order, [judged(foreign, signed())]) == AT
    assert not all_delivered([judged(foreign)])


def test_a_delivery_without_a_date_has_no_time() -> None:
    undated = judged(event(None, State.DELIVERED, 7))
    assert all_delivered([undated])
    assert delivered_at(facts(), [undated]) is None
