/* The settings that a page may change, and which of the others are set. */

import { ask } from "./ask.js";
import { make, say } from "./dom.js";
import { field, form } from "./forms.js";

/** The page. */
export async function settings() {
  const now = await ask("GET", "/v1/settings");
  const set = Object.entries(now.configured);
  return [
    make("h1", { tabindex: "-1" }, "Settings"),
    fields(now),
    make("section", {}, make("h2", {}, "In config.toml"),
      make("p", {}, "Commands, targets, keys and ports are set in that file alone; here is only whether they are."),
      make("ul", {}, ...set.map(([name, is]) => make("li", {}, `${name.replaceAll("_", " ")}: ${is ? "set" : "default"}`)))),
  ];
}

const input = (name, value, given = {}) => make("input", { name, value: value ?? "", autocomplete: "off", ...given });

function choice(name, value, options) {
  return make("select", { name }, ...options.map(([each, label]) => make("option", { value: each, selected: each === (value ?? "") }, label)));
}

function fields(now) {
  const quiet = now.quiet_hours ?? {};
  return form(
    [
      field("Language of the sentences", choice("language", now.language, [["en", "English"], ["es", "español"]])),
      field("Your country", input("country", now.country, { maxlength: 2, size: 4, placeholder: "ES" }), "two letters; for orders that name none"),
      field("Quiet from", input("from", quiet.from, { type: "time" })),
      field("until", input("until", quiet.until, { type: "time" }), "only what cannot wait is shown; both empty: never quiet"),
      field("Warn so many hours before an end", input("lead_hours", (now.lead_hours ?? []).join(", "), { inputmode: "numeric", placeholder: "168, 72, 24, 6" }), "empty: as the rules have it"),
      field("Digest", choice("digest", now.digest, [["off", "off"], ["daily", "daily"], ["weekly", "weekly"]])),
      field("Digest from", input("digest_time", now.digest_time, { type: "time" }), "of the day; of a week, its Monday"),
      field("Shops whose pages are taken in", input("sites", (now.sites ?? []).join(", "), { placeholder: "aliexpress, amazon" }), "as the browser shows them; empty: all"),
      field("Your browser may fetch tracking pages for the daemon", make("input", { type: "checkbox", name: "relay", checked: now.relay === true })),
    ],
    "Save",
    async (given) => {
      await ask("PATCH", "/v1/settings", { body: asked(given) });
      say("Saved.");
    },
    { class: "grid" },
  );
}

function asked(given) {
  const sites = given.sites.split(/[\s,;]+/).filter(Boolean);
  const hours = given.lead_hours.split(/[\s,;]+/).filter(Boolean).map(Number);
  return {
    language: given.language,
    country: given.country.trim() || null,
    quiet_hours: given.from || given.until ? { from: given.from, until: given.until } : null,
    lead_hours: hours.length ? hours : null,
    digest: given.digest,
    digest_time: given.digest_time || null,
    sites: sites.length ? sites : null,
    relay: given.relay === "on",
  };
}
