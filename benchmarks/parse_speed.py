"""How long reading takes, as a ratio to a floor in the same run (CPU time, medians; reader and floor take turns, so
that a busy machine slows both). Bodies are constructed.

Cainiao, 20 events: to decoding, one dataclass a line and a sort in plain Python; budget 2. `texts repeat`: the same
answer over and over; `texts new`: no line was ever read before.
HTML of 600 KB: to bs4 on lxml with a strainer; budget 2.

    python -m benchmarks.parse_speed
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from parcelparsers import Asked, Body, Outcome, Source, read, source
from support.cases import Case, all_cases

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

ROUNDS = 1000
BALLAST = b"<div class='x'><p>ballast text</p><a href='/y'>y</a></div>" * 11_000
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


class Cost(NamedTuple):
    """Microseconds of a reading, and of its floor."""

    took: float
    floor: float


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


def pages() -> list[tuple[Case, bytes]]:
    """One page of each source that reads HTML, blown up to 600 KB by ballast behind its content."""
    found: dict[str, tuple[Case, bytes]] = {}
    for case in all_cases():
        head, end, tail = case.path.read_bytes().rpartition(b"</body>")
        if end and case.sidecar["expected"]["outcome"] == "found" and case.source not in found:
            found[case.source] = case, head + BALLAST + end + tail
    return list(found.values())


def floor_html(body: bytes, names: tuple[str, ...]) -> object:
    """The same page through bs4 on lxml, with the strainer of its reader."""
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    return BeautifulSoup(body.decode("utf-8", "replace"), "lxml", parse_only=SoupStrainer(list(names)))


def strainer(case: Case, body: bytes) -> tuple[str, ...]:
    """The elements that the reader of a case asks for; none where it needs no tree."""
    asked: list[tuple[str, ...]] = []

    class Watched(Body):
        def html(self, *names: str) -> BeautifulSoup:
            asked.append(names)
            return super().html(*names)

    read(source(case.source), Watched(body), case.asked)
    return asked[0] if asked else ()


def costs(work: Callable[[bytes], object], floor: Callable[[bytes], object], bodies: list[bytes]) -> Cost:
    """The median CPU time that each takes of one body, in microseconds."""
    spent: dict[Callable[[bytes], object], list[int]] = {floor: [], work: []}
    for body in bodies:
        for each, times in spent.items():
            begun = time.process_time_ns()
            each(body)
            times.append(time.process_time_ns() - begun)
    least, took = (statistics.median(times) / 1000 for times in spent.values())
    return Cost(took, least)


def ratios() -> dict[str, tuple[float, float]]:
    """Of each reading its cost in microseconds and its ratio to the floor."""
    same, new = [cainiao("")] * ROUNDS, [cainiao(f" {n}") for n in range(ROUNDS)]
    asked, the_source = Asked((NUMBER,)), source("cainiao")
    found = read(the_source, Body(same[0]), asked)
    assert found.outcome is Outcome.FOUND
    assert len(found.parcels[0].events) == 20
    by_reader = _by(the_source, asked)
    spent = {
        "Cainiao, 20 events, texts repeat": costs(by_reader, floor_json, same),
        "Cainiao, 20 events, texts new": costs(by_reader, floor_json, new),
    }
    for case, body in pages():
        if names := strainer(case, body):
            by_reader = _by(source(case.source), case.asked)
            spent[f"HTML, 600 KB, {case.source}"] = costs(by_reader, partial(floor_html, names=names), [body] * 3)
    return {name: (each.took, each.took / each.floor) for name, each in spent.items()}


def _by(the_source: Source, asked: Asked) -> Callable[[bytes], object]:
    return lambda body: read(the_source, Body(body, content_type=""), asked)


if __name__ == "__main__":
    for name, (took, ratio) in ratios().items():
        print(f"{name:36} {took:10.1f} us  {ratio:5.2f} x the floor")
