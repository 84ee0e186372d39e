import { label } from "../shared/i18n.js";
import { plain } from "../shared/text.js";

const FACTS = ["placed_at", "paid_at", "shipped_at", "delivery_due_at", "observed_protection_ends_at", "received_at"];
const MOST_EVENTS = 40;

/**
 * What was seen, and nothing else: dates as the page printed them, scans as the carrier printed them, the rule's own
 * words. No name, no address.
 * @param {import("../types/api.js").OrderShape} order
 * @param {import("../types/api.js").ParcelShape[]} parcels
 */
export function evidence(order, parcels) {
  const lines = [label("evidence_order", order.order_id)];
  for (const name of FACTS) {
    const fact = order.facts[name];
    if (fact) lines.push(`${label(`fact_${name}`)}: ${plain(fact.raw || fact.value, 120)}`);
  }
  for (const parcel of parcels) {
    lines.push("", label("evidence_parcel", parcel.numbers.join(", ")));
    if (!parcel.events.length) lines.push(label("no_scans"));
    for (const event of parcel.events.slice(-MOST_EVENTS)) {
      const where = event.location ? ` (${plain(event.location, 80)})` : "";
      lines.push(`${event.local_time.replace("T", " ")}${event.zone ? ` ${event.zone}` : ""}  ${plain(event.description, 160)}${where}`);
    }
  }
  const rule = order.advice.rule;
  if (rule) lines.push("", label("evidence_rule", plain(rule.quote), rule.source, rule.edition));
  return lines.join("\n");
}
