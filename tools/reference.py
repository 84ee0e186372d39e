"""Writes the pages of reference from the program itself: commands, configuration and settings, policies, sentences.

`make generate` runs it; a test fails when what is written differs from what would be.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "parsers")]

from parcelwarden.adapters.config import example_config  # noqa: E402
from parcelwarden.adapters.message_loader import load_catalogues  # noqa: E402
from parcelwarden.adapters.pack_loader import load_packs, read_toml, shipped  # noqa: E402
from parcelwarden.cli import main  # noqa: E402
from parcelwarden.domain.policy.pack import Pack  # noqa: E402
from parcelwarden.services.settings import DEFAULTS, MEANING  # noqa: E402

DOCS = ROOT / "docs"
MADE = "Written by `make generate` from the program itself.\n\n"
WIDTH = 100


def commands(
    command: click.Command = main, name: str = "parcelwarden", above: click.Context | None = None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command with its whole name, groups before their own."""
    given = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=above, **given)
    yield name, command, context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found
            yield from commands(found, f"{name} {each}", context)


def command_page() -> str:
    """`docs/CLI.md`: what each `--help` prints."""
    parts = [f"# Commands\n\n{MADE}Each part is what `--help` prints."]
    parts += [f"## {name}\n\n```\n{command.get_help(context)}\n```" for name, command, context in commands()]
    return "\n\n".join(parts) + "\n"


CONFIGURATION = f"""# Configuration

{MADE}Nothing must be configured. What names places, programs, keys and ports is read from `config.toml` alone; what is harmless is a
setting, changed on the dashboard or by `PATCH /v1/settings`.

| | Linux | macOS | Windows |
|---|---|---|---|
| `config.toml`, unless `--config FILE` | `~/.config/parcelwarden/` | `~/Library/Application Support/parcelwarden/` | `%LOCALAPPDATA%\\parcelwarden\\` |
| data, unless `--data DIR` | `~/.local/share/parcelwarden/` | `~/Library/Application Support/parcelwarden/` | `%LOCALAPPDATA%\\parcelwarden\\` |

On Linux `XDG_CONFIG_HOME` and `XDG_DATA_HOME` move them. Only you can read the data directory; it holds `parcelwarden.db`, `backups/`,
and while a daemon runs `lock` and `runtime.json`. The file is read at the start: change it, then start the daemon again. An unknown key is
refused, with its name.

## config.toml

`parcelwarden run --example-config` prints this:

"""


def configuration_page() -> str:
    """`docs/CONFIGURATION.md`: every key of the file and every setting."""
    rows = [f"| `{name}` | `{_plain(DEFAULTS[name])}` | {said} |" for name, said in MEANING.items()]
    settings = ["", "## Settings", "", "| setting | default | what it does |", "|---|---|---|", *rows]
    return f"{CONFIGURATION}```toml\n{example_config().rstrip()}\n```\n" + "\n".join(settings) + "\n"


def _plain(value: object) -> str:
    return "none" if value in (None, []) else json.dumps(value)


def policy_page() -> str:
    """`docs/POLICIES.md`: every pack with its windows, clocks and rules, then lines and advisories."""
    packs = "\n".join(_pack(pack) for pack in load_packs())
    others = "\n".join(
        _others(file, title) for file, title in (("lines", "Shipping lines"), ("advisories", "Advisories"))
    )
    return (
        f"# Policies\n\n{MADE}Each rule stands with the sentence that it rests on and where that is written. "
        f"*Second-hand*: a copy of the text was read, not the shop's own page. The order's own page outranks them all.\n\n{packs}\n{others}"
    )


def _pack(pack: Pack) -> str:
    whom = [*sorted(pack.marketplaces), *sorted(pack.payment_methods), *sorted(pack.countries)]
    since = f", in force since {pack.effective_from}" if pack.effective_from else ""
    until = f" until {pack.effective_until}" if pack.effective_until else ""
    stands_on = [(each.id, (each.rule.id, *each.also)) for each in pack.windows]
    stands_on += [(each.id, (each.rule.id, *each.also)) for each in pack.clocks]
    lines = [
        f"## {pack.title}\n",
        f"`{pack.name}`, {pack.kind}, {pack.trust.replace('_', '-')}{since}{until}. For: {', '.join(whom)}. "
        f"Days are counted in {pack.days.words}.\n",
        "| window or clock | stands on |\n|---|---|",
        *(f"| `{name}` | {', '.join(ids)} |" for name, ids in stands_on),
        "\n| rule | about | sentence | source |\n|---|---|---|---|",
        *(
            f"| {rule.id} | {rule.matter} | {_cell(rule.quote)} | {_cell(rule.source)} |"
            for rule in pack.rules.values()
        ),
    ]
    return "\n".join(lines) + "\n"


def _others(name: str, title: str) -> str:
    data = read_toml(shipped() / f"{name}.toml")
    rows = [
        f"| {each['id']} | {_cell(each['quote'])} | {_cell(each['source'])} |"
        for each in data.get("rules", data.get(name, []))
    ]
    return "\n".join([f"## {title}\n", "| id | sentence | source |\n|---|---|---|", *rows]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def sentence_page() -> str:
    """`docs/ADVICE.md`: every code that advice, alerts and differences can have, with its English sentence."""
    english = read_toml(files("parcelwarden") / "domain" / "messages" / "en.toml")
    languages = ", ".join(sorted(load_catalogues()))
    head = (
        f"# Advice and alerts\n\n{MADE}`code` is what the API gives beside the sentence; `{{name}}` is a param of the same "
        f"name; what stands in [square brackets] is left out when its param is not known. Languages: {languages}.\n"
    )
    parts = [("Sentences", english["text"]), ("Said beside another sentence", english["remarks"])]
    tables = [
        "\n".join(
            [f"## {title}\n", "| code | sentence |\n|---|---|", *(f"| `{c}` | {_cell(s)} |" for c, s in said.items())]
        )
        for title, said in parts
    ]
    return head + "\n" + "\n\n".join(tables) + "\n"


PAGES = {
    "CLI.md": command_page,
    "CONFIGURATION.md": configuration_page,
    "POLICIES.md": policy_page,
    "ADVICE.md": sentence_page,
}

if __name__ == "__main__":
    for name, written in PAGES.items():
        (DOCS / name).write_text(written(), "utf-8")
