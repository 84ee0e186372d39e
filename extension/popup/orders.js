import { browser } from "../shared/browser.js";
import { make } from "../shared/dom.js";
import { label } from "../shared/i18n.js";
import { needsAction, onlyToBeOpened, orderPage } from "../shared/orders.js";
import { drawn } from "../shared/picture.js";
import { plain } from "../shared/text.js";
import { deadline } from "../shared/time.js";

/**
 * @typedef {import("../types/ext.js").State} State
 * @typedef {import("../types/ext.js").Line} Line
 */

const MOST = 25;
/** The pages that were opened from here: the next press leads on to another. @type {Set<string>} */
const opened = new Set(/** @type {string[]} */ ((await browser.storage.session.get("opened")).opened ?? []));

/** @param {string} page */
function remember(page) {
  opened.add(page);
  void browser.storage.session.set({ opened: [...opened] });
}

/**
 * The orders that need somebody to act, the most pressing first, as the daemon gives them.
 * @param {State} state
 */
export function acting(state) {
  return part("orders_act", state.lines.filter((line) => needsAction(line.advice)));
}

/**
 * The other orders, without those that are only to be opened.
 * @param {State} state
 */
export function watched(state) {
  if (!state.lines.length) return state.failure ? [] : [make("section", {}, make("p", {}, label("no_orders")))];
  const rest = state.lines.filter((line) => !needsAction(line.advice) && !onlyToBeOpened(line.advice));
  return part("orders_rest", rest.slice(0, MOST));
}

/**
 * @param {string} title
 * @param {Line[]} lines
 */
function part(title, lines) {
  return lines.length ? [make("section", {}, make("h2", {}, label(title, lines.length)), ...lines.map(one))] : [];
}

/** @param {Line} line */
function one(line) {
  const { advice } = line;
  const money = line.total ? [line.total, line.currency].filter(Boolean).join(" ") : "";
  const page = orderPage(line.marketplace, line.order_id, line.url ?? undefined);
  const title = plain(line.title || label("order_named", line.order_id), 90);
  const time = deadline(advice);
  return make(
    "article", { class: "order", "data-severity": advice.severity },
    make("header", {}, make("span", { class: "severity" }, label(`severity_${advice.severity}`)), make("span", { class: "money" }, money)),
    page ? make("a", { class: "title", dir: "auto", href: page, target: "_blank", rel: "noopener noreferrer" }, title)
      : make("span", { class: "title", dir: "auto" }, title),
    make("p", { dir: "auto" }, plain(advice.text)),
    time ? make("p", { class: "time" }, time) : null,
    advice.timeline ? life(`${line.marketplace}/${line.order_id}`) : null,
  );
}

/**
 * The picture of an order's life, fetched when somebody wants to see it.
 * @param {string} order `marketplace/id`
 */
function life(order) {
  const folded = make("details", { "data-order": order }, make("summary", {}, label("timeline")));
  folded.addEventListener("toggle", async () => {
    const { picture } = (await browser.runtime.sendMessage({ type: "timeline", order })) ?? {};
    folded.append(picture ? drawn(picture) : make("p", { role: "status" }, label("no_picture")));
  }, { once: true });
  return folded;
}

/**
 * The orders that are worth opening: how many have no dates, and a link to the next. Each is opened by a click.
 * @param {State} state
 */
export function openable(state) {
  const counts = state.counts;
  if (!counts) return [];
  const pages = counts.open.map((each) => orderPage(each.marketplace, each.order_id)).filter((page) => page !== null);
  const next = pages.find((page) => !opened.has(page)) ?? pages[0];
  if (!counts.without && !next) return [];
  return [make(
    "section", {},
    make(
      "div", { class: "box row" },
      make("p", { class: "grow" }, counts.without ? label("without_dates", counts.without, counts.total) : label("open_again")),
      next ? make("a", { class: "button", href: next, target: "_blank", rel: "noopener noreferrer", click: () => remember(next) }, label("open_next")) : null,
    ),
  )];
}
