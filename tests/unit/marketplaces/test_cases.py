"""Every constructed case under `marketplaces/cases/` reads as its expectation states, and leaks nobody's data."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import parcelparsers.marketplaces
from parcelparsers.marketplaces.answer import as_json
from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture

CASES = Path(parcelparsers.marketplaces.__file__).parent / "cases"
EXPECTED = sorted(CASES.rglob("*.expected.json"))
PERSONAL = ("Persona Inventata", "Via Finta", "111222333", "someone@example.org")


def capture_of(path: Path, stated: dict[str, Any]) -> Capture:
    """The capture that a case describes."""
    meta = dict(stated["capture"])
    seen = meta.pop("seen_at", None)
    body = (path.parent / stated["body"]).read_text("utf-8")
    return Capture(kind="", form="", body=body, seen_at=datetime.fromisoformat(seen) if seen else None, **meta)


def assert_part(stated: Any, found: Any, where: str) -> None:
    """Every stated value is found; what is not stated is not compared."""
    if isinstance(stated, dict):
        for key, value in stated.items():
            assert_part(value, found.get(key), f"{where}.{key}")
    else:
        assert found == stated, where


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: f"{p.parent.name}/{p.name.removesuffix('.expected.json')}")
def test_case(path: Path) -> None:
    """Stated orders and parcels, in order, and exactly the stated unread fields."""
    stated = json.loads(path.read_text("utf-8"))
    answer = as_json(read_page(capture_of(path, stated)))
    assert [o["order_id"] for o in answer["orders"]] == [o["order_id"] for o in stated["orders"]]
    for at, order in enumerate(stated["orders"]):
        assert_part(order, answer["orders"][at], f"orders[{at}]")
    if "parcels" in stated:
        assert len(answer["parcels"]) == len(stated["parcels"])
        for at, parcel in enumerate(stated["parcels"]):
            assert_part(parcel, answer["parcels"][at], f"parcels[{at}]")
    unread = [[u["order_id"], u["field"]] for u in answer["unread"]]
    assert sorted(map(str, unread)) == sorted(map(str, stated["unread"]))
    assert not [p for p in PERSONAL if p in json.dumps(answer, ensure_ascii=False)]


def test_every_case_is_marked_as_constructed() -> None:
    """Cases are made up and say so; every body has an expectation."""
    assert all(json.loads(p.read_text("utf-8"))["constructed"] is True for p in EXPECTED)
    bodies = {p for p in CASES.rglob("*") if p.is_file() and not p.name.endswith(".expected.json")}
    assert bodies == {p.parent / json.loads(p.read_text("utf-8"))["body"] for p in EXPECTED}
