/* What moved in an order, and what is known of it with its provenance. */

import { time, when } from "./dates.js";
import { foreign, make, table } from "./dom.js";

/** Dates of the order's page that moved, first those that took time from the buyer; then every other change. */
export function changes(order) {
  const moved = order.history ?? [];
  const differences = order.differences ?? [];
  if (!moved.length && !differences.length && !order.changes.length) return null;
  return make(
    "section", {},
    make("h2", {}, "What moved"),
    ...moved.map((move) => make("p", { class: move.direction === "earlier" ? "box trouble" : "box" },
      `${words(move.field)} moved ${move.direction}: from ${when(move.before)} to ${when(move.after)}${move.taken ? "" : "; the earlier one is kept"}. Seen `, time(move.at), ".")),
    ...differences.map((each) => foreign(each.text ?? `${words(each.subject)}: reckoned ${when(each.computed)}, the page shows ${when(each.seen)}.`, "p", { class: "box" })),
    order.changes.length ? table(["When", "Fact", "Before", "After", "By"], order.changes.toReversed().map((change) => [
      time(change.at), words(change.field), value(change.before), value(change.after), change.origin + (change.taken ? "" : ", not taken"),
    ])) : null,
  );
}

/** All facts. */
export function facts(order) {
  const rows = Object.entries(order.facts).map(([name, fact]) => [words(name), value(fact.value), fact.origin, foreign(fact.raw), time(fact.seen_at)]);
  return rows.length ? table(["Fact", "Value", "From", "As it stood there", "Seen"], rows) : make("p", {}, "No fact is known.");
}

const words = (name) => String(name).replaceAll("_", " ").replaceAll(".", ": ");

function value(given) {
  if (given === null || given === undefined) return make("span", { class: "soft" }, "nothing");
  if (typeof given === "boolean") return given ? "yes" : "no";
  if (typeof given === "object") return foreign(given.printed || given.earliest);
  return /^\d{4}-\d\d-\d\dT/.test(given) ? when(given) : foreign(given);
}
