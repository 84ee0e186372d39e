"""One unit of work on the open connection: the repositories side by side. Implements `services.ports.Unit`."""

from __future__ import annotations

from sqlite_utils import Database

from parcelwarden.adapters.store.alerts import Alerts
from parcelwarden.adapters.store.answers import Answers
from parcelwarden.adapters.store.captures import Captures
from parcelwarden.adapters.store.clients import Clients
from parcelwarden.adapters.store.orders import Orders
from parcelwarden.adapters.store.parcels import Parcels
from parcelwarden.adapters.store.settings import Settings
from parcelwarden.adapters.store.sources import Sources


class SqlUnit:
    """The repositories. Only for the store's own thread."""

    def __init__(self, db: Database) -> None:
        self.orders = Orders(db)
        self.parcels = Parcels(db)
        self.alerts = Alerts(db)
        self.sources = Sources(db)
        self.answers = Answers(db)
        self.captures = Captures(db)
        self.clients = Clients(db)
        self.settings = Settings(db)
