"""`judge` on JSON lines: shape of the answer, and every bad field refused by its name."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_build import LINES, MODEL, TRACKED, first_scan_due

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.verdict import judge_line

EVENT = {
    "at": "2026-01-09T12:00:00Z", "local_time": "2026-01-09T12:00:00", "code": "LH_DEPART", "state": "in_transit",
    "leg": 3, "advisory": False, "description": "Departed", "location": "",
}  # fmt: skip
LINE: dict[str, Any] = {
    "id": "c01",
    "now": "2026-01-20T12:00:00Z",
    "order": {"marketplace": "aliexpress", "order_id": "8100000000000001", "country": "ES",
              "paid_at": "2026-01-05", "shipped_at": "2026-01-07T12:00:00Z", "shipping_method": TRACKED},
    "parcel": {"number": "LP1", "source": "cainiao", "outcome": "found", "last_ok_at": "2026-01-20T12:00:00Z",
               "last_outcome": "found", "events": [EVENT]},
}  # fmt: skip


def answer(line: object) -> dict[str, Any]:
    """The answer to one line."""
    return judge_line(line, MODEL, LINES, first_scan_due)


def changed(path: str, value: object) -> dict[str, Any]:
    """The line with one value replaced; `...` takes the key away."""
    line = inner = copy.deepcopy(LINE)
    keys = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in keys[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[keys[-1]]
    else:
        inner[keys[-1]] = value
    return line


def test_the_answer_has_its_shape_and_is_json() -> None:
    found = json.loads(json.dumps(answer(LINE)))
    assert found == {
        "id": "c01",
        "verdict": "normal",
        "reasons": [
            {
                "code": "moving",
                "text": "The parcel moves; 11 days without a scan are usual on this leg.",
                "evidence": ["2026-01-09T12:00:00Z LH_DEPART Departed", "looked at 2026-01-20T12:00:00Z"],
            }
        ],
        "silence": {"days": 11.0, "quantile": 0.9358, "expected_until": "2026-02-03T12:00:00Z"},
    }


def test_an_offset_is_read_and_unknown_keys_are_ignored() -> None:
    line = changed("parcel.events.0.at", "2026-01-09T20:00:00+08:00")
    line["order"]["title"] = line["parcel"]["events"][0]["zone"] = "x"
    assert answer(line)["silence"]["days"] == 11.0


@pytest.mark.parametrize("key", ["order.country", "order.paid_at", "order.shipped_at", "order.shipping_method",
                                 "parcel.source", "parcel.last_outcome", "parcel.events.0.code",
                                 "parcel.events.0.location"])  # fmt: skip
def test_optional_fields_may_be_missing_or_null(key: str) -> None:
    answer(changed(key, ...))
    if not key.endswith("location"):
        answer(changed(key, None))


BAD = [
    ("id", ..., "id"),
    ("now", ..., "now"),
    ("now", None, "now"),
    ("now", "2026-01-20", "now"),
    ("now", "2026-01-20T12:00:00", "now"),
    ("now", "soon", "now"),
    ("now", "9999-12-31T23:59:59Z", "now"),
    ("order", [], "order"),
    ("order.marketplace", ..., "order.marketplace"),
    ("order.order_id", "", "order.order_id"),
    ("order.paid_at", "2026-01-05T12:00:00", "order.paid_at"),
    ("order.paid_at", "2026-13-05", "order.paid_at"),
    ("order.paid_at", "0001-01-01", "order.paid_at"),
    ("order.shipped_at", 5, "order.shipped_at"),
    ("parcel", ..., "parcel"),
    ("parcel.number", "", "parcel.number"),
    ("parcel.outcome", "lost", "parcel.outcome"),
    ("parcel.last_outcome", "tired", "parcel.last_outcome"),
    ("parcel.last_ok_at", ..., "parcel.last_ok_at"),
    ("parcel.last_ok_at", "2026-01-20", "parcel.last_ok_at"),
    ("parcel.events", None, "parcel.events"),
    ("parcel.events.0", "x", "parcel.events[0]"),
    ("parcel.events.0.state", "not_found", "parcel.events[0].state"),
    ("parcel.events.0.state", ..., "parcel.events[0].state"),
    ("parcel.events.0.leg", 8, "parcel.events[0].leg"),
    ("parcel.events.0.leg", True, "parcel.events[0].leg"),
    ("parcel.events.0.advisory", "no", "parcel.events[0].advisory"),
    ("parcel.events.0.at", "2026-01-09", "parcel.events[0].at"),
    ("parcel.events.0.uncertain_hours", -1, "parcel.events[0].uncertain_hours"),
    ("parcel.flags", ["heavy"], "parcel.flags[0]"),
]


@pytest.mark.parametrize(("path", "value", "field"), BAD)
def test_bad_input_is_refused_by_the_name_of_its_field(path: str, value: object, field: str) -> None:
    with pytest.raises(FactError) as fault:
        answer(changed(path, value))
    assert fault.value.field == field
    assert str(fault.value).startswith(f"{field}: expected ")


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@given(TREES)
def test_anything_else_is_refused_not_crashed_on(line: object) -> None:
    with pytest.raises(FactError):
        answer(line)


@given(st.sampled_from(["now", "order.paid_at", "order.shipped_at", "parcel.last_ok_at", "parcel.events.0.at",
                        "parcel.events.0.description", "parcel.events.0.code", "parcel.events.0.local_time"]),
       st.datetimes().map(lambda at: at.isoformat() + "Z") | st.text())  # fmt: skip
def test_any_value_is_judged_or_refused(path: str, value: str) -> None:
    try:
        assert answer(changed(path, value))["id"] == "c01"
    except FactError as fault:
        assert fault.field
