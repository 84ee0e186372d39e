import { label, language } from "./i18n.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A date and clock in the user's own zone, with the zone's name.
 * @param {string} instant
 */
export function when(instant) {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return "";
  return new Intl.DateTimeFormat(language(), {
    weekday: "short", day: "numeric", month: "short", year: "numeric",
    hour: "numeric", minute: "2-digit", timeZoneName: "short",
  }).format(at);
}

/**
 * How much time is left, in the two largest units; null when it is over.
 * @param {string} instant
 * @param {number} [now]
 */
export function left(instant, now = Date.now()) {
  const span = new Date(instant).getTime() - now;
  if (!(span > 0)) return null;
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  /** @type {[number, "day" | "hour" | "minute"][]} */
  const parts = days >= 3 ? [[days, "day"]]
    : days ? [[days, "day"], [hours, "hour"]]
    : hours ? [[hours, "hour"], [minutes, "minute"]]
    : [[Math.max(1, minutes), "minute"]];
  return parts.filter(([count], place) => count || !place).map(([count, unit]) => counted(count, unit)).join(" ");
}

/**
 * @param {number} count
 * @param {string} unit
 */
function counted(count, unit) {
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/**
 * The words beside a sentence: until when to act, from when, or since when it is late.
 * @param {{severity: string, act_by?: string | null, opens_at?: string | null}} advice
 * @param {number} [now]
 */
export function deadline(advice, now = Date.now()) {
  if (advice.opens_at && new Date(advice.opens_at).getTime() > now) {
    return label("opens", when(advice.opens_at), left(advice.opens_at, now) ?? "");
  }
  if (!advice.act_by) return "";
  const rest = left(advice.act_by, now);
  if (rest) return label("act_by", when(advice.act_by), rest);
  return advice.severity === "critical" ? label("late", when(advice.act_by)) : "";
}
