const DAY = 24 * 60 * 60_000;

/**
 * Whether an alert waits for the end of the quiet hours, which go by this machine's clock. One that would not help
 * afterwards does not wait, and in its last day neither one that is critical nor one that was due before they began.
 * @param {{severity: string, due_at: string, delivered_at?: string | null, helps_until: string | null}} alert
 * @param {{from: string, until: string} | null} hours
 * @param {number} now
 */
export function quiet(alert, hours, now) {
  if (!hours) return false;
  const at = new Date(now);
  const minute = at.getHours() * 60 + at.getMinutes();
  const [begins, ends] = [minutes(hours.from), minutes(hours.until)];
  const inside = begins > ends ? minute >= begins || minute < ends : minute >= begins && minute < ends;
  if (!inside) return false;
  if (!alert.helps_until) return true;
  const rest = new Date(alert.helps_until).getTime() - now;
  const untilEnd = ((ends - minute + 24 * 60) % (24 * 60)) * 60_000;
  const begun = now - ((minute - begins + 24 * 60) % (24 * 60)) * 60_000;
  const late = new Date(alert.due_at).getTime() < begun && !alert.delivered_at;
  return !(rest <= untilEnd || (rest <= DAY && (late || alert.severity === "critical")));
}

/** @param {string} clock */
function minutes(clock) {
  const [hour, minute] = clock.split(":").map(Number);
  return hour * 60 + minute;
}
