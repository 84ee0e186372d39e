"""Dates, wordings and combined answers of the readers of USPS, UPS, FedEx, Canada Post and Australia Post."""

from __future__ import annotations

import time

import pytest

from parcelparsers import Asked, Body, State, read, source
from parcelparsers.carriers._american_words import meaning

IDS = ("usps", "ups", "fedex", "canadapost", "auspost")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Delivered, PO Box", State.DELIVERED),
        ("Delivered, To Original Sender", State.RETURNED),
        ("Delivered to UPS Access Point™", State.AVAILABLE_FOR_PICKUP),
        ("The package will be delivered to the UPS Access Point™ location requested.", None),
        ("Return to Sender Processed", State.RETURNED),
        ("Picked up from Sender", State.IN_TRANSIT),
        ("Delivery Attempted - No Access to Delivery Location", State.DELIVERY_FAILED),
        ("Held in Customs", State.CUSTOMS_HOLD),
        ("Refused", State.EXCEPTION),
        ("Available for clearance", None),
        ("Zugestellt", State.DELIVERED),
        ("Article en cours de livraison", State.OUT_FOR_DELIVERY),
        ("Quite new", None),
    ],
)
def test_wordings_by_family(text: str, state: State | None) -> None:
    told = meaning(text)
    assert (told.state if told else None) is state


@pytest.mark.parametrize("source_id", IDS)
def test_a_relayed_or_keyless_look_is_one_https_request_on_a_declared_host(source_id: str) -> None:
    each = source(source_id)
    assert each.ask
    (request,) = each.ask(Asked(("RX000000000CN",)))
    assert request.url.startswith(tuple(f"https://{host}/" for host in each.hosts))
    assert request.method == "GET"


@pytest.mark.parametrize("source_id", IDS)
@pytest.mark.parametrize(
    "piece",
    [
        b'<div class="tb-step"><p class="tb-date">March 14, 2025 ',
        b"<table class='dataTable rpt_se lblSeqNum'><tr><td>",
        b"<TrackInfo>",
    ],
)
def test_long_bodies_are_read_in_time(source_id: str, piece: bytes) -> None:
    started = time.process_time()
    read(source(source_id), Body(b"<html>" + piece * 3000), Asked(("RX000000000CN",)))
    assert time.process_time() - started < 5
