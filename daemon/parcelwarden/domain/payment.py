"""The name of a means of payment as packs know it, from whatever a page prints or a user writes.

Pages print a network with a kind and the last digits ("VISA ****1234", "Mastercard debit"), or only that it was a
card. A network whose rules no pack has keeps its name, so that it is never taken for one that has.
"""

from __future__ import annotations

import re

_NETWORKS = (
    ("paypal", re.compile(r"\bpay ?pal(?![^\W\d_])")),
    ("visa", re.compile(r"\bvisa(?![^\W\d_])")),
    ("mastercard", re.compile(r"\bmaster ?card(?![^\W\d_])|^mc(?![^\W\d_])")),
)
"""The first that is named: a card behind PayPal is PayPal's."""

_OTHER = re.compile(
    r"\b(?:amex|american express|discover|jcb|union ?pay|diners|maestro|mir|elo|hipercard|bancontact|gift|store|"
    r"voucher|prepaid|phone|sim)(?![^\W\d_])|\bмир(?![^\W\d_])"
)
"""Networks without a pack, and cards that are no bank's."""

_CARD = re.compile(
    r"\b(?:(?:credit|debit|bank|payment|credit or debit|credit/debit|credit / debit)[ -]cards?|cards?|tarjeta|cartão|"
    r"cartao|carte (?:bancaire|bleue|de crédit|de credit)|carta di credito|(?:kredit|bank|debit)karte|karta|karty|карта|"
    r"картой)(?![^\W\d_])"
)


def payment_method(text: str) -> str:
    """`paypal`, `visa`, `mastercard` or `card` where the text says so, else the text itself without case."""
    plain = " ".join(text.split()).casefold()
    network = next((name for name, named in _NETWORKS if named.search(plain)), None)
    if network is not None:
        return network
    return "card" if _CARD.search(plain) and not _OTHER.search(plain) else plain
