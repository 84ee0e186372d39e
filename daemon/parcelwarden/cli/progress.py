"""A progress bar on standard error, where that is a terminal; the lines of standard output stay what they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")


class Bar:
    """Goes over things that take their time; shows nothing where there is no terminal, or one thing alone."""

    def __init__(self, shown: Progress | None) -> None:
        self._shown = shown

    def over(self, items: Sequence[T], label: str) -> Iterator[T]:
        """The items, with how many of them are done."""
        if self._shown is None or len(items) < 2:
            return iter(items)
        return iter(self._shown.track(items, description=label))


@contextmanager
def progress() -> Iterator[Bar]:
    """A bar while the block runs; it is gone afterwards."""
    if not sys.stderr.isatty():
        yield Bar(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True, highlight=False, markup=False)
    # Lines for a file or a pipe must not go through the terminal's console.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as shown:
        yield Bar(shown)
