"""`/v1/advice`: what to do now, for the orders that a page shows."""

from __future__ import annotations

from parcelwarden.api import present
from parcelwarden.api.asked import LANG, ORDER, language, ref
from parcelwarden.api.routing import Access, Call, Param, Route
from parcelwarden.api.shapes import AdviceList
from parcelwarden.services.errors import Invalid

MOST = 100
ORDERS = Param("order", ORDER.type, "`marketplace/id`, up to 100 times", repeated=True)


async def advice(call: Call) -> AdviceList:
    """The stored assessments; an unknown order is present with severity `unknown`."""
    asked: tuple[str, ...] = call.query["order"]
    if len(asked) > MOST:
        raise Invalid(f"order: at most {MOST} at once, got {len(asked)}", field="order")
    refs = {text: ref(text) for text in asked}
    found = await call.warden.advice(list(refs.values()))
    spoken = await language(call)
    wording = call.context.wording
    orders = {text: present.advice(name, found.get(name), wording, spoken) for text, name in refs.items()}
    return AdviceList(now=present.stamp(call.now), orders=orders)


ROUTES = (Route("GET", "/v1/advice", Access.READ, advice, "What to do now", {200: AdviceList}, params=(ORDERS, LANG)),)
