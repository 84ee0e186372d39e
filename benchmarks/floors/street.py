"""Twenty carriers on loopback that answer as Cainiao does, at the cost of a few string operations.

    python -m benchmarks.floors.street 20        prints its ports, one line, and serves until its input ends

`GET /lines/25` at the first port makes every history 25 lines long from then on. The content is constructed.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from datetime import UTC, datetime, timedelta

LINES = 20
_FIRST = datetime(2026, 1, 1, 9, 46, tzinfo=UTC)
_NUMBERS = re.compile(rb"mailNos=([A-Z0-9,]+)")
_TOLD = (
    ("PU_PICKUP_SUCCESS", "Accepted by carrier"),
    ("SC_INBOUND_SUCCESS", "[Firsttown] Inbound in sorting center"),
    ("SC_OUTBOUND_SUCCESS", "[Firsttown] Outbound in sorting center"),
    ("CC_EX_SUCCESS", "Export customs clearance complete"),
    ("CC_HO_IN_SUCCESS", "Hand over to airline"),
    ("LH_DEPART", "Departed from departure country/region"),
    ("LH_ARRIVE", "Arrived at destination country/region"),
    ("CC_IM_SUCCESS", "Import customs clearance complete"),
    ("GTMS_ACCEPT", "Received by local delivery company"),
)


def module(lines: int) -> bytes:
    """The entry of one number, `@` in the place of the number; newest line first."""
    rows = [_row(n) for n in range(lines - 1, -1, -1)]
    entry = {
        "mailNo": "@",
        "mailNoSource": "AE",
        "status": "DELIVERING",
        "originCountry": "Mainland China",
        "destCountry": "Spain",
        "detailList": rows,
        "globalCombinedLogisticsTraceDTO": rows[0],
    }
    return json.dumps(entry).encode()


def _row(n: int) -> dict[str, object]:
    code, text = _TOLD[n % len(_TOLD)]
    at = _FIRST + timedelta(days=n)
    return {
        "time": int((at - timedelta(hours=8)).timestamp()) * 1000,
        "timeStr": f"{at:%Y-%m-%d %H:%M:%S}",
        "timeZone": "GMT+8",
        "desc": text,
        "standerdDesc": text,
        "actionCode": code,
        "descTitle": "",
        "group": {"nodeCode": "x", "nodeDesc": "A node", "currentIconUrl": "https://icons.example/x.png"},
    }


class Carrier(asyncio.Protocol):
    """One connection. `entry` is shared by all."""

    entry = module(LINES)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer one request; clients here send small ones, whole, one after the other."""
        path = data.split(b" ", 2)[1]
        if path.startswith(b"/lines/"):
            Carrier.entry = module(int(path.rpartition(b"/")[2]))
        asked = _NUMBERS.search(path)
        entries = (self.entry.replace(b"@", number) for number in asked[1].split(b",")) if asked else ()
        body = b'{"module": [%s], "success": true}' % b", ".join(entries)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)


async def serve(hosts: int) -> None:
    """Open the carriers, say where, serve until the standard input ends."""
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(Carrier, "127.0.0.1", 0) for _ in range(hosts)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
