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
from parcelwarden.adapters.notifiers.webhook import reachable

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


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A program of the user's own as a channel."""

    argv: Annotated[
        tuple[Annotated[str, Meta(min_length=1)], ...],
        Meta(description="The program and its arguments; the text comes on its input, no shell is between."),
    ] = ()
    timeout_seconds: Annotated[float, Meta(ge=1, le=25, description="How long the program may take for one note.")] = (
        20.0
    )


class Webhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address of the user's own as a channel."""

    url: Annotated[str, Meta(description="Where each alert is posted as JSON: https, or http on this machine.")] = ""
    secret: Annotated[
        str, Meta(description="Signs each post: the header X-Parcelwarden-Signature is its HMAC-SHA-256.")
    ] = ""
    timeout_seconds: Annotated[float, Meta(ge=1, le=25, description="How long it may take to answer.")] = 15.0

    def __post_init__(self) -> None:
        """Raises `ValueError` for an address that alerts may not be sent to."""
        if self.url and not reachable(self.url):
            raise ValueError("Expected an address that begins with https://, or with http:// on this machine")


class Phone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phones, chats and mail as a channel."""

    targets: Annotated[
        tuple[Annotated[str, Meta(min_length=3)], ...],
        Meta(description="Addresses in the notation of apprise, such as ntfys://ntfy.example/topic."),
    ] = ()


class CalendarFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The dates as a file."""

    path: Annotated[
        str,
        Meta(description="A file, for instance in a synced folder, to which the calendar is written; none if empty."),
    ] = ""


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
    command: Annotated[Command, Meta(description="A program of your own that is told each alert.")] = Command()
    webhook: Annotated[Webhook, Meta(description="An address of your own that is told each alert.")] = Webhook()
    phone: Annotated[Phone, Meta(description="Phones, chats, mail; needs the extra `phone`.")] = Phone()
    calendar: Annotated[CalendarFile, Meta(description="The dates as a file.")] = CalendarFile()


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
    found = next((m for m in get_args(kind)[1:] if isinstance(m, Meta)), Meta())
    return (found.description or "") + (f" From {found.ge} to {found.le}." if found.ge is not None else "")


def _entry(name: str, said: str, default: object) -> list[str]:
    if isinstance(default, msgspec.Struct):
        return [f"# {said}", f"[{name}]", *_described(type(default))]
    if isinstance(default, dict):
        return [f"# {said}", f"[{name}]", ""]
    return [f"# {said}", f"{name} = {msgspec.json.encode(default).decode()}", ""]
