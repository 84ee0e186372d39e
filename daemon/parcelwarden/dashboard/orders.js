/* All orders by urgency and money at risk, and those whose dates are not known. */

import { all, ask } from "./ask.js";
import { distance, time } from "./dates.js";
import { foreign, make } from "./dom.js";
import { amount, money, RANK, SEVERITIES, shopPage, titleOf } from "./words.js";

const MOST = 1000;

/** The page of all orders. */
export async function orders() {
  const [{ found, more }, dates] = await Promise.all([all("/v1/orders", "orders", {}, MOST), ask("GET", "/v1/dates")]);
  if (!found.length) return [make("h1", { tabindex: "-1" }, "Orders"), ...nothingYet()];
  const sorted = found.toSorted(byUrgency);
  const urgent = sorted.filter((order) => RANK[order.advice.severity] >= 2);
  const dated = sorted.filter((order) => !urgent.includes(order));
  return [
    make("h1", { tabindex: "-1" }, "Orders"),
    summary(urgent, found.length, more),
    dates.without_dates ? make("p", { class: "box" }, `${dates.without_dates} of ${counted(dates.total, "order")} still without dates: `, make("a", { href: "#/undated" }, "open each once at its shop")) : null,
    ...list("Needs you", urgent),
    ...list(urgent.length ? "The others" : "All orders", dated),
    make("p", { class: "soft" }, make("a", { href: "#/alone" }, "Parcels of no order")),
  ];
}

/** The page of orders without dates. */
export async function withoutDates() {
  const dates = await ask("GET", "/v1/dates");
  const { found } = await all("/v1/orders", "orders", { without_dates: true }, MOST);
  const known = new Map(found.map((order) => [key(order), order]));
  const open = dates.open.map((each) => ({ ...each, title: known.get(key(each))?.title }));
  return [
    make("h1", { tabindex: "-1" }, "Orders without dates"),
    make("p", { class: "box" }, !dates.total ? "No order is watched yet." : dates.without_dates
      ? `${dates.without_dates} of ${counted(dates.total, "order")} still without dates.`
      : "The dates of every order are known."),
    open.length ? make("p", {}, "The shop's list does not show until when an order is protected; its own page does. Open each of these once, in the browser with the extension, and its dates are read.") : null,
    make("ul", { class: "plain" }, ...open.map((order) => make(
      "li", { class: "row line" },
      make("span", { class: "grow" },
        make("a", { href: orderLink(order) }, foreign(titleOf(order))),
        make("span", { class: "soft" }, order.why === "old" ? ` dates read long ago, act ${distance(order.act_by)}` : " dates not known")),
      shopPage(order) ? away(shopPage(order), "Open at the shop") : null,
    ))),
    open.length ? make("p", { class: "soft" }, "Without the extension: follow its name, and write its dates down under “Set a fact”.") : null,
  ];
}

/** The address of an order's page here. */
export const orderLink = (order) => `#/order/${encodeURIComponent(order.marketplace)}/${encodeURIComponent(order.order_id)}`;

/** A link that leaves this page. */
export const away = (href, label) => make("a", { class: "button", href, target: "_blank", rel: "noopener noreferrer" }, label);

/** The severity as a shape and a word. */
export function severity(level) {
  const [shape, word] = SEVERITIES[level] ?? SEVERITIES.unknown;
  return make("span", { class: `severity ${level}` }, make("span", { "aria-hidden": "true" }, `${shape} `), word);
}

const key = (order) => `${order.marketplace}/${order.order_id}`;
const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;
const end = (order) => (order.advice.act_by ? Date.parse(order.advice.act_by) : Number.MAX_SAFE_INTEGER);

function byUrgency(one, other) {
  return RANK[other.advice.severity] - RANK[one.advice.severity] || end(one) - end(other) || amount(other) - amount(one);
}

function summary(urgent, total, more) {
  const sums = new Map();
  for (const order of urgent.filter(amount)) sums.set(order.currency, (sums.get(order.currency) ?? 0) + amount(order));
  const risk = [...sums].map(([currency, sum]) => `${sum.toFixed(2)} ${currency ?? ""}`.trim()).join(" and ");
  const need = urgent.length ? `${counted(urgent.length, "order")} of ${total}${more ? "+" : ""} ${urgent.length === 1 ? "needs" : "need"} you` : `Nothing to do now: ${counted(total, "order")} watched`;
  return make("p", { class: urgent.length ? "box urgent" : "box" }, need, risk ? make("span", {}, ": ", make("strong", {}, risk), " at risk") : ".");
}

function list(title, found) {
  if (!found.length) return [];
  return [make("section", {}, make("h2", {}, title), make("ul", { class: "plain cards" }, ...found.map(one)))];
}

function one(order) {
  const { advice } = order;
  return make(
    "li", { class: `card ${advice.severity}` },
    make("div", { class: "row" }, severity(advice.severity), make("span", { class: "grow soft" }, order.marketplace), make("strong", {}, money(order))),
    make("a", { class: "title", href: orderLink(order) }, foreign(titleOf(order))),
    advice.text ? foreign(advice.text, "p") : null,
    advice.act_by ? make("p", { class: "soft" }, "Act by ", time(advice.act_by)) : null,
  );
}

function nothingYet() {
  return [
    make("p", { class: "box" }, "Nothing is watched yet."),
    make("ol", {},
      make("li", {}, "With the browser extension: ", make("a", { href: "#/pairing" }, "pair it"), ", then open your order list at the shop."),
      make("li", {}, "Without it: ", make("a", { href: "#/paste" }, "add an order or paste a page"), "."),
      make("li", {}, "Saved pages, mails or a table: ", make("code", {}, "parcelwarden import FILE…"))),
    make("p", { class: "soft" }, make("a", { href: "#/alone" }, "Parcels of no order")),
  ];
}
