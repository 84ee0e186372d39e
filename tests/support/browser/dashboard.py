"""The dashboard in the system's Chromium, served by a real server with the demo's orders as they stood on a day of their
story. Constructed, like the demo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Request, async_playwright

from parcelwarden.demo.stories import STORIES, day
from parcelwarden.domain.model import OrderRef
from support.api import Api, running
from support.browser.chromium import QUIET
from support.scripted import House
from support.stories import scans_until
from support.system import need

SHOP = "aliexpress"


@dataclass
class Board:
    """The server, the browser, and what went wrong or out in its pages."""

    api: Api
    browser: Browser
    faults: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    @property
    def base(self) -> str:
        """The dashboard's address."""
        return f"http://127.0.0.1:{self.api.port}"

    async def code(self) -> str:
        """A one-time code, as `parcelwarden open` gets it."""
        return str((await self.api.call("POST", "/v1/codes")).json["code"])

    async def open(self, place: str = "", *, log_in: bool = True, **context: Any) -> Page:
        """A new window, logged in, at a page of the dashboard."""
        given: dict[str, Any] = {"viewport": {"width": 1000, "height": 800}, "locale": "en-GB", **context}
        page = await (await self.browser.new_context(**given)).new_page()
        page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("request", self._note)
        await page.clock.install(time=self.api.clock.now)
        await page.goto(f"{self.base}/#code={await self.code()}" if log_in else f"{self.base}/")
        await page.wait_for_selector("main[aria-busy=false]")
        if place:
            await self.go(page, place)
        return page

    async def go(self, page: Page, place: str) -> None:
        """To another page of the dashboard."""
        before = await page.locator("h1").element_handle()
        await page.evaluate("place => { location.hash = place; }", f"#/{place}")
        if before:
            await page.wait_for_function("old => !old.isConnected", arg=before)

    def _note(self, request: Request) -> None:
        self.asked.add(request.url.split("/")[0] + "//" + request.url.split("/")[2])


async def live_until(house: House, until: int) -> None:
    """Let the demo's orders live up to a day."""
    house.now = day(0)
    for told in STORIES:
        facts = {"marketplace": SHOP, "order_id": told.order_id, "title": told.title.partition(":")[0], **told.facts}
        await house.warden.add_order(facts, [told.number] if told.number else [], house.now)
    acts = sorted(((act.day, told, act) for told in STORIES for act in told.acts), key=lambda entry: entry[0])
    for today in range(until + 1):
        for number, told in enumerate(STORIES):
            if told.number and (scans := scans_until(number, today)):
                house.fetcher.tell(*scans, number=told.number)
        while acts and acts[0][0] <= today:
            _, told, act = acts.pop(0)
            await house.warden.change_order(OrderRef(SHOP, told.order_id), act.facts, day(today))
        await house.tick(day(today))


@asynccontextmanager
async def dashboard(folder: Path, until: int = 30, *, empty: bool = False) -> AsyncIterator[Board]:
    """Serve it on the afternoon of a day of the stories, or with nothing in it yet; with a browser at hand."""
    program = need("chromium")
    house = await House(folder / "data").open()
    try:
        if not empty:
            await live_until(house, until)
        async with running(folder, house) as api, async_playwright() as play:
            api.clock.now = day(until) + timedelta(hours=4)
            browser = await play.chromium.launch(executable_path=program, args=QUIET)
            try:
                yield Board(api, browser)
            finally:
                await browser.close()
    finally:
        await house.close()
