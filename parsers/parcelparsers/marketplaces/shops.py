"""Finds the shop modules: every module beside this one that has a `SHOP`. There is no central list."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from parcelparsers import marketplaces
from parcelparsers.marketplaces.shop import Shop


@cache
def all_shops() -> tuple[Shop, ...]:
    """Every shop, by id. Imports every module of the package whose name does not begin with an underscore."""
    names = sorted(m.name for m in pkgutil.iter_modules(marketplaces.__path__) if not m.name.startswith("_"))
    modules = (importlib.import_module(f"{marketplaces.__name__}.{name}") for name in names)
    return tuple(m.SHOP for m in modules if isinstance(getattr(m, "SHOP", None), Shop))
