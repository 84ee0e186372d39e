"""The English names of countries by ISO 3166, from the time-zone data that the program needs anyway."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def load_countries() -> Mapping[str, str]:
    """Codes by name and by code, in lower case (`spain`: `ES`, `es`: `ES`); empty where the data lack the table."""
    table = files("tzdata") / "zoneinfo" / "iso3166.tab"
    if not table.is_file():
        return {}
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    codes = {row[1].strip().casefold(): row[0] for row in rows if len(row) == 2}
    return {**codes, **{code.casefold(): code for code in codes.values()}}
