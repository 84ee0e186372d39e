/* Instants as people read them, in this browser's zone. */

import { make } from "./dom.js";

const DAY = 86_400_000;
const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const UNITS = [[DAY, "day"], [3_600_000, "hour"], [60_000, "minute"]];

export const dayOf = (instant) => day.format(new Date(instant));
export const shortDay = (instant) => short.format(new Date(instant));
export const hourOf = (instant) => hour.format(new Date(instant));

/** `Tue, 14 Apr 2026, 10:00`; what is unknown is said so. */
export const when = (instant, otherwise = "unknown") => (instant ? `${dayOf(instant)}, ${hourOf(instant)}` : otherwise);

/** How far an instant is: `in 3 days`, `5 hours ago`. */
export function distance(instant, now = Date.now()) {
  const span = new Date(instant) - now;
  const [size, name] = UNITS.find(([each]) => Math.abs(span) >= each) ?? [60_000, "minute"];
  const count = Math.floor(Math.abs(span) / size);
  const words = `${count} ${name}${count === 1 ? "" : "s"}`;
  if (count === 0) return "now";
  return span > 0 ? `in ${words}` : `${words} ago`;
}

/** An instant with how far it is, readable by machines too. */
export function time(instant, otherwise = "unknown") {
  if (!instant) return make("span", { class: "soft" }, otherwise);
  return make("time", { datetime: instant, title: instant }, `${when(instant)} (${distance(instant)})`);
}

/** Days from the beginning of today, as a fraction. */
export function daysFromToday(instant) {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  return (new Date(instant) - today) / DAY;
}

/** The beginning of the day that is so many days from today. */
export function dayAfter(count) {
  const found = new Date();
  found.setHours(0, 0, 0, 0);
  found.setDate(found.getDate() + count);
  return found;
}

/** For `<input type="datetime-local">`. */
export function localInput(instant = Date.now()) {
  const at = new Date(instant);
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
