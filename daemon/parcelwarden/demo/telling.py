"""Prints the story: a line for each thing that happens, a bar below, a table of every order at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from parcelwarden.demo.stories import DAYS, START
from parcelwarden.domain.model import Verdict, Window
from parcelwarden.services.ports import Note
from parcelwarden.services.records import OrderRecord
from parcelwarden.services.wording import Wording

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

COLOURS = {"critical": "bold red", "warning": "yellow", "notice": "cyan", "info": "dim"}
CARRIER_WORDS = {
    "blocked": "shows a captcha: it is left alone for a while, and no parcel looks worse for it",
    "network": "cannot be reached",
    "unreadable": "answers something that is no tracking page",
}


class Teller:
    """Turns what happens into lines. `console` and `progress` are rich's."""

    def __init__(self, console: Console, progress: Progress) -> None:
        self._console = console
        self._progress = progress
        self._bar = progress.add_task("two months", total=DAYS)
        self._now = START
        self._day = -1
        self._verdicts: dict[str, str] = {}
        self._carrier = ""
        self._handed: set[str] = set()
        self._raised: Counter[str] = Counter()

    def time(self, now: datetime) -> None:
        """The clock moved."""
        self._now = now
        self._progress.update(self._bar, completed=(now - START).total_seconds() / 86400)

    def note(self, note: Note) -> None:
        """A notification was raised."""
        self._raised[note.replaces] += 1
        body = _safe(note.body.replace("\n", " "))
        self._line(f"[{COLOURS[note.severity]}]▶ {_safe(note.title)}[/]: {body}")

    def act(self, at: datetime, name: str, text: str) -> None:
        """The buyer did or saw something."""
        self._now = max(self._now, at)
        self._line(f"[bold]{_safe(name)}[/]: {_safe(text)}")

    def verdict(self, name: str, verdict: Verdict | None) -> None:
        """What is thought of an order; said when it changed."""
        if verdict is None or self._verdicts.get(name) == verdict.verdict:
            return
        self._verdicts[name] = verdict.verdict
        why = verdict.reasons[0].text if verdict.reasons else ""
        self._line(f"[bold]{_safe(name)}[/]: verdict [magenta]{verdict.verdict}[/]  [dim]{_safe(why)}[/]")

    def numbers(self, numbers: Sequence[str]) -> None:
        """The numbers of a parcel, newest first; said when it was handed on."""
        if len(numbers) > 1 and numbers[0] not in self._handed:
            self._handed.add(numbers[0])
            self._line(f"the parcel {_safe(numbers[-1])} was handed on and has a second number, {_safe(numbers[0])}")

    def carrier(self, outcome: str, failing_since: datetime | None) -> None:
        """How the carrier answers; said when it changed."""
        if outcome == self._carrier:
            return
        first, self._carrier = not self._carrier, outcome
        if failing_since:
            self._line(f"[bold]the carrier[/] {CARRIER_WORDS.get(outcome, 'does not answer')}")
        elif not first:
            self._line("[bold]the carrier[/] answers again")

    def end(self, records: Sequence[OrderRecord], wording: Wording, asked: int) -> None:
        """The table of all orders. `asked`: how often the carrier was asked."""
        self._progress.stop()
        self._console.rule("after two months")
        for record in records:
            self._order(record, wording)
        self._console.print(
            f"{sum(self._raised.values())} notifications; the carrier was asked {asked} times in {DAYS} days. "
            "The folder with the database is gone again."
        )

    def _order(self, record: OrderRecord, wording: Wording) -> None:
        found = record.assessment
        if found is None:
            return
        self._console.print(f"[bold]{_safe(record.title or '')}[/] [dim]{record.ref}[/]")
        for window in found.policy.windows.values():
            self._fact(window.id, _span(window))
        verdict = found.verdict.verdict if found.verdict else "none (no parcel is known)"
        self._fact("verdict", verdict)
        advice = wording(found.advice.code, {"title": record.title, **found.advice.params})
        self._fact("advice", f"[{COLOURS[found.advice.severity]}]{_safe(advice)}[/]")
        self._fact("notifications", str(self._raised[str(record.ref)]))

    def _fact(self, name: str, text: str) -> None:
        self._console.print(_row(f"  {name}", text, 26), highlight=False)

    def _line(self, text: str) -> None:
        number = (self._now.date() - START.date()).days
        head = f"day {number:>2}  {self._now:%a %d %b}" if number != self._day else ""
        self._day = number
        self._console.print(_row(f"[dim]{head}[/]", text), highlight=False)


def _row(head: str, text: str, width: int = 18) -> Table:
    from rich.table import Table

    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=width, no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(head, text)
    return row


def _safe(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _span(window: Window) -> str:
    parts = (("opens", window.opens_at), ("act by", window.act_by), ("last safe", window.last_safe_at))
    dates = ", ".join(f"{name} {at:%d %b %H:%M}Z" if at else f"{name} unknown" for name, at in parts)
    return f"{window.state}: {dates}"
