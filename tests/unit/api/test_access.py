"""Clients, sessions, windows and limits by themselves: time passed in, a store that can fail. Constructed cases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from parcelwarden.services.access import Access, WrongTokens
from parcelwarden.services.errors import Conflict, Invalid, NotFound, Refused, TooSoon, Unavailable
from parcelwarden.services.pairing import PairingWindow
from parcelwarden.services.records import ClientRecord
from parcelwarden.services.sessions import MOST_CODES, MOST_SESSIONS, Sessions
from parcelwarden.services.tokens import TOKEN_PREFIX, digest, new_digits, new_token

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OWN = "http://127.0.0.1:8377"


class MemoryStore:
    """A store of clients only; `full` makes every write fail, `gate` holds writes up."""

    def __init__(self) -> None:
        self.kept: dict[str, ClientRecord] = {}
        self.full = False
        self.writes = 0
        self.gate: asyncio.Event | None = None
        self.clients = self

    async def write(self, work: Callable[[Any], Any]) -> Any:
        if self.full:
            raise Unavailable("the disk is full")
        if self.gate:
            await self.gate.wait()
        self.writes += 1
        return work(self)

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return work(self)

    async def close(self) -> None:
        """Nothing is held."""

    def all(self) -> list[ClientRecord]:
        return list(self.kept.values())

    def put(self, client: ClientRecord) -> None:
        self.kept[client.id] = client

    def forget(self, client_id: str) -> None:
        self.kept.pop(client_id, None)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def access(store: MemoryStore) -> Access:
    return Access(store, digest("the admin's"))  # type: ignore[arg-type]


def test_tokens_have_256_bits_and_a_mark() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(t.startswith(TOKEN_PREFIX) and len(t) == len(TOKEN_PREFIX) + 43 for t in tokens)
    assert all(len(new_digits()) == 8 and new_digits().isdigit() for _ in range(100))


async def test_a_client_is_known_by_its_token_only(access: Access, store: MemoryStore) -> None:
    token, client = await access.create("cron", ("write", "read"), None, NOW)
    found = access.identify(token, NOW)
    assert found is not None
    assert (found.client, found.scopes, found.origin) == (client.id, {"read", "write"}, None)
    for wrong in ("", client.token_sha256, digest(token), token[:-1], token + "x", client.id, "\udcff"):
        assert access.identify(wrong, NOW) is None
    again = Access(store)  # type: ignore[arg-type]
    assert again.identify(token, NOW) is None
    await again.load()
    assert again.identify(token, NOW) == found


def test_the_admins_token_is_all_powerful_and_has_no_origin(access: Access) -> None:
    found = access.identify("the admin's", NOW)
    assert found is not None
    assert (found.scopes, found.origin) == ({"read", "write", "relay", "admin"}, None)


@pytest.mark.parametrize("scopes", [(), ("admin",), ("read", "everything")])
async def test_scopes_that_cannot_be_given(access: Access, store: MemoryStore, scopes: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        await access.create("x", scopes, None, NOW)
    assert store.kept == {}


async def test_a_full_disk_refuses_new_clients_but_not_old_ones(access: Access, store: MemoryStore) -> None:
    token, client = await access.create("cron", ("read",), None, NOW)
    store.full = True
    with pytest.raises(Unavailable):
        await access.create("other", ("read",), None, NOW)
    assert len(access.clients) == 1
    await access.used(client.id, NOW)
    await access.flag(client.id, NOW)
    assert access.identify(token, NOW) is not None
    with pytest.raises(Unavailable):
        await access.revoke(client.id)
    assert access.identify(token, NOW) is not None


async def test_a_use_during_a_revoke_does_not_bring_the_client_back(access: Access, store: MemoryStore) -> None:
    token, client = await access.create("cron", ("read",), None, NOW)
    store.gate = asyncio.Event()
    revoking = asyncio.create_task(access.revoke(client.id))
    await asyncio.sleep(0)
    assert access.identify(token, NOW) is None
    await access.used(client.id, NOW)
    store.gate.set()
    await revoking
    assert store.kept == {}
    with pytest.raises(NotFound):
        await access.revoke(client.id)


async def test_use_is_written_once_a_minute_whichever_way_the_clock_goes(access: Access, store: MemoryStore) -> None:
    _, client = await access.create("cron", ("read",), None, NOW)
    before = store.writes
    for seconds in (0, 1, 59, -30):
        await access.used(client.id, NOW + timedelta(seconds=seconds))
    assert store.writes == before + 1
    await access.used(client.id, NOW - timedelta(days=1))
    assert store.writes == before + 2
    await access.used("nobody", NOW)
    assert store.writes == before + 2


def test_wrong_tokens_are_counted_over_a_sliding_minute() -> None:
    wrong = WrongTokens()
    for second in range(5):
        wrong.count(NOW + timedelta(seconds=second))
    with pytest.raises(TooSoon) as told:
        wrong.count(NOW + timedelta(seconds=30))
    assert told.value.retry_at == NOW + timedelta(minutes=1)
    wrong.count(NOW + timedelta(seconds=60))
    with pytest.raises(TooSoon):
        wrong.count(NOW + timedelta(seconds=60))
    wrong.count(NOW - timedelta(days=1))


def test_a_window_closes_by_tries_time_use_and_hand() -> None:
    window = PairingWindow()
    with pytest.raises(Refused):
        window.redeem("00000000", NOW)
    code, ends = window.open(NOW)
    assert ends == NOW + timedelta(minutes=2)
    with pytest.raises(Refused) as told:
        window.redeem("x", NOW)
    assert (told.value.field, window.state(NOW).tries_left) == ("code", 4)
    assert window.redeem(code, NOW) == ("read", "write", "relay")
    assert window.state(NOW).open, "a client is still being made: nobody shall think that none came"
    window.paired("c1")
    assert not window.state(NOW).open
    assert window.state(NOW).client == "c1"
    with pytest.raises(Conflict):
        window.redeem(code, NOW)
    with pytest.raises(Refused):
        window.redeem(code, ends)
    code, _ = window.open(NOW, ("read",))
    window.close()
    with pytest.raises(Refused):
        window.redeem(code, NOW)


async def test_a_pairing_that_cannot_be_written_gives_no_token(access: Access, store: MemoryStore) -> None:
    code, _ = access.pairing.open(NOW)
    store.full = True
    with pytest.raises(Unavailable):
        await access.pair(code, "x", None, NOW)
    assert access.clients == ()
    store.full = False
    assert access.pairing.state(NOW).open, "the code was not used up: nobody got a token for it"
    _, client = await access.pair(code, "x", None, NOW)
    assert access.pairing.state(NOW).client == client.id


def test_a_code_that_comes_twice_ends_the_session_that_it_began() -> None:
    """Whoever read it on a command line was first, or second: neither stays in. Another session does."""
    sessions = Sessions()
    code, other = sessions.issue(NOW)[0], sessions.issue(NOW)[0]
    begun, kept = sessions.redeem(code, OWN, NOW), sessions.redeem(other, OWN, NOW)
    assert begun
    assert kept
    assert sessions.find(digest(begun[0]), NOW)
    assert sessions.redeem(code, OWN, NOW + timedelta(seconds=29)) is None
    assert sessions.find(digest(begun[0]), NOW) is None
    assert sessions.find(digest(kept[0]), NOW)


def test_sessions_end_and_do_not_pile_up() -> None:
    sessions = Sessions()
    codes = [sessions.issue(NOW)[0] for _ in range(MOST_CODES + 1)]
    assert sessions.redeem(codes[0], OWN, NOW) is None
    assert sessions.redeem(codes[1], OWN, NOW + timedelta(seconds=30)) is None
    assert sessions.redeem(codes[1], OWN, NOW) is None
    tokens = []
    for _ in range(MOST_SESSIONS + 1):
        started = sessions.redeem(sessions.issue(NOW)[0], OWN, NOW)
        assert started is not None
        tokens.append(started[0])
    assert sessions.find(digest(tokens[0]), NOW) is None
    found = sessions.find(digest(tokens[-1]), NOW + timedelta(hours=11, minutes=59))
    assert found is not None
    assert found.origin == OWN
    assert sessions.find(digest(tokens[-1]), NOW + timedelta(hours=12)) is None
    assert sessions.find(digest(tokens[-1]), NOW - timedelta(seconds=1)) is None
