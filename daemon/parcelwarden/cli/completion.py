"""`completion`: what a shell needs to complete the commands."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")
PROGRAM, VARIABLE = "parcelwarden", "_PARCELWARDEN_COMPLETE"


@click.command(short_help="Let the shell complete commands: bash, zsh, fish.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what SHELL needs to complete commands and options.

    \b
    bash:  parcelwarden completion bash > ~/.local/share/bash-completion/completions/parcelwarden
    zsh:   parcelwarden completion zsh > a file _parcelwarden in your $fpath
    fish:  parcelwarden completion fish > ~/.config/fish/completions/parcelwarden.fish
    """
    from click.shell_completion import get_completion_class

    from parcelwarden.cli import main

    kind = get_completion_class(shell)
    assert kind  # noqa: S101 - all SHELLS are click's own
    click.echo(kind(main, {}, PROGRAM, VARIABLE).source())
