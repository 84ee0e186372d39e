import { browser } from "../shared/browser.js";
import { label } from "../shared/i18n.js";
import { needsAction } from "../shared/orders.js";
import { when } from "../shared/time.js";

const COLOURS = { critical: "#b3261e", warning: "#a15c00", calm: "#2e6b34", away: "#5f6368" };

/**
 * The toolbar button: how many orders need somebody to act, or that the daemon is away and since when.
 * @param {import("../types/ext.js").State} state
 */
export async function showBadge(state) {
  const acting = state.lines.filter((line) => needsAction(line.advice));
  if (state.failure) return set("!", COLOURS.away, trouble(state));
  const worst = acting.some((line) => line.advice.severity === "critical") ? "critical" : "warning";
  const count = acting.length > 99 ? "99+" : String(acting.length);
  return acting.length
    ? set(count, COLOURS[worst], label("badge_act", acting.length))
    : set("", COLOURS.calm, label("badge_calm"));
}

/** @param {import("../types/ext.js").State} state */
function trouble(state) {
  const kind = /** @type {import("../types/ext.js").Failure} */ (state.failure).kind;
  if (kind === "down" || kind === "busy") {
    return state.answered_at
      ? label("not_running_since", when(new Date(state.answered_at).toISOString()))
      : label("not_running");
  }
  return label(`failure_${kind}`);
}

/**
 * @param {string} text
 * @param {string} color
 * @param {string} title
 */
async function set(text, color, title) {
  await browser.action.setBadgeText({ text });
  await browser.action.setBadgeBackgroundColor({ color });
  await browser.action.setBadgeTextColor?.({ color: "#ffffff" });
  await browser.action.setTitle({ title: `${label("name")}: ${title}` });
}
