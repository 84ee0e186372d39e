/* The next 30 days of all orders on one lane, and the same as a list by days. */

import { all } from "./ask.js";
import { dayAfter, dayOf, daysFromToday, hourOf, shortDay } from "./dates.js";
import { foreign, make, plain } from "./dom.js";
import { orderLink, severity } from "./orders.js";
import { money, RANK, titleOf } from "./words.js";

const DAYS = 30;
const LEFT = 4;
const ROW = 26;
const HEAD = 22;
const SVG = "http://www.w3.org/2000/svg";

/** The page. */
export async function days() {
  const { found } = await all("/v1/orders", "orders");
  const late = found.filter((order) => RANK[order.advice.severity] >= 2 && Date.parse(order.advice.act_by) < Date.now());
  const dated = found.map((order) => ({ order, opens: place(order.advice.opens_at), ends: place(order.advice.act_by) }))
    .filter(({ opens, ends }) => [opens, ends].some((at) => at !== null && at >= 0 && at < DAYS))
    .toSorted((one, other) => (one.ends ?? one.opens) - (other.ends ?? other.opens));
  const heading = make("h1", { tabindex: "-1" }, "The next 30 days");
  const now = late.length ? section("Past already, and still to be done", late.map((order) => [order.advice.act_by, "act by", order]), true) : null;
  if (!dated.length) return [heading, now, make("p", { class: "box" }, "No order has a date within 30 days.")];
  return [heading, now, lane(dated), ...agenda(dated, late)];
}

const place = (instant) => (instant ? daysFromToday(instant) : null);

/** The lane: a bar from the opening to the instant to act by, which a diamond marks. Wholly told by the list below. */
function lane(dated) {
  const across = Math.max(300, Math.min(document.getElementById("main").clientWidth - 42, 1000));
  const x = (day) => LEFT + Math.min(DAYS, Math.max(0, day)) * (across - 2 * LEFT) / DAYS;
  const high = HEAD + dated.length * ROW + 6;
  const svg = draw("svg", { viewBox: `0 0 ${across} ${high}`, width: across, height: high, "aria-hidden": "true", class: "lane" });
  const each = across < 500 ? 7 : 3;
  for (let day = 0; day < DAYS; day += each) {
    svg.append(draw("path", { class: "grid", d: `M${x(day)} ${HEAD - 4}V${high}` }));
    if (x(day) < across - 44) svg.append(draw("text", { x: x(day) + 3, y: 14, class: "soft" }, shortDay(dayAfter(day))));
  }
  svg.append(draw("path", { class: "now", d: `M${x(place(Date.now()))} ${HEAD - 4}V${high}` }));
  dated.forEach(({ order, opens, ends }, number) => {
    const top = HEAD + number * ROW;
    const [from, to] = [x(opens ?? 0), x(ends ?? DAYS)];
    if (to > from) svg.append(draw("rect", { class: `bar ${order.advice.severity}`, x: from, y: top + 5, width: to - from, height: ROW - 12, rx: 2 }));
    const mark = ends !== null && ends >= 0 && ends < DAYS;
    if (mark) svg.append(draw("path", { class: "mark", d: `M${to} ${top + 4}l7 7-7 7-7-7z` }));
    const [before, behind] = [from - LEFT - 8, across - to - 14];
    const beside = behind >= before ? { x: to + 11 } : { x: from - 6, "text-anchor": "end" };
    svg.append(draw("text", { ...beside, y: top + ROW / 2 + 3, class: "name" }, plain(titleOf(order), Math.max(6, Math.floor(Math.max(before, behind) / 7.5)))));
  });
  return make("div", { class: "scroll" }, svg);
}

function draw(name, given, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

function agenda(dated, late) {
  const dates = dated.flatMap(({ order }) => [[order.advice.opens_at, "opens", order], [late.includes(order) ? null : order.advice.act_by, "act by", order]])
    .filter(([at]) => at && place(at) >= 0 && place(at) < DAYS)
    .toSorted(([one], [other]) => Date.parse(one) - Date.parse(other));
  const byDay = Map.groupBy(dates, ([at]) => dayOf(at));
  return [...byDay].map(([day, entries]) => section(day, entries));
}

function section(title, entries, late = false) {
  return make(
    "section", {},
    make("h2", {}, title),
    make("ul", { class: "plain" }, ...entries.map(([at, word, order]) => make(
      "li", { class: "row wrap line" },
      make("span", { class: "hour" }, late ? shortDay(at) : hourOf(at)),
      severity(order.advice.severity),
      make("span", { class: "grow" }, make("a", { href: orderLink(order) }, foreign(titleOf(order))), ` · ${word}`),
      make("span", {}, money(order)),
    ))),
  );
}
