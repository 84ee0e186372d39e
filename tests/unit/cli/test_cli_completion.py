"""`completion`: each shell gets its script, and commands are completed."""

from __future__ import annotations

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from parcelwarden.cli import main
from parcelwarden.cli.completion import PROGRAM, SHELLS, VARIABLE


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0, result.output
    assert VARIABLE in result.output


def test_commands_are_completed() -> None:
    found = BashComplete(main, {}, PROGRAM, VARIABLE).get_completions([], "ti")
    assert [item.value for item in found] == ["timeline"]
