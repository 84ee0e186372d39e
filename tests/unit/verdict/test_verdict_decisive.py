"""Step 4: every decisive state, what code and text add to it, and what ends it."""

from __future__ import annotations

import pytest
from verdict_build import DAY, HOUR, SHIPPED, codes, event, verdict

from parcelparsers.model import Flag, State
from parcelwarden.domain.model import VerdictCode as V

AT = SHIPPED + 9 * DAY
S = State


def decide(state: State, code: str | None = None, text: str = "", **more: object) -> tuple[str, str, str | None]:
    """Verdict, first reason and logistics of a parcel whose newest line is this."""
    found = verdict(event(SHIPPED), event(AT, state, 4, code=code, description=text), looked=AT + DAY, **more)
    return found.verdict.value, codes(found)[0], found.logistics


@pytest.mark.parametrize(
    ("state", "code", "text", "expected"),
    [
        (S.DELIVERED, "GTMS_SIGNED", "Delivered", ("delivered", "delivered", "normal")),
        (S.AVAILABLE_FOR_PICKUP, "GTMS_STA_SIGNED", "Signed", ("ready_for_pickup", "ready_for_pickup", "normal")),
        (S.RETURNED, "RT_START", "", ("abnormal", "returned_to_sender", "abnormal")),
        (S.CUSTOMS_HOLD, "CC_IM_FAILURE", "", ("abnormal", "held_in_customs", "abnormal")),
        (S.CUSTOMS_HOLD, "CUS_TAX", "", ("action_needed", "duties_to_pay", "normal")),
        (S.EXCEPTION, "EXCEPTION", "Delayed by weather", ("abnormal", "exception", "abnormal")),
        (S.EXCEPTION, "GTMS_LOST", "", ("abnormal", "lost", "abnormal")),
        (S.EXCEPTION, None, "The item was LOST in transit", ("abnormal", "lost", "abnormal")),
        (S.EXCEPTION, "Exception_Lost", "", ("abnormal", "lost", "abnormal")),
        (S.EXCEPTION, None, "Loss of item confirmed", ("abnormal", "lost", "abnormal")),
        (S.DELIVERY_FAILED, None, "Unable to locate the address", ("action_needed", "address_to_confirm", "normal")),
        (S.CUSTOMS_HOLD, "CUSTOMS_FEE", "", ("action_needed", "duties_to_pay", "normal")),
        (S.EXCEPTION, "Exception_Damage", "", ("abnormal", "damaged", "abnormal")),
        (S.EXCEPTION, None, "Item destroyed", ("abnormal", "damaged", "abnormal")),
        (S.EXCEPTION, None, "Parcel misrouted", ("abnormal", "wrong_destination", "abnormal")),
        (S.EXCEPTION, None, "Sent to wrong country", ("abnormal", "wrong_destination", "abnormal")),
        (S.EXCEPTION, None, "Shipped to the wrong address", ("abnormal", "wrong_destination", "abnormal")),
        (S.EXCEPTION, "Exception_007", "Incorrect Address", ("action_needed", "address_to_confirm", "normal")),
        (S.DELIVERY_FAILED, "GTMS_DEL_FAILURE", "", ("action_needed", "delivery_failed", "normal")),
        (S.DELIVERY_FAILED, None, "Address incomplete", ("action_needed", "address_to_confirm", "normal")),
        (S.DELIVERY_FAILED, "DeliveryFailure_InvalidAddress", "", ("action_needed", "address_to_confirm", "normal")),
        (S.DELIVERY_FAILED, "DeliveryFail_Address", "", ("action_needed", "address_to_confirm", "normal")),
        (S.DELIVERY_FAILED, None, "Addressee not available", ("action_needed", "delivery_failed", "normal")),
        (
            S.IN_TRANSIT,
            "GTMS_STA_WAIT_CUST_CHANGE_ADDRESS",
            "",
            ("action_needed", "address_to_confirm", "normal"),
        ),
        (S.IN_TRANSIT, None, "Forwarded to a different delivery address", ("normal", "moving", "normal")),
        (S.IN_TRANSIT, "GTMS_SIGNED", "Delivered", ("normal", "moving", "normal")),
        (S.IN_TRANSIT, "CC_IM_START", "Import customs clearance started", ("normal", "moving", "normal")),
    ],
)
def test_the_newest_line_decides(state: State, code: str | None, text: str, expected: tuple[str, str, str]) -> None:
    assert decide(state, code, text) == expected


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Awaiting payment of import charges", True),
        ("Customs duties to be paid by the recipient", True),
        ("Import tax due", True),
        ("VAT assessed, collection pending", True),
        ("Charges have not been paid", True),
        ("Please settle the customs fees", True),
        ("Held by customs: charges apply", True),
        ("Held by customs, no charges apply", False),
        ("Import customs clearance failed", False),
        ("Held: recipient tax number required", False),
        ("Duties paid, awaiting release", False),
        ("Tax has been paid; inspection pending", False),
        ("Held for inspection, no payment required", False),
    ],
)
def test_a_hold_that_asks_for_payment_needs_the_buyer(text: str, asks: bool) -> None:
    assert decide(State.CUSTOMS_HOLD, None, text)[1] == ("duties_to_pay" if asks else "held_in_customs")


@pytest.mark.parametrize(
    ("state", "flag", "reason"),
    [
        (State.EXCEPTION, Flag.LOST, "lost"),
        (State.EXCEPTION, Flag.DAMAGED, "damaged"),
        (State.CUSTOMS_HOLD, Flag.PAYMENT_DUE, "duties_to_pay"),
        (State.DELIVERED, Flag.DAMAGED, "delivered"),
    ],
)
def test_what_the_reader_flagged_counts_too(state: State, flag: Flag, reason: str) -> None:
    assert decide(state, flags=(flag,))[1] == reason


ENDS = [
    (S.CUSTOMS_HOLD, S.IN_TRANSIT, V.NORMAL),
    (S.CUSTOMS_HOLD, S.OUT_FOR_DELIVERY, V.NORMAL),
    (S.CUSTOMS_HOLD, S.INFO_RECEIVED, V.ABNORMAL),
    (S.CUSTOMS_HOLD, None, V.ABNORMAL),
    (S.CUSTOMS_HOLD, S.DELIVERED, V.DELIVERED),
    (S.EXCEPTION, S.IN_TRANSIT, V.NORMAL),
    (S.EXCEPTION, None, V.ABNORMAL),
    (S.DELIVERY_FAILED, S.IN_TRANSIT, V.ACTION_NEEDED),
    (S.DELIVERY_FAILED, S.OUT_FOR_DELIVERY, V.NORMAL),
    (S.DELIVERY_FAILED, S.AVAILABLE_FOR_PICKUP, V.READY_FOR_PICKUP),
    (S.AVAILABLE_FOR_PICKUP, S.IN_TRANSIT, V.READY_FOR_PICKUP),
    (S.AVAILABLE_FOR_PICKUP, S.OUT_FOR_DELIVERY, V.NORMAL),
    (S.AVAILABLE_FOR_PICKUP, S.DELIVERED, V.DELIVERED),
    (S.DELIVERED, S.IN_TRANSIT, V.DELIVERED),
    (S.DELIVERED, S.OUT_FOR_DELIVERY, V.DELIVERED),
    (S.DELIVERED, S.RETURNED, V.ABNORMAL),
    (S.RETURNED, S.IN_TRANSIT, V.ABNORMAL),
    (S.OUT_FOR_DELIVERY, S.IN_TRANSIT, V.NORMAL),
]


@pytest.mark.parametrize(("first", "then", "expected"), ENDS)
def test_what_ends_a_decisive_line(first: State, then: State | None, expected: V) -> None:
    history = (event(SHIPPED), event(AT, first, 4), event(AT + HOUR, then, 4))
    assert verdict(*history, looked=AT + DAY).verdict is expected
    assert verdict(*reversed(history), looked=AT + DAY).verdict is expected


def test_an_advisory_line_ends_nothing_and_decides_nothing() -> None:
    hold = event(AT, State.CUSTOMS_HOLD, 4)
    for state in (State.IN_TRANSIT, State.DELIVERED):
        notice = event(AT + HOUR, state, 6, advisory=True)
        assert codes(verdict(hold, notice, looked=AT + DAY)) == ["held_in_customs"]


def test_damage_travels_with_the_parcel_a_loss_ends_where_it_is_scanned_again() -> None:
    moving = event(AT + HOUR, State.IN_TRANSIT, 5)
    damaged = event(AT, State.EXCEPTION, 4, description="Parcel damaged")
    lost = event(AT, State.EXCEPTION, 4, description="Parcel lost")
    assert codes(verdict(damaged, moving, looked=AT + DAY)) == ["damaged"]
    assert codes(verdict(lost, moving, looked=AT + DAY)) == ["moving"]


def test_lines_of_the_same_instant_keep_their_order() -> None:
    out, signed = event(AT, State.OUT_FOR_DELIVERY, 6), event(AT, State.DELIVERED, 7)
    failed = event(AT, State.DELIVERY_FAILED, 6)
    assert verdict(out, signed, looked=AT).verdict is V.DELIVERED
    assert verdict(failed, out, looked=AT).verdict is V.NORMAL
    assert verdict(out, failed, looked=AT).verdict is V.ACTION_NEEDED
