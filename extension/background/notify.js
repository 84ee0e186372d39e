import { browser } from "../shared/browser.js";
import { label, language } from "../shared/i18n.js";
import { plain } from "../shared/text.js";
import { dashboard, later } from "./actions.js";
import { ask } from "./daemon.js";
import { quiet } from "./quiet.js";
import { kept } from "./stores.js";

/**
 * @typedef {import("../types/api.js").AlertShape} Alert
 * @typedef {import("../types/ext.js").Untold} Untold
 */

const PREFIX = "alert/";
const FIRST_THE_DESKTOP = 60_000;
const MOST = 3;

/**
 * Shows what is due and no other channel has shown; tells the daemon only after the browser took it.
 * @returns {Promise<Untold[]>} what this browser could not show either
 */
export async function notifyDue() {
  const asked = new URLSearchParams({ channel: "browser", state: "due", lang: language(), limit: "50" });
  const due = await ask("GET", `/alerts?${asked}`);
  if (!due.ok) return [];
  const now = new Date(due.data.now).getTime();
  const waited = due.data.alerts.filter((/** @type {Alert} */ alert) => now - new Date(alert.due_at).getTime() >= FIRST_THE_DESKTOP);
  if (!waited.length) return [];
  const settings = await ask("GET", "/settings");
  const hours = settings.ok ? settings.data.quiet_hours : null;
  const loud = waited.filter((/** @type {Alert} */ each) => !quiet(each, hours, now));
  const may = (await kept("notify")) !== false && (await allowed());
  const untold = [];
  for (const alert of may ? loud.slice(0, MOST) : loud) {
    if (may && (await shown(alert))) await ask("POST", `/alerts/${alert.id}/delivered`, { channel: "browser" });
    else if (alert.state === "pending") untold.push(named(alert));
  }
  return untold;
}

/** @returns {Promise<boolean>} whether the user lets this browser show notifications of ours */
async function allowed() {
  const notifications = /** @type {any} */ (browser.notifications);
  const level = await notifications.getPermissionLevel?.();
  return level === undefined || level === "granted";
}

/** @param {Alert} alert */
async function shown(alert) {
  const critical = alert.severity === "critical";
  const { title, text } = named(alert);
  /** @type {any} */
  const note = {
    type: "basic", iconUrl: browser.runtime.getURL("icons/128.png"), title, message: text, priority: critical ? 2 : 1,
  };
  const more = { buttons: [{ title: label("note_seen") }, { title: label("note_later") }], requireInteraction: critical };
  for (const given of [{ ...note, ...more }, note]) {
    // Firefox takes neither buttons nor requireInteraction, and refuses the whole note for them.
    try {
      return Boolean(await browser.notifications.create(`${PREFIX}${alert.id}`, given));
    } catch {
      continue;
    }
  }
  return false;
}

/**
 * @param {Alert} alert
 * @returns {Untold}
 */
function named(alert) {
  const title = plain(alert.params.title || label("order_named", alert.order.order_id), 80);
  const text = plain(alert.text ?? alert.code, 300);
  return {
    id: alert.id,
    order: `${alert.order.marketplace}/${alert.order.order_id}`,
    severity: alert.severity,
    title,
    text: text.startsWith(`${title}: `) ? text.slice(title.length + 2) : text,
  };
}

/**
 * A press on a note: the first button is "seen", the second "later", the note itself opens the dashboard.
 * @param {string} note
 * @param {number | null} place
 */
export async function pressed(note, place) {
  const id = Number(note.slice(PREFIX.length));
  if (!note.startsWith(PREFIX) || !Number.isInteger(id)) return;
  if (place === 1) await later(id);
  else await seen(id);
  if (place === null) await dashboard();
  await browser.notifications.clear(note);
}

/**
 * The user has seen it: it is not repeated.
 * @param {number} id
 */
export function seen(id) {
  return ask("POST", `/alerts/${id}/ack`);
}
