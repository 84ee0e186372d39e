"""S06 and S11 in a real Chromium with local network access off: what a page can do when the browser does not help."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from support.api import Api
from support.system import need

PAGE = "http://shop.test/"
SWITCHES = [
    "--no-sandbox",
    "--disable-features=LocalNetworkAccessChecks",
    "--host-resolver-rules=MAP rebind.test 127.0.0.1",
    "--no-proxy-server",
]
TRY = """async (url) => {
    const told = async (work) => { try { return (await work).type } catch (fault) { return String(fault) } };
    const body = JSON.stringify({marketplace: "aliexpress", order_id: "1"});
    return [
        await told(fetch(url, {mode: "no-cors"})),
        await told(fetch(url, {mode: "no-cors", method: "POST", body, headers: {"Content-Type": "text/plain"}})),
        await told(fetch(url)),
    ];
}"""


def watch(api: Api) -> list[int]:
    """The statuses that the server gives from now on; the browser hides them from the page and from its driver."""
    statuses: list[int] = []
    answer = api.server._answer

    async def watched(*given_to: Any) -> Any:
        given = await answer(*given_to)
        statuses.append(given.status)
        return given

    api.server._answer = watched  # type: ignore[method-assign]
    return statuses


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    """A page of a shop, made up, in a fresh browser."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=need("chromium"), args=SWITCHES)
        page = await browser.new_page()
        await page.route(PAGE, lambda route: route.fulfill(body="<title>shop</title>", content_type="text/html"))
        await page.goto(PAGE)
        yield page
        await browser.close()


@pytest.mark.browser
@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 403), ("localhost", 403), ("rebind.test", 421)])
async def test_s06_s11_a_page_reads_nothing_and_changes_nothing(api: Api, page: Page, host: str, status: int) -> None:
    answers = watch(api)
    told = await page.evaluate(TRY, f"http://{host}:{api.port}/v1/orders")
    assert all(text == "TypeError: Failed to fetch" for text in told), told
    assert set(answers) == {status}
    assert len(answers) >= 3  # all three arrived; the browser asks once more after a 421
    assert api.warden.writes == 0


@pytest.mark.browser
async def test_s06_a_page_of_a_rebound_name_gets_421(api: Api, page: Page) -> None:
    """The name's own page, at our port: same origin for the browser, so only the Host check is left."""
    response = await page.goto(f"http://rebind.test:{api.port}/v1/health")
    assert response is not None
    assert response.status == 421
    assert "api" not in await page.inner_text("body")
    told = await page.evaluate(TRY, "/v1/health")
    assert all(text == "TypeError: Failed to fetch" for text in told), told
