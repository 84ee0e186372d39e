"""`/v1/settings`: the harmless ones. Of what stands in `config.toml` it is only told that it is set."""

from __future__ import annotations

from typing import Any

import msgspec

from parcelwarden.api.routing import Access, Call, Route
from parcelwarden.api.shapes import SettingsInput, SettingsShape


async def show(call: Call) -> SettingsShape:
    """All settings."""
    return _shape(call, await call.warden.settings())


async def change(call: Call) -> SettingsShape:
    """Change the given ones; null brings back the default."""
    given = {k: v for k, v in msgspec.to_builtins(call.body).items() if k in SettingsInput.__struct_fields__}
    return _shape(call, await call.warden.change_settings(given, call.now))


def _shape(call: Call, settings: dict[str, Any]) -> SettingsShape:
    known = {name: settings.get(name) for name in SettingsInput.__struct_fields__}
    return msgspec.convert({**known, "configured": dict(call.context.configured)}, SettingsShape)


ROUTES = (
    Route("GET", "/v1/settings", Access.READ, show, "The settings", {200: SettingsShape}),
    Route("PATCH", "/v1/settings", Access.WRITE, change, "Change settings", {200: SettingsShape}, SettingsInput),
)
