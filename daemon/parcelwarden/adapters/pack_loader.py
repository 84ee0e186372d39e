"""Reads the policy packs that are shipped with the program: the only I/O of the policy engine.

A pack is one file `policies/*.toml` that has windows, clocks or a reading of days; other data lie beside them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from parcelwarden.domain.errors import PackError
from parcelwarden.domain.policy.pack import Pack, build

MARKS_OF_A_PACK = frozenset(["windows", "clocks", "days"])


@cache
def load_packs() -> tuple[Pack, ...]:
    """All packs that are shipped, by file name. Raises `PackError` naming file and place."""
    return read_packs(shipped())


def shipped() -> Traversable:
    """The folder of the data that are shipped."""
    return files("parcelwarden") / "policies"


def read_packs(folder: Traversable) -> tuple[Pack, ...]:
    """The packs of a folder, by file name. Raises `PackError` for a file that is no pack and for an edition that
    stands twice."""
    packs: dict[str, Pack] = {}
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        data = read_toml(file)
        if not MARKS_OF_A_PACK & data.keys():
            continue
        pack = build(data, file.name)
        if pack.name in packs:
            raise PackError(file.name, "edition", f"an edition of its own; {pack.name} stands twice")
        packs[pack.name] = pack
    return tuple(packs.values())


def read_toml(file: Traversable) -> dict[str, Any]:
    """One file as a table. Raises `PackError` naming it when it cannot be read or is no TOML."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise PackError(file.name, "the file", f"readable TOML ({fault})") from fault
