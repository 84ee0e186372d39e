"""Rule sentences that an order's own page prints, read as rules of that order.

Seen: "refund if no delivery before D", coupon "if delayed by D", return "within 7 days of confirming receipt", dispute
"within 90 days after order was placed", return "within 15 days after delivery" (`ORDER_PAGES.md` finding 6,
`POLICIES.md` §6.1), and the old list's "60-Day Delivery Guarantee".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from parcelparsers.marketplaces.countdown import day_words
from parcelparsers.marketplaces.dates import clean
from parcelparsers.marketplaces.words import fold, places, says
from parcelparsers.page import PageRule

_TAG = re.compile(r"<[^<>]{0,400}>")
_BREAK = re.compile(
    r"(?<=[^\W\d_]{2})[.?!]\s?(?=[A-ZÀ-ÖØ-ÞА-Я])|[。！？؟\n;]|\s[·•|]\s"
    r"|(?<=\d)\.\s(?=[A-ZÀ-ÖØ-ÞА-Я])(?!(?:Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))"
)
"""A stop after a number ends a sentence, but not before a German month: `4. Sept.` is a day."""
_DAYS = re.compile(r"(?<![\d.,])(\d{1,3})[\s-]?([^\W\d_]{1,10})")
_HAN_DAY = tuple(map(fold, "日天일"))
"""Words for a day that the next word is written on to."""
_DATE = re.compile(rf"\d{{1,2}}\s?(?:月|{fold('월')})\s?\d{{1,2}}\s?(?:日|{fold('일')})")
_FROM = (("dispute_after_placed", ("ordered",)), ("dispute_after_receipt", ("receipt", "completion")))
_NEAR = 40
"""Characters between a number of days and what it counts from; farther words belong to another thought."""
_MOST = 60


class _Count(NamedTuple):
    """A number of days, and where it stands in the folded sentence."""

    days: int
    start: int
    end: int


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
    folded = fold(sentence)
    counts = list(_counts(folded))
    if not counts:
        return None
    if says("dispute", sentence):
        return _dispute(sentence, folded, counts)
    kind = _kind(sentence)
    return PageRule(kind=kind, quote=sentence, days=counts[0].days) if kind else None


def _dispute(sentence: str, folded: str, counts: list[_Count]) -> PageRule | None:
    """A rule on disputes. What its days count from is the word that stands nearest to them: a sentence about the
    completion of an order, or one not received, names the order too."""
    told = [
        (_apart(count, span), count.days, kind)
        for kind, topics in _FROM
        for topic in topics
        for span in places(topic, folded)
        for count in counts
    ]
    apart, days, kind = min(told, default=(_NEAR, 0, ""))
    if apart >= _NEAR:
        return None
    return PageRule(kind=kind, quote=sentence, days=days)


def _apart(count: _Count, span: tuple[int, int]) -> int:
    return span[0] - count.end if span[0] >= count.end else count.start - span[1]


def _kind(sentence: str) -> str | None:
    if says("return", sentence) or says("refund", sentence):
        if says("receipt", sentence):
            return "return_after_receipt"
        if says("delivery", sentence):
            return "return_after_delivery"
        return "return_after_receipt" if says("completion", sentence) else None
    return "delivery_guarantee" if re.search(r"day delivery guarantee", sentence, re.I) else None


def _counts(folded: str) -> Iterator[_Count]:
    """The numbers of days in a folded text; the day of a date (`9월 4일`) is none."""
    dated = [m.span() for m in _DATE.finditer(folded)]
    for m in list(_DAYS.finditer(folded))[:20]:
        named = m[2] in _day_words() or m[2].startswith(_HAN_DAY)
        if named and int(m[1]) > 0 and not any(begin <= m.start() < end for begin, end in dated):
            yield _Count(int(m[1]), m.start(), m.end(1))


@cache
def _day_words() -> frozenset[str]:
    return frozenset(map(fold, day_words()))
