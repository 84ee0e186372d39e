"""Order lists whose classes are hashed, scrambled or gone, in every language: constructed pages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import escape

import pytest

from parcelparsers.errors import BadPage
from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture, OrderStatus, PageReading

_SEEN = datetime(2026, 8, 1, tzinfo=UTC)
_FIRST, _SECOND = "8000000000000101", "8000000000000102"


def _read(markup: str, seen_at: datetime | None = _SEEN) -> PageReading:
    url = "https://www.aliexpress.com/p/order/index.html"
    return read_page(Capture(kind="page", form="html", url=url, body=markup, seen_at=seen_at))


def _list(card: str, lang: str = "en") -> str:
    cards = card + card.replace(_FIRST, _SECOND)
    return (
        f'<html lang="{lang}"><body><div><div>Shipped</div><div>Completed</div></div><div>{cards}</div></body></html>'
    )


def _modern(placed: str, number: str, status: str, button: str, rule: str, total: str) -> str:
    link = f'<a href="https://www.aliexpress.com/p/order/detail.html?orderId={_FIRST}">x</a>'
    thing = '<a href="//www.aliexpress.com/item/1.html"><span title="Thing">Thing</span></a>'
    spans = "".join(f"<span>{escape(char)}</span>" for char in total)
    return (
        f'<div class="order-item"><div class="order-item-header">'
        f'<div class="order-item-header-status">{status}</div>'
        f'<div class="order-item-header-right-info"><div>{placed}</div><div>{number}: {_FIRST}<span>Copy</span></div></div>'
        f'{link}</div><div class="order-item-content-info-name">{thing}</div>'
        f'<div class="order-item-content-opt-price-total">Total: <b>{spans}</b></div>'
        f'<div class="order-item-btns"><button class="order-item-btn">{button}</button></div><p>{rule}</p></div>'
    )


_LEGACY = (
    f'<table id="buyer-ordertable"><tbody class="order-item-wraper"><tr><td class="order-info"><p class="first-row">'
    f'<span class="info-title">Order ID:</span><span class="info-body">{_FIRST}</span></p><p class="second-row">'
    f'<span class="info-title">Order time:</span><span class="info-body">10:22 Mar. 05 2019</span></p></td>'
    f'<td class="order-amount"><p class="amount-title">Order amount:</p><p class="amount-num">US $12.34</p></td></tr>'
    f'<tr><td class="product-title"><a class="baobei-name" href="//www.aliexpress.com/item/3.html">Thing</a></td>'
    f'<td class="order-status"><span class="f-left">Awaiting delivery</span><p lefttime="5799645229">67 days</p></td>'
    f'<td><button orderid="{_FIRST}" button_action="track">Track Order</button></td></tr></tbody></table>'
)
_HASHED = re.compile(r'class="([^"]*)"')


def _hashed(markup: str) -> str:
    return _HASHED.sub(lambda m: f'class="{" ".join(name + "--x7Yq2" for name in m[1].split())}"', markup)


def _scrambled(markup: str) -> str:
    return _HASHED.sub(lambda m: f'class="c{sum(m[1].encode())}"', markup)


def _bare(markup: str) -> str:
    return re.sub(r' (?:class|id)="[^"]*"', "", markup)


@pytest.mark.parametrize("change", [str, _hashed, _scrambled, _bare])
def test_an_old_list_is_read_whatever_its_classes(change: type[str]) -> None:
    old = f"<html><body>{change(_LEGACY)}{change(_LEGACY).replace(_FIRST, _SECOND)}aliexpress</body></html>"
    orders = _read(old).orders
    assert [order.order_id for order in orders] == [_FIRST, _SECOND]
    for order in orders:
        values = {name: field.value for name, field in order.fields.items()}
        assert values["placed_at"] == date(2019, 3, 5)
        assert values["status"] is OrderStatus.AWAITING_DELIVERY
        assert (values["total"], values["currency"], values["items"]) == ("12.34", "USD", ["Thing"])
        assert values["delivery_due_at"] == _SEEN + timedelta(milliseconds=5799645229)


def test_a_countdown_in_milliseconds_without_the_time_of_the_look_is_unread() -> None:
    reading = _read(f"<html><body>{_bare(_LEGACY)}</body></html>", None)
    assert "delivery_due_at" not in reading.orders[0].fields
    assert "delivery_due_at" in {unread.field for unread in reading.unread}


_EN = ("Order date: Aug 3, 2026", "Order ID", "Awaiting delivery", "Confirm received")
_LISTS = {
    "en": (*_EN, "Refund if no delivery before Sep 4, 2026"),
    "es": (
        "Fecha del pedido: 3 ago. 2026",
        "N.º de pedido",
        "Esperando entrega",
        "Confirmar recepción",
        "Reembolso si no hay entrega antes del 4 sept, 2026",
    ),
    "fr": (
        "Date de commande\u00a0: 3 août 2026",
        "N° de commande",
        "En attente de livraison",
        "Confirmer la réception",
        "Remboursement si non livré avant le 4\u202fsept. 2026",
    ),
    "de": (
        "Bestelldatum: 3. Aug. 2026",
        "Bestellnummer",
        "Warten auf Lieferung",
        "Erhalt bestätigen",
        "Rückerstattung, wenn nicht geliefert vor dem 4. Sept. 2026",
    ),
    "pt": (
        "Data do pedido: 3 ago, 2026",
        "Nº do pedido",
        "Aguardando entrega",
        "Confirmar recebimento",
        "Reembolso se não for entregue antes de 4 set, 2026",
    ),
    "nl": (
        "Besteldatum: 3 aug. 2026",
        "Bestelnummer",
        "Wacht op levering",
        "Ontvangst bevestigen",
        "Terugbetaling indien niet geleverd vóór 4 sep. 2026",
    ),
    "he": (
        "תאריך הזמנה: 3 באוג׳ 2026",
        "מספר הזמנה",
        "ממתין למסירה",
        "אישור קבלה",
        "החזר אם לא נמסר לפני 4 בספט׳ 2026",
    ),
    "ja": ("注文日: 2026年8月3日", "注文番号", "配達待ち", "受取確認", "2026年9月4日までに配達されない場合は返金"),
}


@pytest.mark.parametrize("change", [str, _hashed, _bare])
@pytest.mark.parametrize("lang", _LISTS)
def test_a_list_is_read_in_every_language_and_layout(lang: str, change: type[str]) -> None:
    reading = _read(change(_list(_modern(*_LISTS[lang], "R$\u00a031,93"), lang)))
    assert [order.order_id for order in reading.orders] == [_FIRST, _SECOND]
    for order in reading.orders:
        values = {name: field.value for name, field in order.fields.items()}
        assert values["placed_at"] == date(2026, 8, 3)
        assert values["status"] is OrderStatus.AWAITING_DELIVERY
        assert (values["total"], values["currency"]) == ("31.93", "BRL")
        assert values["delivery_due_at"] == date(2026, 9, 3)


def test_of_a_lone_order_the_row_of_tabs_decides_nothing() -> None:
    card = _bare(_modern(_EN[0], "Order ID", "Awaiting delivery", "Track order", "", "US $1.00"))
    page = f"<html><body><div><i>Shipped</i><i>Completed</i>{card}</div></body></html>"
    assert "status" not in _read(page).orders[0].fields


@pytest.mark.parametrize("change", [str, _bare])
def test_hours_in_the_name_of_a_thing_are_no_countdown(change: type[str]) -> None:
    card = _modern(*_EN, "Color: black", "US $1.00").replace("Thing", "Over-ear headphones 40 hours 30 minutes")
    assert all("delivery_due_at" not in order.fields for order in _read(change(_list(card))).orders)


def test_links_to_orders_alone_are_no_list() -> None:
    link = f'<a href="https://www.aliexpress.com/p/order/detail.html?orderId={_FIRST}">your order</a>'
    with pytest.raises(BadPage):
        _read(f"<html><body><div>{link}</div></body></html>")


@pytest.mark.parametrize(
    "left",
    [
        "<p>Your order will be completed in <b>12</b> days <b>4</b> hours</p>",
        "<p>Time left: <span>12 days</span> <span>4 hours</span></p>",
        "<p><span>Ordered Jul 1</span><span>12 days 4 hours left</span></p>",
    ],
)
def test_a_countdown_in_several_parts(left: str) -> None:
    """A sentence whose numbers stand in elements of their own is read whole; numbers of two parts never run together."""
    card = _bare(
        _modern("Order date: Jul 1, 2026", "Order ID", "Awaiting delivery", "Confirm received", left, "US $1.00")
    )
    order = _read(_list(card)).orders[0]
    assert order.fields["delivery_due_at"].value == _SEEN + timedelta(days=12, hours=4)
