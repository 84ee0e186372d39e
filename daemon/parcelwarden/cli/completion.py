"""`completion`: what a shell needs to complete the commands."""

from __future__ import annotations

import click

from parcelwarden.cli.manual import Manual

SHELLS = ("bash", "zsh", "fish")
PROGRAM, VARIABLE = "parcelwarden", "_PARCELWARDEN_COMPLETE"


@click.command(
    cls=Manual,
    short_help="Let the shell complete commands: bash, zsh, fish.",
    exits={1: "standard output cannot be written"},
    examples=(
        "parcelwarden completion bash > ~/.local/share/bash-completion/completions/parcelwarden",
        "parcelwarden completion zsh > ~/.zfunc/_parcelwarden",
        "parcelwarden completion fish > ~/.config/fish/completions/parcelwarden.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what SHELL (bash 4.4 or newer, zsh, fish) needs to complete commands and options.

    Write it where the shell looks, once, and open a new shell. For zsh the folder must be in $fpath.
    """
    from click.shell_completion import get_completion_class

    from parcelwarden.cli import main

    kind = get_completion_class(shell)
    assert kind  # noqa: S101 - all SHELLS are click's own
    click.echo(kind(main, {}, PROGRAM, VARIABLE).source())
