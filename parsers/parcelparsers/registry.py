"""Finds the source modules: every module in `carriers/` that has a `SOURCE`. There is no central list."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from parcelparsers import carriers
from parcelparsers.errors import UnknownSource
from parcelparsers.source import Source


@cache
def source_ids() -> tuple[str, ...]:
    """The ids of all sources, sorted, without importing their modules. A module's name is its id (`c_` before a
    digit: `c_17track.py` is `17track`)."""
    names = (m.name for m in pkgutil.iter_modules(carriers.__path__) if not m.ispkg)
    return tuple(sorted(n.removeprefix("c_") for n in names if not n.startswith("_")))


@cache
def source(source_id: str) -> Source:
    """The source with this id. Raises `UnknownSource`."""
    if source_id not in source_ids():
        raise UnknownSource(f"source {source_id!r} is not known; known are: {', '.join(source_ids())}")
    prefix = "c_" if source_id[0].isdigit() else ""
    module = importlib.import_module(f"parcelparsers.carriers.{prefix}{source_id}")
    found: Source = module.SOURCE
    return found


def all_sources() -> tuple[Source, ...]:
    """Every source. Imports every module."""
    return tuple(source(i) for i in source_ids())
