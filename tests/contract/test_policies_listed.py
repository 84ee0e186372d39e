"""Every rule of the buyer help that is known is in a pack or named as out of scope with the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parcelwarden.adapters.pack_loader import load_packs
from parcelwarden.adapters.rules_loader import load_advisories
from support.shared import shared

IDS = (
    "AE-D1 AE-D1b AE-D2 AE-D3 AE-D4 AE-D5 AE-D6 AE-D7 AE-D8 "
    "AE-R1 AE-R2 AE-R3 AE-R4 AE-R5 AE-R6 AE-R7 AE-R7b AE-R8 "
    "AE-E1 AE-E2 AE-E3 AE-E4 AE-C1 AE-C2 AE-C3 AE-C4 AE-C5 AE-S1 AE-T1 AE-T2 AE-T3 AE-N1 "
    "AE-F1 AE-F2 AE-F3 AE-F4 AE-F5 AE-F6 AE-F7 AE-W1 AE-G1 AE-P1 AE-X1 AE-K1 AE-K2 AE-A1 AE-V"
).split()
"""AE-V stands for the advisories, which are numbered by the file that holds them."""

PACKED = {rule for pack in load_packs() for rule in pack.rules} | {one.id for one in load_advisories()}
USED = {
    name for pack in load_packs() for timed in (*pack.windows, *pack.clocks) for name in (timed.rule.id, *timed.also)
} | {ending.rule.id for pack in load_packs() for window in pack.windows for ending in window.ends}
SPOKEN = {"AE-T1", "AE-T2", "AE-N1", "AE-X1", "AE-A1"}
"""Rules that verdicts and advice keep without a window: quiet lines, contacts, extensions, conduct."""


def out_of_scope() -> set[str]:
    """The rules that the section names."""
    text = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text("utf-8")
    section = text.partition("## Rules out of scope")[2].partition("\n## ")[0]
    return set(re.findall(r"AE-[A-Z]\d*[a-z]?\b", section))


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_is_packed_with_its_quote(rule: str) -> None:
    assert rule in PACKED or (rule == "AE-V" and {f"AE-V{n}" for n in range(1, 10)} <= PACKED)


@pytest.mark.parametrize("rule", [rule for rule in IDS if rule != "AE-V"])
def test_a_rule_makes_a_date_or_a_sentence_or_is_out_of_scope(rule: str) -> None:
    assert rule in USED | SPOKEN | out_of_scope()


def test_the_list_is_that_of_the_reference() -> None:
    text = shared("orders/POLICIES.md").read_text("utf-8").partition("## 2. ")[0]
    found = {name.rstrip("*") for name in re.findall(r"^\| (AE-[A-Z]\d?[a-z]?\*?)", text, re.M)}
    assert found == set(IDS)


def test_every_quote_of_an_advisory_stands_where_it_is_said_to() -> None:
    lines = shared("orders/buyer_help_text.txt").read_text("utf-8").split("\n")
    for one in load_advisories():
        where = re.search(r"L(\d+)$", one.source)
        assert where and one.quote in " ".join(lines[int(where[1]) - 1].split()), one.id
