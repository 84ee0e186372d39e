"""`/v1/metrics` in the text format of Prometheus: true figures, no names. All input is constructed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from support.api import START, Api, running
from support.scripted import NUMBER, House, event


@pytest.fixture
async def api(house: House, tmp_path: Path) -> AsyncIterator[Api]:
    async with running(tmp_path, house) as api:
        yield api


async def figures(api: Api) -> dict[tuple[str, ...], float]:
    got = await api.call("GET", "/v1/metrics", token=api.token)
    assert (got.status, got.header("content-type")) == (200, "text/plain; version=0.0.4; charset=utf-8")
    families = text_string_to_metric_families(got.body.decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


async def test_the_figures_are_true(api: Api, house: House) -> None:
    await house.add(numbers=[NUMBER])
    await house.add("8190000000000002", shipped_at=None, delivery_due_at=None)
    house.fetcher.tell(event(-3, "GTMS_ACCEPTED"), event(-1, "LH_DEPART"))
    await house.tick(START + timedelta(days=2))
    found = await figures(api)
    assert found["parcelwarden_orders",] == 2
    status = (await api.call("GET", "/v1/status")).json["health"]
    assert found["parcelwarden_orders_without_dates",] == status["orders_without_dates"]
    assert found["parcelwarden_alerts", "pending"] == status["alerts_pending"]
    assert found["parcelwarden_source_up", "cainiao"] == 1
    assert found["parcelwarden_source_last_ok_timestamp_seconds", "cainiao"] == (START + timedelta(days=2)).timestamp()
    orders = (await api.call("GET", "/v1/orders")).json["orders"]
    for severity in ("info", "notice", "warning", "critical"):
        count = sum(o["advice"]["severity"] == severity for o in orders)
        assert found.get(("parcelwarden_orders_by_severity", severity), 0) == count


async def test_no_label_names_an_order_a_number_or_a_client(api: Api, house: House) -> None:
    await house.add(numbers=[NUMBER], title="A kettle")
    text = (await api.call("GET", "/v1/metrics")).body.decode()
    for secret in (NUMBER, "8190000000000001", "kettle", "a script", api.token, api.admin):
        assert secret not in text
    labels = {name for name, *values in await figures(api) if values}
    assert labels == {
        "parcelwarden_info",
        "parcelwarden_alerts",
        "parcelwarden_orders_by_severity",
        "parcelwarden_channel_up",
    }


async def test_a_token_to_read_is_wanted(api: Api) -> None:
    assert (await api.call("GET", "/v1/metrics", token=None)).status == 401
