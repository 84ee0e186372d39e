"""A group that knows its commands by name and imports one only to run it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from parcelwarden.cli.failure import CannotGoOn, told
from parcelwarden.cli.table import Entry


class LazyGroup(click.Group):
    """Takes `commands_table`; turns the errors that the program raises on purpose into a sentence and an exit code."""

    def __init__(self, *args: Any, commands_table: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = commands_table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module. None for an unknown name."""
        entry = self._table.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.place.partition(":")
        found: click.Command = getattr(importlib.import_module(f"parcelwarden.cli.{module}"), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help's lists, from the table alone."""
        for section in dict.fromkeys(entry.section for entry in self._table.values()):
            rows = [(name, entry.text) for name, entry in self._table.items() if entry.section == section]
            with formatter.section(section):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it raises on purpose becomes a `Failure`."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as fault:
            where = f"{fault.filename}: " if fault.filename else ""
            raise CannotGoOn(f"{where}{fault.strerror or fault}; check the disk and the permissions") from fault
        except Exception as fault:
            if failure := told(fault):
                raise failure from fault
            raise
