"""Reads the shipping lines that are shipped with the program."""

from __future__ import annotations

from functools import cache

from parcelwarden.adapters.pack_loader import read_toml, shipped
from parcelwarden.domain.policy.lines import build_lines
from parcelwarden.domain.verdict.lines import ShippingLines


@cache
def load_lines() -> ShippingLines:
    """The lists A and B. Raises `PackError` naming file and place."""
    file = shipped() / "lines.toml"
    return build_lines(read_toml(file), file.name)
