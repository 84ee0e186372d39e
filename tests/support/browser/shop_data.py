"""What the made-up shop knows: its orders, and its answers in the shape of `ORDER_PAGES.md` §3. All constructed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

LIST = "mtop.aliexpress.trade.buyer.order.list"
DETAIL = "mtop.aliexpress.trade.buyer.order.detail"
TRACKING = "mtop.ae.ld.querydetail"
PAGE = 10
DAY = 86_400_000
HOSTILE = (
    "<script>document.documentElement.dataset.hurt='script'</script>"
    "<img src=x onerror=\"document.documentElement.dataset.hurt='img'\">]]>\u202egnp.exe\u200b"
)


def day(offset: int) -> str:
    """The date so many days from now."""
    return (datetime.now(UTC) + timedelta(days=offset)).date().isoformat()


def printed(offset: int) -> str:
    """The same as the shop prints it."""
    at = datetime.now(UTC) + timedelta(days=offset)
    return f"{at:%b} {at.day}, {at.year}"


def dated(delivery: int = -5) -> dict[str, str]:
    """The facts of an order that was paid for 66 days ago; its delivery is due in so many days. Five days after that a
    dispute is to be opened, at whatever hour it is asked."""
    facts = {"placed_at": day(-66), "paid_at": day(-66), "shipped_at": day(-64), "delivery_due_at": day(delivery)}
    return {**facts, "country": "ES"}


def order_id(number: int) -> str:
    """The id of the n-th order."""
    return f"{8_100_000_000_000_000 + number}"


@dataclass
class ShopData:
    """A buyer's orders at the shop; `titles` and `totals` override those of an order."""

    count: int = 12
    titles: dict[str, str] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)

    def title(self, order: str) -> str:
        return self.titles.get(order, f"Thing {int(order[-4:])}")

    def _total(self, order: str) -> str:
        return f"US ${self.totals.get(order, '12.30')}"

    def list_page(self, page: int) -> dict[str, Any]:
        """One page of the order list; the keys are in no order, as at the real shop."""
        numbers = range(self.count)[(page - 1) * PAGE : page * PAGE]
        orders = {f"pc_om_list_order_{order_id(n)}": self._order(order_id(n)) for n in numbers}
        tree = {"pc_om_list_body_1": {"tag": "pc_om_list_body", "type": "pc_om_list_body", "id": "1", "fields": {}}}
        structure = {"root_0": ["pc_om_list_body_1"], "pc_om_list_body_1": list(orders)}
        hierarchy = {"root": "root_0", "structure": structure}
        return self._answer(LIST, {"data": {**dict(reversed(orders.items())), **tree}, "hierarchy": hierarchy})

    def _order(self, order: str) -> dict[str, Any]:
        fields = {
            "orderId": order,
            "orderDateText": printed(-66),
            "orderDateTitle": "Date",
            "statusText": "Awaiting delivery",
            "storeName": "Shop X",
            "totalPriceText": self._total(order),
            "currencyCode": "USD",
            "buttons": [{"type": "CONFIRM_GOODS"}, {"type": "TRACKING"}],
            "orderLines": [{"itemTitle": self.title(order), "quantity": 1}],
            "utParams": {"args": {"orderStatus": 8}},
        }
        return {"tag": "pc_om_list_order", "type": "pc_om_list_order", "id": order, "fields": fields}

    def detail(self, order: str) -> dict[str, Any]:
        """The data of one order's page, with an address that nobody must keep."""
        info = {
            "tradeOrderId": int(order),
            "addressVO": {"contactName": "Persona Inventata", "detailAddress": "Via Finta 1"},
            "orderCreatTime": printed(-66),
            "payTime": printed(-66),
            "orderShipTime": printed(-64),
            "paymentMethod": "Card",
        }
        status = {"title": "Awaiting delivery", "reminder": "", "buttonVOList": [{"type": "CONFIRM_GOODS"}]}
        product = {"productVOList": [{"itemTitle": self.title(order), "buttonVOS": []}]}
        parts = {
            "detail_order_status_block": {**status, "orderId": int(order)},
            "detail_simple_order_info_component": info,
            "detail_product_block": product,
            "detail_order_price_block": {"totalPrice": {"value": self._total(order), "currencyCode": "USD"}},
            "detail_service_progress_bar": {"nodes": [{"text": "Refund", "time": printed(27)}]},
        }
        tree = {tag: {"tag": tag, "type": tag, "id": tag, "fields": fields} for tag, fields in parts.items()}
        return self._answer(DETAIL, {"data": tree})

    def tracking(self, order: str) -> dict[str, Any]:
        """The data of the tracking page; it does not name its order."""
        now = int(datetime.now(UTC).timestamp()) * 1000
        lines = [
            (now - 62 * DAY, "AE_LH_DEPART", self.titles.get("event", "Left the country of origin")),
            (now - 64 * DAY, "AE_PICK_UP_SUCCESS", "Picked up"),
        ]
        events = [
            {"time": at, "trackingPrimaryCode": code, "trackingDetailDesc": text, "trackingName": "Moving"}
            for at, code, text in lines
        ]
        parcel = {"mailNo": "LX000000005XX", "originMailNo": f"LP{order[-14:]}", "detailList": events}
        return self._answer(TRACKING, {"module": {"trackingDetailLineList": [parcel]}})

    def _answer(self, api: str, data: dict[str, Any]) -> dict[str, Any]:
        return {"api": api, "ret": ["SUCCESS::ok"], "data": data, "v": "1.0"}
