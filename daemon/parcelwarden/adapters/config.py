"""`config.toml`: every key, its meaning, default and bounds, as data; and how the file is read.

What names places, programs, keys and ports is read from this file alone: no route, scope or import sets it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from parcelwarden.adapters.errors import ConfigError

Level = Literal["debug", "info", "warning", "error"]
SourceId = Annotated[str, Meta(pattern=r"^[a-z0-9_]{2,40}$")]


class Sources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is asked."""

    enabled: Annotated[
        tuple[SourceId, ...],
        Meta(description="Sources to ask although they rest on descriptions only (see `parcelwarden sources`)."),
    ] = ()
    disabled: Annotated[tuple[SourceId, ...], Meta(description="Sources that are never asked.")] = ()


class Desktop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Notifications on this desktop."""

    enabled: Annotated[bool, Meta(description="Show notifications on this desktop.")] = True
    timeout_seconds: Annotated[
        float, Meta(ge=1, le=60, description="How long the desktop may take to answer before it is tried again.")
    ] = 5.0


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be configured."""

    port: Annotated[
        int, Meta(ge=1, le=65535, description="The port on 127.0.0.1; there is no way to listen elsewhere.")
    ] = 8377
    log_level: Annotated[Level, Meta(description="How much is logged: debug, info, warning, error.")] = "info"
    sources: Annotated[Sources, Meta(description="Who is asked.")] = Sources()
    keys: Annotated[
        dict[SourceId, Annotated[str, Meta(pattern=r"^[!-~]{1,400}$")]],
        Meta(description='Your own keys of carriers that want one: source = "key".'),
    ] = {}
    desktop: Annotated[Desktop, Meta(description="Notifications on this desktop.")] = Desktop()


def load_config(path: Path, *, required: bool) -> Config:
    """Read the file; all defaults where there is none, unless it was named (`required`). Raises `ConfigError`."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as fault:
        if required:
            raise ConfigError(f"there is no configuration file {path}; check what --config says") from fault
        return Config()
    except (OSError, UnicodeDecodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"the configuration {path} cannot be read: {why}") from fault
    return parse_config(text, str(path))


def parse_config(text: str, name: str) -> Config:
    """Read the text of a configuration; `name` is said in errors. Raises `ConfigError` naming the line or key."""
    try:
        return msgspec.convert(tomllib.loads(text), Config)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"the configuration {name} is not TOML: {fault}") from fault
    except msgspec.ValidationError as fault:
        what, _, where = str(fault).partition(" - at `$.")
        key = f"key {where.rstrip('`')}: " if where else ""
        raise ConfigError(
            f"the configuration {name}: {key}{what}; `parcelwarden run --example-config` prints every key"
        ) from fault


def example_config() -> str:
    """A documented `config.toml` that says what holds without it."""
    return "\n".join(
        ["# parcelwarden. Every key is optional; the values are those that hold without it.", "", *_described(Config)]
    )


def _described(kind: type[msgspec.Struct]) -> list[str]:
    lines: list[str] = []
    for field in msgspec.structs.fields(kind):
        default = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
        lines += _entry(field.encode_name, _description(field.type), default)
    return lines


def _description(kind: object) -> str:
    return next((m.description or "" for m in get_args(kind)[1:] if isinstance(m, Meta)), "")


def _entry(name: str, said: str, default: object) -> list[str]:
    if isinstance(default, msgspec.Struct):
        return [f"# {said}", f"[{name}]", *_described(type(default))]
    if isinstance(default, dict):
        return [f"# {said}", f"[{name}]", ""]
    return [f"# {said}", f"{name} = {msgspec.json.encode(default).decode()}", ""]
