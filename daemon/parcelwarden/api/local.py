"""The same routes without HTTP, for commands when no daemon runs. The caller owns the database: it is the admin."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from parcelwarden.api import reading
from parcelwarden.api.context import Context
from parcelwarden.api.dispatch import JSON, Answer, answer, refused
from parcelwarden.api.problems import Denied
from parcelwarden.api.routing import Call, Identity
from parcelwarden.api.table import Table
from parcelwarden.services.access import ADMIN, ALL_SCOPES

OWNER = Identity(ADMIN, ALL_SCOPES)


async def call(
    table: Table,
    context: Context,
    method: str,
    path: str,
    query: Mapping[str, Sequence[str]],
    body: Any,
    now: datetime,
) -> tuple[int, Any]:
    """Answer one call with status and decoded JSON (None: no body; text of another type as it is, else bytes). `path`
    begins with `/v1/` and is percent-encoded; `body` is a JSON value, None for none."""
    try:
        found = await _run(table, context, method, path, query, body, now)
    except Denied as fault:
        found = refused(fault, now)
    if found.body and not found.content_type.startswith(JSON):
        text = found.content_type.startswith("text/") or found.content_type.endswith("+xml")
        return found.status, found.body.decode() if text else found.body
    return found.status, json.loads(found.body) if found.body else None


async def _run(
    table: Table,
    context: Context,
    method: str,
    path: str,
    query: Mapping[str, Sequence[str]],
    body: Any,
    now: datetime,
) -> Answer:
    hit = table.find(method, path)
    if hit is None:
        raise table.missing(path)
    shaped = reading.shaped({} if body is None else body, hit.route.body)
    chosen = reading.chosen(query, hit.route.params)
    return await answer(hit.route, Call(context, now, OWNER, hit.values(), chosen, shaped))
