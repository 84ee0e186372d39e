"""Poste Italiane (`POSTS_AND_COURIERS.md` §6): the data behind "Cerca spedizioni"."""

from __future__ import annotations

import json

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import number_in, number_of, told
from parcelparsers.carriers._concluding import agree, concluded, in_state
from parcelparsers.carriers._meanings import Families, Meaning, not_known, weighed
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.carriers._printed_dates import forecast
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.clock import epoch
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, decode, replace
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_BOXES = {
    "3": Meaning(_S.IN_TRANSIT, Leg.ACCEPTED),
    "4": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "5": Meaning(_S.DELIVERED, Leg.FINAL),
}
"""`box` of a movement; `stato` of the whole is known for 5 alone."""
_DELIVERED = "5"
_UNKNOWN = ("1", "2")
_REGISTERED = "3"

_RETURNED = (
    r"(?:restitu\w+|ritorn\w+|res[ao]|consegnat\w+|rispedit\w+) .{0,20}\bmittente|in restituzione|al mittente"
    r"|ritorno al paese"
)
_FAILED = (
    r"non (?:[èe]['’]? )?(?:stat[ao] )?(?:possibile )?consegna|consegna non|non andata a buon fine|mancata consegna"
    r"|tentativ\w+ di (?:consegna|recapito)|destinatario assente|assenza|indirizzo (?:errato"
    r"|incompleto|insufficiente|inesist)"
    r"|rifiut|sconosciut|trasferit[oa]\b|verifiche sulla spedizione|non consegnabile"
)
_WAITING = (
    r"disponibile per il ritiro|pronta per il ritiro|in giacenza|(?:in attesa|può essere) .{0,20}ritir"
    r"|disponibile (?:presso|al|in)|ritirabile|avviso (?:di giacenza|lasciato)"
)
_HELD = (
    r"(?:ferma|bloccat\w+|trattenut\w+|fermo) .{0,20}dogan|pagamento .{0,40}(?:oneri|dazi|iva|dogan)"
    r"|in attesa .{0,40}(?:document|sdogan|oneri|pagament)|oneri doganali .{0,40}(?:da pagare|dovuti)"
)
_CLEARED = (
    r"svincol|sdogana\w+ (?:complet|conclus|termin)|sdoganat|rilasciat\w+ .{0,20}dogan"
    r"|dogan\w+ .{0,20}(?:complet|conclus)"
)
_FOREIGN = r"all['’]estero|paese estero|paese di origine|partit[ao] .{0,30}(?:estero|paese)"
_MOVING = r"in transito|lavorazione|partit[ao]|arrivat[ao]|smist|inoltr|in viaggio|trasport|\A\W*in data\W*\Z"

_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, _RETURNED),
    (_S.DELIVERY_FAILED, Leg.LOCAL, _FAILED),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, _HELD),
    (_S.EXCEPTION, Leg.ACCEPTED, r"smarri|danneggiat|furto|rubat|distrutt|annullat|compiuta giacenza"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, _WAITING),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"in consegna|in (?:fase di )?recapito|affidat\w+ al portalettere"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"sar[àa] consegnat|verr[àa] consegnat|consegna prevista"),
    (_S.DELIVERED, Leg.FINAL, r"consegnat[ao]|con successo|recapitat[ao]|ritirat[ao] (?:dal|da)"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"preavvis|prenotat|in attesa di (?:ricezione|affido|spedizione)|da poste\.it"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"non ancora .{0,30}(?:affidat|ricevut|presa in carico)|in preparazione"),
    (_S.IN_TRANSIT, Leg.CLEARED, _CLEARED),
    (_S.IN_TRANSIT, Leg.ORIGIN, _FOREIGN),
    (
        _S.IN_TRANSIT,
        Leg.ARRIVED,
        r"dogan|centro (?:di )?(?:lavorazione |scamb\w+ )?internazionale|arrivat\w+ in italia",
    ),
    (_S.IN_TRANSIT, Leg.LOCAL, r"centro (?:di )?distribuzione|ufficio (?:di )?recapito"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"pres[ao] in carico|accettat|ricevut|nostro operatore"),
    (_S.IN_TRANSIT, Leg.ORIGIN, _MOVING),
)


class _Row(Shape, frozen=True):
    stato_lavorazione: str | None = None
    data_ora: int | None = None
    box: Code = None
    flag_ritorno: bool | None = None


class _Answer(Shape, frozen=True):
    esito_ricerca: Code = None
    id_tracciatura: str | None = None
    tipo_prodotto: str | None = None
    stato: Code = None
    flag_ritorno: bool | None = None
    data_prevista_consegna: str | None = None
    lista_movimenti: list[_Row] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One POST a number, with the Origin and Referer of the page."""
    return tuple(
        Request(
            url="https://www.poste.it/online/dovequando/DQ-REST/ricercasemplice",
            method="POST",
            headers={
                "Content-Type": "application/json",
                "Origin": "https://www.poste.it",
                "Referer": "https://www.poste.it/cerca/index.html",
            },
            body=json.dumps(
                {"codiceSpedizione": normalise(number), "tipoRichiedente": "WEB", "periodoRicerca": 1}
            ).encode(),
        )
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    opening = body.data.lstrip()[:1]
    return opening == b"{" and any(key in body.data for key in (b'"esitoRicerca"', b'"listaMovimenti"'))


def _read(body: Body, asked: Asked) -> Reading:
    """`esitoRicerca` 3 with movements; 1 or 2 unknown, neither of them and no movements: no longer kept.

    Raises `Unreadable`.
    """
    answer = decode(body, _Answer)
    outcome = plain(answer.esito_ricerca)
    if not answer.lista_movimenti and (outcome in _UNKNOWN or (not outcome and answer.lista_movimenti is not None)):
        return told([], [number_of(answer.id_tracciatura)], asked)
    if not answer.lista_movimenti and outcome != _REGISTERED:
        raise Unreadable("listaMovimenti", "movements, or a known esitoRicerca")
    return told([_parcel(answer, asked)], [], asked)


def _parcel(answer: _Answer, asked: Asked) -> Parcel:
    rows = answer.lista_movimenti or []
    parcel = Parcel(
        number=number_in(asked, answer.id_tracciatura),
        state=None if rows else _S.INFO_RECEIVED,
        eta=forecast(answer.data_prevista_consegna),
        service_line=answer.tipo_prodotto or None,
        unknown_codes=not_known([plain(row.box) for row in rows], _BOXES),
        events=tuple(map(_event, rows)),
    )
    parcel = concluded(parcel)
    if plain(answer.stato) == _DELIVERED:
        parcel = agree(parcel, _BOXES[_DELIVERED])
    if answer.flag_ritorno and parcel.state in (_S.DELIVERED, _S.IN_TRANSIT, _S.OUT_FOR_DELIVERY):
        parcel = in_state(parcel, _S.RETURNED)
    return replace(parcel, eta=None) if parcel.state in (_S.DELIVERED, _S.RETURNED) else parcel


def _event(row: _Row) -> Event:
    """The place is not read: it may be the receiver's address."""
    text = row.stato_lavorazione or ""
    words = _WORDS.of(text) or english(text)
    known = weighed(_BOXES.get(plain(row.box)), words)
    if known and words and known.state is words.state:
        known = words
    if row.flag_ritorno and known and known.state is _S.DELIVERED:
        known = Meaning(_S.RETURNED, Leg.LOCAL)
    return event(epoch(row.data_ora, "UTC"), text, known, code=plain(row.box))


SOURCE = Source(
    id="poste_italiane",
    name="Poste Italiane",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("www.poste.it",),
    readers=(Reader(name="ricercasemplice", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="instants",
    page="https://www.poste.it/cerca/index.html#/risultati-spedizioni/{number}",
    ask=ask,
    countries=("IT",),
)
