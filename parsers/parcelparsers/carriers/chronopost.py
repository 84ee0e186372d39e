"""Chronopost, France (`POSTS_AND_COURIERS.md` §4): its own XML; without a key the history is La Poste's (§3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._answers import nothing, number_in, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families, Meaning, codes, contradicted, not_known, weighed
from parcelparsers.carriers._parcel_words import WORDS as PARCEL_WORDS
from parcelparsers.carriers._postal_words import meaning as postal
from parcelparsers.carriers._rows import event, flat
from parcelparsers.carriers.laposte import SOURCE as LA_POSTE
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = State

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "DC"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "DB DY"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "SC TS"),
    (_S.IN_TRANSIT, Leg.LOCAL, "SD"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "TA"),
    (_S.DELIVERED, Leg.FINAL, "D"),
)
_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"(?:retour|renvoy|restitu|livr)\w* .{0,20}\b(?:à l.|au |a l.)?exp[ée]diteur|en retour"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"absen|refus|(?:livraison|distribution) .{0,30}(?:impossible|échou|report)"),
    (
        _S.DELIVERY_FAILED,
        Leg.LOCAL,
        (r"n.a (?:pas )?pu être|adresse .{0,20}(?:incompl|erron|inconnu)|avis(?:é| de passage)"),
    ),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"(?:retenu|bloqu|attente)\w* .{0,30}douan|(?:held|blocked) .{0,20}customs"),
    (_S.EXCEPTION, Leg.ACCEPTED, r"perdu|endommag|incident|avari|litige|détruit|mis de côté"),
    (
        _S.AVAILABLE_FOR_PICKUP,
        Leg.LOCAL,
        (
            r"(?:disponible|mis\w* à disposition|attente de retrait|déposé).{0,40}(?:relais|point|bureau"
            r"|agence|consigne|retrait)"
            r"|mis à disposition|à retirer|available (?:in|at) .{0,30}(?:relay|point|office|locker)"
        ),
    ),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"en (?:cours de |instance de )?livraison|in delivery to|tournée"),
    (_S.DELIVERED, Leg.FINAL, r"livraison effectuée|\blivré|distribué|remis (?:au destinataire|en main)"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"préparation|preparation"),
    (_S.IN_TRANSIT, Leg.CLEARED, r"dédouan"),
    (_S.IN_TRANSIT, Leg.ARRIVED, r"douan"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"pris en charge|remis (?:par|à chronopost)|déposé|enregistré"),
    (_S.IN_TRANSIT, Leg.LOCAL, r"sorted at delivery|trié .{0,30}(?:livraison|distribution)|arrivé .{0,20}agence"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"\btri\b|trié|acheminement|transit|départ|arriv"),
)
"""Chronopost's wordings in French, and those of its English ones that are its own."""
_UNKNOWN = re.compile(r"inconnu|introuvable|n.existe pas|invalid|not (?:found|exist)|unknown|aucun", re.I)


def _fits(body: Body) -> bool:
    return body.is_html and (b"trackSkybill" in body.data or b"tracking.soap.chronopost" in body.data)


def _read(body: Body, asked: Asked) -> Reading:
    """`listEventInfoComp` with an `events` a scan; `errorCode` 0 is fine. Raises `Unreadable`."""
    root = body.xml()
    code, said = _within(root, "errorCode"), _within(root, "errorMessage") or _within(root, "faultstring")
    rows = list(root.iter("{*}events"))
    if rows:
        return told([_parcel(_within(root, "skybillNumber"), rows, asked)], [], asked)
    if _UNKNOWN.search(said) or (code == "0" and not said):
        return nothing(asked)
    if code or said:
        return refused(code, said, "inconclusive")
    raise Unreadable("return", "events or an error")


def _within(root: _Element, name: str) -> str:
    return flat(next((found.text for found in root.iter("{*}" + name)), ""))


def _text(row: _Element, name: str) -> str:
    return flat(row.findtext("{*}" + name))


def _parcel(number: str, rows: list[_Element], asked: Asked) -> Parcel:
    parcel = Parcel(
        number=number_in(asked, number),
        flags=contradicted((_CODES.get(_text(row, "code")), _words(_text(row, "eventLabel"))) for row in rows),
        unknown_codes=not_known([_text(row, "code") for row in rows], _CODES),
        events=tuple(map(_event, rows)),
    )
    return concluded(parcel, newest_first=False)


def _words(text: str) -> Meaning | None:
    return _WORDS.of(text) or PARCEL_WORDS.of(text) or postal(text)


def _event(row: _Element) -> Event:
    """Only the label and the office: the further fields name the consignee."""
    code, text = _text(row, "code"), _text(row, "eventLabel")
    when = stamp(_text(row, "eventDate"), place="Europe/Paris")
    place = _text(row, "officeLabel")
    return event(when, text, weighed(_CODES.get(code), _words(text)), code=code, place=place)


SOURCE = Source(
    id="chronopost",
    name="Chronopost",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=LA_POSTE.hosts,
    readers=(Reader(name="trackSkybill", fits=_fits, read=_read), *LA_POSTE.readers),
    clock="Paris, with its offset in each time",
    page="https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT={number}",
    ask=LA_POSTE.ask,
    countries=("FR",),
)
