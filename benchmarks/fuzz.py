"""Damaged bodies into every reader of carriers and of order pages, for so many minutes; prints figures.

    make fuzz MINUTES=10          python -m benchmarks.fuzz --minutes 10 [--seed 1]

Takes the constructed cases, and the reference material beside the checkout where it is there, read in place. Each body
is damaged at random, given to its own reader and now and then to another one. What counts: nothing is raised but what
is declared, a reading can be printed, and the longest and the hungriest. Ends with 1 when anything failed; the damaged
body is kept in the folder that it names.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from parcelparsers import Asked, Body, marketplaces, read, source, source_ids
from parcelparsers.answer import as_json
from parcelparsers.errors import BadPage
from parcelparsers.marketplaces.answer import as_json as page_json
from parcelparsers.marketplaces.pages import read_page
from parcelparsers.page import Capture
from support.cases import all_cases
from support.shared import ROOT as SHARED

SLOW = 1.0
"""Seconds that no reading may take (`SECURITY.md`, S35)."""
PIECES = (b"null", b"true", b'""', b"{}", b"[]", b"-1", b"1e999", b"[[[[", b"<div>", b"</", b"<!--", b"\x00",
          b"\xff\xfe", b"9999-99-99", b"&#0;", "\u202e".encode(), b'"', b",", b"0" * 40)  # fmt: skip


@dataclass(frozen=True)
class Seed:
    """A body that some reader knows. `source` is empty for an order page."""

    name: str
    source: str
    data: bytes
    asked: Asked


@dataclass
class Figures:
    """What came of it."""

    readings: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_name: str = ""
    failures: list[str] = field(default_factory=list)


def seeds() -> list[Seed]:
    """Every body that can be had."""
    found = [Seed(str(case), case.source, case.path.read_bytes(), case.asked) for case in all_cases()]
    sent = [path for path in _bodies(SHARED / "captures") if path.parent.name in source_ids()]
    found += [Seed(f"{p.parent.name}/{p.name}", p.parent.name, p.read_bytes(), Asked(())) for p in sent]
    for folder in (SHARED / "order_pages", Path(marketplaces.__path__[0]) / "cases"):
        found += [Seed(f"order page {path.name}", "", path.read_bytes(), Asked(())) for path in _bodies(folder)]
    return found


def _bodies(folder: Path) -> list[Path]:
    notes = (".meta.json", ".expected.json")
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(notes))


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The body with one to six places cut, doubled, moved, flipped or replaced."""
    body = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randint(0, len(body))
        end = at + min(dice.choice((1, 4, 40, 400)), len(body) - at)
        dice.choice(_DAMAGES)(body, at, end, dice)
    return bytes(body[: len(data) * 4 + 1000])


def _cut(body: bytearray, at: int, end: int, dice: random.Random) -> None:
    del body[at:end]


def _double(body: bytearray, at: int, end: int, dice: random.Random) -> None:
    body[at:at] = body[at:end] * dice.choice((1, 2, 30))


def _move(body: bytearray, at: int, end: int, dice: random.Random) -> None:
    piece = body[at:end]
    del body[at:end]
    where = dice.randint(0, len(body))
    body[where:where] = piece


def _flip(body: bytearray, at: int, end: int, dice: random.Random) -> None:
    for n in range(at, end):
        body[n] ^= 1 << dice.randrange(8)


def _replace(body: bytearray, at: int, end: int, dice: random.Random) -> None:
    body[at:end] = dice.choice(PIECES)


def _shorten(body: bytearray, at: int, end: int, dice: random.Random) -> None:
    del body[end:]


_DAMAGES: tuple[Callable[[bytearray, int, int, random.Random], None], ...] = (
    _cut, _double, _move, _flip, _replace, _replace, _shorten
)  # fmt: skip


def one(seed: Seed, source_id: str, data: bytes) -> str:
    """Read it; the outcome. Raises whatever the reader should not."""
    if not source_id:
        text = data.decode("utf-8", "replace")
        try:
            page = read_page(Capture(url="", kind="", form="", body=text))
        except BadPage:
            return "bad page"
        page_json(page)
        return "page"
    reading = read(source(source_id), Body(data), seed.asked)
    as_json(reading)
    return reading.outcome.value


def run(minutes: float, dice: random.Random, keep: Path) -> Figures:
    """Damage and read until the time is over."""
    figures, bodies, ids = Figures(), seeds(), source_ids()
    end = time.monotonic() + minutes * 60
    while time.monotonic() < end:
        seed = dice.choice(bodies)
        source_id = dice.choice(ids) if seed.source and dice.random() < 0.1 else seed.source
        data = damaged(seed.data, dice)
        begun = time.process_time()
        try:
            figures.outcomes[one(seed, source_id, data)] += 1
        except Exception:
            _failed(figures, keep, seed, source_id, data, traceback.format_exc(limit=-3))
        spent = time.process_time() - begun
        figures.readings += 1
        if spent > figures.slowest:
            figures.slowest, figures.slowest_name = spent, f"{source_id or 'order page'}: {seed.name}"
        if spent > SLOW:
            _failed(figures, keep, seed, source_id, data, f"took {spent:.2f} s")
    return figures


def _failed(figures: Figures, keep: Path, seed: Seed, source_id: str, data: bytes, why: str) -> None:
    path = keep / f"{len(figures.failures):03}"
    path.write_bytes(data)
    figures.failures.append(f"{source_id or 'order page'} on {seed.name}, kept as {path}\n{why}")


def main() -> int:
    """Run as a program."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=None)
    chosen = options.parse_args()
    number = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(10**6)
    figures = run(chosen.minutes, random.Random(number), Path(tempfile.mkdtemp(prefix="fuzz-")))
    for failure in figures.failures[:20]:
        print(failure)
    print(f"seed {number}, {chosen.minutes:g} minutes, {len(seeds())} bodies, {len(source_ids())} sources")
    print(f"{figures.readings} readings: {', '.join(f'{n} {name}' for name, n in figures.outcomes.most_common())}")
    print(f"slowest {figures.slowest:.3f} s ({figures.slowest_name})")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print(f"{len(figures.failures)} failures")
    return 1 if figures.failures else 0


if __name__ == "__main__":
    sys.exit(main())
