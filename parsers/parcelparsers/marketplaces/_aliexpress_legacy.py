"""AliExpress's old order list as markup, about 2014 to 2021 (`ORDER_PAGES.md` §5).

`lefttime` is a countdown in milliseconds. The old page's class names are kept with their spelling ("wraper").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines, money
from parcelparsers.marketplaces._aliexpress_fields import add_dispute_button
from parcelparsers.marketplaces._aliexpress_tree import ID
from parcelparsers.marketplaces.dom import attribute, distinct, id_in_link, text_of, texts, without_hashes
from parcelparsers.marketplaces.draft import MOST_ORDERS, Draft
from parcelparsers.marketplaces.pagerules import read_rule
from parcelparsers.marketplaces.shop import Page, order_id
from parcelparsers.marketplaces.status import Signals, decide
from parcelparsers.marketplaces.words import DISPUTE_BUTTONS, fold
from parcelparsers.page import PageReading

if TYPE_CHECKING:
    from bs4 import Tag

_CARDS = ".order-item-wraper"


def fits(body: Body) -> bool:
    """Whether this is the old order list's markup."""
    return body.is_html and any(mark in body.text for mark in ("buyer-ordertable", "order-item-wraper"))


def read(page: Page) -> PageReading:
    """The orders as they stand on the page."""
    root = page.body.html("table")
    without_hashes(root)
    cards = root.select(_CARDS, limit=MOST_ORDERS)
    if not cards and (
        root.select("[orderid], a[href*=rderId]", limit=1) or not root.select("#buyer-ordertable", limit=1)
    ):
        raise Unreadable(_CARDS, "orders")
    drafts = [_order(page, card) for card in cards]
    unread = tuple(u for d in drafts for u in d.unread)
    return PageReading(orders=tuple(d.reading() for d in drafts if d.order_id), unread=unread)


def _order(page: Page, card: Tag) -> Draft:
    draft = Draft(ID, _id(card))
    if not draft.order_id:
        draft.miss("order_id", "an order of the list has neither a printed id nor a link with it")
        return draft
    draft.first("placed_at", texts(card, ".order-info .second-row .info-body", ".order-info .second-row"), page.past)
    _status(draft, card)
    total = texts(card, ".order-amount .amount-num", ".order-amount")
    currency = draft.first("currency", total, money.currency_of)
    draft.first("total", total, lambda raw: money.amount(raw, currency))
    names = card.select(".product-title a.baobei-name", limit=100)
    titles = distinct(attribute(a, "title") or text_of(a) for a in names)
    draft.first("items", [(".baobei-name", titles[0])] if titles else [], lambda _: titles)
    draft.first("seller", texts(card, ".store-info .first-row .info-body"), str, needed=False)
    _rest(draft, page, card)
    return draft


def _id(card: Tag) -> str:
    printed = [order_id(text) for _, text in texts(card, ".order-info .first-row .info-body")]
    linked = [id_in_link(attribute(a, "href"), "orderId", "tradeId") for a in card.select("a[href]", limit=60)]
    marked = [order_id(attribute(b, "orderid")) for b in card.select("[orderid]", limit=10)]
    return next((i for i in (*printed, *linked, *marked) if i), "")


def _status(draft: Draft, card: Tag) -> None:
    words = texts(card, ".order-status .f-left", ".order-status")
    actions = {attribute(b, "button_action") for b in card.select("[button_action]", limit=20)}
    buttons = ("CONFIRM_GOODS",) if "confirmOrderReceived" in actions else ()
    for strategy, word in words:
        if decided := decide(Signals(word=word, enum=word, buttons=buttons)):
            draft.put("status", decided[0], f"{strategy}:{decided[1]}", word)
            return
    draft.miss("status", f"cannot be read: {words[0][1][:60]!r}" if words else "the status is not there")


def _rest(draft: Draft, page: Page, card: Tag) -> None:
    for tag in card.select("[lefttime]", limit=3):
        deadlines.add_milliseconds(draft, page, attribute(tag, "lefttime"), "lefttime")
    if not card.select("[lefttime]", limit=1):
        deadlines.add(draft, page, texts(card, ".left-sendgoods-day", ".order-status"))
    for tag in card.select(".product-policy a[title]", limit=20):
        if rule := read_rule(attribute(tag, "title"), page.coming):
            draft.rules.append(rule)
    shown = [text for _, text in texts(card, ".product-action a", ".product-action button", ".order-action button")]
    add_dispute_button(draft, page, [f"button:{t}" for t in shown if fold(t) in DISPUTE_BUTTONS])
