"""The table of all routes."""

from __future__ import annotations

from parcelwarden.api.resources import (
    advice,
    alerts,
    captures,
    clients,
    copies,
    health,
    openapi,
    orders,
    pair,
    parcels,
    policies,
    session,
    settings,
    sources,
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
        *captures.ROUTES,
        *advice.ROUTES,
        *parcels.ROUTES,
        *alerts.ROUTES,
        *sources.ROUTES,
        *policies.ROUTES,
        *settings.ROUTES,
        *openapi.ROUTES,
    )
)
