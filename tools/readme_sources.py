"""Writes the README's table of sources from the source modules. `make generate` runs it; a test compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / part) for part in ("daemon", "parsers")]

from parcelwarden.cli.sources import asked_by  # noqa: E402

if TYPE_CHECKING:
    from parcelparsers import Source

README = ROOT / "README.md"
BEGIN, END = "<!-- sources: written by make generate -->\n", "<!-- sources end -->\n"
HEAD = ("id", "name", "asked by", "evidence", "floor")


def section(sources: Iterable[Source]) -> str:
    """The table, one line a source."""
    rows = [HEAD, tuple("-" * len(name) for name in HEAD), *map(_row, sources)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(source: Source) -> tuple[str, ...]:
    floor = f"{source.floor / timedelta(hours=1):g} h"
    return (f"`{source.id}`", source.name, asked_by(source), source.evidence.value, floor)


def written(readme: str, sources: Iterable[Source]) -> str:
    """The README with its table renewed. Raises `ValueError` where the two marks do not stand."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md: expected the marks {BEGIN.strip()} and {END.strip()}, each on a line of its own")
    return f"{before}{BEGIN}{section(sources)}{END}{after}"


if __name__ == "__main__":
    from parcelparsers import all_sources

    README.write_text(written(README.read_text("utf-8"), all_sources()), "utf-8")
