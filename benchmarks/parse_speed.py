"""How long reading takes, as a ratio to a floor in the same run (CPU time, medians). Bodies are constructed.

Cainiao, 20 events: to decoding, one dataclass a line and a sort in plain Python; budget 2. `texts repeat`: the lines
of a carrier are a few sentences over and over; `texts new`: no line was ever read before, which does not happen.
HTML of 600 KB: to bs4 on lxml with a strainer; budget 2.

    python -m benchmarks.parse_speed
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from parcelparsers import Asked, Body, Outcome, Source, read, source

ROUNDS = 300
NUMBER = "LP00190000000017"
SENTENCES = (
    "Accepted by carrier",
    "[Firsttown] Inbound in sorting center",
    "[Firsttown] Outbound in sorting center",
    "Export customs clearance complete",
    "Hand over to airline",
    "Departed from departure country/region",
    "Arrived at destination country/region",
    "Import customs clearance complete",
    "Received by local delivery company",
    "Out for delivery",
)
CODES = ("PU_PICKUP_SUCCESS", "SC_INBOUND_SUCCESS", "SC_OUTBOUND_SUCCESS", "CC_EX_SUCCESS", "CC_HO_IN_SUCCESS",
         "LH_DEPART", "LH_ARRIVE", "CC_IM_SUCCESS", "GTMS_ACCEPT", "GTMS_DO_DEPART")  # fmt: skip


@dataclass
class Line:
    """What the floor keeps of a line."""

    local: str
    zone: str
    code: str
    text: str
    time: int


def cainiao(salt: str) -> bytes:
    """An answer with twenty lines; `salt` makes every text a new one."""
    rows = [
        {
            "time": 1695865613000 - n * 86_400_000,
            "timeStr": f"2023-09-{28 - n:02d} 09:46:{n:02d}",
            "timeZone": "GMT+8",
            "desc": f"{SENTENCES[n % 10]}{salt and f'{salt} {n}'}",
            "standerdDesc": f"{SENTENCES[n % 10]}{salt and f'{salt} {n}'}",
            "actionCode": CODES[n % 10],
            "descTitle": "",
            "group": {"nodeCode": "x", "nodeDesc": "A node", "currentIconUrl": "https://icons.example/x.png"},
        }
        for n in range(20)
    ]
    module = {"mailNo": NUMBER, "mailNoSource": "AE", "status": "DELIVERING", "originCountry": "Mainland China",
              "destCountry": "Spain", "detailList": rows, "globalCombinedLogisticsTraceDTO": rows[0]}  # fmt: skip
    return json.dumps({"module": [module], "success": True}).encode()


def floor_json(body: bytes) -> object:
    """Decode, one dataclass a line, sort."""
    rows = json.loads(body)["module"][0]["detailList"]
    lines = [Line(r["timeStr"], r["timeZone"], r["actionCode"], r["standerdDesc"], r["time"]) for r in rows]
    lines.sort(key=lambda line: line.time)
    return lines


def html() -> bytes:
    """A page of 600 KB with a table of twenty lines that Yanwen's reader looks at, and ballast."""
    rows = "".join(f"<li><b>2026-03-{n + 1:02d} 10:00:00</b><span>{SENTENCES[n % 10]}</span></li>" for n in range(20))
    ballast = "<div class='x'><p>ballast</p><a href='/y'>y</a></div>" * 11_500
    return f"<html><body><ul class='list'>{rows}</ul>{ballast}</body></html>".encode()


def floor_html(body: bytes) -> object:
    """The same page through bs4 on lxml, lists only."""
    from bs4 import BeautifulSoup, SoupStrainer

    return BeautifulSoup(body.decode(), "lxml", parse_only=SoupStrainer(["li", "table", "tr"])).find_all("li")


def cost(work: Callable[[bytes], object], bodies: list[bytes]) -> float:
    """The median CPU time of one body, in microseconds."""
    spent = []
    for body in bodies:
        begun = time.process_time_ns()
        work(body)
        spent.append(time.process_time_ns() - begun)
    return statistics.median(spent) / 1000


def ratios() -> dict[str, tuple[float, float]]:
    """Of each reading its cost in microseconds and its ratio to the floor."""
    same, new = [cainiao("")] * ROUNDS, [cainiao(f" {n}") for n in range(ROUNDS)]
    asked, the_source = Asked((NUMBER,)), source("cainiao")
    found = read(the_source, Body(same[0]), asked)
    assert found.outcome is Outcome.FOUND
    assert len(found.parcels[0].events) == 20
    by_reader = _by(the_source, asked)
    least, least_new = cost(floor_json, same), cost(floor_json, new)
    page = [html()] * 5
    least_html = cost(floor_html, page)
    spent = {
        "Cainiao, 20 events, texts repeat": (cost(by_reader, same), least),
        "Cainiao, 20 events, texts new": (cost(by_reader, new), least_new),
        "HTML, 600 KB, Yanwen": (cost(_by(source("yanwen"), asked), page), least_html),
        "HTML, 600 KB, Swiss Post": (cost(_by(source("swisspost"), asked), page), least_html),
    }
    return {name: (took, took / floor) for name, (took, floor) in spent.items()}


def _by(the_source: Source, asked: Asked) -> Callable[[bytes], object]:
    return lambda body: read(the_source, Body(body, content_type=""), asked)


if __name__ == "__main__":
    for name, (took, ratio) in ratios().items():
        print(f"{name:36} {took:10.1f} us  {ratio:5.2f} x the floor")
