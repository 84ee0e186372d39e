"""What a command ends with: 0 done, 1 not so, 2 bad usage, 3 cannot run; and one sentence on standard error."""

from __future__ import annotations

import sys
from typing import IO, Any

import click

NOT_SO = 1


class Failure(click.ClickException):
    """Ends the command with 1 and a sentence: what was wrong, where, what to do."""

    exit_code = NOT_SO

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence on standard error."""
        from parcelwarden.cli.output import plain

        click.echo(f"parcelwarden: {plain(self.format_message())}", file=file, err=True)


class BadInput(Failure):
    """Ends the command with 2: a value that cannot be taken."""

    exit_code = 2


class CannotGoOn(Failure):
    """Ends the command with 3: no daemon, no data, no configuration."""

    exit_code = 3


def told(fault: Exception) -> Failure | None:
    """The failure for an error that the program raises on purpose; None for one that nobody foresaw.

    Looks only at packages that are imported already: an error of another one cannot have been raised.
    """
    for module, name, failure in (
        ("parcelwarden.adapters.errors", "CannotRun", CannotGoOn),
        ("parcelwarden.domain.errors", "DomainError", Failure),
        ("parcelparsers.errors", "ParserError", Failure),
    ):
        kind = getattr(sys.modules.get(module), name, None)
        if kind and isinstance(fault, kind):
            return failure(str(fault))
    service = getattr(sys.modules.get("parcelwarden.services.errors"), "ServiceError", None)
    if service and isinstance(fault, service):
        return of_code(getattr(fault, "code", ""), str(fault))
    return None


def of_code(code: str, message: str) -> Failure:
    """The failure for a word of the API's vocabulary: input that cannot be taken is usage, an ailing machine 3."""
    kinds = {"invalid": BadInput, "bad_request": BadInput, "unavailable": CannotGoOn, "internal": CannotGoOn}
    return kinds.get(code, Failure)(message)
