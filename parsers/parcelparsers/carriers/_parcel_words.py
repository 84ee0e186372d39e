"""The wordings of parcel services that print sentences: German and English, the common ones in Dutch, French,
Italian and Polish too.

Sources: `POSTS_AND_COURIERS.md` §0.5 (traps), §9, §25, §30, §31 and general knowledge of the languages. The
order is the rule: what looks like a delivery and is none stands before it (a data notice, a return, a failed
attempt, a pickup place, a forecast such as "wird ... zugestellt").
"""

from __future__ import annotations

from parcelparsers.carriers._meanings import Families
from parcelparsers.model import Leg, State

_NOTICE = (
    r"benachrichtigungskarte|notification card|revocation|enquiry initiated|nachforschung|order triggered"
    r"|auftrag .{0,40}empf.nger|signatur liegt vor|eta changed"
    r"|(?:bezorging|delivery) (?:wijzigen|can(?:not)? be changed)"
)
_ANNOUNCED = (
    r"elektronisch|electronic|auftragsdaten|paketdaten|\bdaten .{0,60}(?:übermittelt|erfasst)"
    r"|\bdata .{0,60}(?:received|entered|transmitted|provided|delivered)|angekündigt|\bannounced|pre-?advi"
    r"|prenotif|label created|shipment information|noch nicht .{0,40}(?:übergeben|erhalten)"
    r"|not (?:yet )?(?:been )?(?:handed|received)|shortly be handed over|bereitet .{0,80}versand vor"
    r"|nog niet .{0,60}ontvangen|aangemeld|annonc[ée]|\bcreated\b|avisiert|zarejestrowan"
)
_RETURNED = (
    r"rücksend|rückversand|retour\b|retourniert|zurückgesand|zurück (?:an|zum) .{0,20}(?:absender|versender)"
    r"|an den absender|return(?:ed|ing|s)? (?:(?:back )?to|delivered)|returning|(?:is|being|been) returned"
    r"|delivered (?:back )?to (?:the )?(?:sender|shipper)|wird retourniert|zwrot|renvoy[ée]"
)
_UNCOLLECTED = (
    r"nicht abgeholt|not (?:been )?collected|not picked up|lagerfrist abgelaufen"
    r"|(?:storage|pick-?up) (?:time|period) (?:has )?expired"
)
_FAILED = (
    r"konnte .{0,80}nicht .{0,60}zugestellt|nicht .{0,20}zugestellt|nicht angetroffen|zustellversuch"
    r"|zustellung (?:war |ist )?(?:leider )?(?:nicht|fehlgeschlagen)|(?:nicht |un)zustellbar|verweigert"
    r"|(?:could|can|was|were|has) ?not (?:been |be )?(?:successfully )?delivered|\bnot delivered|undeliver"
    r"|unsuccessful|unsuccesfull|delivery (?:attempt|failed|failure|refused)|failed delivery|attempted delivery"
    r"|not (?:at )?home|refused|recipient (?:absent|unknown)|niet (?:kunnen |thuis|worden ).{0,30}|niet bezorgd"
    r"|n.a (?:pas )?pu être|absent|nie (?:zastano|doręcz)|nieudan"
)
_HELD = (
    r"(?:held|detained|retained|hold|stopped|seized) (?:by|at|in) (?:the )?customs|customs (?:hold|delay)"
    r"|not (?:yet )?(?:been )?released by customs|zoll .{0,40}(?:angehalten|zurückgehalten)"
    r"|nicht .{0,40}zoll freigegeben"
    r"|(?:duties|charges|tax(?:es)?|vat) .{0,40}(?:due|paid|pay|outstanding)|einfuhrabgaben .{0,40}(?:offen|zahl)"
    r"|selbstverzollung|beim zollamt .{0,40}(?:abhol|verzoll)|further (?:clearance|customs)|receipt of payment"
)
_TROUBLE = (
    r"beschädig|damaged?\b|verloren|verlust|\blost\b|\bmissing\b|beschlagnahm|destroyed|vernichtet|carrier label error"
    r"|\bon hold\b"
    r"|delivery exception|address .{0,30}(?:incorrect|incomplete|needed|wrong|insufficient)"
    r"|adresse .{0,30}(?:unvollständig|fehlerhaft|ungenügend|falsch|unrichtig)|unklarer sendungsverbleib"
)
_POINT = (
    r"(?:pick-?up|parcel ?(?:locker|shop|station|box)|locker|service ?point|access ?point|packstation|paketshop"
    r"|paketkasten|collection|filiale|postfiliale|post office|abholstation|relay)"
)
_WAITING = (
    r"zur abholung (?:\w+ )?(?:bereit|gemeldet|hinterlegt|verfügbar)|bereit zur abholung|abholbereit|hinterlegt"
    r"|liegt .{0,200}zur abholung|kann .{0,200}abgeholt werden|(?:ready|available|awaiting|waiting) (?:for |to be )?"
    r"(?:pick|collect|self)|paketshop (?:eingetroffen|zugestellt)|in (?:die|einer|der) (?:packstation|abholstation)"
    r" .{0,60}(?:eingestellt|eingelegt|zugestellt)|(?:delivered|deposited|placed|arrived) (?:to|at|in|into) "
    r"(?:an? |the )?(?:\w+ )?" + _POINT + r"|registered for collection|retention period"
    r"|(?:deposited|hinterlegt) .{0,40}mypost24"
    r"|klaar .{0,40}(?:afgehaald|afhalen|opgehaald|ophalen)|afgehaald worden|gotow\w+ do odbioru"
    r"|disponible .{0,30}(?:retrait|point)|pronto per il ritiro"
)
_TOUR = (
    r"zustellfahrzeug|in zustellung\b|zustelltour|laufe des tages|out for delivery|with (?:the )?delivery courier"
    r"|delivery (?:vehicle|route|tour)|delivered (?:during the day|today)|\bin delivery\b|driver is en ?route"
    r"|handed over to the courier|chauffeur .{0,20}onderweg|onderweg naar (?:u|je|de ontvanger)"
    r"|en cours de livraison|in consegna|wydan\w+ do doręczenia|loaded on"
)
_FORECAST = (
    r"\bwird\b.{0,200}\b(?:zugestellt|zur abholung)|will be delivered|voraussichtlich|expected (?:delivery|to be)"
    r"|wordt .{0,80}bezorgd|delivery planned|zustellung geplant|scheduled"
)
_FROM_SENDER = r"(?:absender|versender) (?:.{0,20} )?abgeholt|picked up (?:at|from) (?:the )?(?:client|sender)"
_DELIVERED = (
    r"zugestellt|zustellung erfolgreich|ausgeliefert|\bdelivered\b|abgeholt|ausgehändigt"
    r"|(?:picked up|collected) by (?:the )?(?:recipient|receiver|customer|consignee|addressee)|final delivery"
    r"|\bbezorgd\b|afgeleverd|opgehaald|livr[ée]\b|distribu[ée]\b|consegnat|entregad|doręczon|odebran"
)
_CLEARED = (
    r"(?:clearance|customs|verzollung|zollabfertigung) .{0,80}(?:complete|cleared|released|abgeschlossen|beendet)"
    r"|released by customs|(?:vom zoll|zollseitig) freigegeben|completion of customs|customs cleared"
)
_HANDED_ON = (
    r"tendered to|zustellpartner|partner carrier|zustellorganisation|postbetreiber zielland|delivery organi[sz]ation"
)
_CUSTOMS = r"customs|clearance|zoll|douane|dogana|celn"
_LEFT = (
    r"left the country|departure from border|transported to the destination|exportzentrum|border point of origin"
    r"|aufgabeland|nach .{0,30}abgesendet|ausland weitergeleitet|forwarding abroad|zielland transportiert|\bexport"
)
_ARRIVED = (
    r"destination country|zielland|country of destination|border point|importzentrum|arrived in country"
    r"|bestimmungsland|in (?:österreich|deutschland|der schweiz) (?:angekommen|eingetroffen)"
)
_LOCAL = (
    r"ziel-?paketzentrum|zielregion|zustellbasis|zustelldepot|zustellst|local depot|local (?:delivery|sorting)"
    r"|your region|delivery (?:depot|facility|office|base|cent|post office|point)|destination .{0,40}facility"
    r"|final parcel cent|arrival at post office|hand-?held|handheld|delivery\b.{0,20}cityhub|sorted for delivery"
)
_ACCEPTED = (
    r"handed (?:over|to)|picked up|übernommen|übergeben|eingeliefert|abgegeben|aufgegeben|postaufgabe"
    r"|\baccepted|\bmailed"
    r"|posting|received (?:at|by)|nadan"
)
_MOVING = (
    r"paketzentrum|briefzentrum|verteilzentrum|logistikzentrum|parcel cent|sort|depot|facility|process|bearbeit"
    r"|unterwegs|transit|on (?:its|the|your) way|weitergeleitet|forward|depart|verlassen|arriv|eingetroffen|angekommen"
    r"|standort|transfer|umschlag|\bleft\b|transport|consolidated|cross docked|moving|abgang|ankunft|ontvangen"
)

_S = State

WORDS = Families(
    (None, Leg.ANNOUNCED, _NOTICE),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, _ANNOUNCED),
    (_S.RETURNED, Leg.LOCAL, _RETURNED),
    (_S.EXCEPTION, Leg.LOCAL, _UNCOLLECTED),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, _HELD),
    (_S.DELIVERY_FAILED, Leg.LOCAL, _FAILED),
    (_S.EXCEPTION, Leg.ACCEPTED, _TROUBLE),
    (_S.IN_TRANSIT, Leg.ANNOUNCED, r"\bwird\b.{0,200}\bzur abholung|unterwegs zu|en ?route to the pick"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, _WAITING),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, _TOUR),
    (_S.IN_TRANSIT, Leg.ANNOUNCED, _FORECAST),
    (_S.IN_TRANSIT, Leg.ACCEPTED, _FROM_SENDER),
    (_S.DELIVERED, Leg.FINAL, _DELIVERED),
    (_S.IN_TRANSIT, Leg.CLEARED, _CLEARED),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, _LEFT),
    (_S.IN_TRANSIT, Leg.CLEARED, _HANDED_ON),
    (_S.IN_TRANSIT, Leg.ARRIVED, _CUSTOMS),
    (_S.IN_TRANSIT, Leg.ARRIVED, _ARRIVED),
    (_S.IN_TRANSIT, Leg.LOCAL, _LOCAL),
    (_S.IN_TRANSIT, Leg.ACCEPTED, _ACCEPTED),
    (_S.IN_TRANSIT, Leg.ORIGIN, _MOVING),
)
"""Every family, in the order in which it is tried."""
