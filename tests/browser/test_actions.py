"""Every button of the overlay, pressed by a real mouse, and what it changes in the daemon. All orders are constructed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from support.browser.chromium import until
from support.browser.pairing import add_order, admin
from support.browser.rig import Rig
from support.browser.shop import ORDERS, WWW
from support.browser.shop_data import dated, order_id

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.usefixtures("tidy"),
]


CALM = 2
"""The order of the list that has time: nothing is due for it."""


@pytest.fixture(scope="module", autouse=True)
def orders(rig: Rig) -> None:
    """The daemon knows the shop's orders with their dates."""
    for number in range(1, 10):
        add_order(rig.daemon, order_id(number), **dated(40 if number == CALM else -5))


def order_of(rig: Rig, order: str) -> Any:
    return admin(rig.daemon, "GET", f"/v1/orders/aliexpress/{order}")


async def test_remind_me_tomorrow(rig: Rig) -> None:
    """What is due and open comes again in a day, whether a note has told it by now or not."""
    order = order_id(1)

    def due() -> list[Any]:
        alerts = admin(rig.daemon, "GET", f"/v1/alerts?order=aliexpress/{order}")["alerts"]
        now = datetime.now(UTC)
        open_ones = [each for each in alerts if each["state"] in ("pending", "delivered")]
        return [each for each in open_ones if datetime.fromisoformat(each["due_at"]) <= now]

    assert due()
    page = await rig.browser.open(ORDERS)
    await rig.browser.press(page, await rig.browser.details(page, order), "Remind me tomorrow")
    await rig.browser.line(page, order, "You will be reminded tomorrow")
    assert due()
    for alert in due():
        until_then = datetime.fromisoformat(alert["snoozed_until"]) - datetime.now(UTC)
        assert timedelta(hours=23) < until_then <= timedelta(hours=24)


async def test_there_is_nothing_to_put_off(rig: Rig) -> None:
    order = order_id(CALM)
    page = await rig.browser.open(ORDERS)
    await rig.browser.press(page, await rig.browser.details(page, order), "Remind me tomorrow")
    await rig.browser.line(page, order, "No reminder is due for this order.")


@pytest.mark.parametrize(
    ("number", "button", "question", "fact"),
    [
        (3, "I received it", "It changes nothing at the shop", "received_at"),
        (4, "I opened a dispute", "It opens none", "dispute.opened_at"),
    ],
)
async def test_the_buyers_word(rig: Rig, number: int, button: str, question: str, fact: str) -> None:
    """Asked once more; "No" changes nothing, "Yes" is written, and every tab shows what follows from it."""
    order = order_id(number)
    page, other = await rig.browser.open(ORDERS), await rig.browser.open(ORDERS)
    await rig.browser.line(other, order, "Act now")
    await page.bring_to_front()
    await rig.browser.press(page, await rig.browser.details(page, order), button)
    await rig.browser.press(page, await rig.browser.line(page, order, question), "No")
    await rig.browser.line(page, order, "Remind me tomorrow")
    assert fact not in order_of(rig, order)["facts"]
    await rig.browser.press(page, await rig.browser.line(page, order), button)
    await rig.browser.press(page, await rig.browser.line(page, order, question), "Yes, note it")
    await rig.browser.line(page, order, "Noted.")
    written = order_of(rig, order)["facts"][fact]
    assert written["origin"] == "user"
    text = order_of(rig, order)["advice"]["text"]
    for each in (page, other):
        await rig.browser.line(each, order, text)


async def test_the_evidence_is_copied_as_it_was_seen(rig: Rig) -> None:
    order = order_id(5)
    await _tracked(rig, order)
    page = await rig.browser.open(ORDERS)
    await _permit(rig, page, "clipboard-read", "granted")
    await rig.browser.press(page, await rig.browser.details(page, order), "Copy evidence text")
    await rig.browser.line(page, order, "Copied.")
    text = await page.evaluate("navigator.clipboard.readText()")
    lines = text.splitlines()
    assert lines[0] == f"Order {order}"
    assert f"Paid: {dated()['paid_at']}" in lines
    assert [line for line in lines if line.endswith("Left the country of origin")]
    assert [line for line in lines if line.startswith('Rule: "')]
    assert "Persona Inventata" not in text


async def test_where_nothing_may_be_copied_it_says_so(rig: Rig) -> None:
    order = order_id(6)
    page = await rig.browser.open(ORDERS)
    await _permit(rig, page, "clipboard-write", "denied")
    try:
        await rig.browser.press(page, await rig.browser.details(page, order), "Copy evidence text")
        await rig.browser.line(page, order, "The browser did not let it be copied.")
    finally:
        await _permit(rig, page, "clipboard-write", "prompt")


async def test_the_dashboard_is_opened_once_and_then_shown(rig: Rig) -> None:
    """A new tab would not be logged in; the one that is open goes to the order instead."""
    first, second = order_id(7), order_id(8)
    base = f"http://127.0.0.1:{rig.daemon.runtime['port']}"
    page = await rig.browser.open(ORDERS)
    async with rig.browser.context.expect_page() as coming:
        await rig.browser.press(page, await rig.browser.details(page, first), "Open dashboard")
    board = await coming.value
    assert board.url == f"{base}/#/order/aliexpress/{first}"
    await board.evaluate("sessionStorage.setItem('kept', 'yes')")
    tabs = len(rig.browser.context.pages)
    await page.bring_to_front()
    await page.keyboard.press("Escape")
    await rig.browser.press(page, await rig.browser.details(page, second), "Open dashboard")
    await until(lambda: _at(board, f"{base}/#/order/aliexpress/{second}"), what="the other order in the dashboard")
    assert len(rig.browser.context.pages) == tabs
    assert await board.evaluate("sessionStorage.getItem('kept')") == "yes"


async def test_the_panels_buttons_keep_their_outcome_when_it_is_drawn_anew(rig: Rig) -> None:
    order = order_id(9)
    page = await rig.browser.open(f"{WWW}/p/order/detail.html?orderId={order}")

    async def panel(having: str) -> Any:
        async def look() -> Any:
            return [each for each in await rig.browser.named(page, "PARCELWARDEN-PANEL") if having in each.text]

        return (await until(look, what=f"the panel with {having!r}"))[0]

    await rig.browser.press(page, await panel("This order's page was last read"), "I received it")
    await rig.browser.press(page, await panel("Yes, note it"), "Yes, note it")
    await panel("Noted.")
    text = order_of(rig, order)["advice"]["text"]
    told = await panel(text)
    assert "Noted." in told.text
    assert await rig.browser.focused(page) == ("button", "I received it")


async def _permit(rig: Rig, page: Any, name: str, setting: str) -> None:
    """What the user answers when the shop's page wants this."""
    given = {"permission": {"name": name}, "setting": setting, "origin": WWW}
    await (await rig.browser.session(page)).send("Browser.setPermission", given)


async def _at(page: Any, url: str) -> bool:
    return bool(page.url == url)


async def _tracked(rig: Rig, order: str) -> None:
    """Let the shop's tracking page of an order be seen."""
    await rig.browser.open(f"{WWW}/p/tracking/index.html?tradeOrderId={order}")

    async def scans() -> Any:
        parcels = admin(rig.daemon, "GET", "/v1/parcels")["parcels"]
        return [each for each in parcels if order in str(each["orders"]) and each["events"]]

    await until(scans, what="the scans")
