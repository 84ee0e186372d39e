"""Which addresses the fetcher may touch. The product knows one policy; others stand beside what needs them."""

from __future__ import annotations

import ipaddress
from typing import Protocol

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "64:ff9b:1::/48",
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
        ),
    )
)
"""Special purposes (IANA registries, RFC 6890; site-local of old, RFC 3879) that not every Python calls not global."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressPolicy(Protocol):
    """Asked before a request (`allows_scheme`) and again at each connect, of the resolved address."""

    def allows_scheme(self, scheme: str) -> bool:
        """Whether a connection of this scheme (`https`, `http`) may be made."""
        ...

    def allows_address(self, address: str) -> bool:
        """Whether this IP address may be connected to."""
        ...


class PublicOnly:
    """https to addresses of the public internet; an IPv4 address inside an IPv6 one is looked at by itself."""

    def allows_scheme(self, scheme: str) -> bool:
        """Only https."""
        return scheme == "https"

    def allows_address(self, address: str) -> bool:
        """Global unicast addresses only (so neither 100.64.0.0/10 nor link-local nor private ones)."""
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return all(_is_public(address) for address in _unwrapped(found))


def _is_public(address: Address) -> bool:
    special = any(address.version == network.version and address in network for network in _SPECIAL)
    return address.is_global and not address.is_multicast and not address.is_reserved and not special


def _unwrapped(address: Address) -> tuple[Address, ...]:
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
    return (inner,) if inner else (address,)
