"""The OpenAPI 3.1 document, made from the table of routes and the msgspec shapes; nothing is described twice."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from parcelwarden.api.context import API, NAME
from parcelwarden.api.routing import Access, Param, Route
from parcelwarden.api.shapes import Problem

REF = "#/components/schemas/{name}"
JSON = "application/json"
STREAM = "text/event-stream"
TOKENLESS = (Access.OPEN, Access.KEYED)
RESUME = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "the last event that was received, to go on after it",
    "schema": {"type": "string"},
}
_REFUSED = {400: "Input that cannot be taken", 413: "Too large", 415: "Not application/json", 421: "Not our host"}
_GUARDED = {401: "No token, or not one of ours", 404: "Not known", 429: "Too often; see Retry-After"}
_ALWAYS = {403: "Not allowed", 409: "Cannot be done as things stand", 500: "Failed inside", 503: "Cannot write now"}


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """The document of these routes."""
    schemas, components = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": NAME, "version": str(API)},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas(routes: Sequence[Route]) -> tuple[dict[type, Any], dict[str, Any]]:
    """The schema of every type that a route takes or gives, and the components that they refer to."""
    wanted = [t for r in routes for t in (r.body, *r.returns.values()) if t is not None]
    kinds = list(dict.fromkeys([*wanted, Problem]))
    found, components = msgspec.json.schema_components(kinds, ref_template=REF)
    return dict(zip(kinds, found, strict=True)), components


def _operation(route: Route, schemas: dict[type, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _name(route),
        "summary": route.summary,
        "description": inspect.getdoc(route.handler) or route.summary,
        "parameters": _parameters(route),
        "responses": _responses(route, schemas),
        "security": [] if route.access in TOKENLESS else [{"token": []}],
        "x-access": route.access.value,
        "x-limit": route.limit,
    }
    if route.body is not None:
        needed = any(f.required for f in msgspec.structs.fields(route.body))
        operation["requestBody"] = {"required": needed, "content": {JSON: {"schema": schemas[route.body]}}}
    return operation


def _responses(route: Route, schemas: dict[type, Any]) -> dict[str, Any]:
    refusals = {**_REFUSED, **_ALWAYS, **({} if route.access is Access.OPEN else _GUARDED)}
    if route.access is Access.KEYED:
        del refusals[401]
    if route.path == "/v1/session":
        refusals[429] = _GUARDED[429]
    found: dict[int, Any] = {
        status: {"description": text, "content": {JSON: {"schema": schemas[Problem]}}}
        for status, text in refusals.items()
    }
    for status, kind in route.returns.items():
        schema = schemas[kind] if kind else _schema_of(route.gives)
        content = {"content": {route.gives: {"schema": schema}}} if status != 204 else {}
        found[status] = {"description": route.summary, **content}
    return {str(status): found[status] for status in sorted(found)}


def _schema_of(media_type: str) -> dict[str, Any]:
    """Of what is not a shape: text is a string, JSON is anything."""
    return {} if media_type == JSON else {"type": "string"}


def _parameters(route: Route) -> list[dict[str, Any]]:
    found = [*(_in_path(name) for name in route.names), *(_in_query(p) for p in route.params)]
    return [*found, RESUME] if route.gives == STREAM else found


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _in_query(param: Param) -> dict[str, Any]:
    schema = msgspec.json.schema(param.type)
    shown: dict[str, Any] = {"type": "array", "items": schema} if param.repeated else {**schema}
    if param.default is not None:
        shown["default"] = param.default
    return {"name": param.name, "in": "query", "required": False, "description": param.text, "schema": shown}


def _name(route: Route) -> str:
    """`get_orders_marketplace_id` for `GET /v1/orders/{marketplace}/{id}`."""
    parts = re.findall(r"[a-z_]+", route.path.removeprefix("/v1/"))
    return "_".join([route.method.lower(), *parts])
