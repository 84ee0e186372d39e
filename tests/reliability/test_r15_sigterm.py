"""R15: SIGTERM in mid-poll: the daemon ends within five seconds, nothing is half written, the same poll comes again."""

from __future__ import annotations

import signal
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from support.daemon import quiet_config
from support.killing import program

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM is POSIX")]

DAEMON = """
import asyncio, sys, threading
from datetime import timedelta
from pathlib import Path
from parcelwarden.adapters.config import Config
from parcelwarden.adapters.wall_clock import now
from parcelwarden.services.routes import Routes
from parcelwarden.wiring import daemon, parts
from support.scripted import ScriptedFetcher, source

class Silent(ScriptedFetcher):
    def __init__(self, **_):
        super().__init__()
    async def fetch(self, source, request, at):
        print("asked " + request.url, flush=True)
        await asyncio.Event().wait()
    async def close(self):
        pass

known = {"cainiao": source()}
parts.ConfiguredRoutes = lambda config: Routes(known.__getitem__, lambda: tuple(known))
daemon.HttpFetcher = Silent
real = daemon.DaemonWarden.tick

async def tick(self, at):
    if not getattr(self, "begun", False):
        self.begun = True
        facts = {"marketplace": "aliexpress", "order_id": "8190000000000001", "country": "ES",
                 "placed_at": at.isoformat(), "delivery_due_at": (at + timedelta(days=40)).date().isoformat()}
        try:
            await self.add_order(facts, ["LP00190000000017"], at)
        except Exception:
            pass
    return await real(self, at)

daemon.DaemonWarden.tick = tick
print("ready", flush=True)
daemon.run_daemon(Path(sys.argv[1]), Path(sys.argv[2]), 0, lambda text: None)
"""


def ended_in_mid_poll(data: Path, config: Path) -> str:
    """Start, wait until the carrier is asked, end; what was asked."""
    with program(DAEMON, data, config) as process:
        assert process.stdout
        asked = process.stdout.readline().decode()
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - begun <= 5
    return asked


def test_r15_an_end_in_mid_poll_writes_no_half_poll_and_the_same_poll_comes_again(tmp_path: Path) -> None:
    data, config = tmp_path / "data", quiet_config(tmp_path)
    asked = [ended_in_mid_poll(data, config) for _ in range(2)]
    assert "LP00190000000017" in asked[0]
    assert asked[0] == asked[1]
    with sqlite3.connect(data / "parcelwarden.db") as conn:
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("SELECT last_tried_at, last_outcome, failures FROM looks").fetchall() == [(None, None, 0)]
    conn.close()
    assert not (data / "runtime.json").exists()
