"""The address policy of the demo: loopback and nothing else. No setting, flag or variable reaches it."""

from __future__ import annotations

import ipaddress


class LoopbackOnly:
    """Plain http to this machine. Implements `AddressPolicy`."""

    def allows_scheme(self, scheme: str) -> bool:
        """Only http: the street has no certificate."""
        return scheme == "http"

    def allows_address(self, address: str) -> bool:
        """Loopback addresses only."""
        return ipaddress.ip_address(address).is_loopback
