"""`status`: what is watched, and how the sources are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.cli import views
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, with_backend
from parcelwarden.cli.output import ago, count, local, say, show_json

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

PRESSING = ("critical", "warning")


@click.command(
    cls=Manual,
    short_help="What is watched, and how the sources are.",
    exits={1: "the daemon refused"},
    examples=("parcelwarden status", "parcelwarden status --json"),
)
@as_json
@with_backend
def status(backend: Backend, as_json: bool) -> None:
    """Say whether a daemon runs, what is watched, what presses, what could not be told, and how the sources are."""
    answer = backend.ask("GET", "/v1/status")
    tried = [s for s in backend.ask("GET", "/v1/sources")["sources"] if s["state"] != "never_tried"]
    pressing = [
        order
        for urgency in PRESSING
        for order in backend.pages("/v1/orders", "orders", query={"urgency": [urgency], "limit": ["200"]})
    ]
    running = {"running": backend.daemon is not None, "port": backend.daemon.port if backend.daemon else None}
    if as_json:
        show_json({**answer, "daemon": running, "sources": tried, "pressing": pressing})
        return
    port = running["port"]
    say(f"The daemon listens on 127.0.0.1:{port}." if port else "No daemon runs: nobody looks and nobody warns.")
    _health(answer["health"], bool(backend.ask("GET", "/v1/parcels", {"limit": ["1"]})["parcels"]))
    _sources(tried, datetime.fromisoformat(answer["now"]))
    if answer["flagged"]:
        say(f"A token came from a foreign page: {', '.join(answer['flagged'])}. See `parcelwarden token list`.")
    if pressing:
        say()
        views.orders(pressing)


def _health(health: dict[str, Any], parcels: bool) -> None:
    undated = health["orders_without_dates"]
    watched = f"Watched: {count(health['orders'], 'order')}" + (
        f", {undated} of them without dates." if undated else "."
    )
    say(watched if health["orders"] or parcels else views.NOTHING_YET)
    if health["alerts_pending"]:
        say(f"Not told yet: {count(health['alerts_pending'], 'alert')}, due or to come.")
    if untold := health.get("undelivered"):
        say(f"NOT DELIVERED: {count(len(untold), 'alert')} that no channel could show you; see `parcelwarden list`.")
    for name, channel in health["channels"].items():
        if channel["error"]:
            say(f"The channel {name} is not sure to reach you: {channel['error']}")
    for order in health["postponed"]:
        say(f"{order['order']} cannot be assessed, tried again {local(order['until'])}: {order['why']}")
    if error := health.get("scheduler", {}).get("error"):
        say(f"The last look at what is due failed: {error}")


def _sources(tried: list[dict[str, Any]], now: datetime) -> None:
    if not tried:
        say("No source was asked yet on this machine.")
    for source in tried:
        if source["state"] == "ok":
            say(f"{source['name']}: answered {ago(source['last_ok_at'], now)}.")
        else:
            why = f"{source['state']}: {source['last_outcome'] or 'no answer'}"
            since = source["last_ok_at"]
            say(
                f"{source['name']}: not looked at since {local(since)}, {ago(since, now)} ({why})."
                if since
                else f"{source['name']}: not looked at yet, every try since {local(source['failing_since'])} failed ({why})."
            )
