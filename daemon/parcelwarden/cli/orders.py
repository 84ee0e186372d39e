"""`add`, `list`, `show`, `set`, `forget`: orders and parcels by hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from parcelwarden.cli import views
from parcelwarden.cli.facts import nested
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json, segment, with_backend
from parcelwarden.cli.output import say, show_json

if TYPE_CHECKING:
    from parcelwarden.cli.backend import Backend

MOST_PASTED = 2 * 1024 * 1024


@click.command(
    cls=Manual,
    short_help="Watch an order or a tracking number.",
    exits={1: "the order is watched already, or --order names none"},
    examples=(
        "parcelwarden add aliexpress/8100000000000001 paid_at=2026-03-01 country=ES --number LP00190000000017",
        "parcelwarden add RC301390345DE --order 8100000000000001",
        "parcelwarden add --paste < page.txt",
    ),
)
@click.argument("what", required=False, metavar="[MARKETPLACE/ID | NUMBER]")
@click.argument("facts", nargs=-1, metavar="[FACT=VALUE]...")
@click.option("--number", "numbers", multiple=True, metavar="N", help="A tracking number of the order; repeatable.")
@click.option("--order", "orders", multiple=True, metavar="ORDER", help="The order that NUMBER belongs to.")
@click.option("--paste", is_flag=True, help="Read the text of an order or tracking page from standard input.")
@as_json
@with_backend
def add(
    backend: Backend,
    what: str | None,
    facts: tuple[str, ...],
    numbers: tuple[str, ...],
    orders: tuple[str, ...],
    paste: bool,
    as_json: bool,
) -> None:
    """Watch an order, a tracking number alone, or what stands in a pasted text.

    Facts of an order: title, seller, total, currency, country, and the dates placed_at, paid_at, shipped_at,
    delivery_due_at, delivered_at, received_at and others that `show` lists. Dates are days (YYYY-MM-DD) or instants
    with an offset.
    """
    if paste == bool(what):
        raise click.UsageError("name an order as MARKETPLACE/ID, a tracking number, or give --paste")
    if what is None:
        _paste(backend, as_json)
    elif "/" in what:
        if orders:
            raise click.UsageError("--order goes with a tracking number; for an order use --number")
        _add_order(backend, what, facts, numbers, as_json)
    elif facts or numbers:
        raise click.UsageError(f"{what!r} is not an order; name it as MARKETPLACE/ID, e.g. aliexpress/{what}")
    else:
        asked = {"number": what, "orders": ["/".join(named(backend, order)) for order in orders]}
        parcel = backend.ask("POST", "/v1/parcels", json=asked)
        show_json(parcel) if as_json else views.parcel(parcel)


def _add_order(backend: Backend, what: str, facts: tuple[str, ...], numbers: tuple[str, ...], as_json: bool) -> None:
    marketplace, _, order_id = what.partition("/")
    asked = {**nested(facts), "marketplace": marketplace, "order_id": order_id, "numbers": list(numbers)}
    order = backend.ask("POST", "/v1/orders", json=asked)
    show_json(order) if as_json else views.order(order)


def _paste(backend: Backend, as_json: bool) -> None:
    if sys.stdin.isatty():
        say("Paste the text, then press Ctrl-D:")
    text = sys.stdin.buffer.read(MOST_PASTED).decode("utf-8", "replace")
    body = {"url": "", "kind": "text", "form": "text", "body": text, "seen_at": _now()}
    taken = backend.ask("POST", "/v1/captures", json=body)
    show_json(taken) if as_json else views.captured(taken, "pasted text")


@click.command(
    "list",
    cls=Manual,
    short_help="All orders, the most pressing first.",
    exits={1: "the daemon refused"},
    examples=(
        "parcelwarden list",
        "parcelwarden list --urgency critical --json",
        "parcelwarden list --without-dates",
    ),
)
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many orders at most.")
@click.option(
    "--urgency",
    type=click.Choice(["info", "notice", "warning", "critical"]),
    help="Only orders that press so much.  [default: all]",
)
@click.option("--without-dates", is_flag=True, help="Only orders of which no date is known.")
@as_json
@with_backend
def list_orders(backend: Backend, limit: int, urgency: str | None, without_dates: bool, as_json: bool) -> None:
    """List the orders, the most pressing first: until when to act, and what to do.

    `!!` is critical, `!` a warning, `·` a notice, `?` unknown.
    """
    query = {"limit": [str(min(limit, 200))]}
    if urgency:
        query["urgency"] = [urgency]
    if without_dates:
        query["without_dates"] = ["true"]
    orders = backend.pages("/v1/orders", "orders", limit, query)
    if as_json:
        show_json({"orders": orders})
    elif urgency:
        views.orders(orders, "No order presses so much.")
    elif without_dates:
        views.orders(orders, "The dates of every order are known.")
    elif orders or not (parcels := backend.pages("/v1/parcels", "parcels", limit)):
        views.orders(orders)
    else:
        views.parcels_alone(parcels)


@click.command(
    cls=Manual,
    short_help="One order or parcel.",
    exits={1: "it is not watched, or the id is not unique"},
    examples=("parcelwarden show 8100000000000001", "parcelwarden show LP00190000000017 --json"),
)
@click.argument("what", metavar="ORDER|NUMBER")
@as_json
@with_backend
def show(backend: Backend, what: str, as_json: bool) -> None:
    """Show an order (MARKETPLACE/ID, or the id where unique) or a parcel by its number.

    Of an order: the advice, the windows and clocks, what differs from its page, its facts and where each comes from,
    the verdict on each parcel. Of a parcel: its newest events, and who was asked when.
    """
    status, found = backend.request("GET", "/v1/resolve", {"name": [what]})
    if status == 404 and "/" not in what:
        status, parcel = backend.request("GET", f"/v1/parcels/{segment(what)}")
        if status == 200:
            show_json(parcel) if as_json else views.parcel(parcel)
            return
    marketplace, order_id = (found["marketplace"], found["order_id"]) if status == 200 else named(backend, what)
    order = backend.ask("GET", path_of(marketplace, order_id))
    show_json(order) if as_json else views.order(order)


@click.command(
    "set",
    cls=Manual,
    short_help="Say a fact of an order.",
    exits={1: "the order is not watched"},
    examples=(
        "parcelwarden set 8100000000000001 received_at=2026-03-02",
        "parcelwarden set 8100000000000001 dispute.opened_at=2026-03-02T09:00:00Z",
        "parcelwarden set 8100000000000001 received_at=",
    ),
)
@click.argument("order")
@click.argument("facts", nargs=-1, required=True, metavar="FACT=VALUE...")
@as_json
@with_backend
def set_facts(backend: Backend, order: str, facts: tuple[str, ...], as_json: bool) -> None:
    """Set facts of ORDER by your own word; what follows from them is shown.

    Dates are days (YYYY-MM-DD) or instants with an offset. FACT= takes your word back.
    """
    changes = nested(facts)
    changed = backend.ask("PATCH", path_of(*named(backend, order)), json=changes)
    show_json(changed) if as_json else views.order(changed)


@click.command(
    cls=Manual,
    short_help="Stop watching an order or a parcel and drop it.",
    exits={1: "it is not watched, or the id is not unique"},
    examples=("parcelwarden forget aliexpress/8100000000000001", "parcelwarden forget LP00190000000017"),
)
@click.argument("what", metavar="ORDER|NUMBER")
@with_backend
def forget(backend: Backend, what: str) -> None:
    """Stop watching an order (MARKETPLACE/ID, or the id where unique) or a parcel by its number.

    With an order go its alerts, and parcels that no other order has. The orders of a parcel stay.
    """
    status, found = backend.request("GET", "/v1/resolve", {"name": [what]})
    if status == 404 and "/" not in what and backend.request("GET", f"/v1/parcels/{segment(what)}")[0] == 200:
        backend.ask("DELETE", f"/v1/parcels/{segment(what)}")
        say(f"{what} is forgotten.")
        return
    marketplace, order_id = (found["marketplace"], found["order_id"]) if status == 200 else named(backend, what)
    backend.ask("DELETE", path_of(marketplace, order_id))
    say(f"{marketplace}/{order_id} is forgotten.")


def named(backend: Backend, name: str) -> tuple[str, str]:
    """The order that a name means. Ends the command with 1 when none or several do."""
    found = backend.ask("GET", "/v1/resolve", {"name": [name]})
    return found["marketplace"], found["order_id"]


def path_of(marketplace: str, order_id: str) -> str:
    """An order's path."""
    return f"/v1/orders/{segment(marketplace)}/{segment(order_id)}"


def _now() -> Any:
    from parcelwarden.adapters.wall_clock import now
    from parcelwarden.domain.moment import iso

    return iso(now())
