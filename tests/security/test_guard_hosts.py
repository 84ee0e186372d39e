"""S01–S06: who is asked, byte for byte. The numbers are those of `SECURITY.md` §8; all input is constructed."""

from __future__ import annotations

import pytest

from support.api import Api

END = "Connection: close\r\n\r\n"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST", "LocalHost"])
async def test_s01_our_own_names_are_answered(api: Api, name: str) -> None:
    assert (await api.call("GET", "/v1/orders", host=f"{name}:{api.port}")).status == 200


async def test_s02_another_host_is_misdirected_even_with_a_good_token(api: Api) -> None:
    got = await api.call(
        "POST", "/v1/orders", host=f"evil.test:{api.port}", json_body={"marketplace": "aliexpress", "order_id": "1"}
    )
    assert (got.status, got.code) == (421, "misdirected")
    assert api.warden.writes == 0


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1.evil.test:{port}",
        "127.0.0.1:{port}@evil.test",
        "127.0.0.1, evil.test",
        "127.0.0.1:{port}, evil.test",
        "localhost.:{port}",
        "127.0.0.1:{next}",
        "127.0.0.1",
        "localhost",
        "0.0.0.0:{port}",
        "127.1:{port}",
        "127.0.0.1:0{port}",
        "[::1%25lo]:{port}",
        " ",
        "",
    ],
)
async def test_s03_names_that_only_look_like_ours_are_refused(api: Api, host: str) -> None:
    name = host.format(port=api.port, next=api.port + 1)
    got = await api.raw(
        f"GET /v1/orders HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {api.admin}\r\n{END}".encode()
    )
    assert got.status in (400, 421)


async def test_s04_two_hosts_are_a_bad_request(api: Api) -> None:
    ours = f"Host: 127.0.0.1:{api.port}\r\n"
    got = await api.raw(f"GET /v1/health HTTP/1.1\r\n{ours}{ours}\r\n".encode())
    assert (got.status, got.code) == (400, "bad_request")


@pytest.mark.parametrize("version", ["1.0", "1.1"])
async def test_s04_no_host_is_refused(api: Api, version: str) -> None:
    got = await api.raw(f"GET /v1/health HTTP/{version}\r\nAuthorization: Bearer {api.admin}\r\n{END}".encode())
    assert 400 <= got.status < 500


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("http://evil.test/v1/orders", "127.0.0.1:{port}"),
        ("http://127.0.0.1:{port}/v1/orders", "evil.test"),
        ("http://127.0.0.1:{port}/v1/orders", "127.0.0.1:{port}"),
        ("http:/v1/orders", "127.0.0.1:{port}"),
        ("v1/orders", "127.0.0.1:{port}"),
        ("*", "127.0.0.1:{port}"),
    ],
)
async def test_s05_absolute_targets_are_refused(api: Api, target: str, host: str) -> None:
    line, name = target.format(port=api.port), host.format(port=api.port)
    got = await api.raw(f"GET {line} HTTP/1.1\r\nHost: {name}\r\nAuthorization: Bearer {api.admin}\r\n{END}".encode())
    assert 400 <= got.status < 500


async def test_s06_a_rebound_name_reads_nothing(api: Api) -> None:
    """The page of a name that resolves to loopback sends its own name as Host and Origin."""
    name = f"rebind.test:{api.port}"
    for path in ("/v1/health", "/v1/orders"):
        got = await api.call("GET", path, host=name, headers={"Sec-Fetch-Site": "same-origin"})
        assert got.status == 421
        assert b"parcelwarden" not in got.body
