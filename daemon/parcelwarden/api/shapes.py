"""The one definition of every JSON shape of the API. Instants are `YYYY-MM-DDTHH:MM:SSZ`.

The OpenAPI document and the extension's JSDoc types are generated from these types.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What the daemon answers."""


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a caller sends; unknown fields are refused."""


class ErrorBody(Shape):
    """What was wrong: a word of the vocabulary, a sentence, and the field where there is one."""

    code: str
    message: str
    field: str | msgspec.UnsetType = msgspec.UNSET
    id: str | msgspec.UnsetType = msgspec.UNSET


class Problem(Shape):
    """The body of every refusal."""

    error: ErrorBody


class Health(Shape):
    """Name and API version, nothing else."""

    name: str
    api: int


class PairInput(Input):
    """The eight digits that the daemon shows, and a name for the client."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{8}$")]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Paired(Shape):
    """The token is shown once."""

    token: str
    client: str
    scopes: tuple[str, ...]
    api: int


class RuleShape(Shape):
    """The rule on which a date rests."""

    id: str
    quote: str
    source: str
    edition: str


class AdviceShape(Shape):
    """What the buyer should do now. `severity` `unknown`: the order is not watched."""

    severity: Literal["info", "notice", "warning", "critical", "unknown"]
    code: str | None = None
    params: dict[str, Any] = {}
    text: str | None = None
    act_by: str | None = None
    opens_at: str | None = None
    state: str | None = None
    verdict: str | None = None
    checked_at: str | None = None
    missing: tuple[str, ...] = ()
    rule: RuleShape | None = None
    timeline: str | None = None


class AdviceList(Shape):
    """By `marketplace/id`."""

    now: str
    orders: dict[str, AdviceShape]


CaptureKind = Literal["order_list", "order_detail", "tracking", "refund_list", "carrier_page", "text"]


class CaptureInput(Input):
    """What the user's own browser showed, raw."""

    seen_at: str
    url: Annotated[str, msgspec.Meta(max_length=2000)]
    kind: CaptureKind
    form: Literal["json", "html", "text"]
    body: str
    zone: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    locale: Annotated[str, msgspec.Meta(max_length=35)] | None = None
    api: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    account: Annotated[str, msgspec.Meta(max_length=128)] | None = None


class OrderName(Shape):
    """How an order is named."""

    marketplace: str
    order_id: str


class UnreadShape(Shape):
    """A field that could not be read, and why."""

    field: str
    why: str
    order_id: str | msgspec.UnsetType = msgspec.UNSET


class Captured(Shape):
    """What was read; the same body twice gives the same `capture`."""

    capture: str
    orders: tuple[OrderName, ...]
    parcels: tuple[str, ...]
    unread: tuple[UnreadShape, ...]
