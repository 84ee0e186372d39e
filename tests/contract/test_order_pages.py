"""The saved order pages of the reference material, read in place: every value that their descriptions state."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from parcelparsers.marketplaces.answer import as_json
from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture
from support.shared import ROOT, shared

SEEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
FOLDER = ROOT / "order_pages"
PAGES = sorted(p for p in FOLDER.rglob("*") if p.suffix in (".html", ".json") and not p.name.endswith(".meta.json"))
TRACKING_URL = "https://www.aliexpress.com/p/tracking/index.html?tradeOrderId=8200000000000103"
RULES = {"return/refund within 7": ("return_after_receipt", 7), "dispute within 90": ("dispute_after_placed", 90)}
WHERE = {
    "order_date": "placed_at",
    "paid": "paid_at",
    "shipped": "shipped_at",
    "completed": "completed_at",
    "estimated_delivery": "estimated_delivery_at",
    "opened": "dispute_opened_at",
    "status": "status",
    "order_id": "order_id",
}
PARCEL = {
    "carrier": "service_line",
    "carrier_service": "service_line",
    "last_mile_carrier": "last_mile",
    "events": "events",
    "last_event_utc": "last_event_at",
}
ELSEWHERE = {"order_id_in_body", "order_sequence_from", "has_more", "countdown", "selector_rule", "conflict",
             "tracking_link_needs", "coupon_date", "status_code", "orders"}  # fmt: skip


def meta_of(path: Path) -> dict[str, Any]:
    """The description beside a page."""
    name = path.name.removesuffix(path.suffix) + ".meta.json"
    found: dict[str, Any] = json.loads((path.parent / name).read_text("utf-8"))
    return found


def answer_of(path: Path, url: str = "", seen_at: datetime | None = SEEN) -> dict[str, Any]:
    """The page as `import --dry-run --json` prints it."""
    capture = Capture(url=url, kind="", form="", body=path.read_text("utf-8"), seen_at=seen_at)
    return as_json(read_page(capture))


def stated_orders(expected: Any) -> list[dict[str, Any]]:
    """What a description states of orders."""
    if isinstance(expected, list):
        return expected
    return list(expected["orders"]) if "orders" in expected else [expected]


def check_dates(order: dict[str, Any], stated: dict[str, Any]) -> None:
    """Fields that are stated by name, the refund date and the countdown."""
    for key, name in WHERE.items():
        if key in stated and stated.get("status") not in ("delivered", "In transit"):
            assert order[name] == stated[key], key
    if before := stated.get("refund_if_not_delivered_before"):
        assert order["delivery_due_at"] == (date.fromisoformat(before) - timedelta(days=1)).isoformat()
        assert before in [rule["before"] for rule in order["rules"]]
    if stated.get("countdown") == "P25DT3H14M":
        assert order["delivery_due_at"] == "2026-12-15T15:14:00Z"
    if ms := stated.get("countdown_ms"):
        due = (SEEN + timedelta(milliseconds=ms)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert order["delivery_due_at"] == due


def check_rest(order: dict[str, Any], stated: dict[str, Any]) -> None:
    """Rules, coupons, states of refunds, links, the absence of tracking numbers."""
    for words in stated.get("reminder_rules", ()):
        kind_and_days = next(v for k, v in RULES.items() if words.startswith(k))
        assert kind_and_days in [(rule["kind"], rule["days"]) for rule in order["rules"]]
    if by := stated.get("coupon_if_delayed_by"):
        assert ("coupon_if_delayed", by) in [(rule["kind"], rule["before"]) for rule in order["rules"]]
    if "reverse_status" in stated:
        assert order["reverse_status"] == str(stated["reverse_status"])
        assert order["url"].startswith(stated["dispute_url"].removesuffix("..."))
    if "tracking_no" in stated and stated["tracking_no"] is None:
        assert order["tracking_numbers"] == []


def check_parcel(parcel: dict[str, Any], stated: dict[str, Any]) -> None:
    """Numbers, lines, state, events and forecast of a tracking page."""
    numbers = stated.get("tracking_numbers") or [stated["tracking_no"], stated.get("origin_tracking_no")]
    assert {parcel["number"], *parcel["aliases"]} == {n for n in numbers if n}
    for key, name in PARCEL.items():
        if key in stated:
            assert parcel[name] == stated[key], key
    if "status" in stated:
        assert parcel["state"] == stated["status"].lower().replace(" ", "_")
    if "eta_end" in stated:
        assert parcel["eta"]["latest"].endswith(stated["eta_end"])


@pytest.mark.parametrize("path", PAGES or [FOLDER], ids=lambda p: p.name)
def test_page(path: Path) -> None:
    """Orders in the stated sequence with every stated value; parcels where the page has tracking."""
    shared("order_pages")
    expected = meta_of(path)["expected"]
    tracking = isinstance(expected, dict) and (expected.get("tracking_no") or expected.get("tracking_numbers"))
    answer = answer_of(path, TRACKING_URL if tracking else "")
    if tracking:
        check_parcel(answer["parcels"][0], expected)
        check_dates(answer["orders"][0], expected)
        check_rest(answer["orders"][0], expected)
        return
    stated = stated_orders(expected)
    assert [o["order_id"] for o in answer["orders"]] == [s["order_id"] for s in stated]
    for order, one in zip(answer["orders"], stated, strict=True):
        check_dates(order, one)
        check_rest(order, one)


@pytest.mark.parametrize("path", PAGES or [FOLDER], ids=lambda p: p.name)
def test_every_stated_key_is_looked_at(path: Path) -> None:
    """No key of a description is silently passed over."""
    shared("order_pages")
    known = {*WHERE, *ELSEWHERE, *PARCEL, "refund_if_not_delivered_before", "coupon_if_delayed_by", "countdown_ms",
             "reminder_rules", "reverse_status", "dispute_url", "tracking_no", "tracking_numbers",
             "origin_tracking_no", "chronological", "eta_end"}  # fmt: skip
    for one in stated_orders(meta_of(path)["expected"]):
        assert set(one) <= known


@pytest.mark.parametrize("path", PAGES or [FOLDER], ids=lambda p: p.name)
def test_nothing_is_dated_without_the_time_of_seeing(path: Path) -> None:
    """Countdowns and buttons stay unread and are named; nobody's data is in the answer."""
    shared("order_pages")
    answer = answer_of(path, seen_at=None)
    for order in answer["orders"]:
        assert "T" not in str(order["delivery_due_at"])
        assert order["observed_dispute_button_at"] is None
    text = json.dumps(answer, ensure_ascii=False)
    assert not [p for p in ("Buyer Example", "Comprador", "Rua Exemplo", "Cidade") if p in text]
    if "countdown" in meta_of(path)["expected"] and meta_of(path)["expected"]["countdown"]:
        assert "delivery_due_at" in [u["field"] for u in answer["unread"]]


def test_the_earlier_of_two_pages_is_kept_by_the_reader_of_each() -> None:
    """The detail and the tracking of one order differ by a day; each says its own, the service keeps the earlier."""
    detail = answer_of(shared("order_pages/aliexpress/order-detail.json"))["orders"][0]
    tracking = answer_of(shared("order_pages/aliexpress/logistics-querydetail.json"), TRACKING_URL)["orders"][0]
    assert detail["order_id"] == tracking["order_id"]
    assert (tracking["delivery_due_at"], detail["delivery_due_at"]) == ("2026-09-02", "2026-09-03")


@pytest.mark.parametrize("name", ["mtop_querydetail_us.json", "mtop_querydetail_korea_snippet.json"])
def test_tracking_captures(name: str) -> None:
    """The tracking captures read as parcels with the stated number and state."""
    path = shared(f"captures/aliexpress/{name}")
    expected = meta_of(path)["expected"]
    parcel = answer_of(path)["parcels"][0]
    assert parcel["number"] == expected["tracking_number"]
    assert (parcel["state"], parcel["events"]) == (expected["status"], expected["n_events"])
    if expected["last_event_time"]:
        assert parcel["last_event_at"] == expected["last_event_time"]
