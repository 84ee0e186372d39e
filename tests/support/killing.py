"""Programs in processes of their own that are killed while they work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATHS = ":".join(str(ROOT / name) for name in ("daemon", "parsers", "tests"))


@contextmanager
def program(text: str, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that prints `ready` when it begins; killed on leaving when it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-c", text, *map(str, arguments)], stdout=subprocess.PIPE, env={"PYTHONPATH": PATHS}
    )
    assert process.stdout
    try:
        assert process.stdout.readline() == b"ready\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def killed(text: str, path: Path, lines: int) -> None:
    """Let a program write until it has said so many lines, then kill it while it goes on."""
    with program(text, path) as process:
        assert process.stdout
        for _ in range(lines):
            process.stdout.readline()
