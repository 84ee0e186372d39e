import { button, make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { failureText } from "./failure.js";
import { closed, isDark } from "./shadow.js";

/**
 * One notice for the whole page: what is wrong with the daemon, or that the page cannot be read.
 * @type {{host: HTMLElement, root: ShadowRoot} | null}
 */
let shown = null;
let said = "";
const closedByUser = new Set();

/**
 * Says what is wrong; null takes it back.
 * @param {import("../../types/ext.js").Failure | null} failure
 */
export function trouble(failure) {
  notice("daemon", failure ? `${failureText(failure)} ${label(`next_${failure.kind}`)}` : null);
}

/** @type {Map<string, string>} */
const told = new Map();

/**
 * @param {string} matter
 * @param {string | null} text
 */
export function notice(matter, text) {
  if (text) told.set(matter, text);
  else told.delete(matter);
  const next = [...told.values()].find((each) => !closedByUser.has(each)) ?? "";
  if (next === said && (!next || shown?.host.isConnected)) return;
  said = next;
  shown?.host.remove();
  shown = next ? draw(next) : null;
}

/** @param {string} text */
function draw(text) {
  const made = closed("parcelwarden-notice");
  const box = make("div", { class: "box", "data-theme": isDark(document.body) ? "dark" : "light", "data-severity": "warning" });
  const close = button("✕", () => {
    closedByUser.add(text);
    notice("", null);
  }, { "aria-label": label("close") });
  box.append(make("div", { class: "notice", role: "alert" }, make("p", {}, make("strong", {}, label("name")), text), close));
  made.root.append(box);
  document.body.append(made.host);
  return made;
}
