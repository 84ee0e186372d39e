"""The table of all routes."""

from __future__ import annotations

from parcelwarden.api.resources import (
    advice,
    alerts,
    calendar,
    captures,
    clients,
    copies,
    dates,
    evidence,
    health,
    metrics,
    openapi,
    orders,
    page,
    pair,
    parcels,
    policies,
    relay,
    session,
    settings,
    sources,
    stream,
    timeline,
    transfer,
)
from parcelwarden.api.table import Table

TABLE = Table(
    (
        *health.ROUTES,
        *pair.ROUTES,
        *session.ROUTES,
        *clients.ROUTES,
        *copies.ROUTES,
        *orders.ROUTES,
        *timeline.ROUTES,
        *evidence.ROUTES,
        *captures.ROUTES,
        *dates.ROUTES,
        *advice.ROUTES,
        *parcels.ROUTES,
        *alerts.ROUTES,
        *sources.ROUTES,
        *policies.ROUTES,
        *relay.ROUTES,
        *settings.ROUTES,
        *stream.ROUTES,
        *calendar.ROUTES,
        *metrics.ROUTES,
        *transfer.ROUTES,
        *openapi.ROUTES,
        *page.ROUTES,
    )
)
