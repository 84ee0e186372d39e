"""Yanwen (`CHINA_AND_AGGREGATORS.md` §14): the page of 2026 and the JSON of 2017. The page's form is signed by its
own script, so that only the user's browser can ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._aggregators import Snake
from parcelparsers.carriers._aggregators import concluded as weighed
from parcelparsers.carriers._answers import answer, blocked, nothing, others, tidy
from parcelparsers.carriers._meanings import codes
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import ANYWHERE, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import decode

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_S = State

_STATUSES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "收到信息"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "运输途中 运输中"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "派送途中 派送中"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "到达待取"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "投递失败"),
    (_S.DELIVERED, Leg.FINAL, "投递成功 成功签收"),
    (_S.EXCEPTION, Leg.ANNOUNCED, "可能异常"),
    (_S.EXPIRED, Leg.ANNOUNCED, "运输过久"),
    (_S.RETURNED, Leg.LOCAL, "退件"),
)
"""The hidden status: two words of it are documented, the others are the same site family's wording in Chinese."""
_NOTHING = "查询不到"
_BRACKETS = {ord("<"): None, ord(">"): None}
"""Stand around words of some carriers: `<wrong address>` is no markup."""
_BLOCKS = 10
"""More than a page about one number has: its block twice."""
_NOT_FOUND_WORDS = ("no information was found", "barcode was not found", _NOTHING)

_DELIVERED_2017, _NOTHING_2017 = 40, 0


class _Item(Snake, frozen=True):
    location: str | None = None
    message: str | None = None
    timestamp: str | None = None


class _Answer(Snake, frozen=True):
    code: int
    state: int | None = None
    message: str | None = None
    waybill_number: str | None = None
    exchange_number: str | None = None
    yanwen_number: str | None = None
    origin_items: list[_Item] | None = None
    destin_items: list[_Item] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(
        Request(url=f"https://track.yw56.com.cn/en/querydel?nums={normalise(number)}") for number in asked.numbers
    )


def _fits_page(body: Body) -> bool:
    return body.is_html and any(mark in body.data for mark in (b"ny_cxjg", b"cx_lb", b"timePoint", b"barcode was not"))


def _read_page(body: Body, asked: Asked) -> Reading:
    """One block a number; each stands twice, for wide and for small screens. Raises `Unreadable`."""
    page = body.html("div", "input")
    statuses = {tidy(str(i.get("value"))): str(i.get("status")) for i in page.find_all("input", status=True)}
    parcels, missing = [], [n for n, status in statuses.items() if status == _NOTHING]
    for number, block in _blocks(page).items():
        rows = tuple(_rows(block))
        if rows:
            own = _STATUSES.get(statuses.get(number, ""))
            parcel = Parcel(number=number, events=rows)
            parcels.append(weighed(parcel, own.state if own else None, own.leg if own else Leg.ANNOUNCED))
        elif any(words in block.get_text(" ").lower() for words in _NOT_FOUND_WORDS):
            missing.append(number)
    if not parcels and not missing and "barcode was not found" in page.get_text(" ").lower():
        return nothing(asked)
    return answer(parcels, missing, asked)


def _blocks(page: BeautifulSoup) -> dict[str, Tag]:
    """The first block of each number."""
    found: dict[str, Tag] = {}
    for block in page.find_all("div", class_="cx_lb", limit=_BLOCKS):
        if title := block.find("h5"):
            found.setdefault(tidy(title.get_text(" ", strip=True)), block)
    return found


def _rows(block: Tag) -> Iterator[Event]:
    day = ""
    for cell in block.select("dl > dt, dl > dd"):
        if cell.name == "dt":
            day = cell.get_text(strip=True)
            continue
        time = cell.find(class_="timePoint")
        texts = [" ".join(h.get_text(" ").split()) for h in cell.find_all("h6")]
        if not time or not texts:
            raise Unreadable("dl dd", "p.timePoint and h6")
        hour, _, label = time.get_text(" ", strip=True).partition("[")
        place = texts[0].strip("[]") if len(texts) > 1 else ""
        text = texts[-1].removeprefix(f"【{place}】").translate(_BRACKETS)
        yield event(stamp(f"{day} {hour.strip()}".strip(), label.strip("] ") or None), text, meaning(text), place=place)


def _read_2017(body: Body, asked: Asked) -> Reading:
    """The JSON of 2017. Raises `Unreadable`."""
    told = decode(body, _Answer)
    if told.code != 0:
        return blocked("refused", f"{told.code} {told.message or ''}")
    if not told.origin_items and not told.destin_items:
        if told.state != _NOTHING_2017:
            raise Unreadable("origin_items", "events")
        return nothing(asked)
    known = [n for n in map(tidy, (told.waybill_number, told.exchange_number, told.yanwen_number)) if n]
    number = next((n for n in known if n in asked.numbers), known[0] if known else "")
    items = [(item, 0.0) for item in told.origin_items or ()] + [(i, ANYWHERE) for i in told.destin_items or ()]
    parcel = Parcel(
        number=number, aliases=others(number, *known), events=tuple(_event_2017(i, off) for i, off in items)
    )
    done = _S.DELIVERED if told.state == _DELIVERED_2017 else None
    return answer([weighed(parcel, done, Leg.FINAL if done else Leg.ANNOUNCED, newest_first=False)], [], asked)


def _event_2017(item: _Item, uncertain: float) -> Event:
    """The offset says +08:00 everywhere, which is false abroad: `uncertain` hours."""
    text = flat(item.message)
    return event(stamp(item.timestamp, place="GMT+8", uncertain=uncertain), text, meaning(text), place=item.location)


SOURCE = Source(
    id="yanwen",
    name="Yanwen",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("track.yw56.com.cn",),
    readers=(
        Reader(name="page", fits=_fits_page, read=_read_page),
        Reader(name="API of 2017", fits=lambda b: b.is_json and b'"yanwen_number"' in b.data, read=_read_2017),
    ),
    clock="each row of the page has its own offset; the JSON of 2017 says +08:00 everywhere, false abroad",
    page="https://track.yw56.com.cn/en/querydel?nums={number}",
    ask=ask,
)
