"""What Spanish wordings of posts say of a parcel, in Spain and South America.

Sources: `POSTS_AND_COURIERS.md` §5, §42 and general knowledge of the language. The order is the rule:
what looks like a delivery and is none stands before it (a return, a failed attempt, a waiting parcel).
"""

from __future__ import annotations

from parcelparsers.carriers._meanings import Families
from parcelparsers.model import Leg, State

_S = State

_RETURNED = (
    r"(?:devuelt\w+|devoluci[óo]n|entregad\w+|retorn\w+|regres\w+"
    r"|reencaminad\w+) .{0,20}\b(?:remitente|origen|expedidor)"
    r"|\bdevuelto\b|devoluci[óo]n (?:admitida|iniciada|en curso)|en devoluci[óo]n"
    r"|finalizado (?:el )?plazo (?:de )?retirada"
)
_FAILED = (
    r"intento (?:fallido |infructuoso )?de (?:entrega|reparto)|intento de entrega"
    r"|no (?:se (?:ha )?(?:podido|pudo) )?entreg"
    r"|entrega (?:fallida|no (?:realizada|efectuada|lograda)|infructuosa)|no ha (?:sido"
    r"|podido) .{0,20}(?:entreg|repart)"
    r"|ausente|rehusad|rechazad|direcci[óo]n (?:incorrecta|incompleta|insuficiente|inexistente|err[óo]nea)|se mud[óo]"
    r"|desconocid|visita (?:fallida|sin [ée]xito)"
)
_HELD = (
    r"(?:retenid|detenid|demorad)\w+ .{0,30}adua|adua\w+ .{0,30}(?:retenid|detenid|pendiente)"
    r"|pendiente de (?:pago|documentaci|despacho|tr[áa]mite)|pago (?:de (?:tasas|impuestos|derechos) )?pendiente"
    r"|(?:requiere|falta|solicit\w+) .{0,30}(?:documentaci|pago|informaci|tr[áa]mite)"
)
_TROUBLE = r"extraviad|perdid|dañad|averiad|siniestr|robad|destruid|incidencia|anulad|decomisad|caducad|an[óo]mal"
_WAITING = (
    r"(?:disponible|listo|pendiente|a disposici[óo]n|espera|depositad\w+) .{0,40}(?:recog|retir"
    r"|oficina|sucursal|ventanilla"
    r"|citypaq|casillero|punto de)|\Aen (?:la )?(?:oficina|sucursal|lista)\b|avisad[oa]|aviso de (?:llegada|visita)"
    r"|puede (?:pasar a )?(?:recoger|retirar)|para (?:su )?retiro"
)
_TOUR = (
    r"en reparto|en (?:proceso|curso|camino) de entrega|sali[óo] a (?:reparto|entrega"
    r"|distribuci)|con el cartero|en distribuci[óo]n domicil"
)
_ANNOUNCED = (
    r"pre-?registr|prerregistr|prealta|preadmi|informaci[óo]n recibida|aviso de env[íi]o"
    r"|a[úu]n no .{0,30}(?:recib|admit)"
)
_CLEARED = (
    r"(?:despachad|liberad|autorizad|levantad)\w+ .{0,30}adua|adua\w+ .{0,30}(?:despachad|liberad|finaliz|autoriz)"
    r"|salida (?:de|del) (?:la )?(?:adua|oficina de cambio de destino)|control aduanero .{0,20}(?:finaliz|complet)"
)

WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, _RETURNED),
    (_S.DELIVERY_FAILED, Leg.LOCAL, _FAILED),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, _HELD),
    (_S.EXCEPTION, Leg.ACCEPTED, _TROUBLE),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, _WAITING),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, _TOUR),
    (
        _S.DELIVERED,
        Leg.FINAL,
        r"\bentregad[oa]\b|entrega (?:efectuada|realizada|exitosa)|recogid[oa] (?:por|en)|retirad[oa] por",
    ),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, _ANNOUNCED),
    (_S.IN_TRANSIT, Leg.CLEARED, _CLEARED),
    (
        _S.IN_TRANSIT,
        Leg.LINE_HAUL,
        r"salida (?:de la |de )?(?:oficina de cambio|pa[íi]s de origen)|en (?:vuelo|ruta internac)",
    ),
    (
        _S.IN_TRANSIT,
        Leg.ARRIVED,
        r"adua|llegada (?:al|a|a la|en) (?:pa[íi]s|oficina de cambio de destino)|centro internacional",
    ),
    (_S.IN_TRANSIT, Leg.LOCAL, r"unidad de reparto|unidad de distribuci|oficina de (?:reparto|entrega|destino)"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"\badmitid|admisi[óo]n|imposici[óo]n|aceptad|recepci[óo]n|\brecibid|ingres"),
    (
        _S.IN_TRANSIT,
        Leg.ORIGIN,
        r"clasific|tr[áa]nsito|en camino|despach|env[íi]ad|llegad|salid|proces|traslad|reenv|derivad",
    ),
)
"""Every family, in the order in which it is tried."""
