"""Chromium with the extension, through playwright; closed shadow roots are read over the devtools protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import BrowserContext, CDPSession, Error, Page, Worker, async_playwright

from support.system import need

EXTENSION = Path(__file__).resolve().parents[3] / "extension"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--ignore-certificate-errors", "--no-proxy-server",
]  # fmt: skip
OURS = ("PARCELWARDEN-LINE", "PARCELWARDEN-PANEL", "PARCELWARDEN-NOTICE")
T = TypeVar("T")


async def until(look: Callable[[], Awaitable[T]], seconds: float = 60, what: str = "") -> T:
    """What `look` finds once it finds something."""
    try:
        async with asyncio.timeout(seconds):
            while not (found := await look()):
                await asyncio.sleep(0.03)
            return found
    except TimeoutError:
        raise AssertionError(f"waited {seconds} s in vain for {what or look.__name__}") from None


@dataclass
class Drawn:
    """One element of ours on a page: its name, the shown text, its nodes over the protocol."""

    name: str
    text: str
    node: dict[str, Any]


@dataclass
class Spoken:
    """One node of the accessibility tree; `more` are its properties."""

    role: str
    name: str
    more: dict[str, Any]


@dataclass
class Chromium:
    """The browser with the extension in it."""

    context: BrowserContext
    base: str
    """The extension's own address."""

    async def open(self, url: str) -> Page:
        """A new tab."""
        page = await self.context.new_page()
        await page.goto(url)
        return page

    async def background(self, script: str, given: Any = None) -> Any:
        """Run something in the worker that is awake."""
        return await self.context.service_workers[-1].evaluate(script, given)

    async def own(self, path: str = "repair/repair.html") -> Page:
        """A page of the extension in a tab."""
        return await self.open(f"{self.base}/{path}")

    async def kill_worker(self) -> None:
        """End the worker as the browser does when it wants its memory back."""
        page = await self.own()
        session = await self.context.new_cdp_session(page)
        await session.send("ServiceWorker.enable")
        await session.send("ServiceWorker.stopAllWorkers")
        await page.close()

    async def drawn(self, page: Page) -> list[Drawn]:
        """Everything of ours that is on the page and not hidden."""
        session = await self.session(page)
        root = (await session.send("DOM.getDocument", {"depth": -1, "pierce": True}))["root"]
        return [Drawn(n["nodeName"], text_of(n), n) for n in walk(root) if n["nodeName"] in OURS and not hidden(n)]

    async def session(self, page: Page) -> CDPSession:
        """The devtools' session of a page, one a page."""
        if not hasattr(page, "_protocol"):
            page._protocol = await self.context.new_cdp_session(page)  # type: ignore[attr-defined]
        return page._protocol  # type: ignore[attr-defined, no-any-return]

    async def lines(self, page: Page, count: int = 1, having: str = "", seconds: float = 20) -> list[Drawn]:
        """At least so many lines with a text in them."""

        async def look() -> list[Drawn]:
            found = [d for d in await self.drawn(page) if d.name == OURS[0] and having in d.text]
            return found if len(found) >= count else []

        return await until(look, seconds, f"{count} lines having {having!r}")

    async def named(self, page: Page, name: str) -> list[Drawn]:
        """Everything of ours that has this name."""
        return [each for each in await self.drawn(page) if each.name == name]

    async def line(self, page: Page, order: str, having: str = "Why") -> Drawn:
        """The line on the card of one order, once it has this text."""

        there: list[Drawn] = []

        async def look() -> list[Drawn]:
            lines = await self.named(page, OURS[0])
            there[:] = [line for line in lines if order in str(line.node["shadowRoots"])]
            return [line for line in there if having in line.text]

        try:
            return (await until(look))[0]
        except AssertionError:
            raise AssertionError(f"no {having!r} on the line of {order}: {[line.text for line in there]}") from None

    async def details(self, page: Page, order: str, having: str = "Remind me tomorrow") -> Drawn:
        """What opens under the line of one order, opened by a press of the mouse."""
        await self.press(page, await self.line(page, order), "Why")
        return await self.line(page, order, having)

    async def tree(self, page: Page) -> list[Spoken]:
        """What a screen reader is given, closed roots too."""
        nodes = (await (await self.session(page)).send("Accessibility.getFullAXTree"))["nodes"]
        return [
            Spoken(
                node["role"]["value"],
                node.get("name", {}).get("value", ""),
                {each["name"]: each["value"].get("value") for each in node.get("properties", ())},
            )
            for node in nodes
            if not node["ignored"]
        ]

    async def focused(self, page: Page) -> tuple[str, str]:
        """Role and name of what has the focus, closed roots too."""
        found = [each for each in await self.tree(page) if each.more.get("focused") and each.role != "RootWebArea"]
        return (found[0].role, found[0].name) if found else ("", "")

    async def press(self, page: Page, drawn: Drawn, label: str) -> None:
        """A real press of the mouse on a button of ours; where it was drawn anew meanwhile, on the new one."""
        session = await self.session(page)

        async def look() -> bool:
            same = [d.node for d in await self.drawn(page) if d.node["backendNodeId"] == drawn.node["backendNodeId"]]
            buttons = [n for each in same for n in walk(each) if n["nodeName"] in ("BUTTON", "A")]
            wanted = [node["backendNodeId"] for node in buttons if text_of(node) == label]
            if not wanted:
                return False
            named = {"backendNodeId": wanted[-1]}
            try:
                await session.send("DOM.scrollIntoViewIfNeeded", named)
                quad = (await session.send("DOM.getBoxModel", named))["model"]["content"]
            except Error:
                return False
            await page.mouse.click(sum(quad[0::2]) / 4, sum(quad[1::2]) / 4)
            return True

        await until(look, what=f"the button {label!r}")


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The node and everything below, closed roots too."""
    yield node
    for below in (*node.get("shadowRoots", ()), *node.get("children", ())):
        yield from walk(below)


def text_of(node: dict[str, Any]) -> str:
    """The text below a node, without styles."""
    if node["nodeName"] == "STYLE":
        return ""
    own = node.get("nodeValue", "") if node["nodeName"] == "#text" else ""
    below = (text_of(each) for each in (*node.get("shadowRoots", ()), *node.get("children", ())))
    return " ".join(filter(None, (own.strip(), *below)))


def hidden(node: dict[str, Any]) -> bool:
    """Whether the element has the attribute."""
    return "hidden" in node.get("attributes", [])[::2]


@asynccontextmanager
async def chromium(folder: Path, port: int, extension: Path = EXTENSION, **more: Any) -> AsyncIterator[Chromium]:
    """Start it with every name standing for the shop at `port`, declared public; `more` is playwright's."""
    hosts = f"MAP * 127.0.0.1:{port},EXCLUDE 127.0.0.1"
    switches = [
        f"--disable-extensions-except={extension}", f"--load-extension={extension}",
        f"--host-resolver-rules={hosts}", f"--ip-address-space-overrides=127.0.0.1:{port}=public",
    ]  # fmt: skip
    usual = {"viewport": {"width": 1000, "height": 900}, "locale": "en-US", "timezone_id": "UTC"}
    async with async_playwright() as play:
        context = await play.chromium.launch_persistent_context(
            folder / "profile", executable_path=need("chromium"), headless=True, ignore_https_errors=True,
            args=[*QUIET, *switches], **{**usual, **more},
        )  # fmt: skip
        try:
            worker = context.service_workers[0] if context.service_workers else await _worker(context)
            yield Chromium(context, worker.url.split("/background/")[0])
        finally:
            await context.close()


async def _worker(context: BrowserContext) -> Worker:
    return await context.wait_for_event("serviceworker", timeout=15_000)
