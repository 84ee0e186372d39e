"""Schemathesis against the running server: what is generated from the document never breaks it. The verbs are a
stand-in; the server, the guard and the store are real."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from parcelwarden.api.openapi import document
from parcelwarden.api.routes import TABLE
from support.api import Api, running

SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(document(TABLE.routes))))
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The server in a thread of its own, because schemathesis calls it from this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)

    context = running(tmp_path_factory.mktemp("api"))
    api = run(context.__aenter__())
    run(api.call("POST", "/v1/orders", json_body={"marketplace": "aliexpress", "order_id": "81"}))
    yield api
    run(context.__aexit__(None, None, None))
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_the_document_allows_or_forbids_breaks_the_server(case: schemathesis.Case, served: Api) -> None:
    case.call_and_validate(
        base_url=f"http://127.0.0.1:{served.port}",
        headers={"Authorization": f"Bearer {served.admin}"},
        checks=CHECKS,
    )
