"""Pasted text of an order page or a mail, as far as it goes: order ids, labelled dates and numbers, a status word, a
tracking history.

What belongs to which of several orders is only said where every order has it exactly once; the rest is named in
`unread`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from parcelparsers.errors import BadNumber, BadPage
from parcelparsers.marketplaces import deadlines, money, text_history
from parcelparsers.marketplaces.dates import clean
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.parcels import make, tracking_number
from parcelparsers.marketplaces.rows import Row, rows_to_fields
from parcelparsers.marketplaces.shop import Page, Shop
from parcelparsers.marketplaces.status import Signals, decide, has_confirm
from parcelparsers.marketplaces.words import date_label, says, split_label
from parcelparsers.model import Parcel
from parcelparsers.numbers import CheckDigit, guesses
from parcelparsers.page import PageReading, Unread

_MOST_LINES = 4000
_MOST_ORDERS = 100


class Named(NamedTuple):
    """An order id found in the text, and whose it is."""

    shop: Shop
    order_id: str


def read(page: Page, shops: Sequence[Shop]) -> PageReading:
    """Read a pasted text. Raises `BadPage` where neither an order id nor a tracking number (labelled, or alone in its
    line with a check digit that holds) stands in it."""
    return read_lines(page, shops, page.body.text.splitlines())


def read_lines(page: Page, shops: Sequence[Shop], raw_lines: Sequence[str]) -> PageReading:
    """Read a text given as lines; see `read`."""
    lines = [line for raw in raw_lines[:_MOST_LINES] if (line := clean(raw))]
    rows = _rows(lines)
    ids = _ids(lines, shops)
    if not ids:
        return _only_numbers(page, lines, rows)
    if len(ids) == 1:
        return _one(page, ids[0], lines, rows)
    return _several(page, ids, lines, rows)


def _rows(lines: list[str]) -> list[Row]:
    """Rows "label: value"; a line that ends in a colon, or is a bare date label, takes the next line as its value."""
    rows = []
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        if line.endswith((":", "：")):
            rows.append(Row(line.rstrip(":： "), following))
            continue
        label, value = split_label(line)
        bare = len(line) <= 40 and not any(c.isdigit() for c in line) and date_label(line) is not None
        rows.append(Row(line, following) if bare and not label else Row(label, value))
    return rows


def _ids(lines: list[str], shops: Sequence[Shop]) -> list[Named]:
    whole = "\n".join(lines)
    named = [shop for shop in shops if shop.words.search(whole)] or list(shops)
    found: dict[str, Named] = {}
    before = ""
    for line in lines:
        for shop in named:
            for m in list(shop.order_id.finditer(line))[:20]:
                if "-" in m[0] or _is_labelled(before, line):
                    found.setdefault(m[0], Named(shop, m[0]))
        before = line
    return list(found.values())[:_MOST_ORDERS]


def _is_labelled(before: str, line: str) -> bool:
    if says("tracking", line):
        return False
    return "rderId=" in line or says("number", line) or says("placed", line) or says("number", before[-60:])


def _only_numbers(page: Page, lines: list[str], rows: list[Row]) -> PageReading:
    """The numbers of a text without an order, with the history where there is one number that it can belong to."""
    numbers = [n for row in rows if says("tracking", row.label) and (n := tracking_number(row.value))]
    numbers += [line for line in lines if _is_number(line)]
    if not numbers:
        raise BadPage(
            "text: no order id and no labelled tracking number stands in it; copy the whole order page, "
            "from the order's number to its dates, and paste it again"
        )
    parcels, unread = _parcels(page, None, list(dict.fromkeys(numbers)), lines)
    return PageReading(parcels=parcels, unread=(Unread(field="order_id", why="the text names no order"), *unread))


def _parcels(
    page: Page, order_id: str | None, numbers: list[str], lines: list[str]
) -> tuple[tuple[tuple[str | None, Parcel], ...], tuple[Unread, ...]]:
    """The parcels of these numbers; a history can only be that of the one."""
    events, unread = text_history.read(lines, page.seen_at)
    if events and len(numbers) > 1:
        why = f"the text has {len(numbers)} numbers: which one its history is of is not said"
        events, unread = (), (Unread(field="events", why=why, order_id=order_id),)
    return tuple((order_id, make(number, events)) for number in numbers), unread


def _is_number(line: str) -> bool:
    """Whether a line is a tracking number and nothing else, of a form whose check digit holds. Digits alone may be an
    order's."""
    if tracking_number(line) != line or line.isdigit():
        return False
    try:
        return any(guess.check is CheckDigit.PASSED for guess in guesses(line))
    except BadNumber:
        return False


def _one(page: Page, named: Named, lines: list[str], rows: list[Row]) -> PageReading:
    draft = Draft(named.shop.id, named.order_id)
    _status(draft, lines)
    rows_to_fields(draft, page, rows)
    totals = [("text", row.value) for row in rows if says("total", row.label) and money.amount(row.value)]
    currency = draft.first("currency", totals[-1:], money.currency_of, needed=False)
    draft.first("total", totals[-1:], lambda raw: money.amount(raw, currency))
    deadlines.add(draft, page, [("text", line) for line in lines])
    if "placed_at" not in draft.fields and not any(u.field == "placed_at" for u in draft.unread):
        draft.miss("placed_at", "the text has no labelled date of the order")
    numbers = draft.value("tracking_numbers") or []
    parcels, unread = _parcels(page, named.order_id, numbers, lines)
    told = tuple(each for each in parcels if each[1].events)
    return PageReading(orders=(draft.reading(),), parcels=told, unread=(*draft.unread, *(unread if numbers else ())))


def _status(draft: Draft, lines: list[str]) -> None:
    buttons = tuple(line for line in lines if len(line) <= 60 and has_confirm([line]))[:1]
    words = [line for line in lines if decide(Signals(word=line))]
    decided = decide(Signals(word=words[0] if words else "", buttons=buttons))
    if decided and len({decide(Signals(word=w)) for w in words}) <= 1:
        draft.put("status", decided[0], f"text:{decided[1]}", words[0] if words else buttons[0])
    else:
        draft.miss("status", "the text names several states" if words else "the text names no state that is known")


def _several(page: Page, ids: list[Named], lines: list[str], rows: list[Row]) -> PageReading:
    drafts = [Draft(named.shop.id, named.order_id) for named in ids]
    dated = [row.value for row in rows if date_label(row.label) == "placed_at" and page.past(row.value)]
    totals = [row.value for row in rows if says("total", row.label) and money.amount(row.value)]
    _share(drafts, "placed_at", dated, page.past)
    _share(drafts, "status", _states(lines, ids), lambda word: (decide(Signals(word=word)) or [None])[0])
    _share(drafts, "total", totals, money.amount)
    _share(drafts, "currency", totals, money.currency_of)
    unread = tuple(u for draft in drafts for u in draft.unread)
    return PageReading(orders=tuple(draft.reading() for draft in drafts), unread=unread)


def _states(lines: list[str], ids: list[Named]) -> list[str]:
    """The printed state of each order: the one such line between its number and the next, all before or all after their
    number and no farther from it. Empty where the text is not so: the row of tabs names states too."""
    at = [next(n for n, line in enumerate(lines) if named.order_id in line) for named in ids]
    told = [n for n, line in enumerate(lines) if decide(Signals(word=line))]
    between = [[n for n in told if one < n < other] for one, other in pairwise(at)]
    if any(len(found) != 1 for found in between):
        return []
    inner = [found[0] for found in between]
    up = max((number - n for n, number in zip(inner, at[1:], strict=True)), default=0)
    down = max((n - number for n, number in zip(inner, at, strict=False)), default=0)
    before = [n for n in told if 0 < at[0] - n <= up]
    after = [n for n in told if 0 < n - at[-1] <= down]
    if (len(before) == 1) is (len(after) == 1):
        return []
    return [lines[n] for n in ((*before, *inner) if len(before) == 1 else (*inner, *after))]


def _share(drafts: list[Draft], name: str, found: list[str], read: Callable[[str], Any]) -> None:
    for at, draft in enumerate(drafts):
        if len(found) == len(drafts):
            draft.first(name, [("text, in order", found[at])], read)
        else:
            draft.miss(name, f"{len(found)} in the text for {len(drafts)} orders")
