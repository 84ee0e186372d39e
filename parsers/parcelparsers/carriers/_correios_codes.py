"""What codes and wordings of Correios say of a parcel (`POSTS_AND_COURIERS.md` §13 and general
knowledge of the language). A code is the type and the number of an event, `BDE/01`; the older answers print wordings alone.
"""

from __future__ import annotations

from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families, Meaning, codes, contradicted, weighed
from parcelparsers.carriers._rows import event
from parcelparsers.clock import Stamp
from parcelparsers.model import Eta, Event, Leg, Parcel, State
from parcelparsers.typed import replace

_S = State

ZONE = "America/Sao_Paulo"
"""Brasília's clock, in which the systems write where an event names no zone."""
SPREAD = 2.0
"""Hours that a scan elsewhere in Brazil may be off from it."""

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "FC/82"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "PO/01 PO/09"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "RO/01 DO/01 FC/03 PAR/21"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "PAR/16"),
    (_S.IN_TRANSIT, Leg.CLEARED, "PAR/07 PAR/10"),
    (_S.EXCEPTION, Leg.ARRIVED, "BDI/40 BDE/40 BDR/40 BDR/83 BDE/83 BDI/83"),
    (_S.RETURNED, Leg.ARRIVED, "PAR/24"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "OEC/01"),
    (_S.RETURNED, Leg.LOCAL, "OEC/09 BDE/23 BDI/23 BDR/23"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "BDE/20 BDI/20 BDR/20 BDE/21 BDI/21 BDR/21 BDE/10 BDI/10 BDR/10"),
    (_S.EXCEPTION, Leg.LOCAL, "BDE/34 BDI/34 BDR/34 BDE/47 BDI/47 BDR/47"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "LDI/01 LDI/02"),
    (_S.DELIVERED, Leg.FINAL, "BDE/01 BDI/01 BDR/01"),
)
"""BDE, BDI and BDR are three lists of one table: by the carrier, inside, and at the counter."""
_TYPES = codes(
    (_S.IN_TRANSIT, Leg.ACCEPTED, "PO"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "RO DO"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "OEC"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "LDI"),
)
"""Types whose every number says the same."""

_RETURNED = (
    r"\b(?:entregue|entrega|devolvid\w+|devolu\w+|retorn\w+|restitu\w+) .{0,20}\b(?:ao|para o) remetente"
    r"|devolu[cç][ãa]o (?:determinada|autorizada|ao|à|para)|em devolu[cç][ãa]o|ser[áa] devolvid"
    r"|devolvid\w+ (?:ao|à|para|pel)"
)
_FAILED = (
    r"n[ãa]o (?:foi )?entreg|n[ãa]o p[oôó]de ser (?:efetuad|entreg|realizad)"
    r"|entrega (?:de objeto )?n[ãa]o (?:efetuad|realizad|foi)"
    r"|(?:carteiro|entregador) n[ãa]o (?:foi )?atendid|(?:destinat[áa]rio|cliente) (?:ausente|recus|desconhec|mudou)"
    r"|tentativa de entrega|recusad[oa]|empresa sem expediente|domic[íi]lio fechado"
)
_WAITING = (
    r"aguardando (?:a )?retirada|aguardando (?:o )?destinat|dispon[íi]vel (?:para|em|na|no)|para retirada"
    r"|caixa postal|pode ser retirad"
)
_HELD = (
    r"aguardando (?:o )?(?:pagamento|apresenta|documento|informa|regulariza)|retid[oa] |faltam? (?:informa|document)"
    r"|pagamento (?:do|da|de) .{0,40}(?:pendente|necess[áa]ri)|necess[áa]ri[oa] o pagamento"
    r"|declara[cç][ãa]o aduaneira ausente"
)
_TROUBLE = (
    r"extraviad|avariad|roubad|furtad|apreendid|n[ãa]o (?:foi )?localizad"
    r"|importa[cç][ãa]o .{0,60}n[ãa]o (?:foi )?autoriz"
    r"|n[ãa]o autorizad|inconsist[êe]ncia|endere[cç]o (?:incorreto|insuficiente|incompleto)|irregular"
    r"|prazo .{0,60}(?:encerrad|expirad|vencid|esgotad)|entrega cancelad|n[ãa]o (?:foi )?(?:procurad|retirad)|sinistr"
    r"|destru[íi]d"
)
_CLEARED = (
    r"(?:importa[cç][ãa]o|aduan\w+|fiscaliza\w+|alf[âa]nd\w+|receita).{0,60}(?:autorizad|liberad|finalizad|conclu)"
    r"|(?:liberad\w+|desembara\w+) .{0,40}(?:aduan|alf[âa]nd|receita|fiscaliz)"
    r"|an[áa]lise conclu|pagamento (?:confirmado|recebido|efetuado|aprovado)|sa[íi]da d[oa] (?:centro"
    r"|unidade) internacional"
    r"|revis[ãa]o .{0,40}conclu"
)
_ANNOUNCED = r"etiqueta|aguardando (?:a )?postagem|pr[ée]-?postagem|ainda n[ãa]o .{0,20}postad"

WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, _RETURNED),
    (_S.DELIVERY_FAILED, Leg.LOCAL, _FAILED),
    (_S.EXCEPTION, Leg.ACCEPTED, _TROUBLE),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, _HELD),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, _WAITING),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"saiu para (?:a )?entrega|em rota de entrega|sa[íi]da para entrega"),
    (_S.DELIVERED, Leg.FINAL, r"\bentregue\b|entrega (?:efetuada|realizada|conclu)"),
    (
        _S.INFO_RECEIVED,
        Leg.ANNOUNCED,
        _ANNOUNCED,
    ),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"pa[íi]s de origem|unidade de exporta|para an[áa]lise"),
    (_S.IN_TRANSIT, Leg.CLEARED, _CLEARED),
    (
        _S.IN_TRANSIT,
        Leg.ARRIVED,
        r"correios do brasil|aduaneir|desembara[çc]|alf[âa]ndeg|fiscaliza[cç]|receita federal|tributa[cç]",
    ),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"\bpostad|coletad"),
    (_S.IN_TRANSIT, Leg.LOCAL, r"unidade de distribui|ainda n[ãa]o chegou"),
    (
        _S.IN_TRANSIT,
        Leg.ORIGIN,
        r"encaminhad|transfer[êe]ncia|tr[âa]nsito|tratamento|recebid|corre[cç][ãa]o de rota|conferid|aguarde",
    ),
)


def meaning_of(code: str | None) -> Meaning | None:
    """What a code says, None where it is not known."""
    return _CODES.get(code or "") or _TYPES.get((code or "").partition("/")[0])


def line(when: Stamp, text: str | None, code: str | None = None, place: str | None = None) -> Event:
    """One event of any of the formats."""
    meaning = weighed(meaning_of(code), WORDS.of(text or ""))
    return event(when, text, meaning, code=code, place=place)


def parcel_of(
    number: str,
    events: list[Event],
    *,
    eta: Eta | None = None,
    service: str | None = None,
    newest_first: bool | None = None,
) -> Parcel:
    """The parcel of any of the formats. Raises `Unreadable` where there are no events."""
    unknown = (e.code for e in events if e.code and not meaning_of(e.code))
    parcel = Parcel(
        number=number,
        eta=eta,
        service_line=service or None,
        flags=contradicted((meaning_of(e.code), WORDS.of(e.description)) for e in events),
        unknown_codes=tuple(dict.fromkeys(unknown)),
        events=tuple(events),
    )
    done = concluded(parcel, newest_first=newest_first)
    return replace(concluded(replace(parcel, events=_cleared_after_arrival(done.events))), flags=done.flags)


def _cleared_after_arrival(oldest_first: tuple[Event, ...]) -> tuple[Event, ...]:
    """The import may be authorised before the parcel has come: it counts as cleared only after the arrival."""
    arrived = False
    kept = []
    for each in oldest_first:
        early = each.code == "PAR/07" and not arrived
        kept.append(replace(each, leg=Leg.ORIGIN) if early else each)
        arrived = arrived or each.leg >= Leg.ARRIVED
    return tuple(kept)
