"""How orders, parcels and captures look on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from parcelwarden.adapters.wall_clock import now as wall_clock
from parcelwarden.cli.output import MARKS, ago, count, local, say, table

Shape = dict[str, Any]

RECENT_EVENTS = 5
LONGEST_TITLE = 28


NOTHING_YET = """\
Nothing is watched yet. There are three ways to begin:
  with the browser extension   parcelwarden run, then parcelwarden pair, then open your order list at the shop
  by hand                      parcelwarden add MARKETPLACE/ID --number TRACKING-NUMBER
  from saved pages and mails   parcelwarden import FILE..."""


def orders(found: Sequence[Shape], none: str = NOTHING_YET) -> None:
    """A list: mark, name, until when to act, what to do; `none` where there is nothing to list."""
    if not found:
        say(none)
        return
    rows = []
    for order in found:
        advice = order["advice"]
        act_by = local(advice["act_by"], "-")
        title = _short(order["title"] or "")
        rows.append([MARKS[advice["severity"]] + _name(order), title, act_by, advice["text"] or advice["code"] or ""])
    table(rows, ["  order", "what", "act by", "advice"])
    say(f"\n{count(len(found), 'order')}")


def parcels_alone(found: Sequence[Shape]) -> None:
    """What is watched where no order is."""
    say("No order is watched, so no date can be computed; parcels alone:")
    table([[", ".join(parcel["numbers"]), state_of(parcel)] for parcel in found])
    say("\nSay what they belong to: parcelwarden add MARKETPLACE/ID --number TRACKING-NUMBER")


def order(found: Shape, now: datetime | None = None) -> None:
    """One order: advice, windows, clocks, parcels with their verdicts."""
    advice = found["advice"]
    say(_name(found) + (f": {found['title']}" if found["title"] else ""))
    say(f"{MARKS[advice['severity']].strip() or ''} {advice['text'] or advice['code'] or ''}".strip())
    if advice["missing"]:
        say(f"Not known yet: {', '.join(advice['missing'])}. Say it with: parcelwarden set {_name(found)} FACT=VALUE")
    _oddities(found["oddities"])
    _doubtful(found["doubtful_numbers"])
    _windows(found["windows"])
    _past(found)
    _clocks(found["clocks"])
    _facts(found["facts"])
    _verdicts(found, now or wall_clock())
    say(f"\nOrder page last read: {local(found['page_seen_at'], 'never')}")


def parcel(found: Shape, now: datetime | None = None) -> None:
    """One parcel: where it is, its newest events, who was asked and when."""
    instant = now or wall_clock()
    numbers = ", ".join(found["numbers"])
    say(f"{numbers}: {state_of(found)}")
    _doubtful(found["doubtful_numbers"])
    if found["orders"]:
        say("Of " + ", ".join(_name(o) for o in found["orders"]))
    events = found["events"][-RECENT_EVENTS:]
    if not events:
        say("No scan of it is known yet.")
    table([[local(e["at"], e["local_time"]), e["description"], e["location"]] for e in events])
    for look in found["looks"]:
        answered = f"last answer {ago(look['last_ok_at'], instant)}" if look["last_tried_at"] else "not asked yet"
        looked = f"{look['source']}: {answered}"
        again = f", next look {local(look['next_look_at'])}" if look["next_look_at"] else ""
        failed = f" (last try: {look['last_outcome']})" if look["last_outcome"] != look["outcome"] else ""
        say(looked + failed + again)
    if not any(way["asked_by"] != "you" for way in found["ways"]):
        say("No source that is asked by itself knows such numbers; nobody looks at it.")
    for way in found["ways"]:
        if way["asked_by"] == "you":
            how = f"parcelwarden import --source {way['source']} --number {way['number']} FILE"
            say(f"{way['name']}: open {way['page']}, save the page, and give it to: {how}")


def captured(taken: Shape, what: str) -> None:
    """What was read in a page."""
    names = [_name(o) for o in taken["orders"]] + list(taken["parcels"])
    say(f"{what}: {', '.join(names) if names else 'nothing to watch was read'}")
    for unread in taken["unread"]:
        of = f"{unread['order_id']} " if unread.get("order_id") else ""
        say(f"  {of}{unread['field']} not read: {unread['why']}")


def state_of(parcel: Shape) -> str:
    """What a parcel is and how far it got, in words."""
    from parcelwarden.domain.timeline.labels import LEGS

    return f"{(parcel['state'] or 'state unknown').replace('_', ' ')}, {LEGS[parcel['leg']]}"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def _name(found: Shape) -> str:
    return f"{found['marketplace']}/{found['order_id']}"


def _oddities(oddities: Sequence[str]) -> None:
    for odd in oddities:
        say(f"These dates cannot both be right: {odd}. They are kept as they stand; check them on the order page.")


def _doubtful(numbers: Sequence[str]) -> None:
    for number in numbers:
        say(f"{number}: the check digit is wrong, so it is likely mistyped. It is watched all the same; compare it.")


def _windows(windows: dict[str, Shape]) -> None:
    if windows:
        say()
        times = ("opens_at", "act_by", "last_safe_at", "stated_end_at")
        rows = [[name, w["state"], *(local(w[time]) for time in times)] for name, w in windows.items()]
        table(rows, ["window", "now", "opens", "act by", "safe until", "ends by the rule"])


def _past(found: Shape) -> None:
    """What differs between page and rules, what moved, what was published."""
    for difference in found["differences"]:
        say(f"{difference['subject']}: {difference['text']}")
    for move in found["history"]:
        kept = "" if move["taken"] else " (another page; the earlier is kept)"
        ends = f"from {local(move['before'])} to {local(move['after'])}"
        say(f"{local(move['at'])}: {move['field']} moved {move['direction']}, {ends}{kept}")
    for advisory in found["advisories"]:
        say(f"Published ({advisory['id']}, {advisory['source']}): {advisory['quote']}")


def _clocks(clocks: dict[str, Shape]) -> None:
    if clocks:
        say()
        rows = [[name, c["kind"], local(c["due_at"] or c["last_safe_at"])] for name, c in clocks.items()]
        table(rows, ["clock", "kind", "until"])


def _facts(facts: dict[str, Shape]) -> None:
    if facts:
        say()
        table([[name, _value(f["value"]), f["origin"]] for name, f in facts.items()], ["fact", "value", "from"])


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("printed") or value.get("earliest"))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _verdicts(found: Shape, now: datetime) -> None:
    for number, verdict in found["verdicts"].items():
        say(f"\n{number}: {verdict['verdict']} (looked at {ago(verdict['checked_at'], now)})")
        for reason in verdict["reasons"]:
            say(f"  {reason['text']}")
    for number in found["parcels"]:
        if number not in found["verdicts"]:
            say(f"\n{number}: not judged yet")
