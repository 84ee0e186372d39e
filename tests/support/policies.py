"""Address policies for servers of the tests' own, on loopback. No setting of the product leads here."""

from __future__ import annotations

import ipaddress


class LoopbackOnly:
    """Any scheme, loopback addresses alone."""

    def allows_scheme(self, scheme: str) -> bool:
        return scheme in ("http", "https")

    def allows_address(self, address: str) -> bool:
        return ipaddress.ip_address(address).is_loopback
