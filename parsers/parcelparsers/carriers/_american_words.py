"""The words of American and Australian carriers by family, and those of their pages in other languages.

`TRAPS` counts before a code: texts that say less than the code beside them (`POSTS_AND_COURIERS.md` §0.5: "delivered
to an access point" waits for pickup, "to the sender" is returned). `MOVES` counts after it, for texts without a
known code. All texts are lower case when they are compared.
"""

from __future__ import annotations

from collections.abc import Iterable

from parcelparsers.carriers import _meanings as say
from parcelparsers.carriers._meanings import Families, Meaning
from parcelparsers.model import Flag, State

_THE_ITEM = r"\A\W*(?:(?:your |the )?(?:item|package|parcel|shipment|article|envelope)\W+(?:has been |was |is )?)?"
_BY_PEOPLE = r"(?:customer |recipient |self )?"

TRAPS = Families(
    (*say.FAILED, r"notice (?:card )?left|attempted delivery|deliver\w* (?:was )?(?:not )?attempt"),
    (*say.FAILED, r"attempt\w* (?:to deliver|made)|unsuccessful deliver|missed delivery|carded"),
    (*say.WAITING, r"final notice|will be returned\b.{0,40}\bif (?:not|un)"),
    (*say.RETURNED, r"\breturn(?!ed by)\w*\b.{0,30}\bto (?:the )?(?:original )?(?:sender|shipper|seller)"),
    (
        *say.RETURNED,
        r"\b(?:delivered|en ?route|sent back|released|back),? to (?:the )?(?:original )?(?:sender|shipper)",
    ),
    (*say.RETURNED, r"\bbeing returned\b|\breturn(?:ing|ed) (?:package|item|shipment)|\bhas been returned\b"),
    (*say.TROUBLE, r"\brefused\b|insufficient address|no such (?:number|street)|addressee unknown|forward expired"),
    (*say.TROUBLE, r"moved,? left no|\bvacant\b|\bunclaimed\b|\bdeceased\b|\bdead (?:letter|mail)|undeliverable"),
    (*say.TROUBLE, r"\bdamaged?\b|\blost\b(?! and found)|\bdestroyed\b|\bdisposed\b|\bseized\b|\bmissing\b"),
    (*say.TROUBLE, r"(?:information|shipment|pickup|label) (?:voided|cancell?ed)|\bvoided\b"),
    (*say.FAILED, r"no access|not available (?:when|at the time|for delivery)|unable to (?:be )?deliver"),
    (*say.FAILED, r"(?:could|can|was|were) ?not (?:be )?delivered|no one (?:home|in attendance|was available)"),
    (
        *say.FAILED,
        r"(?:customer|recipient|receiver|addressee|someone)\w* (?:was |is )?(?:not available|not in|unavailable)",
    ),
    (*say.FAILED, r"business (?:was |is )?closed|location closed|no authorized recipient|no secure location"),
    (*say.FAILED, r"receptacle (?:full|blocked)|schedule redelivery|delivery exception"),
    (
        *say.WAITING,
        r"(?:available|ready|held|hold|awaiting) (?:for |to be )?" + _BY_PEOPLE + r"(?:pick(?:ed)?[ -]?up|collect)",
    ),
    (
        *say.WAITING,
        r"held (?:at|for) .{0,40}(?:post office|customer|pick-? ?up|collection|location)",
    ),
    (*say.WAITING, r"(?<!be )delivered to (?:an? |the )?(?:\w+ )?ups access point"),
    (*say.WAITING, r"access point\W{0,3} possession|pick-?up point"),
    (*say.WAITING, r"delivered to post office for pick|at (?:fedex )?hold (?:at )?location|reminder to pick ?up"),
    (*say.CUSTOMS, r"held (?:by|in|at|up in) (?:\w+ )?customs|customs (?:delay|hold)|clearance delay"),
    (*say.CUSTOMS, r"clearance information (?:required|needed)|(?:pending|awaiting) .{0,40}\b(?:agency|broker)\b"),
    (
        *say.CUSTOMS,
        r"\b(?:duties|duty|customs fees?|import charges)\b.{0,40}\b(?:due|owed|unpaid|payable)\b",
    ),
)

MOVES = Families(
    (*say.LABEL, r"label\b.{0,20}\b(?:created|printed)|pre-?shipment|awaiting item|not (?:yet )?received"),
    (*say.LABEL, r"\binfo(?:rmation)?\b.{0,40}\b(?:received|sent|submitted|approved|uploaded)|manifest"),
    (*say.LABEL, r"order (?:processed|created|received)|ready for (?:ups|fedex)|billing information"),
    (*say.LABEL, r"to expect your package|preparing shipment|on the way to ups"),
    (*say.ROUND, r"\bout[ -]for[ -]delivery|on ?board for delivery|\bvehicle\b.{0,12}\bfor delivery"),
    (*say.ROUND, r"loaded on delivery vehicle|with (?:the )?(?:driver|courier)|it.s coming today"),
    (
        *say.DELIVERED,
        _THE_ITEM + r"(?:successfully )?delivered\b|\bdelivered by (?:local )?post office|individual picked up",
    ),
    (*say.MOVING, r"awaiting (?:international|scheduled) departure|release\w* - export|\bexport\b"),
    (*say.CLEARED, r"release\w* - import|(?:released?|cleared?|clearance|out of|inbound out of)\b.{0,20}\bcustoms"),
    (
        *say.CLEARED,
        r"customs\b.{0,20}\b(?:cleared|released?|completed?)|clearance completed?|cleared import|\Acleared\Z",
    ),
    (*say.ARRIVED, r"\bcustoms\b|awaiting clearance|clearance in progress|international arrival|\bimport scan"),
    (*say.ARRIVED, r"\blanded\b|in (?:the )?(?:destination|foreign) country|arrived in [a-z ]{3,40}\Z|\binbound\b"),
    (*say.EXPORTED, r"depart\w*\b.{0,30}\b(?:country|international)|\bflight\b|\bair carrier\b|left .{0,20}country"),
    (
        *say.ACCEPTED,
        r"\baccept|\bpicked up\b|\bpick-?up scan|origin scan|in possession|\blodged\b|dropped? ?off|drop-off",
    ),
    (*say.ACCEPTED, r"we.ve got it|we have your package|\btendered\b|received item from sender"),
    (*say.ACCEPTED, r"received by (?:our network|\w+ post\b)"),
    (*say.MOVING, r"origin|(?:depart\w*|left) (?:the )?(?:usps )?post office"),
    (*say.LOCAL, r"\bat (?:local|unit|the post office|post office|destination)"),
    (*say.LOCAL, r"destination (?:sort )?facility|local (?:facility|post)"),
    (*say.LOCAL, r"delivery (?:office|unit|partner|depot)|post office|sorting complete"),
    (*say.LOCAL, r"(?:preparing|scheduled) for delivery"),
    (*say.TROUBLE, r"\bexception\b|\balert\b|\bdelay|adverse weather|severe weather|emergency|\bheld\b|\bon hold\b"),
    (*say.MOVING, r"in[ -]transit|\barriv|\bdepart|\bprocess|\bsort|facility|on (?:its|the) way"),
    (*say.MOVING, r"\bscan\b|\bleft\b|en ?route"),
    (*say.MOVING, r"\bforward|\bredirect|re-?routed|\btransfer|\bmoving\b|\breceived\b|d[ei]spatch"),
    (*say.MOVING, r"\bshipped\b|handed over"),
)

ELSEWHERE = Families(
    (*say.FAILED, r"zustellversuch|nicht (?:angetroffen|anwesend)|konnte nicht zugestellt"),
    (*say.FAILED, r"tentative de livraison|absent\b|avis (?:de livraison|laissé)|intento de entrega|ausente"),
    (*say.FAILED, r"tentativ[oa] di consegna|bezorgpoging|próba doręczenia"),
    (*say.RETURNED, r"(?:zurück|rücksendung) an (?:den )?(?:absender|versender)"),
    (*say.RETURNED, r"(?:retour\w*|renvoy\w*) (?:à|a|au|vers) l?.?exp[ée]diteur"),
    (*say.RETURNED, r"(?:devuelto|devolución) al remitente|re(?:stituito|so) al mittente"),
    (*say.RETURNED, r"terug naar afzender|devolvido ao remetente|zwrot do nadawcy"),
    (*say.TROUBLE, r"annahme verweigert|adresse (?:ist )?(?:falsch|unvollständig|incomplète|erronée)"),
    (*say.TROUBLE, r"\brefusé|rechazad|rifiutat|geweigerd"),
    (*say.WAITING, r"access point\W{0,3} (?:zugestellt|übergeben)|beim ups access point"),
    (
        *say.WAITING,
        r"abholbereit|zur abholung|prêt (?:à être ramassé|pour)|peut être ramassé|disponible (?:pour|para|au)",
    ),
    (*say.WAITING, r"listo para (?:recoger|recogida)|pronto per il ritiro|klaar om af te halen|gotowa do odbioru"),
    (*say.CUSTOMS, r"(?:vom|beim) zoll (?:zurückgehalten|angehalten)|verzollungsverzögerung"),
    (*say.CUSTOMS, r"reten\w+ (?:par|en|por) (?:les |la )?(?:douane|aduana)"),
    (*say.ROUND, r"in (?:der )?zustellung|zustellfahrzeug|en cours de livraison"),
    (*say.ROUND, r"sorti pour livraison|en reparto|in consegna|saiu para entrega"),
    (*say.ROUND, r"onderweg voor (?:bezorging|levering)|en ruta para (?:la )?entrega|w doręczeniu"),
    (*say.DELIVERED, r"\A\W*(?:zugestellt|(?:(?:article|colis|envoi) )?(?:a été )?livré|entregad[oa]|entregue)\b"),
    (*say.DELIVERED, r"\A\W*(?:consegnat[oa]|bezorgd|afgeleverd|geleverd|doręczon[oay])\b"),
    (*say.DELIVERED, r"livraison (?:réussie|effectuée)|livré avec succès|доставлено|вручено"),
    (*say.LABEL, r"auftrag verarbeitet|bereit für ups|(?:sendungs|versand)informationen"),
    (*say.LABEL, r"étiquette|renseignements? (?:électroniques?|sur)"),
    (*say.LABEL, r"commande traitée|pedido procesado|etiqueta creada|ordine elaborato|order verwerkt|etykiet"),
    (*say.CLEARED, r"zoll(?:abfertigung)?\b.{0,20}(?:abgeschlossen|freigegeben)|dédouan"),
    (*say.CLEARED, r"despachad\w+ (?:por|de) aduana|sdoganat"),
    (*say.ARRIVED, r"importscan|scan beim import|scan d.importation|\bzoll|\bdouane|\baduana"),
    (*say.ACCEPTED, r"abhol(?:ung)?scan|abgeholt|herkunftsscan|ursprungsscan|scan d.origine|ramassé"),
    (*say.ACCEPTED, r"recogid|ritirato|accepté|opgehaald"),
    (*say.MOVING, r"ankunfts?|eingetroffen|abfahrts?|verlassen|unterwegs|bearbeitet|export|arriv"),
    (*say.MOVING, r"départ|traité|en transit|acheminement"),
    (*say.MOVING, r"en tr[aá]nsito|in transito|partito|salid[oa]|llegad[oa]|em trânsito|vertrokken"),
    (*say.MOVING, r"aangekomen|onderweg|w drodze|в пути"),
)
"""German, French, Spanish, Italian, Dutch, Portuguese, Polish and some Russian: the languages of UPS, FedEx and
Canada Post pages. A page in another language keeps its events; its state then rests on codes alone."""


def meaning(text: str, known: Meaning | None = None) -> Meaning | None:
    """What a line says: a trap in its words, then `known` (its code), then its words."""
    return TRAPS.of(text) or known or MOVES.of(text) or ELSEWHERE.of(text)


def contradicted(lines: Iterable[tuple[Meaning | None, str]]) -> tuple[Flag, ...]:
    """The flag for lines whose code says delivered and whose words say less."""
    for known, text in lines:
        trap = TRAPS.of(text) if known and known.state is State.DELIVERED else None
        if trap and trap.state is not State.DELIVERED:
            return (Flag.CODE_AND_WORDING_DISAGREE,)
    return ()
