"""`sources`: each source, its evidence and health; `sources check ID` asks one, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.adapters.wall_clock import now as wall_clock
from parcelwarden.cli.failure import NOT_SO, Failure
from parcelwarden.cli.options import as_json, config_option, data_option, with_backend
from parcelwarden.cli.output import ago, local, say, show_json, table

if TYPE_CHECKING:
    from parcelparsers import Source
    from parcelwarden.cli.backend import Backend


@click.group(invoke_without_command=True, short_help="Each source, its evidence and health.")
@as_json
@data_option
@config_option
@click.pass_context
def sources(ctx: click.Context, as_json: bool, data: Path | None, config: Path | None) -> None:
    """List the sources: who can ask them, what their reader rests on, how they are on this machine."""
    if ctx.invoked_subcommand is None:
        from parcelwarden.cli.backend import open_backend

        with open_backend(data, config) as backend:
            found = backend.ask("GET", "/v1/sources")
        show_json(found) if as_json else _list(found["sources"], datetime.fromisoformat(found["now"]))


def _list(found: Sequence[dict[str, Any]], now: datetime) -> None:
    rows = [
        [s["id"], s["name"], s["access"], s["evidence"], s["state"], ago(s["last_ok_at"], now), s["last_outcome"] or ""]
        for s in found
    ]
    table(rows, ["id", "name", "asked by", "evidence", "health", "last answer", "last outcome"])


@sources.command()
@click.argument("source_id", metavar="ID")
@click.option("--number", metavar="N", help="The number to ask for; else one that is watched there.")
@as_json
@with_backend
@click.pass_context
def check(ctx: click.Context, backend: Backend, source_id: str, number: str | None, as_json: bool) -> None:
    """Ask source ID politely, once, and say what came of it. Nothing is written."""
    from parcelparsers.errors import BadNumber, UnknownSource
    from parcelparsers.numbers import normalise
    from parcelparsers.registry import source as by_id

    try:
        source = by_id(source_id)
        asked = normalise(number) if number else _watched(backend, source_id)
    except (UnknownSource, BadNumber) as fault:
        raise click.UsageError(str(fault)) from fault
    _may_ask(source, backend, wall_clock())
    from parcelwarden.wiring.looking import ask_once

    answer = ask_once(source, asked, backend.config, wall_clock())
    if as_json:
        show_json(answer)
    else:
        say(f"{source.name}: {answer['outcome']}" + (f" ({answer['detail']})" if answer["detail"] else ""))
    if answer["outcome"] not in ("found", "not_found"):
        ctx.exit(NOT_SO)


def _watched(backend: Backend, source_id: str) -> str:
    for parcel in backend.pages("/v1/parcels", "parcels", query={"limit": ["200"]}):
        for look in parcel["looks"]:
            if look["source"] == source_id:
                return str(look["number"])
    raise click.UsageError(f"no watched parcel is looked up at {source_id}; name a number with --number")


def _may_ask(source: Source, backend: Backend, now: datetime) -> None:
    """Ends the command with 1 where asking would not be polite, or not possible."""
    if source.ask is None:
        raise Failure(f"{source.id} is not asked by a program: open {source.page} in your browser")
    health = next(s for s in backend.ask("GET", "/v1/sources")["sources"] if s["id"] == source.id)
    resume = health["resume_at"]
    if resume and datetime.fromisoformat(resume) > now:
        raise Failure(f"{source.id} asked to be left alone until {local(resume)}")
    last = health["last_tried_at"]
    if last and (now - datetime.fromisoformat(last)).total_seconds() < 60:
        raise Failure(f"{source.id} was asked a moment ago ({health['last_outcome']}); wait a minute")
