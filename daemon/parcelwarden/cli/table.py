"""Every command: where it is, and its line in the help. So the help imports none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: `module:name` below `parcelwarden.cli`, the line in the help, and the section it stands in."""

    place: str
    text: str
    section: str


_DAEMON = "The daemon"
_ORDERS = "Orders and parcels"
_DATA = "Data"
_TOOLS = "Tools"

COMMANDS: Mapping[str, Entry] = {
    "run": Entry("run:run", "Start the daemon in the foreground.", _DAEMON),
    "demo": Entry("demo:demo", "Watch six orders live through two months in about a minute.", _DAEMON),
    "status": Entry("status:status", "What is watched, and how the sources are.", _DAEMON),
    "pair": Entry("pair:pair", "Let a browser extension in: opens a window and shows its code.", _DAEMON),
    "open": Entry("open:open_dashboard", "Open the dashboard, logged in.", _DAEMON),
    "doctor": Entry("doctor:doctor", "Check the set-up; the report can be pasted as it is.", _DAEMON),
    "service": Entry("service:service", "Start the daemon with your session: install, uninstall, status.", _DAEMON),
    "add": Entry("orders:add", "Watch an order or a tracking number.", _ORDERS),
    "list": Entry("orders:list_orders", "All orders, the most pressing first.", _ORDERS),
    "show": Entry("orders:show", "One order or parcel with everything that follows from it.", _ORDERS),
    "set": Entry("orders:set_facts", "Say a fact of an order: set ORDER received_at=2026-03-02.", _ORDERS),
    "forget": Entry("orders:forget", "Stop watching an order or a parcel and drop it.", _ORDERS),
    "timeline": Entry("timeline:timeline", "The life of an order as a picture.", _ORDERS),
    "evidence": Entry("evidence:evidence", "What was seen of an order, to fit a dispute's form.", _ORDERS),
    "import": Entry("imports:import_files", "Take in saved order pages, page data, mails.", _DATA),
    "export": Entry("transfer:export", "Everything as JSON, or the dates as a calendar.", _DATA),
    "backup": Entry("copies:backup", "Make a verified copy of the database.", _DATA),
    "restore": Entry("copies:restore", "Put a copy back in place.", _DATA),
    "parse": Entry("parse:parse", "Read one saved answer of a carrier.", _TOOLS),
    "windows": Entry("jsonl:windows", "Compute windows and clocks: JSON lines in, JSON lines out.", _TOOLS),
    "judge": Entry("jsonl:judge", "Judge parcels: JSON lines in, JSON lines out.", _TOOLS),
    "carriers": Entry("carriers:carriers", "Who may carry a tracking number.", _TOOLS),
    "sources": Entry("sources:sources", "Each source, its evidence and health; check one.", _TOOLS),
    "token": Entry("token:token", "Tokens for scripts: create, list, revoke.", _TOOLS),
    "completion": Entry("completion:completion", "Let the shell complete commands: bash, zsh, fish.", _TOOLS),
    "simulate": Entry("simulate:simulate", "Let years of orders with faults go by, and score what was told.", _TOOLS),
    "notify-test": Entry("notify:notify_test", "Prove that notifications reach you.", _TOOLS),
}
"""In the order of the help."""
