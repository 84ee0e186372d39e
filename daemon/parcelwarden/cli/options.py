"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The data directory.  [default: the platform's own]",
)
config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The configuration file.  [default: config.toml in the platform's own]",
)


def with_backend(command: F) -> F:
    """Give the command a `backend`, open while it runs, and the options `--data` and `--config`."""

    @data_option
    @config_option
    @wraps(command)
    def wrapped(*args: Any, data: Path | None, config: Path | None, **kwargs: Any) -> Any:
        from parcelwarden.cli.backend import open_backend

        with open_backend(data, config) as backend:
            return command(*args, backend=backend, **kwargs)

    return wrapped  # type: ignore[return-value]


class Instant(click.ParamType[datetime]):
    """An instant with an offset."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware instant in UTC; usage error otherwise."""
        from parcelwarden.domain.errors import FactError
        from parcelwarden.domain.moment import parse_when

        try:
            at = parse_when(str(value), param.name or "instant" if param else "instant")
        except FactError as fault:
            self.fail(str(fault), param, ctx)
        if not isinstance(at, datetime):
            self.fail("expected an instant with an offset such as 2026-03-02T09:00:00Z, not a day", param, ctx)
        return at


def known_sources(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """For the shell: the ids of sources that begin so."""
    from parcelparsers.registry import source_ids

    return [each for each in source_ids() if each.startswith(begun)]


def segment(text: str) -> str:
    """A name as one segment of an API path."""
    from urllib.parse import quote

    return quote(text, safe="")
