"""What callers send. Unknown fields are refused; an absent field is `UNSET`, so that null can mean "take it back"."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from parcelwarden.api.shapes.base import Input, Instant, Marketplace, Name, Number, OrderId, OrderRefText, Secret, Text

CaptureKind = Literal["order_list", "order_detail", "tracking", "refund_list", "carrier_page", "text"]
Fact = (
    Annotated[str, msgspec.Meta(max_length=64, description="a date YYYY-MM-DD, an instant with an offset, or a word")]
    | None
    | msgspec.UnsetType
)
"""A fact as `SEMANTICS.md` writes it: a date, an instant with offset, or a word; null takes it back."""
Yes = bool | None | msgspec.UnsetType
Line = Text | None | msgspec.UnsetType


class PairInput(Input, frozen=True, kw_only=True):
    """The eight digits that the daemon shows, and a name for the client."""

    code: Annotated[
        str, msgspec.Meta(pattern=r"^[0-9]{8}$(?!\n)", description="the eight digits that `parcelwarden pair` shows")
    ]
    name: Name


class SessionInput(Input, frozen=True, kw_only=True):
    """The one-time code of the link that `parcelwarden open` made."""

    code: Secret


class PairingInput(Input, frozen=True, kw_only=True):
    """What a client that is paired in this window may do."""

    scopes: tuple[Literal["read", "write", "relay"], ...] = ("read", "write", "relay")


class ClientInput(Input, frozen=True, kw_only=True):
    """A token for a script; with the scope `calendar`, alone, the key of a calendar feed."""

    name: Name
    scopes: Annotated[tuple[Literal["read", "write", "relay", "calendar"], ...], msgspec.Meta(min_length=1)]


class Empty(Input, frozen=True, kw_only=True):
    """A request that carries nothing."""


class CaptureInput(Input, frozen=True, kw_only=True):
    """What the user's own browser, file or clipboard showed, raw. `seen_at` null: unknown."""

    seen_at: Instant | None = None
    url: Annotated[str, msgspec.Meta(max_length=2000)]
    kind: CaptureKind
    form: Literal["json", "html", "text"]
    body: str
    zone: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    locale: Annotated[str, msgspec.Meta(max_length=35)] | None = None
    api: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    account: Annotated[str, msgspec.Meta(max_length=128)] | None = None


class DisputeInput(Input, frozen=True, kw_only=True):
    """The dispute on the marketplace, as far as known."""

    opened_at: Fact = msgspec.UNSET
    seller_replied_at: Fact = msgspec.UNSET
    escalated_at: Fact = msgspec.UNSET
    respond_by_at: Fact = msgspec.UNSET
    return_agreed_at: Fact = msgspec.UNSET
    return_tracking_submitted_at: Fact = msgspec.UNSET
    closed_at: Fact = msgspec.UNSET
    closed_by: Literal["platform", "seller", "buyer"] | msgspec.UnsetType | None = msgspec.UNSET
    outcome: Literal["refund", "partial", "rejected"] | msgspec.UnsetType | None = msgspec.UNSET
    appealed_at: Fact = msgspec.UNSET


class OrderPatch(Input, frozen=True, kw_only=True):
    """Facts by the user's word; an absent field stays as it is, null takes the user's word back."""

    country: Fact = msgspec.UNSET
    placed_at: Fact = msgspec.UNSET
    paid_at: Fact = msgspec.UNSET
    payment_method: Fact = msgspec.UNSET
    ship_by_at: Fact = msgspec.UNSET
    shipped_at: Fact = msgspec.UNSET
    delivery_due_at: Fact = msgspec.UNSET
    delivered_at: Fact = msgspec.UNSET
    received_at: Fact = msgspec.UNSET
    completed_at: Fact = msgspec.UNSET
    free_return: Yes = msgspec.UNSET
    warranty: Yes = msgspec.UNSET
    shipping_method: Line = msgspec.UNSET
    logistics: Literal["normal", "abnormal"] | msgspec.UnsetType | None = msgspec.UNSET
    observed_protection_ends_at: Fact = msgspec.UNSET
    observed_dispute_button_at: Fact = msgspec.UNSET
    seller_asked_at: Fact = msgspec.UNSET
    cancel_requested_at: Fact = msgspec.UNSET
    cancelled_at: Fact = msgspec.UNSET
    refund_granted_at: Fact = msgspec.UNSET
    refunded_at: Fact = msgspec.UNSET
    paypal_case_opened_at: Fact = msgspec.UNSET
    paypal_case_escalated_at: Fact = msgspec.UNSET
    paypal_case_closed_at: Fact = msgspec.UNSET
    chargeback_opened_at: Fact = msgspec.UNSET
    chargeback_closed_at: Fact = msgspec.UNSET
    dispute: DisputeInput | msgspec.UnsetType = msgspec.UNSET
    title: Line = msgspec.UNSET
    seller: Line = msgspec.UNSET
    total: Line = msgspec.UNSET
    currency: Line = msgspec.UNSET


class OrderInput(OrderPatch, frozen=True, kw_only=True):
    """An order by hand; `numbers` are the tracking numbers of its parcels."""

    marketplace: Marketplace
    order_id: OrderId
    numbers: Annotated[tuple[Number, ...], msgspec.Meta(max_length=20)] = ()


TimeOfDay = Annotated[
    str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)", description="a time of day such as 22:00")
]
LeadHours = Annotated[tuple[Annotated[int, msgspec.Meta(ge=1, le=720)], ...], msgspec.Meta(min_length=1, max_length=8)]


class QuietHours(Input, frozen=True, kw_only=True, rename={"start": "from"}):
    """From when until when, by this machine's clock, only what cannot wait is shown."""

    start: TimeOfDay
    until: TimeOfDay


class SettingsInput(Input, frozen=True, kw_only=True):
    """The settings that a route may change, every one harmless; null brings back the default. Commands, targets, keys,
    ports and paths are read from `config.toml` alone."""

    language: (
        Annotated[
            str,
            msgspec.Meta(
                pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$(?!\n)", description="a language tag such as en or es"
            ),
        ]
        | msgspec.UnsetType
        | None
    ) = msgspec.UNSET
    country: (
        Annotated[
            str,
            msgspec.Meta(pattern=r"^[A-Za-z]{2}$(?!\n)", description="a country of two letters (ISO 3166), such as ES"),
        ]
        | msgspec.UnsetType
        | None
    ) = msgspec.UNSET
    quiet_hours: QuietHours | msgspec.UnsetType | None = msgspec.UNSET
    lead_hours: LeadHours | msgspec.UnsetType | None = msgspec.UNSET
    digest: Literal["off", "daily", "weekly"] | msgspec.UnsetType | None = msgspec.UNSET
    digest_time: TimeOfDay | msgspec.UnsetType | None = msgspec.UNSET
    sites: Annotated[tuple[Marketplace, ...], msgspec.Meta(max_length=50)] | msgspec.UnsetType | None = msgspec.UNSET
    relay: Yes = msgspec.UNSET


class CheckedInput(Input, frozen=True, kw_only=True):
    """What came of asking a source by hand: a reading's outcome or the kind of a failure, and its Retry-After."""

    outcome: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]{2,20}$(?!\n)")]
    retry_at: Instant | None = None


class ParcelInput(Input, frozen=True, kw_only=True):
    """A number to watch, and the orders that it belongs to as `marketplace/id`."""

    number: Number
    orders: Annotated[tuple[OrderRefText, ...], msgspec.Meta(max_length=20)] = ()


class DeliveredInput(Input, frozen=True, kw_only=True):
    """The channel that showed the alert."""

    channel: Annotated[
        str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_-]{0,39}$(?!\n)", description="a channel's name, such as browser")
    ]


class SnoozeInput(Input, frozen=True, kw_only=True):
    """When the alert comes again."""

    until: Instant
