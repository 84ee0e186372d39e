/* Every source: what its reader rests on, and how it is on this machine. */

import { ask } from "./ask.js";
import { time } from "./dates.js";
import { folded, make, table } from "./dom.js";
import { ACCESS, EVIDENCE, HEALTH, named } from "./words.js";

const ORDER = ["walled", "failing", "ok", "never_tried"];

/** The page. */
export async function sources() {
  const { sources: found } = await ask("GET", "/v1/sources");
  const tried = found.filter((source) => source.state !== "never_tried").toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
  const rest = found.filter((source) => source.state === "never_tried");
  const failing = tried.filter((source) => source.state !== "ok");
  return [
    make("h1", { tabindex: "-1" }, "Sources"),
    make("p", { class: failing.length ? "box urgent" : "box" }, failing.length
      ? `${failing.length} of ${tried.length} that were asked do not answer as they should. A source that fails makes a verdict older, never worse.`
      : tried.length
        ? `${tried.length === 1 ? "The one that was asked on this machine answers" : `All ${tried.length} that were asked on this machine answer`}; ${found.length} are known.`
        : `None was asked on this machine yet; ${found.length} are known. They are asked once a number is watched.`),
    tried.length ? table(["Source", "Health", "Last answer", "Last try", "Not asked before", "Reader rests on"], tried.map(asked)) : null,
    folded(`Never tried here (${rest.length})`, !tried.length, table(["Source", "Reader rests on", "How it is asked", "At most every"], rest.map(
      (source) => [source.name, named(EVIDENCE, source.evidence), named(ACCESS, source.access), `${source.floor_hours} h`],
    ))),
  ];
}

function asked(source) {
  const [shape, word] = HEALTH[source.state] ?? ["?", source.state];
  const unknown = source.unknown_codes.length;
  return [
    source.name,
    make("span", { class: `health ${source.state}` }, make("span", { "aria-hidden": "true" }, `${shape} `), word, source.failing_since ? make("span", { class: "soft" }, " since ", time(source.failing_since)) : null),
    time(source.last_ok_at, "never"),
    make("span", {}, named({}, source.last_outcome ?? ""), " ", time(source.last_tried_at, "")),
    source.resume_at ? time(source.resume_at) : "",
    make("span", {}, named(EVIDENCE, source.evidence), unknown ? `; ${unknown} unknown code${unknown === 1 ? "" : "s"}` : ""),
  ];
}
