"""Writes what of the extension follows from the daemon: the sites that it may be let in to, and the types of the API.

`make generate` runs it; a test fails when what is written differs from what would be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "parsers")]

from parcelparsers import Source, all_sources  # noqa: E402
from parcelparsers.marketplaces.shops import all_shops  # noqa: E402
from parcelparsers.source import Access  # noqa: E402
from parcelwarden.api import shapes  # noqa: E402
from parcelwarden.api.shapes.base import Input, Shape  # noqa: E402

EXTENSION = ROOT / "extension"
LANDS = ("com", "co.uk", "de", "fr", "it", "es")
SHOPS = (
    ("ebay", "eBay", "www.ebay", "mye/myebay/*"),
    ("ebay-order", "eBay, order pages", "order.ebay", "ord/show*"),
    ("amazon", "Amazon", "www.amazon", "*order*"),
)
"""Shops beside AliExpress: what they are called, their hosts without the land, the path of their order pages."""


def sites() -> dict[str, Any]:
    """`extension/sources.json`: every site that a user may let in. `hosts` of a source are those that its module
    declares, and that of its page for people; `relay`: its pages may be fetched for the daemon, a shop's never."""
    return {
        "shops": [
            {"id": key, "name": name, "matches": [f"https://{host}.{land}/{path}" for land in LANDS]}
            for key, name, host, path in SHOPS
        ],
        "sources": [
            {"id": each.id, "name": each.name, "hosts": _hosts(each), "relay": each.access is Access.RELAY}
            for each in all_sources()
            if not any(shop.owns(f"https://{host}/") for shop in all_shops() for host in _hosts(each))
        ],
    }


def _hosts(source: Source) -> list[str]:
    return list(dict.fromkeys((*source.hosts, str(urlsplit(source.page).hostname))))


def manifest(listed: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the hosts of `sites` as permissions that the user may give."""
    made: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    hosts = [host for source in listed["sources"] for host in source["hosts"]]
    shops = [str(urlsplit(match).hostname) for shop in listed["shops"] for match in shop["matches"]]
    optional = [f"https://{host}/*" for host in dict.fromkeys((*shops, *hosts))]
    made["optional_host_permissions"] = optional
    relayed = [f"https://{host}" for source in listed["sources"] if source["relay"] for host in source["hosts"]]
    policy = made["content_security_policy"]["extension_pages"].split("; ")
    connect = " ".join(("connect-src 'self' http://127.0.0.1:*", *dict.fromkeys(relayed)))
    made["content_security_policy"]["extension_pages"] = "; ".join(
        connect if rule.startswith("connect-src") else rule for rule in policy
    )
    always = [f"https://{host}/*" for host in ("*.aliexpress.com", "*.aliexpress.us", "aliexpress.ru")]
    made["web_accessible_resources"][0]["matches"] = [*always, *optional]
    return made


def types() -> str:
    """`extension/types/api.js`: every shape of the API as a JSDoc type."""
    kinds = [
        kind
        for kind in vars(shapes).values()
        if isinstance(kind, type) and issubclass(kind, Shape | Input) and kind not in (Shape, Input)
    ]
    _, schemas = msgspec.json.schema_components(kinds, ref_template="{name}")
    lines = ["/**", " * The shapes of the daemon's API, written by `make generate`.", " *"]
    for name in sorted(schemas):
        lines += _typedef(name, schemas[name])
    return "\n".join((*lines, " */", "export {};", ""))


def _typedef(name: str, schema: dict[str, Any]) -> list[str]:
    needed = set(schema.get("required", ()))
    lines = [f" * @typedef {{Object}} {name}"]
    for key, inner in schema.get("properties", {}).items():
        # The daemon always answers with every field; of what it is sent, only the required ones must be there.
        optional = key not in needed and name.endswith(("Input", "Patch"))
        lines.append(f" * @property {{{_type(inner)}}} {f'[{key}]' if optional else key}")
    return [*lines, " *"]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "array":
        inner = schema.get("items")
        return f"({_type(inner) if isinstance(inner, dict) else 'any'})[]"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"Record<string, {_type(inner)}>" if isinstance(inner, dict) else "Record<string, any>"
    return {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}.get(
        str(kind), "any"
    )


def files() -> dict[Path, str]:
    """What is to be written, by path."""
    listed = sites()
    return {
        EXTENSION / "sources.json": _json(listed),
        EXTENSION / "manifest.json": _json(manifest(listed)),
        EXTENSION / "types" / "api.js": types(),
    }


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, "utf-8")
