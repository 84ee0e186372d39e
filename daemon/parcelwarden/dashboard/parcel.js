/* One parcel: the verdict, the scans of all legs, and who was asked. */

import { ask, part } from "./ask.js";
import { hourOf, dayOf, time, when } from "./dates.js";
import { button, folded, foreign, make, say, table } from "./dom.js";
import { away } from "./orders.js";
import { LEGS, named } from "./words.js";

/** The section of a parcel. */
export function parcel(given, verdict, again) {
  const [number, ...others] = given.numbers;
  return make(
    "section", {},
    make("h2", {}, "Parcel ", make("span", { class: "number" }, number)),
    others.length ? make("p", { class: "soft" }, `also ${others.join(", ")}`) : null,
    ...given.doubtful_numbers.map((each) => make("p", { class: "box trouble" }, `${each}: the check digit is wrong, so it is likely mistyped.`)),
    verdict ? judged(verdict) : make("p", {}, "Not judged yet."),
    given.eta ? make("p", {}, `The carrier expects it between ${given.eta.earliest} and ${given.eta.latest}.`) : null,
    scans(given.events),
    looks(given, number, again),
  );
}

function judged(verdict) {
  return make(
    "div", {},
    make("p", {}, make("strong", {}, verdict.verdict.replaceAll("_", " ")),
      verdict.silence.expected_until ? ` · silence is expected until ${when(verdict.silence.expected_until)}` : ""),
    make("ul", {}, ...verdict.reasons.map((reason) => make("li", {}, foreign(reason.text), " ", reason.evidence.length ? foreign(` (${reason.evidence.join("; ")})`, "span", { class: "soft" }) : null))),
  );
}

function scans(events) {
  if (!events.length) return make("p", {}, "No scan is known.");
  const rows = events.toReversed().map((event) => [
    event.at ? make("time", { datetime: event.at }, `${dayOf(event.at)}, ${hourOf(event.at)}${event.uncertain_hours ? ` ± ${event.uncertain_hours} h` : ""}`) : foreign(event.local_time),
    LEGS[event.leg] ?? "", foreign(event.description || event.code || ""), foreign(event.location),
  ]);
  return folded(`Scans (${events.length}), newest first`, events.length <= 12, table(["When", "How far", "What", "Where"], rows));
}

function looks(given, number, again) {
  const rows = given.looks.map((look) => [
    look.source, time(look.last_ok_at, "never"), named({}, look.last_outcome ?? "not asked yet"), time(look.next_look_at, "not by itself"),
  ]);
  return folded("Who was asked", false,
    rows.length ? table(["Source", "Last answer", "Last try", "Next look"], rows) : make("p", {}, "No source that can be asked knows such numbers."),
    ...given.ways.filter((way) => way.asked_by === "you").map((way) => make("p", {}, `${way.name} answers people only: `,
      away(way.page, "open its page"), " and paste its text under ", make("a", { href: "#/paste" }, "Add"), ".")),
    button("Look as soon as allowed", async () => {
      const { next_look_at: next } = await ask("POST", `/v1/parcels/${part(number)}/refresh`);
      say(`It is looked at ${when(next)}.`);
      await again();
    }));
}
