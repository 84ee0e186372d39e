/* One order with everything that is known of it. */

import { ask, blob, orderPath, part } from "./ask.js";
import { time } from "./dates.js";
import { folded, foreign, make, table } from "./dom.js";
import { changes, facts } from "./history.js";
import { acts, alertList, factForm } from "./order_acts.js";
import { severity } from "./orders.js";
import { parcel } from "./parcel.js";
import { CLOCKS, money, named, STATES, titleOf, WINDOWS } from "./words.js";

/** The page of one order; `again` draws it anew after something was done. */
export async function order(marketplace, id, again) {
  const path = orderPath({ marketplace, order_id: id });
  const found = await ask("GET", path);
  const [alerts, parcels, picture] = await Promise.all([
    ask("GET", "/v1/alerts", { query: { order: `${marketplace}/${id}`, limit: 200 } }),
    Promise.all(found.parcels.map((number) => ask("GET", `/v1/parcels/${part(number)}`))),
    drawn(path),
  ]);
  const { advice } = found;
  return [
    make("p", {}, make("a", { href: "#/" }, "← Orders")),
    foreign(titleOf(found), "h1", { tabindex: "-1" }),
    make("p", { class: "soft" }, [`${found.marketplace}/${found.order_id}`, money(found), found.seller].filter(Boolean).join(" · ")),
    make("div", { class: `box card ${advice.severity}` },
      severity(advice.severity),
      foreign(advice.text, "p"),
      advice.act_by ? make("p", {}, "Act by ", time(advice.act_by)) : null,
      advice.missing.length ? make("p", { class: "soft" }, `Not known yet: ${advice.missing.join(", ").replaceAll("_", " ")}.`) : null,
      ...found.oddities.map((odd) => make("p", {}, `These dates cannot both be right: ${odd.replaceAll("_", " ")}.`))),
    acts(found, path, again),
    picture,
    alertList(alerts.alerts, again),
    windows(found),
    clocks(found),
    ...parcels.map((each) => parcel(each, found.verdicts[each.numbers[0]], again)),
    rules(found),
    changes(found),
    folded("Facts, and where each comes from", false, facts(found), factForm(path, again)),
    make("p", { class: "soft" }, "The order's page was last read: ", time(found.page_seen_at, "never"), ". Assessed: ", time(found.assessed_at, "never"), "."),
  ];
}

/** The timeline as a picture that nothing outside can reach. */
async function drawn(path) {
  const across = Math.max(280, Math.min(document.getElementById("main").clientWidth - 2, 1000));
  const url = URL.createObjectURL(await blob(`${path}/timeline.svg`, { width: Math.floor(across) }));
  return make("img", {
    class: "timeline", src: url, alt: "The order's life on one line; the tables below tell the same.",
    load: () => URL.revokeObjectURL(url),
  });
}

function windows(found) {
  const rows = Object.entries(found.windows).map(([name, each]) => [
    named(WINDOWS, name), make("strong", {}, named(STATES, stateOf(each))), time(each.opens_at), time(each.act_by), time(each.last_safe_at), time(each.stated_end_at),
  ]);
  if (!rows.length) return make("p", { class: "box" }, "No window is open or to come, as far as is known.");
  return make("section", {}, make("h2", {}, "Until when you can act"),
    table(["Window", "Now", "Opens", "Act by", "Last safe", "Ends by the rule"], rows));
}

/** What opens by our own verdict alone may be open: the shop decides. */
const stateOf = (window) => (window.state === "open" && window.opened_by === "abnormal" ? "maybe" : window.state);

function clocks(found) {
  const rows = Object.entries(found.clocks).map(([name, each]) => [
    named(CLOCKS, name), time(each.due_at ?? each.last_safe_at ?? each.stated_end_at), each.kind === "duty" ? "you" : "the other side",
  ]);
  return rows.length ? make("section", {}, make("h2", {}, "Who must do what"), table(["What", "When", "Who"], rows)) : null;
}

/** Every rule that a date of this order rests on, quoted. */
function rules(found) {
  const used = [...Object.values(found.windows), ...Object.values(found.clocks), found.advice].map((each) => each.rule).filter(Boolean);
  const told = new Map(used.map((rule) => [rule.id, rule]));
  const own = found.rules.map((rule) => quote(rule.quote, "the order's own page"));
  if (!told.size && !own.length) return null;
  return folded("The rules behind it", false, ...own,
    ...[...told.values()].map((rule) => quote(rule.quote, [rule.id, rule.source, rule.edition, rule.trust].filter(Boolean).join(" · "))));
}

const quote = (text, source) => make("figure", {}, foreign(text, "blockquote"), foreign(source, "figcaption", { class: "soft" }));
