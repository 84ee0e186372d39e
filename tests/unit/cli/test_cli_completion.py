"""`completion`: each shell gets its script, and commands are completed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize("words", [["parse", "--source"], ["import", "--source"], ["sources", "check"]])
def test_sources_are_completed(words: list[str]) -> None:
    found = BashComplete(main, {}, PROGRAM, VARIABLE).get_completions(words, "cai")
    assert [item.value for item in found] == ["cainiao"]


def test_bash_itself_completes(tmp_path: Path) -> None:
    shell = shutil.which("bash")
    program = Path(sys.executable).with_name(PROGRAM)
    if shell is None or not program.exists():
        pytest.skip("no bash, or the program is not installed beside this Python")
    script = tmp_path / "complete.bash"
    script.write_text(CliRunner().invoke(main, ["completion", "bash"]).output)
    asked = f'. {script}; COMP_WORDS=({PROGRAM} ti); COMP_CWORD=1; "_{PROGRAM}_completion" {PROGRAM}; echo "${{COMPREPLY[@]}}"'
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([shell, "-c", asked], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["timeline"], done.stderr
