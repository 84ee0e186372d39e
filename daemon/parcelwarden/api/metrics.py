"""Figures in the text format of Prometheus. Its library is imported here, so this module is imported when figures are
asked for. Labels name sources, channels, severities and states; never an order, a number or a client.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from parcelwarden.services.health import Tally

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposed(tally: Tally, version: str, clients: int) -> bytes:
    """The figures as text."""
    registry = CollectorRegistry()

    def gauge(name: str, text: str, value: float | Mapping[str, float], label: str = "") -> None:
        made = Gauge(f"parcelwarden_{name}", text, [label] if label else [], registry=registry)
        if isinstance(value, Mapping):
            for each, figure in value.items():
                made.labels(each).set(figure)
        else:
            made.set(value)

    gauge("info", "The version that runs.", {version: 1}, "version")
    gauge("orders", "Orders that are watched.", tally.orders)
    gauge("orders_without_dates", "Orders of which dates are missing.", tally.without_dates)
    gauge("orders_by_severity", "Orders by how much their advice presses.", tally.by_severity, "severity")
    gauge("orders_postponed", "Orders that could not be assessed.", tally.postponed)
    gauge("alerts", "Alerts by state.", tally.alerts, "state")
    gauge("clients", "Paired clients and tokens.", clients)
    gauge("channel_up", "1 where the last note was confirmed or none was sent.", tally.channels, "channel")
    gauge("last_tick_timestamp_seconds", "When it was last looked what is due.", _seconds(tally.last_tick_at))
    sources = {each.source: each for each in tally.sources}
    up = {name: float(each.state == "ok") for name, each in sources.items()}
    gauge("source_up", "1 where the source answered last time.", up, "source")
    failures = {name: each.failures for name, each in sources.items()}
    gauge("source_failures", "Failed looks since the last answer.", failures, "source")
    last = {name: _seconds(each.last_ok_at) for name, each in sources.items()}
    gauge("source_last_ok_timestamp_seconds", "When the source last answered; 0: never.", last, "source")
    return generate_latest(registry)


def _seconds(instant: datetime | None) -> float:
    return instant.timestamp() if instant else 0.0
