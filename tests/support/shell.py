"""A command line on a data directory of its own, with no daemon: the routes run on the database itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from parcelwarden.cli import main


@dataclass
class Shell:
    """Runs commands on `data`."""

    data: Path
    config: Path

    def __call__(self, *arguments: str, stdin: str = "", code: int = 0) -> Result:
        """Run a command that is to end with `code`."""
        done = CliRunner().invoke(main, [*arguments, *self.places(arguments)], input=stdin)
        assert done.exit_code == code, (done.output, done.exception)
        return done

    def json(self, *arguments: str, stdin: str = "", code: int = 0) -> Any:
        """The same with --json, decoded."""
        return json.loads(self(*arguments, "--json", stdin=stdin, code=code).stdout)

    def places(self, arguments: tuple[str, ...]) -> list[str]:
        """Where the command works."""
        places = ["--data", str(self.data)]
        return places if arguments[0] in ("restore", "pair", "open") else [*places, "--config", str(self.config)]
