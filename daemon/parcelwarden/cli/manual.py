"""Help as a manual page has it: synopsis, what the command does, options, exit codes, examples.

`exits` says what a code other than the usual means for the command; each has at least one example, whose words a test
gives to the command's own parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

EXITS: Mapping[int, str] = {
    0: "done",
    2: "bad usage: a word, an option or a value that cannot be taken",
    3: "cannot run: the daemon, the data directory, the configuration or the disk does not allow it",
}
"""What the codes mean everywhere; 1 is each command's own. Standard error says why, in a sentence."""


class Manual(click.Command):
    """A command that says how it ends and how it is used."""

    def __init__(
        self, *args: Any, exits: Mapping[int, str] | None = None, examples: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.exits = dict(sorted({**EXITS, **(exits or {})}.items()))
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The last two sections."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), text) for code, text in self.exits.items()])
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{example}\n")


class ManualGroup(Manual, click.Group):
    """A group of such commands."""

    command_class = Manual
