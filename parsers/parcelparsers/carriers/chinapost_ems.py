"""China Post and EMS: the partner API's XML (`CHINA_AND_AGGREGATORS.md` §9 and §12).

The site itself asks for a click captcha, so that only the user's browser can ask.
"""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import blocked, found, nothing, the_only
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Parcel, Reading
from parcelparsers.walls import PAGE_FOR_DATA

_SITE = "https://www.ems.com.cn/queryList"
_LOGIN = ("V02",)


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, once: it takes the number and its captcha by hand."""
    return (Request(url=_SITE),) if asked.numbers else ()


def _read_nothing(_body: Body, asked: Asked) -> Reading:
    """The four letters `null`: the partner API knows no such number."""
    return nothing(asked)


def _read_traces(body: Body, asked: Asked) -> Reading:
    """`<traces>`, oldest first, without an echo of the number. Raises `Unreadable`."""
    rows = [
        tuple(" ".join((row.findtext(name) or "").split()) for name in ("acceptTime", "acceptAddress", "remark"))
        for row in body.xml().iter("trace")
    ]
    if not rows:
        return nothing(asked)
    if not all(time and text for time, _, text in rows):
        raise Unreadable("trace", "acceptTime and remark")
    events = tuple(
        event(stamp(time, place="Asia/Shanghai"), text, meaning(text), place=place) for time, place, text in rows
    )
    return found(concluded(Parcel(number=the_only(asked), events=events), newest_first=False))


def _read_refusal(body: Body, _asked: Asked) -> Reading:
    """`<response>` with its code. Raises `Unreadable`."""
    root = body.xml()
    if (root.findtext("status") or "").strip() != "error":
        raise Unreadable("response.status", "error")
    code = (root.findtext("code") or "").strip()
    return blocked("login" if code in _LOGIN else "refused", f"{code} {root.findtext('description') or ''}")


SOURCE = Source(
    id="chinapost_ems",
    name="China Post, EMS China",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("www.ems.com.cn",),
    readers=(
        Reader(name="nothing", fits=lambda b: b.data.strip() == b"null", read=_read_nothing),
        Reader(name="traces", fits=lambda b: b.is_html and b"<traces" in b.data[:1024], read=_read_traces),
        Reader(name="refusal", fits=lambda b: b.is_html and b"<response" in b.data[:1024], read=_read_refusal),
        PAGE_FOR_DATA,
    ),
    clock="China's wall clock, without a zone",
    page=_SITE,
    ask=ask,
    countries=("CN",),
)
