"""The command line. Each group of commands is a module of its own, imported only when one of them is called."""

from __future__ import annotations

import click

from parcelwarden import __version__
from parcelwarden.cli.lazy import LazyGroup
from parcelwarden.cli.table import COMMANDS


@click.group(
    cls=LazyGroup,
    commands_table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="parcelwarden")
def main() -> None:
    """Guards what you buy abroad: watches the tracking, computes the dates, warns in time.

    Exit code: 0 done, 1 not so, 2 bad usage, 3 cannot run.
    """
