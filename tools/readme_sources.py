"""Writes the README's table of sources from the source modules. `make generate` runs it; a test compares."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "parsers"))

if TYPE_CHECKING:
    from parcelparsers import Source

README = ROOT / "README.md"
BEGIN, END = "<!-- sources: written by make generate -->\n", "<!-- sources end -->\n"
HEAD = ("id", "name", "asked by", "evidence", "floor")
ASKED_BY = {
    "keyless": "the daemon",
    "key": "the daemon, with your key",
    "relay": "your browser",
    "paste": "you, by pasting",
}


def section(sources: Iterable[Source]) -> str:
    """The table, one line a source."""
    rows = [HEAD, tuple("-" * len(name) for name in HEAD), *map(_row, sources)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(source: Source) -> tuple[str, ...]:
    asked_by = ASKED_BY[source.access.value]
    if source.needs and source.access.value in ("keyless", "key"):
        asked_by = f"you, by pasting (wants your {' and '.join(source.needs)})"
    return (f"`{source.id}`", source.name, asked_by, source.evidence.value, f"{source.floor / timedelta(hours=1):g} h")


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
