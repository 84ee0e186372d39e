import { browser } from "../shared/browser.js";
import { label } from "../shared/i18n.js";
import { needsAction } from "../shared/orders.js";
import { when } from "../shared/time.js";

const COLOURS = { critical: "#b3261e", warning: "#a15c00", calm: "#2e6b34", away: "#5f6368" };
const MOST = 99;

/**
 * The toolbar button: how many orders need somebody to act or have an alert that nothing could show, or that the daemon
 * is away and since when.
 * @param {import("../types/ext.js").State} state
 */
export async function showBadge(state) {
  if (state.failure) return set("!", COLOURS.away, trouble(state));
  const acting = state.lines.filter((line) => needsAction(line.advice));
  const orders = new Set([...acting.map((line) => `${line.marketplace}/${line.order_id}`), ...state.untold.map((each) => each.order)]);
  if (!orders.size) return set("", COLOURS.calm, label("badge_calm"));
  const severities = [...acting.map((line) => line.advice.severity), ...state.untold.map((each) => each.severity)];
  const colour = severities.includes("critical") ? COLOURS.critical : COLOURS.warning;
  const told = [
    ...acting.length ? [label("badge_act", acting.length)] : [],
    ...state.untold.length ? [label("badge_untold", state.untold.length)] : [],
  ];
  return set(orders.size > MOST ? `${MOST}+` : String(orders.size), colour, told.join(". "));
}

/** @param {import("../types/ext.js").State} state */
function trouble(state) {
  const kind = /** @type {import("../types/ext.js").Failure} */ (state.failure).kind;
  if (kind === "down") {
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
