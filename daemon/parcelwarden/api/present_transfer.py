"""Exports as shapes, and back: the same fields, with the names of things in the place of the store's own numbers."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from parcelwarden import __version__
from parcelwarden.api.shapes import EXPORT, ExportShape
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.answers import AnswerRecord
from parcelwarden.services.records import AlertRecord, Delivery, FactChange, OrderRecord, ParcelRecord, SourceHealth
from parcelwarden.services.transfer import Carried, CarriedParcel, Load

T = TypeVar("T")


def export_page(load: Load) -> ExportShape:
    """A page as it is answered."""
    page = {
        "format": EXPORT,
        "version": __version__,
        "settings": load.settings,
        "sources": [_plain(each) for each in load.sources],
        "parcels": [_parcel(each) for each in load.parcels],
        "orders": [_order(each) for each in load.orders],
        "next": load.next,
    }
    return msgspec.convert(page, ExportShape, str_keys=True)


def taken_page(given: ExportShape) -> Load:
    """A page as it is taken in. The store gives its own numbers; the ones here count for nothing."""
    page = _plain(given)
    return Load(
        settings={name: value for name, value in (page["settings"] or {}).items() if value is not None},
        sources=tuple(_record(each, SourceHealth) for each in page["sources"]),
        parcels=tuple(_carried_parcel(each) for each in page["parcels"]),
        orders=tuple(_carried(each) for each in page["orders"]),
    )


def _plain(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


def _record(value: dict[str, Any], kind: type[T], **more: Any) -> T:
    return msgspec.convert({**value, **more}, kind)


def _without(value: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: inner for name, inner in value.items() if name not in names}


def _parcel(carried: CarriedParcel) -> dict[str, Any]:
    plain = _without(_plain(carried.parcel), "id", "orders")
    return {
        **plain,
        "looks": [_without(look, "parcel_id") for look in plain["looks"]],
        "answers": [_without(_plain(answer), "parcel_id") for answer in carried.answers],
    }


def _carried_parcel(given: dict[str, Any]) -> CarriedParcel:
    looks = [{**look, "parcel_id": 0} for look in given["looks"]]
    return CarriedParcel(
        parcel=_record(_without(given, "answers"), ParcelRecord, id=0, looks=looks),
        answers=tuple(_record(each, AnswerRecord, parcel_id=0) for each in given["answers"]),
    )


_FOLLOWING = ("ref", "parcel_ids", "assessment", "assessed_at", "next_change_at")


def _order(carried: Carried) -> dict[str, Any]:
    return {
        **_without(_plain(carried.order), *_FOLLOWING),
        "marketplace": carried.order.ref.marketplace,
        "order_id": carried.order.ref.order_id,
        "parcels": carried.parcels,
        "changes": [_without(_plain(change), "ref") for change in carried.changes],
        "alerts": [
            {
                **_without(_plain(alert), "id", "ref"),
                "deliveries": [_without(_plain(each), "alert_id") for each in deliveries],
            }
            for alert, deliveries in carried.alerts
        ],
    }


def _carried(given: dict[str, Any]) -> Carried:
    ref = OrderRef(given["marketplace"].casefold(), given["order_id"])
    own = _without(given, "marketplace", "order_id", "parcels", "changes", "alerts")
    return Carried(
        order=_record(own, OrderRecord, ref=ref),
        parcels=tuple(given["parcels"]),
        changes=tuple(_record(each, FactChange, ref=ref) for each in given["changes"]),
        alerts=tuple(
            (
                _record(_without(each, "deliveries"), AlertRecord, id=0, ref=ref),
                tuple(_record(delivery, Delivery, alert_id=0) for delivery in each["deliveries"]),
            )
            for each in given["alerts"]
        ),
    )
