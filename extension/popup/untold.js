import { browser } from "../shared/browser.js";
import { button, make } from "../shared/dom.js";
import { label } from "../shared/i18n.js";

/**
 * Alerts that neither the desktop nor this browser could show: here they are, until the user has seen them.
 * @param {import("../types/ext.js").State} state
 * @param {() => Promise<void>} again
 */
export function untold(state, again) {
  if (state.failure || !state.untold?.length) return [];
  return [make("section", {}, make("h2", {}, label("untold")), ...state.untold.map((each) => make(
    "article", { class: "order", "data-severity": each.severity },
    make("span", { class: "title", dir: "auto" }, each.title),
    make("p", { dir: "auto" }, each.text),
    button(label("note_seen"), async () => {
      await browser.runtime.sendMessage({ type: "ack", id: each.id });
      await again();
    }, { "aria-label": `${label("note_seen")}: ${each.title}` }),
  )))];
}
