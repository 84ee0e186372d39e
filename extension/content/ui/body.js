import { make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { drawn } from "../../shared/picture.js";
import { plain } from "../../shared/text.js";
import { when } from "../../shared/time.js";

/**
 * @typedef {import("../../types/api.js").OrderShape} Order
 * @typedef {import("../../types/api.js").ParcelShape} Parcel
 * @typedef {import("../../types/api.js").EventShape} Scan
 */

const MOST_SCANS = 12;

/**
 * Why: what was seen of the parcel, since when nobody looked, the way that it came, the rule and its own words.
 * @param {Order} order
 * @param {Parcel[]} parcels
 * @param {string | null} picture
 */
export function body(order, parcels, picture) {
  return [
    ...reasons(order),
    ...picture ? [drawn(picture)] : [],
    ...ways(parcels),
    ...windows(order),
    ...rule(order),
  ];
}

/** @param {Order} order */
function reasons(order) {
  const verdicts = Object.values(order.verdicts);
  const why = verdicts.flatMap((verdict) => verdict.reasons.map((reason) => plain(reason.text)));
  const looked = verdicts.map((verdict) => verdict.checked_at).filter((at) => at !== null).sort().at(-1);
  return [
    ...[...new Set(why)].slice(0, 4).map((text) => make("p", { dir: "auto" }, text)),
    make("p", { class: "soft" }, looked ? label("looked_at", when(looked)) : label("never_looked")),
    ...order.page_seen_at ? [make("p", { class: "soft" }, label("page_read_at", when(order.page_seen_at)))] : [],
  ];
}

/** @param {Parcel[]} parcels */
function ways(parcels) {
  if (!parcels.length) return [make("h3", {}, label("scans")), make("p", {}, label("no_number"))];
  return parcels.flatMap((parcel) => [
    make("h3", {}, label("scans_of", plain(parcel.numbers[0], 60))),
    parcel.events.length ? scans(parcel.events) : make("p", {}, label("no_scans")),
  ]);
}

/** @param {Scan[]} events oldest first */
function scans(events) {
  const newest = events.slice(-MOST_SCANS).reverse();
  return make("ol", {}, ...newest.map((event) => make(
    "li", { dir: "auto" },
    make("span", { class: "soft" }, [event.local_time.replace("T", " "), event.zone, plain(event.location, 60)].filter(Boolean).join(" · ")),
    plain(event.description, 200),
  )));
}

/** @param {Order} order */
function windows(order) {
  const told = Object.entries(order.windows).filter(([, window]) => window.state !== "closed");
  if (!told.length) return [];
  return [make("h3", {}, label("windows")), make("ol", {}, ...told.map(([name, window]) => make(
    "li", {},
    make("span", {}, label(`window_${window.state}`, plain(name.replace(/[_./]/g, " "), 60))),
    window.opens_at ? make("span", { class: "soft" }, label("window_opens", when(window.opens_at))) : null,
    window.last_safe_at ? make("span", { class: "soft" }, label("window_ends", when(window.last_safe_at))) : null,
  )))];
}

/** @param {Order} order */
function rule(order) {
  const given = order.advice.rule;
  if (!given) return [];
  return [
    make("h3", {}, label("rule")),
    make("blockquote", { dir: "auto" }, plain(given.quote, 500)),
    make("p", { class: "soft" }, `${plain(given.source, 120)}, ${plain(given.edition, 40)}`),
  ];
}
