"""Orders and parcels by hand, on the database itself. Orders and numbers are constructed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from support.shell import Shell

Watched = Callable[..., Any]


def test_an_order_is_added_listed_shown_set_and_forgotten(sh: Shell, watched: Watched) -> None:
    added = watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01", "warranty=no", "--number", "RR123456785CN")
    assert added["facts"]["paid_at"]["value"] == "2026-03-01"
    assert added["parcels"] == ["RR123456785CN"]
    assert added["windows"]["dispute_not_received"]["opens_at"] == "2026-05-02T08:00:00Z"

    assert [o["order_id"] for o in sh.json("list")["orders"]] == ["8100000000000001"]
    changed = sh.json("set", "8100000000000001", "received_at=2026-04-02", "dispute.opened_at=2026-04-03T09:00:00Z")
    assert changed["facts"]["dispute.opened_at"]["origin"] == "user"
    assert "dispute.opened_at" not in sh.json("set", "8100000000000001", "dispute.opened_at=")["facts"]
    assert sh.json("show", "aliexpress/8100000000000001")["facts"]["received_at"]["value"] == "2026-04-02"

    sh("add", "LP00190000000017")
    assert sh("forget", "LP00190000000017").stdout == "LP00190000000017 is forgotten.\n"
    sh("show", "LP00190000000017", code=1)

    assert "forgotten" in sh("forget", "8100000000000001").stdout
    assert sh.json("list")["orders"] == []
    sh("show", "RR123456785CN", code=1)


def test_what_people_read(sh: Shell, watched: Watched) -> None:
    assert "parcelwarden add" in sh("list").stdout
    watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01", "--number", "RR123456785CN")
    shown = sh("show", "8100000000000001").stdout
    for word in ("Lamp", "dispute_not_received", "delivery_due_at", "2026-05-01", "RR123456785CN", "looked at never"):
        assert word in shown
    listed = sh("list").stdout
    assert "aliexpress/8100000000000001" in listed
    assert listed.endswith("\n1 order\n")


def test_foreign_text_is_only_text(sh: Shell, watched: Watched) -> None:
    added = watched("seller=<script>alert(1)</script> -rf $(x)")
    assert added["seller"] == "<script>alert(1)</script> -rf $(x)"
    assert "seller" in sh("set", "8100000000000001", "seller=a\x1b[2Jb", code=2).stderr


def test_a_number_alone_is_watched(sh: Shell, watched: Watched) -> None:
    watched()
    parcel = sh.json("add", "rr123456785cn", "--order", "8100000000000001")
    assert parcel["numbers"] == ["RR123456785CN"]
    assert parcel["orders"] == [{"marketplace": "aliexpress", "order_id": "8100000000000001"}]
    assert "state unknown" in sh("show", "RR123456785CN").stdout


def test_a_list_may_be_narrowed_and_cut(sh: Shell) -> None:
    for number in range(3):
        sh("add", f"aliexpress/{number}", "paid_at=2026-03-01")
    assert len(sh.json("list", "--limit", "2")["orders"]) == 2
    assert len(sh.json("list", "--limit", "250")["orders"]) == 3
    sh("list", "--limit", "0", code=2)
    assert sh.json("list", "--urgency", "critical")["orders"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["show", "123"], 1, "123"),
        (["show", "aliexpress/123"], 1, "aliexpress/123"),
        (["set", "123", "paid_at=2026-03-01"], 1, "123"),
        (["forget", "123"], 1, "123"),
        (["set", "8100000000000001"], 2, "FACT"),
        (["set", "8100000000000001", "paid_at"], 2, "paid_at"),
        (["set", "8100000000000001", "paid_at=tomorrow"], 2, "paid_at"),
        (["set", "8100000000000001", "paid_at=2026-03-01T09:00:00"], 2, "offset"),
        (["set", "8100000000000001", "colour=red"], 2, "colour"),
        (["set", "8100000000000001", "dispute.colour=red"], 2, "colour"),
        (["set", "8100000000000001", "free_return=perhaps"], 2, "free_return"),
        (["add", "aliexpress/8100000000000001", "paid_at=2026-03-01"], 1, "8100000000000001"),
        (["add", "aliexpress/../x"], 2, "order_id"),
        (["add", "8100000000000002", "paid_at=2026-03-01"], 2, "MARKETPLACE/ID"),
        (["add"], 2, "--paste"),
        (["add", "aliexpress/1", "--paste"], 2, "--paste"),
        (["add", "aliexpress/1", "--order", "2"], 2, "--order"),
        (["add", "no number!"], 2, "number"),
        (["add", "RR123456785CN", "--order", "999"], 1, "999"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    sh: Shell, watched: Watched, arguments: list[str], code: int, said: str
) -> None:
    before = watched()
    done = sh(*arguments, code=code)
    assert said in done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") <= 4
    after = sh.json("list")["orders"]
    assert [o["order_id"] for o in after] == ["8100000000000001"]
    assert sh.json("show", "8100000000000001")["facts"] == before["facts"]


def test_an_id_of_two_shops_is_ambiguous(sh: Shell) -> None:
    sh("add", "aliexpress/77", "paid_at=2026-03-01")
    sh("add", "temu/77", "paid_at=2026-03-01")
    done = sh("show", "77", code=1)
    assert "aliexpress/77" in done.stderr
    assert "temu/77" in done.stderr


def test_impossible_dates_are_kept_not_refused(sh: Shell, watched: Watched) -> None:
    changed = watched("shipped_at=2026-02-01")
    assert changed["facts"]["shipped_at"]["value"] == "2026-02-01"


def test_a_failed_check_digit_is_watched_all_the_same(sh: Shell, watched: Watched) -> None:
    watched("--number", "RR123456784CN")
    assert sh.json("show", "RR123456784CN")["numbers"] == ["RR123456784CN"]


def test_pasted_text_that_says_nothing_is_refused(sh: Shell) -> None:
    done = sh("add", "--paste", stdin="hello there", code=2)
    assert done.stdout == ""
    assert done.stderr


def test_impossible_dates_are_kept_and_flagged(sh: Shell, watched: Watched) -> None:
    added = watched("shipped_at=2026-02-01", "delivery_due_at=2026-05-01")
    assert added["oddities"] == ["shipped_at before paid_at"]
    assert (added["facts"]["shipped_at"]["value"], added["facts"]["paid_at"]["value"]) == ("2026-02-01", "2026-03-01")
    shown = sh("show", "8100000000000001").stdout
    assert "cannot both be right: shipped_at before paid_at" in shown
    assert "shipped_at < paid_at" in sh("list").stdout
    assert sh.json("set", "8100000000000001", "shipped_at=2026-03-05")["oddities"] == []


def test_a_wrong_check_digit_is_said_and_the_number_watched(sh: Shell, watched: Watched) -> None:
    added = watched("--number", "RR123456780CN", "--number", "RR123456785CN")
    assert added["doubtful_numbers"] == ["RR123456780CN"]
    assert sh.json("show", "RR123456780CN")["doubtful_numbers"] == ["RR123456780CN"]
    assert sh.json("show", "RR123456785CN")["doubtful_numbers"] == []
    for command in (("show", "8100000000000001"), ("show", "RR123456780CN"), ("add", "LX123456780CN")):
        assert "the check digit is wrong" in sh(*command).stdout
    assert "check digit" not in sh("show", "RR123456785CN").stdout


def test_until_when_to_act_stands_beside_the_ends(sh: Shell, watched: Watched) -> None:
    watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01")
    assert "act by" in sh("show", "8100000000000001").stdout


def test_a_difference_to_the_page_is_shown(sh: Shell, watched: Watched) -> None:
    watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01", "observed_protection_ends_at=2026-06-20")
    assert "the page counts" in sh("show", "8100000000000001").stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("recieved_at=2026-03-02", "did you mean received_at?"),
        ("dispute.opend_at=2026-03-02", "did you mean opened_at?"),
        ("logistics=odd", "one of abnormal, normal"),
        ("foo=1", "Known here:"),
    ],
)
def test_a_fact_that_is_none_is_named_with_those_that_are(sh: Shell, watched: Watched, given: str, said: str) -> None:
    watched()
    refused = sh("set", "8100000000000001", given, code=2)
    assert said in refused.stderr
    assert refused.stderr.startswith(f"parcelwarden: {given.partition('=')[0]}: ")
