"""`sources`: each source, its evidence and health; `sources check` asks one or all of them, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.adapters.wall_clock import now as wall_clock
from parcelwarden.cli.failure import NOT_SO, Failure
from parcelwarden.cli.manual import ManualGroup
from parcelwarden.cli.options import as_json, config_option, data_option, known_sources, with_backend
from parcelwarden.cli.output import ago, count, local, say, show_json, table

if TYPE_CHECKING:
    from parcelparsers import Source
    from parcelwarden.cli.backend import Backend

MADE_UP = "RR000000005CN"
"""A postal number with a right check digit that nobody was given: asked for where no number is watched."""
ANSWERS = ("found", "not_found")
ASKED_BY = {
    "keyless": "the daemon",
    "key": "the daemon, with your key",
    "relay": "your browser",
    "paste": "you, by pasting",
}


@click.group(
    cls=ManualGroup,
    invoke_without_command=True,
    short_help="Each source, its evidence and health.",
    exits={1: "the daemon refused"},
    examples=("parcelwarden sources", "parcelwarden sources check cainiao --number LP00190000000017"),
)
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


def asked_by(source: Source) -> str:
    """Who can ask it, in words. One that wants to know something of the buyer is asked by nobody else."""
    if source.needs:
        return f"you, by pasting (wants your {' and '.join(source.needs)})"
    return ASKED_BY[source.access.value]


def _list(found: Sequence[dict[str, Any]], now: datetime) -> None:
    from parcelparsers import all_sources

    asked = {source.id: asked_by(source) for source in all_sources()}
    rows = [
        [
            s["id"],
            s["name"],
            asked.get(s["id"], s["access"]),
            s["evidence"],
            s["state"],
            ago(s["last_ok_at"], now),
            s["last_outcome"] or "",
        ]
        for s in found
    ]
    table(rows, ["id", "name", "asked by", "evidence", "health", "last answer", "last outcome"])


@sources.command(
    exits={0: "each answered, found or not", 1: "one did not answer, or may not be asked yet"},
    examples=("parcelwarden sources check cainiao", "parcelwarden sources check --yes --json"),
)
@click.argument("source_id", metavar="[ID]", required=False, shell_complete=known_sources)
@click.option("--number", metavar="N", help="The number to ask for.  [default: one that is watched there]")
@click.option("--yes", is_flag=True, help="Do not ask whether all sources may be asked.")
@as_json
@with_backend
@click.pass_context
def check(
    ctx: click.Context, backend: Backend, source_id: str | None, number: str | None, yes: bool, as_json: bool
) -> None:
    """Ask source ID politely, once, and say what came of it; without ID, each source that needs no key. Nothing is
    taken in but how the source is."""
    now = wall_clock()
    health = {s["id"]: s for s in backend.ask("GET", "/v1/sources")["sources"]}
    asked = [_one(backend, health, source_id, number, now)] if source_id else _all(backend, health, number, now)
    if not source_id and not yes:
        hosts = ", ".join(source.hosts[0] for source, _ in asked)
        click.confirm(
            f"{count(len(asked), 'request')} will be sent, one to each of: {hosts}. Go on?", abort=True, err=True
        )
    found = _asked(backend, asked, now, quiet=as_json)
    if as_json:
        show_json(found[0] if source_id else {"sources": found})
    elif not source_id:
        _by_outcome(found)
    if any(answer["outcome"] not in ANSWERS for answer in found):
        ctx.exit(NOT_SO)


def _asked(
    backend: Backend, asked: Sequence[tuple[Source, str]], now: datetime, *, quiet: bool
) -> list[dict[str, Any]]:
    from parcelwarden.wiring.looking import ask_each

    found = []
    for (source, _), answer in zip(asked, ask_each(asked, backend.config, now), strict=False):
        given = {"outcome": answer["outcome"], "retry_at": answer["retry_at"]}
        backend.ask("POST", f"/v1/sources/{source.id}/checked", json=given)
        if not quiet:
            say(f"{source.name}: {answer['outcome']}" + (f" ({answer['detail']})" if answer["detail"] else ""))
        found.append(answer)
    return found


def _by_outcome(found: Sequence[dict[str, Any]]) -> None:
    outcomes = sorted({answer["outcome"] for answer in found}, key=lambda o: (o not in ANSWERS, o))
    rows = [[o, ", ".join(answer["source"] for answer in found if answer["outcome"] == o)] for o in outcomes]
    say("")
    table(rows, ["outcome", "sources"])


def _one(
    backend: Backend, health: dict[str, dict[str, Any]], source_id: str, number: str | None, now: datetime
) -> tuple[Source, str]:
    """The source and the number to ask for. Ends the command where asking is not possible or not polite."""
    from parcelparsers.errors import UnknownSource
    from parcelparsers.registry import source as by_id

    try:
        source = by_id(source_id)
    except UnknownSource as fault:
        raise click.UsageError(str(fault)) from fault
    if source.ask is None or source.needs or source.access.value == "relay":
        page = source.page.replace("{number}", number or "NUMBER")
        raise Failure(f"{source.id} is not asked by a program: open {page} in your browser")
    asked = _plain(number) if number else _watched(backend).get(source_id)
    if asked is None:
        raise click.UsageError(f"no watched parcel is looked up at {source_id}; name a number with --number")
    if why := _leave(health[source.id], now):
        raise Failure(why)
    return source, asked


def _all(
    backend: Backend, health: dict[str, dict[str, Any]], number: str | None, now: datetime
) -> list[tuple[Source, str]]:
    """Every source that needs no key and may be asked now, with a number that is watched there or a made-up one."""
    from parcelparsers import Access, Evidence, all_sources
    from parcelwarden.services.routes import asks
    from parcelwarden.wiring.parts import read_config

    off = read_config(backend.config).sources.disabled
    watched = {} if number else _watched(backend)
    other = _plain(number) if number else MADE_UP
    asked = []
    for source in all_sources():
        if (
            source.id in off
            or source.needs
            or source.access is not Access.KEYLESS
            or source.evidence is not Evidence.CAPTURED
        ):
            continue
        chosen = watched.get(source.id, other)
        why = _leave(health[source.id], now)
        if not why and not asks(source, chosen):
            why = f"{source.id} knows numbers of its own shape only; name one with --number"
        if why:
            click.echo(f"skipped: {why}", err=True)
        else:
            asked.append((source, chosen))
    return asked


def _plain(number: str) -> str:
    from parcelparsers.errors import BadNumber
    from parcelparsers.numbers import normalise

    try:
        return normalise(number)
    except BadNumber as fault:
        raise click.UsageError(str(fault)) from fault


def _watched(backend: Backend) -> dict[str, str]:
    """Of each source one number that is looked up there."""
    parcels = backend.pages("/v1/parcels", "parcels", query={"limit": ["200"]})
    return {look["source"]: str(look["number"]) for parcel in parcels for look in parcel["looks"]}


def _leave(health: dict[str, Any], now: datetime) -> str | None:
    """Why the source is not to be asked now."""
    resume, last = health["resume_at"], health["last_tried_at"]
    if resume and datetime.fromisoformat(resume) > now:
        return f"{health['id']} is left alone until {local(resume)} (last try: {health['last_outcome']})"
    if last and (now - datetime.fromisoformat(last)).total_seconds() < 60:
        return f"{health['id']} was asked a moment ago ({health['last_outcome']}); wait a minute"
    return None
