"""Who listens on the port: `GET /v1/health?nonce=…&client=…` proves that the listener knows the client's token, before
the client sends it. All input is constructed."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from support.api import EXTENSION, Api

NONCE = "abcdefghijklmnopqrstuv"


def expected(token: str, nonce: str, port: int) -> str:
    """What a client computes by itself."""
    key = hashlib.sha256(token.encode()).digest()
    return hmac.new(key, f"{nonce}:{port}".encode(), hashlib.sha256).hexdigest()


async def proof(api: Api, client: str, nonce: str = NONCE) -> str:
    got = await api.call("GET", f"/v1/health?nonce={nonce}&client={client}", token=None)
    assert (got.status, set(got.json)) == (200, {"name", "api", "proof"})
    return str(got.json["proof"])


async def paired(api: Api) -> tuple[str, str]:
    token = await api.pair(EXTENSION)
    (client,) = [c for c in api.access.clients if c.origin == EXTENSION]
    return token, client.id


async def test_the_daemon_proves_that_it_knows_the_token(api: Api) -> None:
    token, client = await paired(api)
    assert await proof(api, client) == expected(token, NONCE, api.port)
    assert await proof(api, client, NONCE + "x") == expected(token, NONCE + "x", api.port)


async def test_the_proof_is_of_this_port_alone(api: Api) -> None:
    """A stranger who asks the real daemon on another port gets a proof that fits that port."""
    token, client = await paired(api)
    assert await proof(api, client) != expected(token, NONCE, api.port + 1)


async def test_an_unknown_client_gets_what_looks_like_a_proof(api: Api) -> None:
    token, client = await paired(api)
    unknown = [await proof(api, "00000000"), await proof(api, "00000001")]
    assert unknown[0] == await proof(api, "00000000")
    assert unknown[0] != unknown[1]
    assert all(len(each) == 64 for each in unknown)
    await api.access.revoke(client)
    assert await proof(api, client) != expected(token, NONCE, api.port)


async def test_without_a_nonce_nothing_else_is_told(api: Api) -> None:
    assert (await api.call("GET", "/v1/health", token=None)).json == {"name": "parcelwarden", "api": 1}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        (f"nonce={NONCE}", "client"),
        ("client=00000000", "nonce"),
        ("nonce=short&client=00000000", "nonce"),
        (f"nonce={'x' * 129}&client=00000000", "nonce"),
        (f"nonce={NONCE}%00&client=00000000", "nonce"),
        (f"nonce={NONCE}&client=../..", "client"),
        (f"nonce={NONCE}&nonce={NONCE}&client=00000000", "nonce"),
    ],
)
async def test_half_a_question_is_refused(api: Api, query: str, field: str) -> None:
    got = await api.call("GET", f"/v1/health?{query}", token=None)
    assert (got.status, got.json["error"]["field"]) == (400, field)
