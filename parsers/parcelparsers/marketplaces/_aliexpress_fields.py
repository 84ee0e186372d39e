"""What AliExpress's list and detail have in common: money, items, buttons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from parcelparsers.marketplaces import money
from parcelparsers.marketplaces._aliexpress_tree import objects, words
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.shop import Page

_MOST_ITEMS = 100


def add_money(draft: Draft, holder: dict[str, Any], text_key: str) -> None:
    """The total and its currency from `formatPriceInfo`, the printed text and `currencyCode`."""
    printed = words(holder.get(text_key))
    stated = money.code(words(holder.get("currencyCode")))
    parts = words(holder.get("formatPriceInfo"))
    draft.first("currency", [("currencyCode", stated), (text_key, printed)], _currency)
    whole = money.split_parts(parts)
    if whole is not None:
        draft.put("total", whole, "formatPriceInfo", parts)
    else:
        draft.first("total", [(text_key, printed)], lambda raw: money.amount(raw, stated))


def _currency(raw: str) -> str | None:
    return money.code(raw) or money.currency_of(raw)


def add_items(draft: Draft, lines: object, strategy: str) -> None:
    """The titles of the ordered things."""
    titles = [title for line in objects(lines)[:_MOST_ITEMS] if (title := words(line.get("itemTitle")))]
    if titles:
        draft.put("items", titles, strategy)
    else:
        draft.miss("items", "no title of an item was found")


def add_dispute_button(draft: Draft, page: Page, strategies: Iterable[str]) -> None:
    """A dispute button was seen: the shop itself says that a dispute can be opened now."""
    strategy = next(iter(strategies), "")
    if not strategy:
        return
    if page.seen_at is None:
        draft.miss("observed_dispute_button_at", "the button is there, but when the page was seen is not known")
    else:
        draft.put("observed_dispute_button_at", page.seen_at, strategy, "OPEN_DISPUTE")
