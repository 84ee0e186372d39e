"""Rows of "label: value", as order pages, mails and pasted texts have them, made fields of an order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from parcelparsers.marketplaces import money
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.parcels import tracking_number
from parcelparsers.marketplaces.shop import Page, order_id
from parcelparsers.marketplaces.words import date_label, says
from parcelparsers.page import OrderStatus


class Row(NamedTuple):
    """One printed row; either part may be empty."""

    label: str
    value: str


def rows_to_fields(draft: Draft, page: Page, rows: Iterable[Row]) -> None:
    """Set every field that a row names and whose value fits; of two rows for one field the first wins.

    A row that names a date whose value is none is named in `unread`.
    """
    for row in rows:
        if not row.value or order_id(row.value.split(" ")[0]):
            continue
        if says("tracking", row.label):
            _numbers(draft, row)
        elif says("method", row.label):
            _method(draft, row)
        else:
            _date(draft, page, row)


def _numbers(draft: Draft, row: Row) -> None:
    if number := tracking_number(row.value):
        known = draft.value("tracking_numbers") or []
        if number not in known:
            draft.put("tracking_numbers", [*known, number], f"row:{row.label}", row.value)


def _method(draft: Draft, row: Row) -> None:
    shipping = says("shipped", row.label) or says("delivery", row.label)
    name = "shipping_method" if shipping and not says("paid", row.label) else "payment_method"
    if name not in draft.fields:
        draft.put(name, row.value[:120], f"row:{row.label}", row.value)


def _date(draft: Draft, page: Page, row: Row) -> None:
    name = date_label(row.label)
    if name is None or name in draft.fields or (name == "completed_at" and not _may_be_completed(draft)):
        return
    read = page.coming if name == "estimated_delivery_at" else page.past
    if day := read(row.value):
        draft.put(name, day, f"row:{row.label}", row.value)
    elif any(c.isdigit() for c in row.value) and not money.currency_of(row.value):
        draft.miss(name, f"cannot be read: {row.value[:60]!r}")


def _may_be_completed(draft: Draft) -> bool:
    """A label with a word for "completed" on an order that is not completed means another step."""
    return draft.value("status") in (None, OrderStatus.COMPLETED, OrderStatus.REFUNDED)
