"""Writes `docs/API.md` from the table of routes and the shapes: what stands in `/v1/openapi.json`, for people.

`make generate` runs it; a test fails when what is written differs from what would be.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "parsers")]

from parcelwarden.api.openapi import document  # noqa: E402
from parcelwarden.api.problems import STATUS  # noqa: E402
from parcelwarden.api.routes import TABLE  # noqa: E402

FILE = ROOT / "docs" / "API.md"
HEAD = """# The local API

Written by `make generate` from the same table and shapes that serve the API; the daemon gives it to programs as
`/v1/openapi.json` (OpenAPI 3.1).

`http://127.0.0.1:8377/v1`, JSON in UTF-8, loopback only. Instants are `YYYY-MM-DDTHH:MM:SSZ`. Unknown fields and parameters
are refused. A list answers with `next`, the cursor of its next page, null on the last one.

**Who may call.** *open*: everybody on this machine. *keyed*: by a key in the path. *read*, *write*, *relay*: by a token with
that scope, `Authorization: Bearer …`, made by `parcelwarden token create NAME --scope read`. *admin*: the command line and
the dashboard. Web pages may call nothing: there are no CORS headers.

**Refusals** are `{"error": {"code", "message", "field"?}}`:

"""


def written() -> str:
    """The whole page."""
    made = document(TABLE.routes)
    lines = [HEAD, *_codes(), "", "## Routes", "", "| | | may call |", "|---|---|---|"]
    operations = [(path, method, op) for path, item in made["paths"].items() for method, op in item.items()]
    for path, method, operation in operations:
        call = f"`{method.upper()} {path}`"
        lines.append(f"| {call} | {operation['summary']} | {operation['x-access']} |")
    for path, method, operation in operations:
        lines += _operation(path, method, operation)
    lines += ["", "## Shapes", ""]
    for name, schema in sorted(made["components"]["schemas"].items()):
        lines += _shape(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def _codes() -> list[str]:
    return ["| code | status |", "|---|---|", *(f"| `{code}` | {status} |" for code, status in STATUS.items())]


def _operation(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    lines = ["", f"### {method.upper()} {path}", "", operation["description"], ""]
    for param in operation["parameters"]:
        if param["in"] != "path":
            default = param["schema"].get("default")
            lines.append(
                f"* `{param['name']}`{' (header)' if param['in'] == 'header' else ''}: {param['description']}"
                + (f" (default {default})" if default not in (None, False) else "")
            )
    if body := operation.get("requestBody"):
        lines.append(
            f"* takes {_kind(body['content']['application/json']['schema'])}, at most {operation['x-limit']} bytes"
        )
    for status, answer in operation["responses"].items():
        if status < "300":
            content = answer.get("content", {})
            given = ", ".join(f"{_kind(inner['schema'])} as `{media}`" for media, inner in content.items())
            lines.append(f"* answers {status}{': ' + given if given else ''}")
    return lines


def _shape(name: str, schema: dict[str, Any]) -> list[str]:
    lines = [f"### {name}", "", " ".join(str(schema.get("description", "")).split()), ""]
    needed = set(schema.get("required", ()))
    for key, inner in schema.get("properties", {}).items():
        lines.append(f"* `{key}`{'' if key in needed else '?'}: {_kind(inner)}")
    return [*lines, ""]


def _kind(schema: dict[str, Any]) -> str:
    """A schema in one phrase."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        inner = schema.get("items")
        return f"list of {_kind(inner)}" if isinstance(inner, dict) else "list"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"object of {_kind(inner)}" if isinstance(inner, dict) and inner else "object"
    form = f" ({schema['format']})" if "format" in schema else ""
    return f"{schema.get('type', 'anything')}{form}"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(written(), "utf-8")
