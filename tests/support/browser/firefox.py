"""Firefox with the extension, over WebDriver BiDi on aiohttp's own WebSocket; it serialises closed shadow roots too."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from support.browser.chromium import EXTENSION, until
from support.system import need

ID = "parcelwarden@parcelwarden.invalid"
QUIET = {
    "app.normandy.enabled": False, "app.update.enabled": False, "browser.aboutwelcome.enabled": False,
    "browser.region.network.url": "", "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False, "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0, "datareporting.policy.dataSubmissionEnabled": False, "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "network.stricttransportsecurity.preloadlist": False, "services.settings.server": "data:,#none/v1",
    "termsofuse.bypassNotification": True, "toolkit.telemetry.enabled": False, "intl.accept_languages": "en-US",
}  # fmt: skip
PUBLIC = {
    "network.dns.localDomains": "www.aliexpress.com,acs.aliexpress.com",
    "network.lna.address_space.public.override": "127.0.0.1:443",
    "network.lna.enabled": True,
    "network.lna.blocking": True,
}
"""The names are this machine's, and what stands there counts as the internet: only with the shop at port 443."""
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


@dataclass
class Firefox:
    """The running browser."""

    profile: Path
    socket: aiohttp.ClientWebSocketResponse
    count: int = 0
    waiting: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    extension: str = ""

    async def pump(self) -> None:
        """Hand every answer to who waits for it."""
        async for message in self.socket:
            got = json.loads(message.data)
            waiting = self.waiting.pop(got.get("id", -1), None)
            if waiting and not waiting.done():
                waiting.set_result(got)

    async def call(self, method: str, **given: Any) -> Any:
        """One command."""
        self.count += 1
        waiting = self.waiting[self.count] = asyncio.get_running_loop().create_future()
        await self.socket.send_json({"id": self.count, "method": method, "params": given})
        got = await asyncio.wait_for(waiting, 20)
        assert got["type"] != "error", f"{method}: {got.get('error')} {str(got.get('message'))[:300]}"
        return got["result"]

    async def open(self, url: str, wait: str = "complete") -> str:
        """A new tab; answers its name."""
        tab = str((await self.call("browsingContext.create", type="tab"))["context"])
        await self.call("browsingContext.navigate", context=tab, url=url, wait=wait)
        return tab

    async def run(self, tab: str, script: str) -> Any:
        """What an async expression in the page gives, through JSON."""
        body = f"(async () => JSON.stringify((await ({script})) ?? null))()"
        got = await self.call("script.evaluate", expression=body, target={"context": tab}, awaitPromise=True)
        assert got["type"] == "success", got
        return json.loads(got["result"]["value"])

    async def system(self, script: str) -> Any:
        """Run something as the browser itself."""
        tree = await self.call("browsingContext.getTree", **{"moz:scope": "chrome"})
        target = {"context": tree["contexts"][0]["context"]}
        got = await self.call("script.evaluate", expression=script, target=target, awaitPromise=True)
        assert got["type"] == "success", got
        return got["result"].get("value")

    async def press(self, tab: str, label: str, name: str = "parcelwarden-line") -> None:
        """A real press of the mouse on the first button of ours with this label, closed roots searched."""

        async def look() -> bool:
            buttons = [each for node in await self.nodes(tab, name) for each in buttons_of(node)]
            wanted = [each["sharedId"] for each in buttons if " ".join(words(each)) == label]
            at = await self._middle(tab, wanted[0]) if wanted else None
            if at is None:
                return False
            await self._press_at(tab, at)
            return True

        await until(look, what=f"the button {label!r}")

    async def click(self, tab: str, selector: str) -> None:
        """A real press of the mouse on something of a page."""
        found = f"document.querySelector({json.dumps(selector)})"
        box = f"({found}.scrollIntoView({{block: 'center'}}), {found}.getBoundingClientRect())"
        await self._press_at(tab, await self.run(tab, f"(at => [at.x + at.width / 2, at.y + at.height / 2])({box})"))

    async def _press_at(self, tab: str, at: list[float]) -> None:
        move = {"type": "pointerMove", "x": round(at[0]), "y": round(at[1])}
        steps = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        await self.call("input.performActions", context=tab, actions=[mouse])

    async def _middle(self, tab: str, shared: str) -> list[float] | None:
        """Where to press on a button; None where it is not on the page any more."""
        measure = """(node) => {
            node.scrollIntoView({block: "nearest"});
            const at = node.getBoundingClientRect();
            return at.width ? JSON.stringify([at.x + at.width / 2, at.y + at.height / 2]) : null;
        }"""
        got = await self.call(
            "script.callFunction",
            functionDeclaration=measure,
            arguments=[{"sharedId": shared}],
            target={"context": tab},
            awaitPromise=False,
        )
        value = got.get("result", {}).get("value")
        return json.loads(value) if value else None

    async def drawn(self, tab: str, name: str = "parcelwarden-line") -> list[str]:
        """The texts of our elements on the page, closed roots read."""
        return [" ".join(words(node)) for node in await self.nodes(tab, name)]

    async def nodes(self, tab: str, name: str) -> list[dict[str, Any]]:
        """Our elements on the page, with what is below them."""
        got = await self.call(
            "script.evaluate",
            expression=f"[...document.querySelectorAll({json.dumps(name + ':not([hidden])')})]",
            target={"context": tab},
            awaitPromise=False,
            serializationOptions={"maxDomDepth": 12, "includeShadowTree": "all"},
        )
        found: list[dict[str, Any]] = got["result"].get("value", [])
        return found

    async def lines(self, tab: str, count: int = 1, having: str = "", seconds: float = 15) -> list[str]:
        """At least so many lines with a text in them."""

        async def look() -> list[str]:
            found = [text for text in await self.drawn(tab) if having in text]
            return found if len(found) >= count else []

        return await until(look, seconds, f"{count} lines having {having!r} in {self.profile}")

    async def base(self) -> str:
        """The extension's own address; Firefox writes it into the profile a moment after the installation."""

        async def look() -> str:
            file = self.profile / "prefs.js"
            found = re.search(r'webextensions\.uuids", "(.*)"\)', file.read_text()) if file.exists() else None
            return str(json.loads(found[1].replace('\\"', '"')).get(ID, "")) if found else ""

        return f"moz-extension://{await until(look, 15, 'the address of the extension')}"


def words(node: dict[str, Any]) -> Iterator[str]:
    """The texts below a serialised node, without styles."""
    value = node.get("value", {})
    if value.get("localName") == "style":
        return
    if value.get("nodeType") == 3:
        yield str(value.get("nodeValue", "")).strip()
    for below in (value.get("shadowRoot"), *value.get("children", ())):
        if below:
            yield from words(below)


def buttons_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The buttons below a serialised node."""
    value = node.get("value", {})
    if value.get("localName") == "button":
        yield node
    for below in (value.get("shadowRoot"), *value.get("children", ())):
        if below:
            yield from buttons_of(below)


@asynccontextmanager
async def firefox(folder: Path, prefs: dict[str, Any] | None = None, **env: str) -> AsyncIterator[Firefox]:
    """Start it with a fresh profile and the unpacked extension; `env` goes into its environment."""
    profile = folder / "firefox"
    profile.mkdir()
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in {**QUIET, **(prefs or {})}.items())
    (profile / "user.js").write_text("".join(lines))
    command = [need("firefox-esr"), "--headless", "--no-remote", "--profile", str(profile)]
    process = await asyncio.create_subprocess_exec(
        *command, "--remote-debugging-port=0", "--remote-allow-system-access", "about:blank",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env={**os.environ, "HOME": str(profile), **env},
    )  # fmt: skip
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    reading = asyncio.create_task(_read(process, address))
    try:
        async with asyncio.timeout(30):
            url = await address
        async with aiohttp.ClientSession() as http, http.ws_connect(f"{url}/session", max_msg_size=0) as socket:
            browser = Firefox(profile, socket)
            pumping = asyncio.create_task(browser.pump())
            await browser.call("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
            data = {"type": "path", "path": str(EXTENSION)}
            browser.extension = (await browser.call("webExtension.install", extensionData=data))["extension"]
            yield browser
            pumping.cancel()
    finally:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()
        reading.cancel()


async def _read(process: asyncio.subprocess.Process, address: asyncio.Future[str]) -> None:
    """Keep reading: a full pipe would stop the browser."""
    assert process.stderr
    async for line in process.stderr:
        found = LISTENING.search(line.decode(errors="replace"))
        if found and not address.done():
            address.set_result(found[1])
