import { browser } from "../shared/browser.js";
import { button, make } from "../shared/dom.js";
import { label } from "../shared/i18n.js";
import { plain } from "../shared/text.js";
import { when } from "../shared/time.js";

/**
 * What keeps us from the daemon, and the next step.
 * @param {import("../types/ext.js").State} state
 * @param {() => Promise<void>} again
 */
export function trouble(state, again) {
  const failure = /** @type {import("../types/ext.js").Failure} */ (state.failure);
  const since = state.answered_at && failure.kind === "down"
    ? [make("p", { class: "soft since" }, label("not_running_since", when(new Date(state.answered_at).toISOString())))] : [];
  return make(
    "section", {},
    make(
      "div", { class: "box trouble", role: "alert" },
      make("strong", {}, label(`failure_${failure.kind}`)),
      ...since,
      failure.kind === "busy" && failure.message ? make("p", { dir: "auto" }, plain(failure.message, 300)) : null,
      make("p", {}, label(`next_${failure.kind}`)),
      failure.kind === "unpaired" ? pairing(again) : null,
      failure.kind === "permission" ? granting(again) : null,
    ),
  );
}

/**
 * Sites that the manifest names and the browser keeps us from: without them no order is read there, and nothing is drawn.
 * @param {string[]} hosts
 */
export function keptOut(hosts) {
  if (!hosts.length) return [];
  return [make(
    "section", {},
    make(
      "div", { class: "box trouble", role: "alert" },
      make("p", {}, label("sites_missing", hosts.join(", "))),
      button(label("grant"), () => void browser.tabs.create({ url: browser.runtime.getURL("repair/repair.html") }), { class: "main" }),
    ),
  )];
}

/** @param {() => Promise<void>} again */
function pairing(again) {
  const code = make("input", {
    type: "text", inputmode: "numeric", autocomplete: "off", maxlength: "9", placeholder: "0000 0000", "aria-label": label("code"), id: "code",
  });
  const said = make("p", { role: "status" });
  const form = make("form", { class: "pair" }, code, make("button", { class: "main" }, label("pair")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const digits = code.value.replace(/\D/g, "");
    if (digits.length !== 8) {
      said.textContent = label("code_short");
      return;
    }
    said.textContent = label("working");
    const answer = await browser.runtime.sendMessage({ type: "pair", code: digits });
    if (answer?.ok) return void again();
    said.textContent = plain(answer?.failure?.message || label(`failure_${answer?.failure?.kind ?? "refused"}`), 200);
  });
  return make("div", {}, form, said);
}

/** @param {() => Promise<void>} again */
function granting(again) {
  return button(label("grant"), async () => {
    if (await browser.permissions.request({ origins: ["http://127.0.0.1/*"] })) await again();
  }, { class: "main" });
}
