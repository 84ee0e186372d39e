"""Amounts of money as shops print them: the number as decimal text, the currency as ISO 4217 code.

`$`, `¥` and `kr` alone name several currencies: without a hint (the shop's own code, its host) the currency is unread.
"""

from __future__ import annotations

import re

from parcelparsers.marketplaces.dates import clean

_NUMBER = re.compile(r"\d(?:[\d.,'’٫٬ ]{0,18}\d)?")
_CODES = frozenset(
    "USD EUR GBP BRL RUB KRW JPY CNY CAD AUD NZD MXN CLP COP ARS PEN PLN CZK HUF RON BGN SEK NOK DKK CHF TRY ILS "
    "SAR AED QAR KWD BHD OMR JOD EGP MAD TND UAH KZT BYN INR IDR MYR SGD THB VND PHP HKD TWD ZAR NGN KES PKR LKR "
    "GEL AMD AZN UZS MDL RSD ISK".split()
)
# Longest first: "US $" before "$". Facts of common use; no code of any shop.
_SIGNS = {
    "us$": "USD", "us $": "USD", "r$": "BRL", "ca$": "CAD", "c$": "CAD", "ca $": "CAD", "au$": "AUD", "a$": "AUD",
    "au $": "AUD", "nz$": "NZD", "mx$": "MXN", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "cl$": "CLP", "co$": "COP",
    "jp¥": "JPY", "jp ¥": "JPY", "cn¥": "CNY", "cn ¥": "CNY", "円": "JPY", "元": "CNY", "€": "EUR", "£": "GBP",
    "₩": "KRW", "원": "KRW", "₽": "RUB", "руб": "RUB", "zł": "PLN", "kč": "CZK", "ft": "HUF", "₺": "TRY", "₪": "ILS",
    "₴": "UAH", "₸": "KZT", "₹": "INR", "฿": "THB", "₫": "VND", "₱": "PHP", "rp": "IDR", "rm": "MYR", "ر.س": "SAR",
    "د.إ": "AED", "s/": "PEN", "lei": "RON",
}  # fmt: skip
_THREE_DECIMALS = frozenset({"KWD", "BHD", "OMR", "JOD", "TND"})


def amount(text: str, currency: str | None = None) -> str | None:
    """The first amount in the text as decimal text (`1234.56`), None where there is none.

    The last of two different separators is the decimal one; a single one before exactly three digits groups
    thousands, unless the currency has three decimals.
    """
    plain = clean(text)
    found = _NUMBER.search(plain)
    if not found:
        return None
    number = re.sub(r"['’٬ ]", "", found[0]).replace("٫", ",")
    whole, fraction = _split(number, currency)
    return f"{int(whole)}.{fraction}" if fraction else str(int(whole))


def _split(number: str, currency: str | None) -> tuple[str, str]:
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number, ""
    mark, after = number[last], number[last + 1 :]
    several = number.count(mark) > 1
    grouped = len(after) == 3 and not (set(number) >= {".", ","}) and currency not in _THREE_DECIMALS
    if several or grouped:
        return re.sub(r"[.,]", "", number), ""
    return re.sub(r"[.,]", "", number[:last]) or "0", after


def split_parts(parts: str) -> str | None:
    """The amount of AliExpress's `formatPriceInfo`, "printed|whole|fraction"; None for any other shape."""
    pieces = clean(parts).split("|")
    if len(pieces) != 3:
        return None
    whole = re.sub(r"\D", "", pieces[1])
    fraction = pieces[2].strip()
    if not whole or len(whole) > 15 or not re.fullmatch(r"\d{0,3}", fraction):
        return None
    return f"{int(whole)}.{fraction}" if fraction else str(int(whole))


def currency_of(text: str) -> str | None:
    """The currency that the text names without doubt, as ISO code, None otherwise."""
    plain = clean(text)
    for code in re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", plain):
        if code in _CODES:
            return str(code)
    lower = plain.lower()
    for sign, code in _SIGNS.items():
        if re.search(_bounded(sign), lower):
            return code
    return "TRY" if re.search(r"(?<![A-Za-z])TL(?![A-Za-z])", plain) else None


def _bounded(sign: str) -> str:
    before = r"(?<![^\W\d_])" if sign[0].isalpha() else ""
    after = r"(?![^\W\d_])" if sign[-1].isalpha() else ""
    return before + re.escape(sign) + after


def code(text: str) -> str | None:
    """An ISO 4217 code given as such, None for anything else."""
    return text.strip().upper() if re.fullmatch(r"\s*[A-Za-z]{3}\s*", text) else None
