"""`token`: tokens for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parcelwarden.adapters.wall_clock import now
from parcelwarden.cli.manual import ManualGroup
from parcelwarden.cli.options import as_json, segment, with_backend
from parcelwarden.cli.output import ago, say, show_json, table

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend


@click.group(
    cls=ManualGroup,
    short_help="Tokens for scripts.",
    exits={1: "the daemon refused"},
    examples=("parcelwarden token create my-script --scope read", "parcelwarden token list"),
)
def token() -> None:
    """Make, list and revoke what may talk to the daemon."""


@token.command(
    exits={1: "the daemon refused"},
    examples=("parcelwarden token create my-script --scope read --scope write",),
)
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(["read", "write", "relay", "calendar"]),
    default=["read"],
    show_default=True,
    help="What it may do; repeatable. `calendar`, alone, makes the address of a calendar feed.",
)
@as_json
@with_backend
def create(backend: Backend, name: str, scopes: tuple[str, ...], as_json: bool) -> None:
    """Make a token called NAME, or with `--scope calendar` the address of a calendar feed. It is shown once."""
    made = backend.ask("POST", "/v1/clients", json={"name": name, "scopes": list(dict.fromkeys(scopes))})
    if as_json:
        show_json(made)
        return
    say(_feed(backend, made["token"]) if "calendar" in scopes else made["token"])
    may = "Whoever has it sees the calendar" if "calendar" in scopes else f"It may {', '.join(made['scopes'])}"
    click.echo(f"{may}; it is shown this once; its id is {made['client']}.", err=True)


def _feed(backend: Backend, key: str) -> str:
    """The address that a calendar program subscribes to."""
    from parcelwarden.wiring.parts import read_config

    port = backend.daemon.port if backend.daemon else read_config(backend.config).port
    return f"http://127.0.0.1:{port}/v1/calendar/{key}.ics"


@token.command("list", exits={1: "the daemon refused"}, examples=("parcelwarden token list --json",))
@as_json
@with_backend
def list_tokens(backend: Backend, as_json: bool) -> None:
    """List paired extensions and tokens, never the tokens themselves."""
    found = backend.ask("GET", "/v1/clients")
    if as_json:
        show_json(found)
    elif not found["clients"]:
        say("Nobody is let in yet: `parcelwarden pair` for the extension, `parcelwarden token create` for a script.")
    else:
        rows = [
            [
                c["id"],
                c["name"],
                " ".join(c["scopes"]),
                ago(c["last_used_at"], now()),
                "came from a foreign page: revoke it if that was not you" if c["flagged_at"] else "",
            ]
            for c in found["clients"]
        ]
        table(rows, ["id", "name", "may", "last used", ""])


@token.command(exits={1: "there is no such id"}, examples=("parcelwarden token revoke a1b2c3d4",))
@click.argument("client", metavar="ID")
@with_backend
def revoke(backend: Backend, client: str) -> None:
    """Revoke the token or pairing with this id, at once."""
    backend.ask("DELETE", f"/v1/clients/{segment(client)}")
    say(f"{client} is revoked.")
