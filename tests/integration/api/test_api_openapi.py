"""The OpenAPI document: made from the table, whole, and true to what is answered."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from parcelwarden.api.openapi import document
from parcelwarden.api.problems import STATUS
from parcelwarden.api.routes import TABLE
from parcelwarden.api.routing import Access
from support.api import Api

DOCUMENT = json.loads(json.dumps(document(TABLE.routes)))


def test_every_route_is_described() -> None:
    described = {(m.upper(), path) for path, item in DOCUMENT["paths"].items() for m in item}
    assert described == {(r.method, r.path) for r in TABLE.routes}


def test_every_operation_has_an_id_of_its_own_and_declares_its_class() -> None:
    operations = [op for item in DOCUMENT["paths"].values() for op in item.values()]
    assert len({op["operationId"] for op in operations}) == len(operations)
    for route in TABLE.routes:
        operation = DOCUMENT["paths"][route.path][route.method.lower()]
        assert operation["x-access"] == route.access.value
        assert (operation["security"] == []) == (route.access in (Access.OPEN, Access.KEYED))


def test_every_schema_is_valid_and_every_reference_leads_somewhere() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    for schema in schemas.values():
        jsonschema_rs.meta.validate({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"})
    text = json.dumps(DOCUMENT)
    referred = {part.partition('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert referred <= set(schemas)


def test_inputs_refuse_unknown_fields_and_the_vocabulary_is_listed() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    inputs = [name for name in schemas if name.endswith(("Input", "OrderPatch"))]
    assert inputs
    assert all(schemas[name]["additionalProperties"] is False for name in inputs)
    assert set(schemas["ErrorBody"]["properties"]["code"]["enum"]) == set(STATUS)


async def test_the_document_is_served_to_those_who_may_read(api: Api) -> None:
    assert (await api.call("GET", "/v1/openapi.json", token=None)).status == 401
    assert (await api.call("GET", "/v1/openapi.json", token=api.token)).json == DOCUMENT


CALLS: list[tuple[str, str, Any]] = [
    ("GET", "/v1/health", None),
    ("GET", "/v1/status", None),
    ("GET", "/v1/orders/aliexpress/81", None),
    ("GET", "/v1/orders", None),
    ("GET", "/v1/clients", None),
    ("GET", "/v1/alerts", None),
    ("GET", "/v1/sources", None),
    ("GET", "/v1/policies", None),
    ("GET", "/v1/settings", None),
    ("GET", "/v1/pairing", None),
    ("GET", "/v1/dates", None),
    ("GET", "/v1/advice?order=aliexpress/81&order=aliexpress/82", None),
    ("GET", "/v1/parcels", None),
    ("POST", "/v1/pairing", {}),
    ("POST", "/v1/codes", None),
    ("POST", "/v1/clients", {"name": "x", "scopes": ["read"]}),
    ("POST", "/v1/parcels", {"number": "RR000000006CN"}),
    ("POST", "/v1/alerts/1/ack", None),
    ("GET", "/v1/orders/aliexpress/none", None),
    ("GET", "/v1/orders?limit=x", None),
]


@pytest.mark.parametrize(("method", "path", "body"), CALLS, ids=lambda v: str(v)[:40])
async def test_answers_are_as_described(api: Api, method: str, path: str, body: Any) -> None:
    await api.call("POST", "/v1/orders", json_body={"marketplace": "aliexpress", "order_id": "81"})
    await api.call("POST", "/v1/parcels", json_body={"number": "RR000000005CN"})
    got = await api.call(method, path, json_body=body)
    hit = TABLE.find(method, path.partition("?")[0])
    assert hit is not None
    responses = DOCUMENT["paths"][hit.route.path][method.lower()]["responses"]
    schema = responses[str(got.status)]["content"]["application/json"]["schema"]
    jsonschema_rs.validate({**schema, "components": DOCUMENT["components"]}, got.json)
