"""The one helper that imports bs4 and lxml, at the first call and not before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parcelparsers.errors import Unreadable

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from lxml.etree import _Element


_PROLOG = re.compile(r"\A(?:\s*<\?xml(?:[^>]{0,200}\?>)?)+", re.IGNORECASE)
DEEPEST = 150
"""Elements in each other. Texts of deeper pages cost the square of their length, and nobody writes one."""


def soup(text: str, names: tuple[str, ...] = ()) -> BeautifulSoup:
    """Parse HTML with lxml; with `names`, keep only elements of these names and what is in them.

    Raises `Unreadable` for elements nested more than `DEEPEST` deep.
    """
    from bs4 import BeautifulSoup
    from bs4.filter import SoupStrainer

    only = SoupStrainer(list(names)) if names else None
    page = BeautifulSoup(_PROLOG.sub("", text), "lxml", parse_only=only)
    depths: dict[int, int] = {}
    for tag in page.find_all(True):
        depth = depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
        if depth > DEEPEST:
            raise Unreadable("page", f"elements nested at most {DEEPEST} deep")
    return page


def xml(data: bytes) -> _Element:
    """Parse XML; entities, DTDs and the network are refused. Raises `Unreadable` where it is none."""
    from lxml import etree

    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Unreadable("body", "XML without a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable("body", "well-formed XML") from fault
    return root
