"""AliExpress's order lists whose classes are not known: hashed, scrambled or none at all.

An order is what stands around its link, its marked button or its labelled number, up to the next order. Its fields are
found by their labels and their form alone, so nothing is read that is not named on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines, money
from parcelparsers.marketplaces._aliexpress_fields import add_dispute_button
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dom import attribute, distinct, id_in_link, leaves, text_of
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft, Found
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.rows import Row
from parcelparsers.marketplaces.shop import Page, order_id
from parcelparsers.marketplaces.status import Signals, by_word, decide, has_confirm
from parcelparsers.marketplaces.words import DISPUTE_BUTTONS, date_label, fold, says, split_label
from parcelparsers.page import PageReading

if TYPE_CHECKING:
    from bs4 import Tag

_MARKS = ("order_detail.htm", "/p/order/detail.html", "orderid=", "tradeOrderId=", "orderId=")
_ROW = 160
_PRINTED = 4_000


def fits(body: Body) -> bool:
    """Whether this is markup of AliExpress that names orders."""
    return body.is_html and "aliexpress" in body.text and any(mark in body.text for mark in _MARKS)


def read(page: Page) -> PageReading:
    """The orders as they stand on the page. Raises `Unreadable` where none of them has anything but its id."""
    root = page.body.html("div", "main", "section", "ul", "table", "article")
    drafts = [_order(page, number, card) for number, card in list(_cards(root))[:MOST_ORDERS]]
    known = [draft for draft in drafts if {"placed_at", "status"} & set(draft.fields)]
    if not known:
        raise Unreadable("orders", "an order's id with its date or status beside it")
    unread = tuple(u for draft in known for u in draft.unread)
    return PageReading(orders=tuple(draft.reading() for draft in known), unread=unread)


def _cards(root: Tag) -> Iterator[tuple[str, Tag]]:
    """Each order's id with the largest element that holds it and no other order."""
    anchors = [(number, tag) for tag in root.find_all(True) if (number := _id_of(tag))]
    under: dict[int, set[str]] = {}
    for number, tag in anchors:
        for holder in (tag, *tag.parents):
            under.setdefault(id(holder), set()).add(number)
    seen = set()
    for number, tag in anchors:
        if number not in seen:
            seen.add(number)
            alone = [
                holder for holder in (tag, *tag.parents) if under[id(holder)] == {number} and holder.name != "body"
            ]
            yield number, next((h for h in reversed(alone) if h.name != "[document]"), tag)


def _id_of(tag: Tag) -> str:
    """The order's id that a link or a button carries, or that stands beside its label."""
    if tag.name == "a":
        return id_in_link(attribute(tag, "href"), "orderId", "tradeOrderId", "tradeId")
    if marked := order_id(attribute(tag, "orderid")):
        return marked
    if not 15 <= len(text := text_of(tag, " ")[: _ROW + 1]) <= _ROW:
        return ""
    label, value = split_label(text)
    return order_id(value.split(" ")[0]) if label and says("number", label) and not says("tracking", label) else ""


def _order(page: Page, number: str, card: Tag) -> Draft:
    draft = Draft(ID, number)
    draft.put("order_id", number, "link, button or label")
    rows = list(labelled(card))
    draft.first("placed_at", named(rows, "placed_at"), page.past)
    put_status(draft, rows)
    priced = totals(rows)
    currency = draft.first("currency", priced, money.currency_of)
    draft.first("total", priced, lambda raw: money.amount(raw, currency))
    links = card.select('a[href*="/item/"]', limit=100)
    titles = distinct(attribute(a, "title") or text_of(a) for a in links)
    draft.first("items", [("item link", titles[0])] if titles else [], lambda _: titles)
    tracked = (tracking_number(row.value) for row in rows if says("tracking", row.label))
    if numbers := distinct(n for n in tracked if n):
        draft.put("tracking_numbers", numbers, "label")
    put_ends(draft, page, card, rows)
    return draft


def labelled(card: Tag) -> Iterator[Row]:
    """Every short text, with its label: before a colon, or in the element before."""
    for tag in card.find_all(True, limit=_PRINTED):
        text = text_of(tag)[: _ROW + 1]
        if not text or len(text) > _ROW:
            continue
        row = Row(*split_label(text))
        before = tag.find_previous_sibling(True)
        label = text_of(before)[:61] if not row.label and before is not None else ""
        yield Row(label.rstrip(":："), text) if 0 < len(label) <= 60 else row


def totals(rows: list[Row]) -> list[Found]:
    """The prices beside a label for the total, the shortest first."""
    own = [r.value for r in rows if says("total", r.label) and _is_price(r.value)]
    return [("label:total", value) for value in sorted(own, key=len)]


def _is_price(text: str) -> bool:
    """Whether it is an amount of money, of a currency that may be unknown (`$` alone)."""
    return money.amount(text) is not None and bool(money.currency_of(text) or set("$¥￥") & set(text))


def named(rows: list[Row], name: str) -> list[Found]:
    """The values beside labels of this date, the shortest first: a longer one holds its neighbours too."""
    own = [r.value for r in rows if r.label and date_label(r.label) == name and not order_id(r.value.split(" ")[0])]
    return [(f"label:{name}", value) for value in sorted(own, key=len)]


def put_status(draft: Draft, rows: list[Row]) -> None:
    """The one status that is named: the row of tabs may stand beside a lone order, and then nothing is decided."""
    words = {status: row.value for row in rows if (status := by_word(row.value))}
    buttons = tuple(row.value for row in rows if has_confirm((row.value,)))
    word = next(iter(words.values())) if len(words) == 1 else ""
    if decided := decide(Signals(word=word, buttons=buttons)):
        draft.put("status", decided[0], decided[1], word or buttons[0])
    else:
        draft.miss("status", "several are named" if words else "none is named")


def put_ends(draft: Draft, page: Page, card: Tag, rows: list[Row]) -> None:
    """The ends that the card prints, and the sight of a dispute button."""
    counted = [attribute(tag, "lefttime") for tag in card.select("[lefttime]", limit=3)]
    for left in counted:
        deadlines.add_milliseconds(draft, page, left, "lefttime")
    if not counted:
        deadlines.add(draft, page, leaves(card))
    add_dispute_button(draft, page, [f"button:{row.value}" for row in rows if fold(row.value) in DISPUTE_BUTTONS])
