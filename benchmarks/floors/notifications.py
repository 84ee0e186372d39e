"""A stand-in for a desktop: shows every notification at once, on the bus whose address is given."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from support.notification_stub import Behaviour, serve_notifications


async def shown(address: str) -> None:
    """Until the process is ended. It says so as a server does."""
    await serve_notifications(address, Behaviour())
    print("http://127.0.0.1:0", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(shown(sys.argv[1]))
