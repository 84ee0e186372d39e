"""Countries as carriers print them, where the post of the country is known here."""

from __future__ import annotations

_PRINTED = {
    "AR": "ARG argentina",
    "AT": "AUT austria",
    "AU": "AUS australia",
    "BE": "BEL belgium",
    "BR": "BRA brazil|brasil",
    "CA": "CAN canada",
    "CH": "CHE switzerland",
    "CL": "CHL chile",
    "CN": "CHN china|mainland china",
    "CZ": "CZE czechia|czech republic",
    "DE": "DEU germany|deutschland",
    "DK": "DNK denmark",
    "EE": "EST estonia",
    "ES": "ESP spain|españa",
    "FI": "FIN finland|suomi",
    "FR": "FRA france",
    "GB": "GBR united kingdom|great britain|uk",
    "HU": "HUN hungary",
    "IL": "ISR israel",
    "IT": "ITA italy|italia",
    "JP": "JPN japan",
    "KR": "KOR south korea|korea|republic of korea",
    "NL": "NLD netherlands|the netherlands",
    "PL": "POL poland|polska",
    "RU": "RUS russia|russian federation",
    "SE": "SWE sweden",
    "SG": "SGP singapore",
    "UA": "UKR ukraine",
    "US": "USA united states|united states of america",
}
_CODES = {
    name: code
    for code, printed in _PRINTED.items()
    for name in (code.casefold(), printed[:3].casefold(), *printed[4:].split("|"))
}


def country_of(printed: str | None) -> str | None:
    """The country (ISO 3166, two letters) that a code of two or three letters or a name means; None for others."""
    return _CODES.get(" ".join((printed or "").split()).casefold())
