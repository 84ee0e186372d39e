import { hostOf, missing } from "../shared/access.js";
import { browser } from "../shared/browser.js";
import { button, make } from "../shared/dom.js";
import { label, labelled } from "../shared/i18n.js";
import { when } from "../shared/time.js";
import { acting, openable, watched } from "./orders.js";
import { sampleOf } from "./sample.js";
import { keptOut, trouble } from "./trouble.js";
import { untold } from "./untold.js";

/** @typedef {import("../types/ext.js").State} State */

const EVERY = 15_000;
const MINUTE = 60_000;
let drawn = "";

labelled();
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const status = /** @type {HTMLElement} */ (document.getElementById("state"));
press("dashboard", () => void browser.runtime.sendMessage({ type: "dashboard" }));
press("options", () => void browser.runtime.openOptionsPage());
press("sample", () => void sampleOf(status));
void show();
setInterval(() => {
  if (!main.contains(document.activeElement)) void show();
}, EVERY);

/**
 * @param {string} id
 * @param {() => void} work
 */
function press(id, work) {
  document.getElementById(id)?.addEventListener("click", work);
}

/** What was known a moment ago at once, and what a look brings as soon as it is there. */
async function show() {
  const before = /** @type {State | undefined} */ ((await browser.storage.session.get("state")).state);
  const closed = [...new Set((await missing()).map(hostOf))].filter((host) => host !== "127.0.0.1");
  if (before) draw(before, closed);
  const state = await browser.runtime.sendMessage({ type: "look" });
  if (state?.lines) draw(state, closed);
  main.setAttribute("aria-busy", "false");
}

/**
 * Only what changed is drawn anew: a code that is being typed stays where it is, and so does what was unfolded.
 * @param {State} state
 * @param {string[]} closed the sites that we are kept out of
 */
function draw(state, closed) {
  const next = JSON.stringify({ ...state, closed, at: Math.floor(state.at / MINUTE), answered_at: state.failure && state.answered_at });
  if (next === drawn) return;
  drawn = next;
  status.textContent = state.failure ? "" : label("looked_just_now");
  const typing = /** @type {HTMLInputElement | null} */ (main.querySelector("#code"));
  const focused = typing === document.activeElement;
  const unfolded = unfoldedNow();
  main.replaceChildren(
    ...state.failure ? [trouble(state, show)] : [],
    ...keptOut(closed),
    ...state.unread ? [said(label("page_unread"), state.unread)] : [],
    ...state.queued ? [make("section", { class: "soft" }, label("queued", state.queued))] : [],
    ...stale(state),
    ...acting(state),
    ...untold(state, show),
    ...openable(state),
    ...watched(state),
    ...failing(state),
  );
  unfold(unfolded);
  const code = /** @type {HTMLInputElement | null} */ (main.querySelector("#code"));
  if (!typing || !code) return;
  code.value = typing.value;
  if (focused) code.focus();
}

/** The orders whose pictures are shown, and the one whose summary has the focus. */
function unfoldedNow() {
  const open = [...main.querySelectorAll("details")].filter((each) => each.open).map((each) => each.dataset.order);
  return { open, at: document.activeElement?.closest("details")?.dataset.order };
}

/** @param {ReturnType<typeof unfoldedNow>} before */
function unfold({ open, at }) {
  for (const folded of main.querySelectorAll("details")) {
    folded.open = open.includes(folded.dataset.order);
    if (at && folded.dataset.order === at) folded.querySelector("summary")?.focus();
  }
}

/**
 * What was known before something went wrong is not shown as if it were new.
 * @param {State} state
 */
function stale(state) {
  if (!state.failure || !state.answered_at || !state.lines.length) return [];
  return [make("section", { class: "soft" }, label("stale", when(new Date(state.answered_at).toISOString())))];
}

/**
 * @param {string} what
 * @param {string} why
 */
function said(what, why) {
  const close = button("✕", () => {
    void browser.storage.session.remove("unread");
    close.closest("section")?.remove();
  }, { "aria-label": label("close") });
  return make("section", {}, make("div", { class: "box trouble row" }, make("p", { class: "grow" }, `${what} ${why}`), close));
}

/** @param {State} state */
function failing(state) {
  if (!state.failing.length) return [];
  return [make(
    "section", {},
    make("h2", {}, label("sources_failing")),
    make("ul", { class: "plain" }, ...state.failing.map((source) => make(
      "li", { class: "soft" },
      source.last_ok_at ? label("source_since", source.name, when(source.last_ok_at)) : label("source_never", source.name),
    ))),
  )];
}
