const DAY = 24 * 60 * 60_000;

/**
 * Whether an alert waits for the end of the quiet hours, which go by this machine's clock. Only a critical one in its
 * last day, or one that would not help afterwards, does not wait.
 * @param {{severity: string, helps_until: string | null}} alert
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
  return !(rest <= untilEnd || (alert.severity === "critical" && rest <= DAY));
}

/** @param {string} clock */
function minutes(clock) {
  const [hour, minute] = clock.split(":").map(Number);
  return hour * 60 + minute;
}
