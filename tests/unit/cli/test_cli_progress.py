"""The progress bar: on a terminal's standard error only; what is printed stays whole."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

PROGRAM = """
from parcelwarden.cli.progress import progress
from parcelwarden.cli.output import say
with progress() as bar:
    for each in bar.over(%s, "files"):
        say(f"read {each}")
"""


def run(items: str, *, terminal: bool) -> tuple[str, str]:
    """What it prints, and what comes on standard error."""
    command = [sys.executable, "-c", PROGRAM % items]
    if not terminal:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout, done.stderr
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment, text=True) as child:
        os.close(theirs)
        printed, _ = child.communicate(timeout=60)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
    return printed, shown.decode()


def test_without_a_terminal_there_is_none() -> None:
    assert run("[1, 2, 3]", terminal=False) == ("read 1\nread 2\nread 3\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is made for the test")
def test_on_a_terminal_it_is_on_standard_error_alone() -> None:
    printed, shown = run("[1, 2, 3]", terminal=True)
    assert printed == "read 1\nread 2\nread 3\n"
    assert "files" in shown
    assert "3/3" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is made for the test")
def test_one_thing_alone_needs_none() -> None:
    assert "files" not in run("[1]", terminal=True)[1]
