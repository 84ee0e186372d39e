"""Command, webhook and phone: confirmed by their own word, refused with a reason, and nothing leaks into a command."""

from __future__ import annotations

import asyncio
import hmac
import json
import sys
import types
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from parcelwarden.adapters.config import Config, parse_config
from parcelwarden.adapters.errors import ConfigError
from parcelwarden.adapters.notifiers.command import CommandNotifier
from parcelwarden.adapters.notifiers.phone import PhoneNotifier
from parcelwarden.adapters.notifiers.webhook import SIGNATURE, WebhookNotifier, reachable
from parcelwarden.services.ports import Note, NotifyFailed
from parcelwarden.wiring.parts import notifiers

NOTE = Note(
    alert_id=7, title="--help; $(rm x) `y`\n\u202e", body="Open it.\nNow.", severity="critical", replaces="shop/1"
)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


async def test_a_command_reads_the_text_and_gets_none_of_it_as_an_argument(tmp_path: Path) -> None:
    code = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(repr(sys.argv[2:]) + sys.stdin.read())"
    told = tmp_path / "told"
    assert await CommandNotifier((*python(code), str(told))).send(NOTE) is True
    assert told.read_text() == "[]critical\n--help; $(rm x) `y`\nOpen it.\nNow.\n"


@pytest.mark.parametrize(
    ("argv", "patience", "said", "permanent"),
    [
        (python("import sys; sys.exit('no route')"), 30, "ended with 1: no route", False),
        (python("import time; time.sleep(60)"), 0.2, "did not end", False),
        (("/no/such/program",), 30, "cannot be run", True),
    ],
)
async def test_a_command_that_fails_is_told(argv: tuple[str, ...], patience: float, said: str, permanent: bool) -> None:
    with pytest.raises(NotifyFailed, match=said) as failed:
        await CommandNotifier(argv, timeout=patience).send(NOTE)
    assert failed.value.permanent is permanent


class Hook:
    """A server that keeps what was posted and answers `status`."""

    def __init__(self) -> None:
        self.posted: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.wait: asyncio.Event | None = None
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.posted.append((dict(request.headers), await request.read()))
        if self.wait:
            await self.wait.wait()
        return web.Response(status=self.status, headers={"Location": "/elsewhere"})


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made, app = Hook(), web.Application()
    app.router.add_route("*", "/{any:.*}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/key"
    yield made
    if made.wait:
        made.wait.set()
    await runner.cleanup()


async def test_a_webhook_is_signed(hook: Hook) -> None:
    channel = WebhookNotifier(hook.url, "shared")
    assert await channel.send(NOTE) is True
    await channel.close()
    ((headers, body),) = hook.posted
    assert headers[SIGNATURE] == "sha256=" + hmac.new(b"shared", body, "sha256").hexdigest()
    told = json.loads(body)
    assert (told["alert"], told["severity"], told["order"], told["text"]) == (7, "critical", "shop/1", "Open it.\nNow.")


@pytest.mark.parametrize(("status", "permanent"), [(500, False), (429, False), (302, True), (404, True)])
async def test_a_webhook_that_refuses_is_told_without_its_key(hook: Hook, status: int, permanent: bool) -> None:
    hook.status = status
    channel = WebhookNotifier(hook.url)
    with pytest.raises(NotifyFailed, match=f"answered {status}") as failed:
        await channel.send(NOTE)
    await channel.close()
    assert failed.value.permanent is permanent
    assert "key" not in str(failed.value)
    assert len(hook.posted) == 1


async def test_a_webhook_that_hangs_or_is_gone_is_told(hook: Hook) -> None:
    hook.wait = asyncio.Event()
    channel = WebhookNotifier(hook.url, timeout=0.3)
    with pytest.raises(NotifyFailed, match="did not answer"):
        await channel.send(NOTE)
    await channel.close()
    gone = WebhookNotifier("http://127.0.0.1:9/")
    with pytest.raises(NotifyFailed, match="cannot be reached"):
        await gone.send(NOTE)
    await gone.close()


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://hook.example/x", True),
        ("http://127.0.0.1:8/x", True),
        ("http://localhost/x", True),
        ("http://[::1]:8/x", True),
        ("http://hook.example/x", False),
        ("http://127.0.0.1.example/", False),
        ("https://u:p@hook.example/", False),
        ("file:///etc/passwd", False),
        ("https:///x", False),
        ("https://h:99999/", False),
    ],
)
def test_a_webhook_is_https_or_on_this_machine(url: str, may: bool) -> None:
    assert reachable(url) is may
    if may:
        assert parse_config(f'[webhook]\nurl = "{url}"', "c").webhook.url == url
    else:
        with pytest.raises(ConfigError, match="webhook"):
            parse_config(f'[webhook]\nurl = "{url}"', "c")


class Apprise:
    """Stands where apprise would."""

    taken = True

    def __init__(self) -> None:
        self.targets: list[str] = []
        self.told: list[dict[str, str]] = []

    def add(self, target: str) -> bool:
        self.targets.append(target)
        return "://" in target

    def notify(self, **told: str) -> bool:
        self.told.append(told)
        return self.taken


async def test_a_phone_is_told_by_apprise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", types.SimpleNamespace(Apprise=Apprise))
    channel = PhoneNotifier(("ntfys://ntfy.example/topic",))
    assert await channel.send(NOTE) is True
    assert channel._apprise.told[0]["notify_type"] == "failure"
    monkeypatch.setattr(Apprise, "taken", False)
    with pytest.raises(NotifyFailed, match="did not take") as failed:
        await channel.send(NOTE)
    assert not failed.value.permanent
    with pytest.raises(NotifyFailed, match=r"target 2 of \[phone\]") as unknown:
        await PhoneNotifier(("ntfys://ntfy.example/topic", "secret")).send(NOTE)
    assert unknown.value.permanent
    assert "secret" not in str(unknown.value)


async def test_a_phone_without_apprise_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NotifyFailed, match="parcelwarden\\[phone\\]") as failed:
        await PhoneNotifier(("ntfys://ntfy.example/topic",)).send(NOTE)
    assert failed.value.permanent


def test_only_what_is_set_up_is_a_channel() -> None:
    assert [channel.name for channel in notifiers(Config())] == ["desktop", "log"]
    text = (
        "[desktop]\nenabled = false\n[command]\nargv = ['x']\n[webhook]\nurl = 'https://hook.example'\n"
        "[phone]\ntargets = ['ntfys://ntfy.example/t']\n"
    )
    assert [channel.name for channel in notifiers(parse_config(text, "c"))] == ["phone", "webhook", "command", "log"]
