"""`carriers`: whose a tracking number may be. Needs no daemon and no database."""

from __future__ import annotations

import click

from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.options import as_json
from parcelwarden.cli.output import say, show_json, table


@click.command(
    cls=Manual,
    short_help="Who may carry a tracking number.",
    exits={1: "nobody is known to use such numbers"},
    examples=("parcelwarden carriers RC301390345DE",),
)
@click.argument("number")
@as_json
@click.pass_context
def carriers(ctx: click.Context, number: str, as_json: bool) -> None:
    """Say who may carry NUMBER, the likeliest first, and whether its check digit holds."""
    from parcelparsers.errors import BadNumber
    from parcelparsers.numbers import guesses, normalise
    from parcelparsers.registry import source_ids

    try:
        plain, found = normalise(number), guesses(number)
    except BadNumber as fault:
        raise click.UsageError(str(fault)) from fault
    known = set(source_ids())
    rows = [
        {"source": g.source, "check_digit": str(g.check), "readable": g.source in known, "why": g.why} for g in found
    ]
    if as_json:
        show_json({"number": plain, "carriers": rows})
    elif rows:
        table(
            [[str(r["source"]), str(r["check_digit"]), "yes" if r["readable"] else "no", str(r["why"])] for r in rows],
            ["carrier", "check digit", "read here", "why"],
        )
    else:
        say(f"{plain}: nobody is known to use numbers of this shape; it can still be watched with `parcelwarden add`")
    if not rows:
        ctx.exit(NOT_SO)
