"""Wordings in five languages, the bytes of old pages, and what is asked of the posts that print them."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from parcelparsers import Access, Asked, Body, Evidence, Outcome, State, read, source
from parcelparsers.carriers import _slavic, _spanish
from parcelparsers.carriers._answers import number_in
from parcelparsers.carriers._correios_codes import WORDS as PORTUGUESE
from parcelparsers.carriers._meanings import Meaning, weighed
from parcelparsers.carriers._rows import in_utf8
from parcelparsers.errors import Unreadable
from parcelparsers.model import Leg

CAPTURED = (
    "royalmail bpost correios correos_es poste_italiane chronopost postnord russianpost ukrposhta novaposhta".split()
)
DESCRIBED = (
    "israelpost correoargentino magyarposta ceskaposta omniva singpost upu sfexpress posti correos_chile".split()
)

Reads = Callable[[str], Meaning | None]


@pytest.mark.parametrize(
    ("reads", "text", "state"),
    [
        (PORTUGUESE.of, "Objeto entregue ao destinatário", State.DELIVERED),
        (PORTUGUESE.of, "Objeto entregue ao remetente", State.RETURNED),
        (PORTUGUESE.of, "Entrega suspensa a pedido do remetente", None),
        (PORTUGUESE.of, "Objeto não entregue - cliente mudou-se", State.DELIVERY_FAILED),
        (PORTUGUESE.of, "Saída para entrega cancelada", State.EXCEPTION),
        (PORTUGUESE.of, "Fiscalização aduaneira finalizada", State.IN_TRANSIT),
        (PORTUGUESE.of, "Aguardando postagem pelo remetente", State.INFO_RECEIVED),
        (_spanish.WORDS.of, "Entregado", State.DELIVERED),
        (_spanish.WORDS.of, "No entregado", State.DELIVERY_FAILED),
        (_spanish.WORDS.of, "Envío devuelto al remitente", State.RETURNED),
        (_spanish.WORDS.of, "Retenido en aduana", State.CUSTOMS_HOLD),
        (_spanish.WORDS.of, "Despachado por aduana", State.IN_TRANSIT),
        (_slavic.meaning, "Вручение адресату", State.DELIVERED),
        (_slavic.meaning, "Вручение отправителю", State.RETURNED),
        (_slavic.meaning, "Прибыло в место вручения", State.AVAILABLE_FOR_PICKUP),
        (_slavic.meaning, "Відправлення не вручено", State.DELIVERY_FAILED),
        (_slavic.meaning, "Відправлення вручено: відправнику", State.RETURNED),
        (_slavic.meaning, "Delivered to the customs terminal", State.IN_TRANSIT),
        (_slavic.meaning, "Номер", None),
    ],
)
def test_what_words_say(reads: Reads, text: str, state: State | None) -> None:
    found = reads(text)
    assert (found.state if found else None) is state


def test_plain_movement_takes_back_nothing_but_a_delivery() -> None:
    moving = Meaning(State.IN_TRANSIT, Leg.ORIGIN)
    waiting = Meaning(State.AVAILABLE_FOR_PICKUP, Leg.LOCAL)
    delivered = Meaning(State.DELIVERED, Leg.FINAL)
    assert weighed(waiting, moving) is waiting
    assert weighed(delivered, moving) == Meaning(State.IN_TRANSIT, Leg.ORIGIN)
    assert weighed(None, waiting) is waiting


def test_bytes_of_an_old_page_become_letters_and_those_of_a_new_one_stay() -> None:
    assert in_utf8(Body("destinatário".encode("latin-1"))).text == "destinatário"
    assert in_utf8(Body("destinatário".encode())).text == "destinatário"
    assert in_utf8(Body(bytes(range(256)))).text


def test_the_number_that_was_asked_for_names_the_parcel() -> None:
    assert number_in(Asked(("RX000000025CN",)), "RX000000017CN", "RX 000000025 CN") == "RX000000025CN"
    assert number_in(Asked(()), None, "RX000000017CN") == "RX000000017CN"
    assert number_in(Asked(("RX000000025CN",)), None) == "RX000000025CN"
    with pytest.raises(Unreadable):
        number_in(Asked(()), "x")


@pytest.mark.parametrize("source_id", [*CAPTURED, *DESCRIBED])
def test_requests_go_to_declared_hosts_and_carry_the_number(source_id: str) -> None:
    found = source(source_id)
    assert found.evidence is (Evidence.CAPTURED if source_id in CAPTURED else Evidence.DOCUMENTED)
    if found.access is Access.PASTE:
        assert found.ask is None
        return
    assert found.ask
    for request in found.ask(Asked(("RX000000017CN",))):
        address = urlsplit(request.url)
        assert address.scheme == "https"
        assert address.hostname in found.hosts
        assert b"000000017" in request.url.encode() + (request.body or b"")
        if found.access is Access.RELAY:
            assert request.method == "GET"


@pytest.mark.parametrize("source_id", [*CAPTURED, *DESCRIBED])
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"[", b"[1]", b'{"items":{}}', b"<a>" * 200, b"<?xml version='1.0'?>"]
)
def test_strange_bodies_give_a_reading(source_id: str, body: bytes) -> None:
    assert read(source(source_id), Body(body), Asked(("RX000000017CN",))).outcome is not Outcome.FOUND


@pytest.mark.parametrize("reads", [PORTUGUESE.of, _spanish.WORDS.of, _slavic.meaning])
@pytest.mark.parametrize("word", ["devolvida ", "entrega não ", "aduana ", "вручення ", "a", "не "])
def test_long_texts_are_read_in_time(reads: Reads, word: str) -> None:
    started = time.process_time()
    reads(word * 20_000)
    assert time.process_time() - started < 0.5
