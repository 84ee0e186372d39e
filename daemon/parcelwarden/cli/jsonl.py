"""`windows` and `judge`: JSON lines from standard input to standard output (SEMANTICS.md).

A line that cannot be answered is named on standard error with its number, id and field; the others are answered all
the same, and the exit code is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click
import msgspec

from parcelwarden.cli.failure import NOT_SO
from parcelwarden.cli.manual import Manual
from parcelwarden.cli.output import plain
from parcelwarden.domain.errors import FactError, PackError
from parcelwarden.domain.moment import When

Answer = Callable[[Any], dict[str, Any]]
MOST = 1024 * 1024
"""Bytes of one line."""


@click.command(
    cls=Manual,
    short_help="Compute windows and clocks.",
    exits={1: "a line could not be answered; the others were"},
    examples=("parcelwarden windows < orders.jsonl",),
)
@click.option(
    "--pack",
    "names",
    multiple=True,
    metavar="ID[/EDITION]",
    help="A pack to use, may be repeated; without it aliexpress/2020-21 and paypal.",
)
def windows(names: tuple[str, ...]) -> None:
    """Compute the windows and clocks of orders.

    Reads one JSON object a line, {"id", "now", "facts"}, and writes one a line, {"id", "windows", "clocks"}.
    """
    from parcelwarden.adapters.pack_loader import load_packs
    from parcelwarden.domain.policy import named
    from parcelwarden.domain.policy.editions import DEFAULT
    from parcelwarden.domain.policy.jsonl import windows_line

    try:
        packs = named(load_packs(), names or DEFAULT)
    except PackError as fault:
        raise click.BadParameter(str(fault), param_hint="--pack") from fault
    _answer_all(lambda line: windows_line(line, packs))


@click.command(
    cls=Manual,
    short_help="Judge parcels.",
    exits={1: "a line could not be answered; the others were"},
    examples=("parcelwarden judge < parcels.jsonl",),
)
def judge() -> None:
    """Judge parcels.

    Reads one JSON object a line, {"id", "now", "order", "parcel"}, and writes one a line,
    {"id", "verdict", "reasons", "silence"}.
    """
    from parcelwarden.adapters.rules_loader import load_rules
    from parcelwarden.domain.anchors import FIRST_SCAN_DAYS, readings_of
    from parcelwarden.domain.policy.days import surely_from
    from parcelwarden.domain.verdict import judge_line

    rules = load_rules()

    def answer(line: Any) -> dict[str, Any]:
        packs = [pack for pack in rules.packs if _marketplace(line) in pack.marketplaces]

        def eleventh_day(shipped: When) -> datetime:
            return max(surely_from(shipped, FIRST_SCAN_DAYS, days) for days in readings_of(packs))

        return judge_line(line, rules.model, rules.lines, eleventh_day)

    _answer_all(answer)


def _marketplace(line: Any) -> str | None:
    order = line.get("order") if isinstance(line, dict) else None
    name = order.get("marketplace") if isinstance(order, dict) else None
    return name.strip().casefold() if isinstance(name, str) else None


def _answer_all(answer: Answer) -> None:
    decode, encode = msgspec.json.Decoder().decode, msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    bad = False
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        line: Any = None
        try:
            if len(raw) > MOST:
                raise FactError("line", f"at most {MOST} bytes")
            line = decode(raw)
            out.write(encode(answer(line)) + b"\n")
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            bad = _complain(number, None, f"line: expected a JSON object ({fault})")
        except FactError as fault:
            bad = _complain(number, line, str(fault))
        except (OverflowError, RecursionError) as fault:
            bad = _complain(number, line, f"line: expected dates between the years 1 and 9999 ({fault})")
    out.flush()
    if bad:
        sys.exit(NOT_SO)


def _complain(number: int, line: Any, why: str) -> bool:
    known = line.get("id") if isinstance(line, dict) else None
    name = f" (id {str(known)[:80]})" if known is not None else ""
    click.echo(f"parcelwarden: line {number}{name}: {plain(why)}", err=True)
    return True
