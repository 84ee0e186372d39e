"""Reads the rows of a CSV file, plain or gzip, whatever its name."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

GZIP = b"\x1f\x8b"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Each row by column; a cell that its row does not have is empty. Raises `OSError` for a file that cannot be
    read."""
    with path.open("rb") as file:
        zipped = file.read(len(GZIP)) == GZIP
    opened = gzip.open(path, "rt", encoding="utf-8") if zipped else path.open(encoding="utf-8")
    with opened as lines:
        return list(csv.DictReader(lines, restval=""))
