"""Whether a carrier names another country than the order's as the destination: a number may belong to somebody else's
parcel, or the parcel went astray. Nothing is said where a name is not known.

Carriers print a code (`ES`) or an English name (`Spain`); the names come with the time-zone data (`iso3166.tab`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parcelwarden.domain.model import Facts, ParcelFacts

PARTS = {
    "GP": "FR", "MQ": "FR", "GF": "FR", "RE": "FR", "YT": "FR", "PM": "FR", "BL": "FR", "MF": "FR",
    "PR": "US", "GU": "US", "VI": "US", "AS": "US", "MP": "US", "IC": "ES", "EA": "ES", "AX": "FI", "SJ": "NO",
    "GG": "GB", "JE": "GB", "IM": "GB", "UK": "GB",
}  # fmt: skip
"""Codes of parts of a country, by the country that a buyer there names."""

ALSO = {
    "united kingdom": "GB", "great britain": "GB", "england": "GB", "usa": "US", "united states of america": "US",
    "korea": "KR", "south korea": "KR", "republic of korea": "KR", "russian federation": "RU", "czechia": "CZ",
    "viet nam": "VN", "uae": "AE", "the netherlands": "NL", "holland": "NL", "moldova, republic of": "MD",
}  # fmt: skip
"""English names that carriers print beside those of the standard."""


def country_of(printed: str, names: Mapping[str, str]) -> str | None:
    """The code of a printed country (code or English name), None where it is not known. `names`: codes by name and by
    code, in lower case."""
    text = " ".join(printed.split()).casefold()
    found = names.get(text) or ALSO.get(text) or text.upper()
    return PARTS.get(found, names.get(found.casefold()))


def elsewhere(facts: Facts, parcels: Iterable[ParcelFacts], names: Mapping[str, str]) -> str | None:
    """The destination, as the carrier prints it, of a parcel that goes to another country than the order's; None when
    none does or nothing is known."""
    own = PARTS.get(facts.country, facts.country) if facts.country else None
    if own is None:
        return None
    for parcel in parcels:
        there = country_of(parcel.destination, names) if parcel.destination else None
        if there is not None and there != own:
            return parcel.destination
    return None
