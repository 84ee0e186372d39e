"""Schemathesis against a running server with all its checks: what is generated from the document never breaks it, and
everything is as described. Services, server, guard and store are real; only the carrier and the desktop are stand-ins."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from parcelwarden.api.openapi import document
from parcelwarden.api.routes import TABLE
from support.api import Api, VirtualClock, running
from support.scripted import NUMBER, House

load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(document(TABLE.routes))))
SCHEMA.config.checks.positive_data_acceptance.expected_statuses += ["400"]  # looked at by a check of our own
SCHEMA.config.checks.negative_data_rejection.expected_statuses += ["413"]  # what is broken may be too large as well
FINITE = SCHEMA.exclude(path="/v1/stream")
"""All but the one answer that does not end; it has tests of its own."""


def refusals_name_what_was_wrong(context: Any, response: Any, case: schemathesis.Case) -> None:
    """A schema cannot say which text is a date, a cursor or a tracking number, nor that a fetched page has a status or
    why it failed; such a request is refused with 400, a sentence, and the field where there is one."""
    if response.status_code == 400:
        error = response.json()["error"]
        assert error["message"]
        assert error["code"] in ("invalid", "bad_request")
        assert error["code"] == "bad_request" or error.get("field") or error["message"].startswith("body")


class Striding(VirtualClock):
    """Half a minute passes from call to call, so that wrong tokens are never too many."""

    def __call__(self) -> datetime:
        self.advance(seconds=30)
        return self.now


async def furnished(stack: AsyncExitStack, folder: Path) -> Api:
    """A server with an order, a parcel and alerts."""
    house = await House(folder / "data").open()
    stack.push_async_callback(house.close)
    await house.add(numbers=[NUMBER])
    api = await stack.enter_async_context(running(folder, house))
    api.server._clock = Striding()
    return api


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The server in a thread of its own, because schemathesis calls it from this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)

    stack = AsyncExitStack()
    api = run(furnished(stack, tmp_path_factory.mktemp("api")))
    yield api
    run(stack.aclose())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.mark.slow
@pytest.mark.timeout(900)
@FINITE.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_the_document_allows_or_forbids_breaks_the_server(case: schemathesis.Case, served: Api) -> None:
    case.call_and_validate(
        base_url=f"http://127.0.0.1:{served.port}",
        headers={"Authorization": f"Bearer {served.admin}"},
        checks=[*CHECKS.get_all(), refusals_name_what_was_wrong],
    )
