"""Each `--help` is a page of a manual: what it does, options with what holds without them, exit codes, examples."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from parcelwarden.cli import main
from parcelwarden.cli.manual import EXITS, Manual


def commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if words:
        yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found
            yield from commands(found, (*words, name))


ALL = dict(commands(main))
NAMES = pytest.mark.parametrize("words", ALL, ids=" ".join)


def test_commands_in_groups_are_looked_at_too() -> None:
    assert {("list",), ("token", "create"), ("service", "status"), ("sources", "check")} <= ALL.keys()


@NAMES
def test_the_help_is_a_page_of_a_manual(words: tuple[str, ...]) -> None:
    command = ALL[words]
    assert isinstance(command, Manual)
    shown = CliRunner().invoke(main, [*words, "--help"])
    assert shown.exit_code == 0
    assert f"Usage: main {' '.join(words)}" in shown.output
    assert command.help
    exits = shown.output.partition("Exit codes:\n")[2].partition("\nExamples:\n")
    assert all(f"\n  {code}  " in f"\n{exits[0]}" for code in (*EXITS, 1)), "each command says what its own 1 means"
    assert exits[2].strip()


@NAMES
def test_every_option_says_what_it_does_and_what_holds_without_it(words: tuple[str, ...]) -> None:
    context = click.Context(ALL[words], info_name=words[-1])
    for option in (each for each in ALL[words].params if isinstance(each, click.Option)):
        record = option.get_help_record(context)
        assert record
        assert record[1].rstrip(), option.opts
        if not (option.is_flag or option.required or option.multiple or option.help == "Show this message and exit."):
            assert "[default: " in record[1] or record[1].startswith("Instead: "), option.opts


@NAMES
def test_every_example_is_one(words: tuple[str, ...]) -> None:
    command = ALL[words]
    assert isinstance(command, Manual)
    assert command.examples
    for example in command.examples:
        given = shlex.split(example)
        given = given[1 : next((n for n, word in enumerate(given) if word in ("<", ">", "|")), len(given))]
        assert tuple(given[: len(words)]) == words
        context, found = click.Context(main), main
        while isinstance(found, click.Group) and given and not given[0].startswith("-"):
            _, below, given = found.resolve_command(context, given)
            assert below
            found = below  # type: ignore[assignment]
        try:
            found.make_context(example, list(given))
        except click.exceptions.Exit as ended:
            assert ended.exit_code == 0
