"""Reading what carriers answer. The bodies, and the floors, are those of `benchmarks.parse_speed`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

from benchmarks import parse_speed
from benchmarks.harness import Budget, Figure, Size, paired
from parcelparsers import Asked, Body, read, source
from support.cases import Case

BUDGETS = (
    Budget(
        "read-json",
        "reading a Cainiao answer of 20 events",
        "decode, a dataclass a line and a sort in plain Python",
        by="ratio",
        limit=2.0,
        unit="µs CPU",
    ),
    Budget(
        "read-html",
        "reading a 600 KB HTML page, the slowest source",
        "bs4 on lxml with the reader's strainer",
        by="ratio",
        limit=2.0,
        unit="ms CPU",
    ),
)


def measure(size: Size) -> list[Figure]:
    """Texts that repeat, as a carrier's do; of the pages the one that is worst."""
    asked = Asked((parse_speed.NUMBER,))
    body = parse_speed.cainiao("")
    there = parse_speed.pages()
    pages = [page for pair in there[: size.of(len(there), 3)] if (page := _page(*pair))]
    rounds = size.of(parse_speed.ROUNDS)
    by_json: list[parse_speed.Cost] = []
    by_page: dict[str, list[parse_speed.Cost]] = {page.name: [] for page in pages}
    for _ in range(size.runs):
        by_json.append(parse_speed.costs(_read("cainiao", asked), parse_speed.floor_json, [body] * rounds))
        for page in pages:
            by_page[page.name].append(parse_speed.costs(page.work, page.floor, [page.body]))
    worst = max(by_page, key=lambda name: median(cost.took / cost.floor for cost in by_page[name]))
    return [_figure("read-json", by_json, 1), _figure("read-html", by_page[worst], 1000, worst)]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page with its reader and its floor."""

    name: str
    body: bytes
    work: Callable[[bytes], object]
    floor: Callable[[bytes], object]


def _page(case: Case, body: bytes) -> _Page | None:
    """The page of one source; None where its reader makes no tree."""
    names = parse_speed.strainer(case, body)
    floor = partial(parse_speed.floor_html, names=names)
    return _Page(case.source, body, _read(case.source, case.asked), floor) if names else None


def _read(source_id: str, asked: Asked) -> Callable[[bytes], object]:
    return lambda body: read(source(source_id), Body(body, content_type=""), asked)


def _figure(budget: str, costs: list[parse_speed.Cost], per: float, note: str = "") -> Figure:
    return paired(budget, [cost.took / per for cost in costs], [cost.floor / per for cost in costs], note)
