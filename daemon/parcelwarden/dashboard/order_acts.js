/* What the buyer can say or do about an order, and its alerts. */

import { ask, blob } from "./ask.js";
import { localInput, time } from "./dates.js";
import { button, folded, foreign, make, say, table } from "./dom.js";
import { field, form } from "./forms.js";
import { away, severity } from "./orders.js";
import { shopPage } from "./words.js";

/** Before it: due without a date of its own. */
const ALWAYS = "2001";
const HOUR = 3_600_000;
const SNOOZES = [["1 hour", 1], ["1 day", 24], ["3 days", 72]];
const FACTS = [
  "paid_at", "shipped_at", "delivery_due_at", "observed_protection_ends_at", "observed_dispute_button_at", "delivered_at", "received_at",
  "completed_at", "cancelled_at", "refunded_at", "payment_method", "shipping_method", "country", "total", "currency", "title",
];

/** The buttons of an order. */
export function acts(order, path, again) {
  const known = order.facts;
  const page = shopPage(order);
  return make(
    "div", { class: "row wrap" },
    page ? away(page, "Open at the shop") : null,
    known.received_at ? null : said("I received it", "received_at", path, again),
    known["dispute.opened_at"] ? null : said("I opened a dispute", "dispute.opened_at", path, again),
    button("Evidence for a dispute (zip)", () => saved(order, path)),
    button("Forget this order", async () => {
      if (!confirm("Stop watching this order and drop what is known of it?")) return;
      await ask("DELETE", path);
      location.hash = "#/";
      say("The order is forgotten.");
    }),
  );
}

/** A button that asks for the time and then sets a fact by the buyer's word. */
function said(label, fact, path, again) {
  const asked = make("details", { class: "asked" });
  asked.append(make("summary", { class: "button" }, label), form(
    [field("When", make("input", { type: "datetime-local", name: "at", value: localInput(), required: true }))],
    "Say so",
    async (given) => {
      const at = new Date(given.at).toISOString();
      const [head, tail] = fact.split(".");
      await ask("PATCH", path, { body: tail ? { [head]: { [tail]: at } } : { [head]: at } });
      say(`Noted: ${label.replace("I ", "you ")}.`);
      await again();
    },
  ));
  return asked;
}

async function saved(order, path) {
  const url = URL.createObjectURL(await blob(`${path}/evidence`));
  make("a", { href: url, download: `evidence-${order.marketplace}-${order.order_id}.zip`.replace(/[^\w.-]/g, "_") }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say("The evidence is saved: read README.txt in it first.");
}

/** The alerts of an order, with what can be done about each. */
export function alertList(alerts, again) {
  const live = alerts.filter((alert) => ["pending", "delivered"].includes(alert.state) && inTime(alert, 0));
  const due = live.filter((alert) => Date.parse(alert.due_at) <= Date.now());
  const coming = live.filter((alert) => !due.includes(alert));
  const over = alerts.length - live.length;
  if (!alerts.length) return null;
  return make(
    "section", {},
    make("h2", {}, "Alerts"),
    due.length ? make("ul", { class: "plain" }, ...due.map((alert) => one(alert, again))) : make("p", {}, "None is due."),
    coming.length ? folded(`To come (${coming.length})`, false, table(["When", "How much it presses", "What is told then"], coming.map(
      (alert) => [time(alert.due_at), severity(alert.severity), foreign(alert.text)],
    ))) : null,
    over ? make("p", { class: "soft" }, `${over} acknowledged, told by another, or past.`) : null,
  );
}

function one(alert, again) {
  return make(
    "li", { class: `card ${alert.severity}` },
    make("div", { class: "row" }, severity(alert.severity), make("span", { class: "grow soft" }, ...alert.due_at < ALWAYS ? [] : ["due since ", time(alert.due_at)])),
    foreign(alert.text, "p"),
    alert.snoozed_until ? make("p", { class: "soft" }, "Comes again ", time(alert.snoozed_until)) : null,
    make("div", { class: "row wrap" },
      button("Acknowledge", async () => {
        await ask("POST", `/v1/alerts/${alert.id}/ack`);
        say("Acknowledged: it is not told again.");
        await again();
      }),
      ...SNOOZES.filter(([, hours]) => inTime(alert, hours)).map(([label, hours]) => button(`Again in ${label}`, async () => {
        const until = new Date(Date.now() + hours * HOUR).toISOString();
        await ask("POST", `/v1/alerts/${alert.id}/snooze`, { body: { until } });
        say(`It comes again in ${label}.`);
        await again();
      }))),
  );
}

/** Whether acting still helps when the alert comes again. */
const inTime = (alert, hours) => !alert.helps_until || Date.now() + hours * HOUR < Date.parse(alert.helps_until);

/** Set any fact by hand; an empty value takes the buyer's word back. */
export function factForm(path, again) {
  return form(
    [
      field("Set a fact", make("select", { name: "fact" }, ...FACTS.map((name) => make("option", { value: name }, name.replaceAll("_", " "))))),
      field("to", make("input", { name: "value", placeholder: "2026-05-24, an instant, or a word" })),
    ],
    "Set",
    async (given) => {
      await ask("PATCH", path, { body: { [given.fact]: given.value.trim() || null } });
      say("Set.");
      await again();
    },
  );
}
