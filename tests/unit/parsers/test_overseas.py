"""Dates, wordings and combined answers of the readers of USPS, UPS, FedEx, Canada Post and Australia Post."""

from __future__ import annotations

import time

import pytest

from parcelparsers import Asked, Body, State, read, source
from parcelparsers.carriers._overseas_dates import printed
from parcelparsers.carriers._overseas_words import meaning
from parcelparsers.errors import Unreadable

IDS = ("usps", "ups", "fedex", "canadapost", "auspost")


@pytest.mark.parametrize(
    ("text", "time_of_day", "iso"),
    [
        ("March 14, 2025 12:17 PM", "", "2025-03-14T12:17"),
        ("March 14,\n 2025,\t12:05 am", "", "2025-03-14T00:05"),
        ("February 13, 2014", "", "2014-02-13"),
        ("25 Mar 2014 18:07", "", "2014-03-25T18:07"),
        ("Mar 24 2014", "", "2014-03-24"),
        ("01/12/2016", "10:57 A.M.", "2016-01-12T10:57"),
        ("14.04.2017", "15:15", "2017-04-14T15:15"),
        ("14/04/2017", "", "2017-04-14"),
        ("20080625", "141000", "2008-06-25T14:10:00"),
        ("", "10:00", ""),
    ],
)
def test_printed_dates(text: str, time_of_day: str, iso: str) -> None:
    assert printed(text, time_of_day) == iso


@pytest.mark.parametrize("text", ["soon", "31/31/2024", "February 30, 2024", "March 5, 2024 27:00"])
def test_what_is_no_date_is_said(text: str) -> None:
    with pytest.raises(Unreadable):
        printed(text)


def test_figures_are_read_in_the_order_of_the_page_and_a_year_may_come_from_elsewhere() -> None:
    assert printed("02/03/2024") == "2024-02-03"
    assert printed("02/03/2024", day_first=True) == "2024-03-02"
    assert printed("31 июл.", "09:52", year=2022) == "2022-07-31T09:52"


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
