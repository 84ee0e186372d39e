"""Rule sentences that an order's own page prints, read as rules of that order.

Seen: "refund if no delivery before D", coupon "if delayed by D", return "within 7 days of confirming receipt", dispute
"within 90 days after order was placed", return "within 15 days after delivery" (`ORDER_PAGES.md` finding 6,
`POLICIES.md` §6.1), and the old list's "60-Day Delivery Guarantee".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from parcelparsers.marketplaces.countdown import day_words
from parcelparsers.marketplaces.dates import clean
from parcelparsers.marketplaces.words import says
from parcelparsers.page import PageRule

_TAG = re.compile(r"<[^<>]{0,400}>")
_BREAK = re.compile(
    r"(?<=[^\W\d_]{2})[.?!]\s?(?=[A-ZÀ-ÖØ-ÞА-Я])|[。！？؟\n;]|\s[·•|]\s"
    r"|(?<=\d)\.\s(?=[A-ZÀ-ÖØ-ÞА-Я])(?!(?:Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))"
)
"""A stop after a number ends a sentence, but not before a German month: `4. Sept.` is a day."""
_DAYS = re.compile(r"(?<![\d.,])(\d{1,3})[\s-]?([^\W\d_]{1,10})")
_MOST = 60


def sentences(text: str) -> list[str]:
    """The sentences of a text without markup; a missing space after a full stop parts them too. At most 60."""
    bare = _TAG.sub(" ", text[:20_000])
    parts = [clean(part).strip(" .") for part in _BREAK.split(bare)]
    return [part for part in parts if part][:_MOST]


def read_rule(sentence: str, read_date: Callable[[str], date | None]) -> PageRule | None:
    """The rule that a sentence states, None for no known rule."""
    return _dated(sentence, read_date) or _counted(sentence)


def _dated(sentence: str, read_date: Callable[[str], date | None]) -> PageRule | None:
    if not any(c.isdigit() for c in clean(sentence)):
        return None
    refund = says("refund", sentence) and says("delivery", sentence) and says("not", sentence)
    kind = "coupon_if_delayed" if says("coupon", sentence) else "refund_if_not_delivered" if refund else None
    before = read_date(sentence) if kind else None
    return PageRule(kind=kind, quote=sentence, before=before) if kind and before else None


def _counted(sentence: str) -> PageRule | None:
    days = days_in(sentence)
    kind = _kind(sentence) if days else None
    return PageRule(kind=kind, quote=sentence, days=days) if kind else None


def _kind(sentence: str) -> str | None:
    if says("dispute", sentence):
        if says("ordered", sentence):
            return "dispute_after_placed"
        return "dispute_after_receipt" if says("receipt", sentence) else None
    if says("return", sentence) or says("refund", sentence):
        if says("receipt", sentence):
            return "return_after_receipt"
        return "return_after_delivery" if says("delivery", sentence) else None
    return "delivery_guarantee" if re.search(r"day delivery guarantee", sentence, re.I) else None


def days_in(sentence: str) -> int | None:
    """The first number of days that the sentence names, None for none."""
    for number, word in list(_DAYS.findall(clean(sentence)))[:20]:
        if word.lower() in day_words() and int(number) > 0:
            return int(number)
    return None
