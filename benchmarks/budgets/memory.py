"""What the real daemon holds and spends while nobody talks to it, and what it holds after its heaviest work.

It has 100 orders, has polled Cainiao (on loopback) once, shown a notification (on a bus of its own, where there is
`dbus-daemon`) and answered a client; then it is left alone for ten minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks.harness import Budget, Figure, Size, cpu, paired, resident
from benchmarks.homes import home
from benchmarks.orders import ref
from benchmarks.processes import HELLO, ROOT, Serving, serving, settled, street

sys.path.insert(0, str(ROOT / "tests"))

CASES = ROOT / "parsers/parcelparsers/marketplaces/cases/aliexpress"
PAGES = ("detail-page-es.html", "list-page-ko-2026.html")
"""A localised order page, and another HTML page."""
WORKER_ENDS = 70.0
"""Seconds after which a reader process without work is gone."""
URL = "https://www.aliexpress.com/p/order/index.html"
BUDGETS = (
    Budget(
        "memory-idle",
        "resident memory ten minutes after the start: 100 orders, one Cainiao poll, one notification, one API client",
        "a bare aiohttp server",
        by="value",
        limit=60.0,
        unit="MiB",
    ),
    Budget(
        "memory-full",
        "the same after an HTML page, a localised order page, a calendar and a PNG",
        "a bare aiohttp server",
        by="value",
        limit=85.0,
        unit="MiB",
    ),
    Budget(
        "cpu-idle",
        "CPU over those ten minutes, no client connected",
        "a bare aiohttp server",
        by="value",
        limit=0.1,
        unit="% of a core",
    ),
)


def measure(size: Size) -> list[Figure]:
    """One daemon and one bare server side by side, once."""
    with (
        tempfile.TemporaryDirectory() as name,
        street(1) as carriers,
        _bus(Path(name)) as desktop,
        serving(HELLO) as bare,
    ):
        run = home(Path(name), 100, due=True, desktop=bool(desktop))
        command = (sys.executable, "-m", "benchmarks.looped", str(carriers.ports[0]), *run)
        environment = {**_plain_environment(), **desktop}
        with serving(command, env=environment) as daemon:
            token = json.loads((Path(name) / "data/runtime.json").read_text())["admin_token"]
            bare.get("/v1/health")
            _client(daemon, token)
            settled(daemon.process)
            seconds = max(1.0, size.idle_seconds - (time.time() - daemon.process.create_time()))
            spent, floor = _idle(daemon, bare, seconds)
            note = "" if desktop else "no dbus-daemon here: notified by log"
            idle = paired("memory-idle", [resident(daemon.process)], [resident(bare.process)], note)
            _heavy(daemon, token)
            peak = resident(daemon.process)
            time.sleep(min(size.idle_seconds, WORKER_ENDS))
            note = f"once the reader process has ended; {peak:.0f} MiB before"
            full = paired("memory-full", [resident(daemon.process)], [resident(bare.process)], note)
            return [idle, full, paired("cpu-idle", [spent], [max(floor, 0.001)])]


def _plain_environment() -> dict[str, str]:
    """Without the desktop of whoever measures."""
    return {k: v for k, v in os.environ.items() if not k.upper().startswith(("DBUS_", "DISPLAY", "WAYLAND"))}


@contextmanager
def _bus(folder: Path) -> Iterator[dict[str, str]]:
    """A message bus with something on it that shows notifications; its address in the environment, empty for none."""
    if shutil.which("dbus-daemon") is None:
        yield {}
        return
    from support.private_bus import private_bus

    with private_bus(folder) as address:
        command = (sys.executable, "-m", "benchmarks.floors.notifications", address)
        with serving(command):
            yield {"DBUS_SESSION_BUS_ADDRESS": address}


def _client(daemon: Serving, token: str) -> None:
    """One client: it adds an order whose last day is near, so that there is something to tell, and asks for advice."""
    now = datetime.now(UTC)
    near = {
        "marketplace": "aliexpress",
        "order_id": "8199999999999999",
        "shipped_at": (now - timedelta(days=40)).date().isoformat(),
        "delivery_due_at": (now - timedelta(days=12)).date().isoformat(),
    }
    daemon.ask("POST", "/v1/orders", token, near)
    daemon.get("/v1/advice?" + "&".join(f"order={ref(n)}" for n in range(50)), token)
    daemon.get("/v1/alerts?state=due&channel=browser", token)
    daemon.connection.close()


def _idle(daemon: Serving, bare: Serving, seconds: float) -> tuple[float, float]:
    """CPU of both over so many seconds, in per cent of a core."""
    before = cpu(daemon.process), cpu(bare.process)
    time.sleep(seconds)
    after = cpu(daemon.process), cpu(bare.process)
    return (after[0] - before[0]) / seconds * 100, (after[1] - before[1]) / seconds * 100


def _heavy(daemon: Serving, token: str) -> None:
    """A page of each kind is read, a calendar made, a PNG painted; the reader process still runs."""
    for page in PAGES:
        body = (CASES / page).read_text("utf-8")
        seen = datetime.now(UTC).isoformat()
        kind = "order_detail" if page.startswith("detail") else "order_list"
        capture = {
            "seen_at": seen,
            "url": URL,
            "kind": kind,
            "form": "html",
            "zone": "UTC",
            "locale": "es",
            "body": body,
        }
        _patiently(partial(daemon.ask, "POST", "/v1/captures", token, capture))
    daemon.get("/v1/calendar", token)
    daemon.get(f"/v1/orders/{ref(0)}/evidence", token)


def _patiently(ask: Callable[[], object], times: int = 5) -> None:
    """A page is given up after five seconds, which a busy machine may need: once more."""
    for left in range(times - 1, -1, -1):
        try:
            ask()
            return
        except RuntimeError:
            if not left:
                raise
