"""Every sentence quoted from the buyer help stands in the lines that its source names, read in place."""

from __future__ import annotations

import re

import pytest

from parcelwarden.adapters.pack_loader import load_packs, read_toml, shipped
from parcelwarden.domain.policy.rules import PackRule
from support.shared import shared

HELP = re.compile(r"AliExpress buyer help text, L(\d+)(?:-(\d+))?")
QUOTED = [rule for pack in load_packs() for rule in pack.rules.values() if HELP.match(rule.source)]


def passage(source: str) -> str:
    """The lines that a source names, as one text with single spaces."""
    found = HELP.match(source)
    assert found
    text = shared("orders/buyer_help_text.txt").read_text("utf-8").split("\n")
    first, last = int(found[1]), int(found[2] or found[1])
    return " ".join(" ".join(text[first - 1 : last]).split())


@pytest.mark.parametrize("rule", QUOTED, ids=lambda rule: rule.id)
def test_the_quote_stands_where_it_is_said_to(rule: PackRule) -> None:
    assert rule.quote in passage(rule.source)


def test_so_do_those_of_the_shipping_lines_and_their_names() -> None:
    for rule in read_toml(shipped() / "lines.toml")["rules"]:
        text = passage(rule["source"])
        assert rule["quote"] in text
        assert all(name in text for name in rule["values"]["lines"])
